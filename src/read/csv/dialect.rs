//! The head of a CSV file in; its delimiter, its quote and whether it begins with a header out.
//!
//! Every delimiter and quote that occurs is tried on a sample of records. The best is the one that cuts most records
//! into the same number of cells and leaves most cells clean, after the consistency measure of van den Burg, Nazábal
//! and Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019).

use std::collections::BTreeSet;

use super::Dialect;
use super::look::{Look, look};
use super::sample::{Cell, Quoting, Record, records};

/// Bytes of the head that are looked at.
const HEAD_BYTES: usize = 256 << 10;
/// Records that are looked at.
const RECORDS: usize = 500;
/// The least share of records that a delimiter must cut into the same number of cells.
const SHARE: f64 = 0.6;
/// Likely delimiters, in the order in which they win where all else is equal.
const LIKELY: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Delimiters that are taken only where no likely one will do.
const UNLIKELY: [u8; 4] = [b':', b'^', b'~', b' '];
/// Where every likely delimiter occurs in the text of a single column: the unit separator of ASCII.
const NO_DELIMITER: u8 = 0x1f;

/// What the head of a CSV file says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sniffed {
    /// How it is written.
    pub dialect: Dialect,
    /// Whether its first record names the columns.
    pub header: bool,
    /// Cells of most records.
    pub n_columns: usize,
    /// The share of the sampled records with that many cells, 0 to 1.
    pub share: f64,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    dialect: Dialect,
    n_columns: usize,
    share: f64,
    score: f64,
    first_has_one: bool,
}

/// What these first bytes of a file (without a byte order mark) say; `whole` if they are all there is. `hint` is the
/// delimiter that the file's name suggests; it only wins ties. `names` are columns that the file is known to have: where
/// the first record has at least two of them, it is a header, and its delimiter that of the file.
pub fn sniff(head: &[u8], whole: bool, hint: Option<u8>, names: &[&str]) -> Sniffed {
    let whole = whole && head.len() <= HEAD_BYTES;
    let head = &head[..head.len().min(HEAD_BYTES)];
    let named = by_names(head, whole, hint, names);
    let best = named.unwrap_or_else(|| likeliest(head, whole, hint));
    let sample = records(head, best.dialect, whole, RECORDS);
    Sniffed {
        dialect: best.dialect,
        header: named.is_some() || has_header(&sample),
        n_columns: best.n_columns,
        share: best.share,
    }
}

/// The delimiter that cuts the first record into the most cells that are one of these names, two at least.
fn by_names(head: &[u8], whole: bool, hint: Option<u8>, names: &[&str]) -> Option<Candidate> {
    let names: BTreeSet<&[u8]> = names.iter().map(|name| name.as_bytes()).collect();
    let mut best: Option<(usize, Candidate)> = None;
    let tried = hint.into_iter().chain(LIKELY).chain(UNLIKELY).filter(|delimiter| head.contains(delimiter));
    for delimiter in tried {
        let Some(candidate) = best_quote(head, whole, delimiter) else { continue };
        let first = records(head, candidate.dialect, whole, 1);
        let cells = first.first().map_or(&[][..], |record| &record.cells);
        let found = cells.iter().filter(|cell| names.contains(cell.text.as_ref())).count();
        if found > 1 && best.is_none_or(|(most, _)| found > most) {
            best = Some((found, candidate));
        }
    }
    best.map(|it| it.1)
}

fn likeliest(head: &[u8], whole: bool, hint: Option<u8>) -> Candidate {
    let mut likely: Vec<u8> = hint.into_iter().chain(LIKELY).collect();
    likely.dedup();
    for delimiters in [&likely[..], &UNLIKELY] {
        // One that does not occur cuts nothing.
        let occurring = delimiters.iter().filter(|delimiter| head.contains(delimiter));
        let candidates = occurring.filter_map(|&delimiter| best_quote(head, whole, delimiter));
        let fit = candidates.filter(|it| it.n_columns > 1 && it.share >= SHARE && !it.first_has_one);
        if let Some(best) = fit.fold(None, better) {
            return best;
        }
    }
    let delimiter =
        likely.iter().copied().find(|delimiter| !head.contains(delimiter)).unwrap_or(NO_DELIMITER);
    best_quote(head, whole, delimiter).unwrap_or(Candidate {
        dialect: Dialect { delimiter, ..Dialect::default() },
        n_columns: 1,
        share: 1.0,
        score: 0.0,
        first_has_one: true,
    })
}

/// The better of two; the earlier where they are equal.
#[allow(clippy::unnecessary_wraps)] // The shape that `fold` wants.
fn better(best: Option<Candidate>, next: Candidate) -> Option<Candidate> {
    match best {
        Some(best) if best.score >= next.score => Some(best),
        _ => Some(next),
    }
}

/// The best quote for a delimiter; `None` where the sample holds no whole record.
fn best_quote(head: &[u8], whole: bool, delimiter: u8) -> Option<Candidate> {
    let double = [Some(b'"')];
    let others = [head.contains(&b'\'').then_some(Some(b'\'')), head.contains(&b'"').then_some(None)];
    let quotes = double.into_iter().chain(others.into_iter().flatten());
    let tried = quotes.filter_map(|quote| candidate(head, whole, Dialect { delimiter, quote }));
    tried.fold(None, better)
}

fn candidate(head: &[u8], whole: bool, dialect: Dialect) -> Option<Candidate> {
    let sample = records(head, dialect, whole, RECORDS);
    let (first, last) = (sample.first()?, sample.last()?);
    let (n_columns, n_usual) = usual_length(&sample);
    let share = n_usual as f64 / sample.len() as f64;
    let (mut clean, mut n_cells) = (0.0, 0);
    for cell in sample.iter().flat_map(|record| &record.cells) {
        clean += cleanness(cell);
        n_cells += 1;
    }
    // A wrong quote swallows the rest of the sample; a full sample has nothing more to cover.
    let covered = if sample.len() == RECORDS { 1.0 } else { last.end as f64 / head.len() as f64 };
    // More columns are better, a little.
    let width = 1.0 - 0.5 / n_columns as f64;
    Some(Candidate {
        dialect,
        n_columns,
        share,
        score: share * width * covered * clean / f64::from(n_cells.max(1)),
        first_has_one: first.cells.len() == 1,
    })
}

/// The number of cells that most records have (the larger one of equals), and how many have it.
fn usual_length(sample: &[Record<'_>]) -> (usize, usize) {
    let mut lengths: Vec<usize> = sample.iter().map(|record| record.cells.len()).collect();
    crate::order::sort(&mut lengths);
    let groups = lengths.chunk_by(|a, b| a == b).map(|group| (group[0], group.len()));
    groups.max_by_key(|&(length, count)| (count, length)).unwrap_or((1, 0))
}

/// How much a cell looks like one, 0 to 1.
fn cleanness(cell: &Cell<'_>) -> f64 {
    let text = cell.text.as_ref();
    let ends_with = |quote| text.first() == Some(&quote) || text.last() == Some(&quote);
    match cell.quoting {
        Quoting::Broken => 0.0,
        Quoting::Quoted => 1.0,
        Quoting::Bare if ends_with(b'"') => 0.2,
        Quoting::Bare if text.len() > 1 && text.first() == Some(&b'\'') && text.last() == Some(&b'\'') => 0.2,
        Quoting::Bare if look(text) != Look::Text => 1.0,
        Quoting::Bare if text.iter().any(|byte| LIKELY.contains(byte)) => 0.3,
        Quoting::Bare if text.first() == Some(&b' ') => 0.8,
        Quoting::Bare => 0.95,
    }
}

/// Whether the first record names the columns. Each column votes: text above typed cells speaks for a header, the same
/// look above and below against it, as does a name that is a value below. Where nothing speaks, a first record of
/// distinct words is a header.
fn has_header(sample: &[Record<'_>]) -> bool {
    let Some((first, body)) = sample.split_first() else { return true };
    let looks = first_looks(first, body);
    let votes: i64 = looks.iter().enumerate().map(|(i, &above)| vote(first, i, above, body)).sum();
    match votes {
        1.. => true,
        0 => {
            let mut names: Vec<&[u8]> = first.cells.iter().map(|cell| cell.text.trim_ascii()).collect();
            crate::order::sort(&mut names);
            looks.iter().all(|&above| above == Look::Text) && names.windows(2).all(|pair| pair[0] != pair[1])
        }
        _ => false,
    }
}

/// How the cells of the first record look, years in a row as text: `country,1990,1991` is a header.
fn first_looks(first: &Record<'_>, body: &[Record<'_>]) -> Vec<Look> {
    let mut looks: Vec<Look> = first.cells.iter().map(|cell| look(&cell.text)).collect();
    // `NA` and `None` are words where a name is expected.
    for (it, cell) in looks.iter_mut().zip(&first.cells) {
        if *it == Look::Empty && !cell.text.trim_ascii().is_empty() {
            *it = Look::Text;
        }
    }
    let year = |cell: &Cell| {
        let text = std::str::from_utf8(cell.text.trim_ascii()).ok()?;
        text.parse::<u16>().ok().filter(|year| text.len() == 4 && (1900..=2100).contains(year))
    };
    let columns: Vec<usize> = (0..looks.len()).filter(|&i| looks[i] == Look::Number).collect();
    let years: Vec<u16> = columns.iter().filter_map(|&i| year(&first.cells[i])).collect();
    let in_a_row = years.windows(2).all(|pair| pair[0].abs_diff(pair[1]) == 1);
    let years_below = body
        .iter()
        .any(|record| columns.iter().filter_map(|&i| record.cells.get(i)).any(|cell| year(cell).is_some()));
    if years.len() >= 2 && years.len() == columns.len() && in_a_row && !years_below {
        for i in columns {
            looks[i] = Look::Text;
        }
    }
    looks
}

/// What one column says: above 0 for a header, below 0 against it.
fn vote(first: &Record<'_>, i: usize, above: Look, body: &[Record<'_>]) -> i64 {
    let (cells, mut looks): (Vec<&Cell<'_>>, Vec<Look>) = body
        .iter()
        .filter_map(|record| record.cells.get(i))
        .map(|cell| (cell, look(&cell.text)))
        .filter(|(_, look)| *look != Look::Empty)
        .unzip();
    if cells.is_empty() || above == Look::Empty {
        return 0;
    }
    crate::order::sort(&mut looks);
    let groups = looks.chunk_by(|a, b| a == b);
    let (below, count) =
        groups.map(|group| (group[0], group.len())).max_by_key(|it| it.1).unwrap_or((above, 0));
    let mostly = count * 2 > cells.len();
    match (above, below) {
        (Look::Text, Look::Text) => {
            let name = first.cells[i].text.trim_ascii();
            let length = cells[0].text.len();
            let one_length = cells.len() >= 3 && cells.iter().all(|cell| cell.text.len() == length);
            if cells.iter().any(|cell| cell.text.trim_ascii() == name) {
                -2
            } else {
                i64::from(one_length && name.len() != length)
            }
        }
        (Look::Text, _) if mostly => 3,
        (Look::Text, _) => 1,
        (above, below) if above == below => -3,
        _ => -1,
    }
}

#[cfg(test)]
mod tests;
