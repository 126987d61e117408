//! Columns with another name: those that are gone and those that are new in, the pairs of them that are one column out.

use super::super::methods::psi;
use super::super::words::{quoted, statistic};
use super::super::{Options, bins, pair, values};
use super::{keys, of};
use crate::finding::{Finding, Severity};
use crate::order;
use crate::profile::Column;
use std::collections::BTreeSet;

/// The least likeness of two names, 0 to 1, where the content agrees.
const ALIKE: f64 = 0.6;
/// The largest PSI, less chance, of content that agrees, and of content that does so whatever the names.
const AGREES: f64 = 0.1;
const SAME: f64 = 0.02;
/// Fewer distinct values are the same in too many columns.
const DISTINCT: f64 = 10.0;
/// Shared keys of columns without frequent values.
const SHARED: f64 = 0.5;
/// More pairs than these are compared by their normal names only, and fewer by content where their names are not alike.
const PAIRS: usize = 10_000;
const CONTENTS: usize = 400;
/// Characters of a name that are compared.
const LENGTH: usize = 64;

/// One column with two names.
pub(super) struct Renamed<'a> {
    pub reference: &'a Column,
    pub current: &'a Column,
    /// The likeness of the names, 0 to 1.
    alike: f64,
    /// PSI less chance, where the content could be compared.
    psi: Option<f64>,
}

impl Renamed<'_> {
    pub(super) fn finding(&self, options: &Options) -> Finding {
        let (was, is) = (&self.reference.name, &self.current.name);
        let names = if was.to_lowercase() == is.to_lowercase() {
            "only the case of its name has changed".into()
        } else if self.alike >= 1.0 {
            "only signs and case of its name have changed".into()
        } else if self.alike >= ALIKE {
            "the names are alike".to_string()
        } else {
            "the names are not alike".to_string()
        };
        let content = match self.psi {
            Some(psi) if psi < AGREES => format!("its content agrees (PSI less chance {})", statistic(psi)),
            Some(psi) => format!("its content has drifted (PSI less chance {})", statistic(psi)),
            None => "its content is not compared".into(),
        };
        let message = format!("{} is called {} now: {names}, {content}", quoted(was), quoted(is));
        let severity = if options.targets.contains(was) { Severity::Info } else { Severity::Critical };
        of("column-renamed", severity, self.current, message, (was.clone(), is.clone()))
    }
}

/// The best pairs; each column is in one of them at most.
pub(super) fn matches<'a>(
    removed: &[&'a Column],
    added: &[&'a Column],
    options: &Options,
) -> Vec<Renamed<'a>> {
    let pairs = removed.len() * added.len();
    let mut found: Vec<(f64, Renamed<'a>)> = Vec::new();
    for &reference in removed {
        let name = normal(&reference.name);
        for &current in added {
            let other = normal(&current.name);
            let alike = if name == other && !name.is_empty() {
                1.0
            } else if pairs <= PAIRS {
                likeness(&name, &other).min(0.99)
            } else {
                continue;
            };
            if alike >= ALIKE || pairs <= CONTENTS {
                found.extend(judge(reference, current, alike, options));
            }
        }
    }
    order::sort_by(&mut found, |a, b| b.0.total_cmp(&a.0));
    let sure = |it: &Renamed<'_>| it.alike >= ALIKE;
    // Names that are not alike need content that no other column has.
    let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
    let rivals: Vec<(usize, usize)> =
        found.iter().map(|it| (it.1.reference.position, it.1.current.position)).collect();
    found.retain(|(_, it)| {
        let (a, b) = (it.reference.position, it.current.position);
        let alone = rivals.iter().filter(|r| r.0 == a || r.1 == b).count() == 1;
        (sure(it) || alone) && !old.contains(&a) && !new.contains(&b) && {
            old.insert(a);
            new.insert(b);
            true
        }
    });
    found.into_iter().map(|it| it.1).collect()
}

/// Whether two columns are one, with a score for the choice among several.
fn judge<'a>(
    reference: &'a Column,
    current: &'a Column,
    alike: f64,
    options: &Options,
) -> Option<(f64, Renamed<'a>)> {
    let empty = reference.valid == 0 || current.valid == 0;
    if !empty && !pair::comparable(reference.ty, current.ty) {
        return None;
    }
    let psi = if empty { None } else { content(reference, current) };
    let agrees = psi.is_some_and(|psi| psi < AGREES);
    let many = reference.distinct.value.min(current.distinct.value) >= DISTINCT;
    let same = psi.is_some_and(|psi| psi < SAME.min(options.psi)) && many;
    let one = alike >= 1.0 || alike >= ALIKE && agrees || same;
    one.then(|| (alike + 1.0 - psi.unwrap_or(1.0).min(1.0), Renamed { reference, current, alike, psi }))
}

/// PSI less chance over the bins of both; of keys and free texts 0 where most are shared, else `None`.
fn content(reference: &Column, current: &Column) -> Option<f64> {
    let paired = pair::pair(reference, current)?;
    if reference.distinct.value >= 0.9 * reference.valid as f64 && reference.ty.is_bytes() {
        let shared = keys::shared(reference, current)?;
        return (shared as f64 >= SHARED * current.valid as f64).then_some(0.0);
    }
    let values = values::values(&paired, reference.ty);
    let mut all = bins::valid(&paired, values.as_ref(), reference.ty);
    all.extend(bins::others(reference, current));
    psi::psi(&bins::counts(&all)).map(|found| found.corrected)
}

/// Letters and digits in lower case.
fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(LENGTH).collect()
}

/// 1 less Levenshtein's distance as a part of the longer name; at least 0.7 where one name of four letters or more begins or
/// ends the other.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.is_empty() {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=short.len()).collect();
    for (i, x) in long.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in short.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    let likeness = 1.0 - row[short.len()] as f64 / long.len() as f64;
    let part = short.len() >= 4 && (long.starts_with(short) || long.ends_with(short));
    if part { likeness.max(0.7) } else { likeness }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;

    fn pairs(removed: &[Column], added: &[Column]) -> Vec<(String, String)> {
        let place = |columns: &[Column]| -> Vec<Column> {
            columns.iter().cloned().enumerate().map(|(i, c)| Column { position: i + 1, ..c }).collect()
        };
        let (removed, added) = (place(removed), place(added));
        let (a, b): (Vec<&Column>, Vec<&Column>) = (removed.iter().collect(), added.iter().collect());
        let found = matches(&a, &b, &Options::default());
        found.iter().map(|it| (it.reference.name.clone(), it.current.name.clone())).collect()
    }

    fn normals(name: &str, seed: u64, mean: f64) -> Column {
        let mut stream = Stream(seed << 32);
        floats_of(name, (0..2000).map(|_| mean + stream.normal()))
    }

    fn names(a: &str, b: &str) -> (String, String) {
        (a.into(), b.into())
    }

    #[test]
    fn likeness_is_that_of_letters() {
        let of = |a: &str, b: &str| likeness(a, b);
        assert_eq!((of("kitten", "sitting"), of("", ""), of("abc", "")), (1.0 - 3.0 / 7.0, 0.0, 0.0));
        assert!(of("amount", "amounteur") >= 0.7 && of("id", "paid") < 0.6);
    }

    #[test]
    fn a_name_in_another_case_is_the_same_column_whatever_its_content() {
        assert_eq!(
            pairs(&[normals("Email", 1, 0.0)], &[normals("e_mail", 2, 9.0)]),
            [names("Email", "e_mail")]
        );
        assert!(
            pairs(&[normals("Email", 1, 0.0)], &[texts("email", &[("a", 50)])]).is_empty(),
            "another type"
        );
    }

    #[test]
    fn alike_names_need_content_that_agrees() {
        assert_eq!(
            pairs(&[normals("quantity", 1, 0.0)], &[normals("quantty", 2, 0.0)]),
            [names("quantity", "quantty")]
        );
        assert!(pairs(&[normals("quantity", 1, 0.0)], &[normals("quantty", 2, 3.0)]).is_empty());
    }

    #[test]
    fn other_names_need_the_same_content_and_no_rival() {
        assert_eq!(
            pairs(&[normals("amount", 1, 0.0)], &[normals("betrag", 2, 0.0)]),
            [names("amount", "betrag")]
        );
        assert!(
            pairs(&[normals("amount", 1, 0.0)], &[normals("betrag", 2, 0.0), normals("wert", 3, 0.0)])
                .is_empty()
        );
        let flags = |name: &str| texts(name, &[("yes", 500), ("no", 500)]);
        assert!(pairs(&[flags("paid")], &[flags("active")]).is_empty(), "two values say nothing");
    }

    #[test]
    fn each_column_is_in_one_pair() {
        let found = pairs(
            &[normals("price_a", 1, 0.0), normals("price_b", 2, 0.05)],
            &[normals("priceB", 3, 0.0), normals("priceA", 4, 0.0)],
        );
        assert_eq!(found.len(), 2);
        assert!(found.contains(&names("price_a", "priceA")) && found.contains(&names("price_b", "priceB")));
    }
}
