//! Changes to the text of a contract that leave everything else as it stands, comments too. What is written in a way that a
//! change cannot be made to safely is refused.

use std::ops::Range;

use crate::error::{Error, Kind, Place, Result};

/// A text with its lines, and the changes to be made.
pub(super) struct Splice<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    changes: Vec<(Range<usize>, String)>,
}

/// The line of a place, from 0.
fn row(place: Place) -> usize {
    (place.line as usize).saturating_sub(1)
}

fn refused(place: Place, what: &str) -> Error {
    Error::new(Kind::Usage, format!("{what} cannot be changed here"))
        .at(place.line, place.column)
        .with_hint("it is written in a way of its own; change the text by hand")
}

impl<'a> Splice<'a> {
    /// Nothing is changed yet.
    pub(super) fn new(text: &'a str) -> Splice<'a> {
        let starts = text.bytes().enumerate().filter(|it| it.1 == b'\n').map(|it| it.0 + 1);
        Splice { text, lines: std::iter::once(0).chain(starts).collect(), changes: Vec::new() }
    }

    /// The changed text.
    pub(super) fn finish(mut self) -> String {
        // What is inserted where lines are removed stays.
        crate::order::sort_by_key(&mut self.changes, |(range, _)| {
            std::cmp::Reverse((range.start, range.end))
        });
        let mut text = self.text.to_owned();
        for (range, new) in self.changes {
            text.replace_range(range, &new);
        }
        text
    }

    /// Whether what begins here is written in one line, in brackets or braces.
    pub(super) fn is_flow(&self, place: Place) -> bool {
        self.text[self.offset(place)..].starts_with(['{', '['])
    }

    /// What ends its lines.
    pub(super) fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Where a line begins; behind the last, the end of the text.
    fn start(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or(self.text.len())
    }

    fn line(&self, index: usize) -> &'a str {
        self.text[self.start(index)..self.start(index + 1)].trim_end_matches(['\n', '\r'])
    }

    /// The offset of a place.
    fn offset(&self, place: Place) -> usize {
        let text = self.line(row(place));
        let column = text.char_indices().nth((place.column as usize).saturating_sub(1));
        self.start(row(place)) + column.map_or(text.len(), |it| it.0)
    }

    /// The bytes of the scalar that begins here.
    fn scalar(&self, place: Place) -> Result<Range<usize>> {
        let start = self.offset(place);
        let rest = &self.text[start..];
        let length = match rest.bytes().next() {
            Some(b'"') => quoted_end(rest, b'"'),
            Some(b'\'') => quoted_end(rest, b'\''),
            None | Some(b'&' | b'*' | b'!' | b'|' | b'>' | b'[' | b'{' | b'#' | b'\n' | b'\r') => None,
            Some(_) => Some(plain_end(rest)),
        };
        length.map(|length| start..start + length).ok_or_else(|| refused(place, "this value"))
    }

    /// Whether the scalar that begins here is quoted.
    pub(super) fn is_quoted(&self, place: Place) -> bool {
        self.text[self.offset(place)..].starts_with(['"', '\''])
    }

    /// Writes another scalar where one begins.
    pub(super) fn set(&mut self, place: Place, new: &str) -> Result<()> {
        let range = self.scalar(place)?;
        self.changes.push((range, new.to_owned()));
        Ok(())
    }

    /// Appends items to the list that begins here, whose last item begins at `last`.
    pub(super) fn append(&mut self, list: Place, last: Place, items: &[String]) -> Result<()> {
        let start = self.offset(list);
        if self.text[start..].starts_with('[') {
            let (end, needs_comma) =
                flow_end(&self.text[start..]).ok_or_else(|| refused(list, "this list"))?;
            let joined = items.join(", ");
            let new = if needs_comma { format!(", {joined}") } else { format!(" {joined}") };
            self.changes.push((start + end..start + end, new));
            return Ok(());
        }
        let dash = self.dash(last)?;
        let is_mapping = self.is_mapping_item(last);
        let new: String = items
            .iter()
            .map(|item| {
                let item = if is_mapping { format!("value: {item}") } else { item.clone() };
                format!("{}- {item}{}", " ".repeat(dash), self.line_end())
            })
            .collect();
        let behind = self.block_end(row(last), dash + 1);
        self.insert_line(behind, &new);
        Ok(())
    }

    /// Whether the item that begins here is a mapping in block style.
    fn is_mapping_item(&self, place: Place) -> bool {
        let at = self.offset(place) - self.start(row(place));
        self.line(row(place)).get(at..).is_some_and(|rest| rest.starts_with("value:"))
    }

    /// The column of the dash before the item that begins here, from 0.
    fn dash(&self, item: Place) -> Result<usize> {
        let line = self.line(row(item));
        let indent = line.len() - line.trim_start_matches(' ').len();
        if line[indent..].starts_with("- ") { Ok(indent) } else { Err(refused(item, "this list")) }
    }

    /// The line behind the block that begins on this one and whose further lines are indented at least so far.
    fn block_end(&self, first: usize, indent: usize) -> usize {
        let mut end = first + 1;
        for at in first + 1..self.lines.len() {
            let line = self.line(at);
            let trimmed = line.trim_start_matches(' ');
            let depth = line.len() - trimmed.len();
            if trimmed.is_empty() {
                continue;
            }
            if depth < indent {
                break;
            }
            end = at + 1;
        }
        end
    }

    fn insert_line(&mut self, line: usize, new: &str) {
        match self.lines.get(line) {
            // Behind a last line that has no end.
            Some(start) if *start == self.text.len() && !self.text.ends_with('\n') => {
                self.changes.push((*start..*start, self.line_end().to_owned() + new));
            }
            Some(start) => self.changes.push((*start..*start, new.to_owned())),
            None => {
                let new = new.strip_suffix(self.line_end()).unwrap_or(new);
                let end = self.text.len();
                self.changes.push((end..end, self.line_end().to_owned() + new));
            }
        }
    }

    /// Appends an item of several lines to the block list whose last item begins at `last`.
    pub(super) fn append_lines(&mut self, last: Place, item: &[String]) -> Result<()> {
        let dash = self.dash(last)?;
        let behind = self.block_end(row(last), dash + 1);
        let new = self.item(dash, item);
        self.insert_line(behind, &new);
        Ok(())
    }

    fn item(&self, dash: usize, item: &[String]) -> String {
        let pad = " ".repeat(dash);
        let lines = item.iter().enumerate().map(|(i, line)| {
            let mark = if i == 0 { "- " } else { "  " };
            format!("{pad}{mark}{line}{}", self.line_end())
        });
        lines.collect()
    }

    /// Appends a key with a list of one item to the block mapping that begins here.
    pub(super) fn append_key(&mut self, map: Place, key: &str, item: &[String]) -> Result<()> {
        if self.is_flow(map) {
            return Err(refused(map, "this mapping"));
        }
        let indent = (map.column as usize).saturating_sub(1);
        let behind = self.block_end(row(map), indent);
        let new = format!("{}{key}:{}{}", " ".repeat(indent), self.line_end(), self.item(indent + 2, item));
        self.insert_line(behind, &new);
        Ok(())
    }

    /// Removes a key and its value from a block mapping.
    pub(super) fn remove_key(&mut self, key: Place) -> Result<()> {
        let line = row(key);
        let before = &self.text[self.start(line)..self.offset(key)];
        if !before.trim_matches(' ').is_empty() {
            return Err(refused(key, "this key"));
        }
        // A list below a key may be indented no further than the key.
        let is_list = |at: usize| self.line(at).trim_start_matches(' ').starts_with("- ");
        let indent = key.column as usize;
        let mut end = self.block_end(line, indent);
        while end < self.lines.len()
            && is_list(end)
            && self.line(end).starts_with(before)
            && self.line(end)[before.len()..].starts_with("- ")
        {
            end = self.block_end(end, indent);
        }
        self.remove_lines(line, end);
        Ok(())
    }

    /// Removes an item from a block list.
    pub(super) fn remove_item(&mut self, item: Place) -> Result<()> {
        let dash = self.dash(item)?;
        let line = row(item);
        self.remove_lines(line, self.block_end(line, dash + 1));
        Ok(())
    }

    fn remove_lines(&mut self, from: usize, to: usize) {
        self.changes.push((self.start(from)..self.start(to), String::new()));
    }
}

/// The length of the quoted scalar at the beginning.
fn quoted_end(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// The length of the plain scalar, or the key, at the beginning, on its line.
fn plain_end(text: &str) -> usize {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let end = line.find(" #").unwrap_or(line.len());
    let end = line[..end].find([',', ']', '}']).unwrap_or(end);
    let end = line[..end].find(": ").unwrap_or(end);
    let end = line[..end].trim_end().strip_suffix(':').map_or(end, str::len);
    line[..end].trim_end().len()
}

/// Where in the flow list at the beginning more items go, and whether a comma is needed before them.
fn flow_end(text: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0);
    let (mut end, mut needs_comma) = (0, false);
    while at < bytes.len() {
        let byte = bytes[at];
        let starts = at == 0 || matches!(bytes[at - 1], b'[' | b'{' | b',' | b' ' | b'\n' | b':');
        match byte {
            b'"' | b'\'' if starts => {
                at += quoted_end(&text[at..], byte)?;
                (end, needs_comma) = (at, true);
                continue;
            }
            b'#' if at > 0 && matches!(bytes[at - 1], b' ' | b'\n') => {
                at += text[at..].find('\n')?;
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some((end.max(1), needs_comma));
                }
            }
            _ => {}
        }
        at += 1;
        if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            (end, needs_comma) = (at, depth != 1 || !matches!(byte, b',' | b'['));
        }
    }
    None
}
