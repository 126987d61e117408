//! Which rows of a file are set apart because a cell of theirs breaks a rule, and the table of what is wrong with which row.
//! Every byte of a record is in the clean file or the quarantined one; what stands before the first record is in both, so
//! that both are read alone. What is between the records of an array is made anew.
//!
//! Every row with a cell that breaks a rule is set apart, also where the contract tolerates some of them. Of rows that
//! share a value that must be unique, the first stays.

use std::collections::BTreeSet;

use super::pieces::Piece;
use crate::cell::plan::ColumnPlan;
use crate::cell::{Domain, number, parse};
use crate::sketch::pack::pack_struct;
use crate::words::grouped;

/// The header of the table.
pub const TABLE_HEAD: &str = "row,line,byte,column,rule,severity,value,message\n";

/// What the table says of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its public id.
    pub id: String,
    /// `critical`, `warning` or `info`.
    pub severity: String,
    /// Its finding on the whole file.
    pub message: String,
}

pack_struct!(Rule { id, severity, message });

/// A cell that breaks a rule.
#[derive(Debug, Clone, Copy)]
pub struct Offender<'a> {
    /// The rule, by its place among those of the quarantine.
    pub rule: usize,
    /// Data row, from 1.
    pub row: u64,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Byte offset in the decompressed file.
    pub byte: Option<u64>,
    /// The column's name.
    pub column: &'a str,
    /// Its text; `None` for a missing one.
    pub value: Option<&'a str>,
}

/// Where a piece of the file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Into both files.
    Both,
    /// Into the clean one.
    Clean,
    /// Into the quarantined one.
    Quarantined,
    /// Into neither.
    Neither,
}

impl To {
    /// Whether it goes into the clean file.
    pub fn is_clean(self) -> bool {
        matches!(self, To::Both | To::Clean)
    }

    /// Whether it goes into the quarantined one.
    pub fn is_quarantined(self) -> bool {
        matches!(self, To::Both | To::Quarantined)
    }
}

/// What became of a file's bytes and rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Bytes before the first record.
    pub head: u64,
    /// Bytes of clean rows.
    pub clean: u64,
    /// Bytes of quarantined rows and of records that are no rows.
    pub quarantined: u64,
    /// Bytes around the records of an array.
    pub between: u64,
    /// Clean rows.
    pub clean_rows: u64,
    /// Quarantined rows.
    pub quarantined_rows: u64,
    /// Records that are no rows.
    pub set_aside: u64,
}

impl Ledger {
    /// The sums, in words.
    pub fn words(self) -> String {
        let between = match self.between {
            0 => String::new(),
            n => format!(" + {} between records", grouped(n)),
        };
        format!(
            "{}; {} bytes = {} of the header + {} clean + {} quarantined{between}",
            self.rows(),
            grouped(self.head + self.clean + self.quarantined + self.between),
            grouped(self.head),
            grouped(self.clean),
            grouped(self.quarantined),
        )
    }

    /// The sum of the rows, in words.
    pub fn rows(self) -> String {
        let set_aside = match self.set_aside {
            0 => String::new(),
            n => format!(", and {} that {} no row", grouped(n), if n == 1 { "is" } else { "are" }),
        };
        format!(
            "{} rows = {} clean + {} quarantined{set_aside}",
            grouped(self.clean_rows + self.quarantined_rows),
            grouped(self.clean_rows),
            grouped(self.quarantined_rows),
        )
    }
}

/// A file whose rows are told apart, as a whole or part by part from its beginning.
#[derive(Debug)]
pub struct Quarantine {
    rules: Vec<Rule>,
    /// How the columns are read.
    columns: Vec<ColumnPlan>,
    /// Values that were seen, for rules that let the first of equals stay.
    seen: Vec<BTreeSet<Option<String>>>,
    /// The rows that are set apart of the parts that are not sorted yet.
    rows: BTreeSet<u64>,
    is_sorted: bool,
    last: Option<Piece>,
    /// What became of the pieces so far.
    pub ledger: Ledger,
}

impl Quarantine {
    /// A quarantine by these rules, of a file whose columns are read so.
    pub fn new(mut rules: Vec<Rule>, columns: &[ColumnPlan]) -> Quarantine {
        // Each line of the table has its own row and value, not the first ones.
        for rule in &mut rules {
            if let Some((start, end)) = rule.message.find(", first ").map(|at| {
                let rest = &rule.message[at..];
                (at, rest.rfind("; agreed is ").map_or(rule.message.len(), |behind| at + behind))
            }) {
                rule.message.replace_range(start..end, "");
            }
        }
        let seen = rules.iter().map(|_| BTreeSet::new()).collect();
        Quarantine {
            rules,
            columns: columns.to_vec(),
            seen,
            rows: BTreeSet::new(),
            is_sorted: false,
            last: None,
            ledger: Ledger::default(),
        }
    }

    /// Takes the offenders of the next part, those of a rule in file order; their lines of the table. The pieces of a part are
    /// sorted before the next one, or all of them after the last.
    pub fn part<'a>(&mut self, offenders: impl Iterator<Item = Offender<'a>>) -> String {
        let mut found: Vec<Offender<'a>> = Vec::new();
        for offender in offenders.filter(|it| it.row > 0) {
            let (columns, seen) = (&self.columns, &mut self.seen);
            let stays = self.rules.get(offender.rule).is_none_or(|rule| rule.id == "unique")
                && seen.get_mut(offender.rule).is_none_or(|seen| {
                    seen.insert(offender.value.map(|text| value_of(columns, offender.column, text)))
                });
            if !stays {
                found.push(offender);
            }
        }
        let id = |offender: &Offender<'_>| self.rules.get(offender.rule).map(|rule| rule.id.as_str());
        crate::order::sort_by(&mut found, |a, b| {
            (a.row, a.byte, id(a), a.column, a.rule).cmp(&(b.row, b.byte, id(b), b.column, b.rule))
        });
        if std::mem::take(&mut self.is_sorted) {
            self.rows.clear();
        }
        self.rows.extend(found.iter().map(|it| it.row));
        found.iter().filter_map(|it| Some(line(self.rules.get(it.rule)?, it))).collect()
    }

    /// Where the next piece of the part goes.
    pub fn sort(&mut self, piece: Piece, bytes: usize) -> To {
        let is_new = u64::from(self.last.replace(piece) != Some(piece));
        self.is_sorted = true;
        let (bytes, ledger) = (bytes as u64, &mut self.ledger);
        match piece {
            Piece::Head => {
                ledger.head += bytes;
                To::Both
            }
            Piece::Row(row) if !self.rows.contains(&row) => {
                ledger.clean_rows += is_new;
                ledger.clean += bytes;
                To::Clean
            }
            Piece::Row(_) => {
                ledger.quarantined_rows += is_new;
                ledger.quarantined += bytes;
                To::Quarantined
            }
            Piece::SetAside(_) => {
                ledger.set_aside += is_new;
                ledger.quarantined += bytes;
                To::Quarantined
            }
            Piece::Between => {
                ledger.between += bytes;
                To::Neither
            }
        }
    }
}

/// What all texts of a value have in common: of one column, or of a list of the cells of several.
fn value_of(columns: &[ColumnPlan], name: &str, text: &str) -> String {
    let find = |name: &str| columns.iter().find(|it| it.name == name);
    if let Some(plan) = find(name) {
        return same(plan, text);
    }
    let plans: Option<Vec<&ColumnPlan>> = name.split(", ").map(find).collect();
    let cells = serde_json::from_str::<Vec<serde_json::Value>>(text).ok();
    match (plans, cells) {
        (Some(plans), Some(cells)) if plans.len() == cells.len() => {
            let cell = |(plan, cell): (&&ColumnPlan, serde_json::Value)| match cell {
                serde_json::Value::String(text) => same(plan, &text).into(),
                other => other,
            };
            serde_json::Value::Array(plans.iter().zip(cells).map(cell).collect()).to_string()
        }
        _ => text.to_owned(),
    }
}

/// The key of a cell's value, where its column has keys and it is one.
fn same(plan: &ColumnPlan, text: &str) -> String {
    let key = Domain::of(plan.ty).and_then(|_| parse::key(number::trim(text.as_bytes()), plan));
    key.map_or_else(|| text.to_owned(), |key| format!("{key:x}"))
}

/// A file's name without its ending and the ending; a compressed file is written as it was before.
pub fn name_parts(name: &str) -> (&str, &str) {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    }
}

fn line(rule: &Rule, place: &Offender<'_>) -> String {
    let number = |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
    format!(
        "{},{},{},{},{},{},{},{}\n",
        place.row,
        number(place.line),
        number(place.byte),
        field(place.column),
        field(&rule.id),
        field(&rule.severity),
        field(place.value.unwrap_or_default()),
        field(&rule.message),
    )
}

/// A CSV field: quoted where it must be (RFC 4180).
fn field(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_ending() {
        for (name, expected) in [
            ("a.csv", ("a", ".csv")),
            ("a.b.tsv.gz", ("a.b", ".tsv")),
            ("stdin", ("stdin", "")),
            (".csv", (".csv", "")),
        ] {
            assert_eq!(name_parts(name), expected);
        }
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        for (text, expected) in [("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\"")]
        {
            assert_eq!(field(text), expected);
        }
    }

    #[test]
    fn equals_are_equal_by_value_however_they_are_written() {
        use crate::cell::{TimeUnit, Type};
        let column = |name: &str, ty: Type| ColumnPlan {
            name: name.into(),
            ty,
            formats: 1,
            nulls: 0,
            more_nulls: Vec::new(),
            spelled: None,
            governed: true,
            typed: false,
        };
        let moment = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
        let columns = [column("n", Type::Float), column("at", moment), column("t", Type::Text)];
        let table = [
            ("n", "1", "1.0", true),
            ("n", "1", "1.5", false),
            ("at", "2024-01-02T10:00:00", "2024-01-02 10:00:00", true),
            ("t", "1", "1.0", false),
            ("n, at", "[1, \"2024-01-02T10:00:00\"]", "[1, \"2024-01-02 10:00:00\"]", true),
            ("n, t", "[1, \"a\"]", "[1, \"A\"]", false),
            ("n, gone", "[1, 2]", "[1,2]", false),
            ("t", "\u{e9}", "\u{e9}", true),
        ];
        for (name, a, b, equal) in table {
            assert_eq!(value_of(&columns, name, a) == value_of(&columns, name, b), equal, "{name} {a} {b}");
        }
    }

    #[test]
    fn parts_are_told_apart_as_the_whole_is() {
        let rule = |id: &str| Rule { id: id.into(), severity: "warning".into(), message: "m".into() };
        let at = |rule, row, value| Offender {
            rule,
            row,
            line: None,
            byte: Some(9),
            column: "c",
            value: Some(value),
        };
        let found =
            [at(0, 1, "x"), at(0, 3, "x"), at(0, 4, "y"), at(0, 5, "y"), at(1, 4, "y"), at(1, 0, "?")];
        let whole = Quarantine::new(vec![rule("unique"), rule("range")], &[]).part(found.into_iter());
        let rows: Vec<&str> = whole.lines().map(|line| line.split(",,9,c,").next().unwrap()).collect();
        assert_eq!(rows, ["3", "4", "5"]);
        let mut parts = Quarantine::new(vec![rule("unique"), rule("range")], &[]);
        let mut joined = String::new();
        let mut sorted = Vec::new();
        for part in [1..=2, 3..=3, 4..=5] {
            joined += &parts.part(found.into_iter().filter(|it| part.contains(&it.row)));
            sorted.extend(part.map(|row| parts.sort(Piece::Row(row), 2)));
        }
        assert_eq!(joined, whole);
        use To::{Clean, Quarantined};
        assert_eq!(sorted, [Clean, Clean, Quarantined, Quarantined, Quarantined]);
        assert_eq!(parts.sort(Piece::SetAside(9), 1), Quarantined);
        let words = parts.ledger.words();
        let expected = "5 rows = 2 clean + 3 quarantined, and 1 that is no row; 11 bytes = 0 of the header + 4 clean + 7 quarantined";
        assert_eq!(words, expected);
        assert_eq!(parts.sort(Piece::SetAside(10), 1), Quarantined);
        assert_eq!(parts.sort(Piece::SetAside(10), 1), Quarantined);
        assert_eq!(parts.ledger.set_aside, 2);
        assert_eq!(parts.sort(Piece::Between, 4), To::Neither);
        assert!(
            parts
                .ledger
                .words()
                .ends_with("17 bytes = 0 of the header + 4 clean + 9 quarantined + 4 between records")
        );
    }
}
