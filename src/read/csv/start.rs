//! Bytes from an arbitrary place of a CSV file in, a guess of where the first record begins out. Whether the place lies
//! within quotes is not known, so all answers are followed until what they imply cannot be: a closing quote that no
//! delimiter or line end follows, or an opening quote that is not at a field's start. The caller proves the guess by
//! its predecessor's end; so a wrong one costs time, never a row.

use super::Dialect;

/// Bytes that are looked at: a record whose quotes are not decided by then is rare.
const LOOK: usize = 256 << 10;

/// What a byte is seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Outside quotes, where a field may begin.
    FieldStart,
    /// In an unquoted field.
    Field,
    /// Between quotes.
    Quoted,
    /// Behind a quote that was seen between quotes.
    Quote,
    /// Behind a CR that ended a record.
    Cr,
    /// Where no such file has such bytes.
    Impossible,
}

/// One answer to whether the border lies within quotes, and what follows from it.
#[derive(Debug, Clone, Copy)]
struct Guess {
    state: State,
    /// The first record start behind the border.
    first: Option<usize>,
    quotes: u32,
}

/// The offset of the first record that begins strictly behind `bytes[0]`, where `bytes` begin anywhere in a file; so
/// to find the first record at or behind a border, hand in the bytes from one before it. `None` where these bytes do
/// not tell. Without any quote in them, the place is taken to lie outside of quotes.
pub fn record_start(bytes: &[u8], dialect: Dialect) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(LOOK)];
    let mut outside = Guess { state: State::FieldStart, first: None, quotes: 0 };
    let Some(quote) = dialect.quote else {
        for (at, &byte) in bytes.iter().enumerate() {
            outside.step(at, byte, dialect.delimiter, None);
            if outside.first.is_some() {
                break;
            }
        }
        return outside.first;
    };
    // The border may also lie between the two quotes of a doubled one, or behind a closing quote.
    let inside = Guess { state: State::Quoted, ..outside };
    let behind = Guess { state: State::Quote, ..outside };
    let mut guesses = [outside, inside, behind];
    for (at, &byte) in bytes.iter().enumerate() {
        for guess in &mut guesses {
            guess.step(at, byte, dialect.delimiter, Some(quote));
        }
        // The second of two guesses that have come to the same is dropped.
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            if guesses[one].same(&guesses[other]) {
                guesses[other].state = State::Impossible;
            }
        }
        let mut alive = guesses.iter().filter(|guess| guess.state != State::Impossible);
        match (alive.next(), alive.next()) {
            (None, _) => return None,
            (Some(only), None) if only.first.is_some() => return only.first,
            _ => {}
        }
    }
    let outside = guesses[0];
    let seen = guesses.iter().any(|guess| guess.quotes > 0);
    if seen || outside.state == State::Impossible { None } else { outside.first }
}

impl Guess {
    fn same(&self, other: &Guess) -> bool {
        self.state == other.state && self.first == other.first
    }

    fn step(&mut self, at: usize, byte: u8, delimiter: u8, quote: Option<u8>) {
        let is_quote = Some(byte) == quote;
        self.quotes += u32::from(is_quote);
        if self.state == State::Cr && byte != b'\n' {
            self.begin(at);
        }
        self.state = match self.state {
            State::Impossible => State::Impossible,
            State::Quoted if is_quote => State::Quote,
            State::Quoted => State::Quoted,
            State::Quote if is_quote => State::Quoted,
            State::Cr if byte == b'\n' => {
                self.begin(at + 1);
                State::FieldStart
            }
            _ if byte == delimiter => State::FieldStart,
            _ if byte == b'\n' => {
                self.begin(at + 1);
                State::FieldStart
            }
            _ if byte == b'\r' => State::Cr,
            State::FieldStart | State::Cr if is_quote => State::Quoted,
            State::FieldStart | State::Cr => State::Field,
            State::Field if is_quote => State::Impossible,
            State::Field => State::Field,
            State::Quote => State::Impossible,
        };
    }

    fn begin(&mut self, at: usize) {
        self.first = self.first.or(Some(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv::records;
    use proptest::prelude::*;

    fn check(bytes: &str, expected: Option<usize>) {
        assert_eq!(record_start(bytes.as_bytes(), Dialect::default()), expected, "{bytes:?}");
    }

    #[test]
    fn the_first_record_start_behind_the_border_is_found() {
        check("2,3\n4,5\n", Some(4));
        check("2,3\r\n4,5\r\n", Some(5));
        check("2,3\r4,5\r", Some(4));
        check("\n4,5\n", Some(1));
        check("", None);
        check("no end", None);
    }

    #[test]
    fn a_border_within_quotes_is_recognised() {
        check("within\n quotes\",2\n\"a\nb\",3\n", Some(18));
        check("x\ny\",\"z\"\n1,2\n", Some(9));
        check("\"\" doubled\n\",4\n5,6\n", Some(15));
        check("\" doubled\n\",4\n5,\"6 7\"\n", Some(14));
    }

    #[test]
    fn a_border_outside_of_quotes_is_recognised() {
        check("a,\"x\ny\"\n1,2\n", Some(8));
        check(",\"x, y\"\n1,\"2 3\"\n", Some(8));
    }

    proptest! {
        /// Cells are words, quoted where they hold what needs quotes, as every writer does it.
        #[test]
        fn every_border_of_a_well_formed_file_is_right_or_undecided(
            rows in proptest::collection::vec(proptest::collection::vec("[a-z]{1,3}( [a-z,\"\n]{1,4}[a-z])?", 3), 2..8),
        ) {
            let mut file = String::new();
            for row in &rows {
                let cells: Vec<_> = row.iter().map(|cell| match cell.contains([',', '"', '\n']) {
                    true => format!("\"{}\"", cell.replace('"', "\"\"")),
                    false => cell.clone(),
                }).collect();
                file.push_str(&cells.join(","));
                file.push('\n');
            }
            let bytes = file.as_bytes();
            let starts: Vec<_> = records(bytes, Dialect::default(), true, usize::MAX).iter()
                .map(|record| record.start).chain([bytes.len()]).collect();
            for border in 0..bytes.len() {
                if !bytes[border..].contains(&b'"') {
                    continue;
                }
                if let Some(found) = record_start(&bytes[border..], Dialect::default()) {
                    let expected = starts.iter().copied().find(|&start| start > border);
                    prop_assert_eq!(Some(border + found), expected, "border {}", border);
                }
            }
        }
    }
}
