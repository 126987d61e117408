//! Rows of short texts in, aligned lines out, no wider than asked: the widest column gives way first.

use super::escape::{cut, width};
use super::paint::{Ink, Paint};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// One cell: its text, already safe for a terminal, and its ink.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    text: String,
    ink: Ink,
}

impl Cell {
    /// A cell in this ink.
    pub(super) fn inked(text: impl Into<String>, ink: Ink) -> Cell {
        Cell { text: text.into(), ink }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: text.into(), ink: Ink::Plain }
    }
}

const GAP: &str = "  ";
const LEAST: usize = 6;

/// A table under its heads. Columns without any text are left out.
pub(super) struct Table {
    heads: Vec<(&'static str, Align)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table with these heads.
    pub(super) fn new(heads: &[(&'static str, Align)]) -> Table {
        Table { heads: heads.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty.
    pub(super) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// The lines, indented by two, at most `limit` cells wide (where the columns' least widths allow it).
    pub(super) fn render(&self, out: &mut String, limit: usize, paint: Paint) {
        let used: Vec<usize> = (0..self.heads.len())
            .filter(|&i| self.rows.iter().any(|row| row.get(i).is_some_and(|cell| !cell.text.is_empty())))
            .collect();
        let widths = self.widths(&used, limit);
        let heads: Vec<Cell> = self.heads.iter().map(|(head, _)| Cell::inked(*head, Ink::Faint)).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let mut line = String::new();
            for (&i, &cells) in used.iter().zip(&widths) {
                let empty = Cell::default();
                let cell = row.get(i).unwrap_or(&empty);
                let text = cut(&cell.text, cells);
                let blanks = " ".repeat(cells - width(&text));
                line.push_str(GAP);
                match self.heads[i].1 {
                    Align::Left => line.push_str(&(paint.ink(cell.ink, &text) + &blanks)),
                    Align::Right => line.push_str(&(blanks + &paint.ink(cell.ink, &text))),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    fn widths(&self, used: &[usize], limit: usize) -> Vec<usize> {
        let widest = |i: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(i)).map(|cell| width(&cell.text));
            cells.chain([width(self.heads[i].0)]).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = used.iter().map(|&i| widest(i)).collect();
        let room = limit.saturating_sub(GAP.len() * used.len());
        let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
        while excess > 0 {
            let Some(widest) = widths.iter_mut().filter(|cells| **cells > LEAST).max() else { break };
            *widest -= 1;
            excess -= 1;
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(limit: usize) -> String {
        let mut table = Table::new(&[("name", Align::Left), ("rows", Align::Right), ("notes", Align::Left)]);
        table.push(vec!["表".into(), "1,000".into(), "".into()]);
        table.push(vec!["a long name of a column".into(), "7".into()]);
        let mut out = String::new();
        table.render(&mut out, limit, Paint::Plain);
        out
    }

    #[test]
    fn columns_line_up_and_empty_ones_are_left_out() {
        assert_eq!(
            lines(80),
            "  name                      rows\n  表                       1,000\n  a long name of a column      7\n"
        );
    }

    #[test]
    fn the_widest_column_gives_way_to_the_terminal() {
        assert_eq!(lines(20), "  name          rows\n  表           1,000\n  a long nam…      7\n");
        assert!(lines(1).lines().all(|line| width(line) <= 2 * GAP.len() + 2 * LEAST));
    }
}
