//! The offenders of a file, part by part → by rule: where each stands, and the different values and shapes of values among
//! them, most frequent first.

use std::collections::BTreeMap;

use super::locate::Part;
use crate::finding::Violation;
use crate::profile::patterns::mask;

/// Offenders that are kept of all rules together; the others are counted.
pub const KEPT: usize = 1_000_000;

/// The offenders of one rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OfRule {
    /// How many there are, those that are not kept too.
    pub count: u64,
    /// Data row, line and byte of each, in file order; 0: unknown, bytes counted from 1.
    pub rows: Vec<f64>,
    /// See `rows`.
    pub lines: Vec<f64>,
    /// See `rows`.
    pub bytes: Vec<f64>,
    /// The value of each, by its place in `values`.
    pub of: Vec<u32>,
    /// The different values, most frequent first; `None` is a missing cell.
    pub values: Vec<Group<Option<String>>>,
    /// The shape of each value, by its place in `shapes`.
    pub shaped: Vec<u32>,
    /// The different shapes, most frequent first.
    pub shapes: Vec<Group<String>>,
}

/// Equals, and how many they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<T> {
    /// What they are.
    pub is: T,
    /// How many.
    pub count: u64,
}

/// Gathers them.
#[derive(Debug, Default)]
pub struct Gathering {
    rules: Vec<Gathered>,
    kept: usize,
}

#[derive(Debug, Default)]
struct Gathered {
    found: OfRule,
    known: BTreeMap<Option<String>, u32>,
}

impl Gathering {
    /// Takes the offenders of the next part.
    pub fn add(&mut self, part: Part) {
        if self.rules.len() < part.offenders.len() {
            self.rules.resize_with(part.offenders.len(), Gathered::default);
        }
        for (rule, places) in self.rules.iter_mut().zip(part.offenders) {
            rule.found.count += places.len() as u64;
            let room = KEPT - self.kept;
            self.kept += places.len().min(room);
            places.into_iter().take(room).for_each(|place| rule.add(place));
        }
    }

    /// All of them, by rule.
    pub fn finish(self) -> Vec<OfRule> {
        self.rules.into_iter().map(Gathered::finish).collect()
    }
}

impl Gathered {
    fn add(&mut self, place: Violation) {
        let found = &mut self.found;
        found.rows.push(place.row as f64);
        found.lines.push(place.line.unwrap_or(0) as f64);
        found.bytes.push(place.byte.map_or(0, |byte| byte + 1) as f64);
        let known = match self.known.get(&place.value) {
            Some(known) => *known,
            None => {
                let next = found.values.len() as u32;
                found.values.push(Group { is: place.value.clone(), count: 0 });
                self.known.insert(place.value, next);
                next
            }
        };
        found.values[known as usize].count += 1;
        found.of.push(known);
    }

    fn finish(self) -> OfRule {
        let mut found = self.found;
        let rank = most_frequent(&mut found.values);
        found.of.iter_mut().for_each(|it| *it = rank[*it as usize]);
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        for value in &found.values {
            let shape = value.is.as_deref().map(mask).unwrap_or_default();
            let next = known.len() as u32;
            let at = *known.entry(shape).or_insert_with_key(|shape| {
                found.shapes.push(Group { is: shape.clone(), count: 0 });
                next
            });
            found.shapes[at as usize].count += value.count;
            found.shaped.push(at);
        }
        let rank = most_frequent(&mut found.shapes);
        found.shaped.iter_mut().for_each(|it| *it = rank[*it as usize]);
        found
    }
}

/// Sorts groups by how many they are, equals by what they are; where each went.
fn most_frequent<T: Ord + Clone>(groups: &mut Vec<Group<T>>) -> Vec<u32> {
    let mut sorted: Vec<(usize, Group<T>)> = std::mem::take(groups).into_iter().enumerate().collect();
    crate::order::sort_by(&mut sorted, |a, b| b.1.count.cmp(&a.1.count).then_with(|| a.1.is.cmp(&b.1.is)));
    let mut rank = vec![0; sorted.len()];
    for (at, (was, group)) in sorted.into_iter().enumerate() {
        rank[was] = at as u32;
        groups.push(group);
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::super::pieces::Stretch;
    use super::*;

    #[test]
    fn values_and_shapes_are_counted_most_frequent_first() {
        let place = |row: u64, value: Option<&str>| Violation {
            row,
            line: Some(row + 1),
            byte: Some(row * 10),
            column: "c".into(),
            value: value.map(str::to_owned),
        };
        let stretch = Stretch { start: 0, end: 0, record: 0, rows: 0 };
        let mut gathering = Gathering::default();
        let first = vec![place(1, Some("01/04/2024")), place(2, Some("ZZ")), place(3, None)];
        let second = vec![place(4, Some("ZZ")), place(9, Some("02/04/2024")), place(10, Some("ZZ"))];
        gathering.add(Part { stretch, offenders: vec![first, vec![]] });
        gathering.add(Part { stretch, offenders: vec![second, vec![place(2, Some("x"))]] });
        gathering.add(Part { stretch, offenders: Vec::new() });
        let found = gathering.finish();
        let of = &found[0];
        assert_eq!((of.count, found[1].count), (6, 1));
        assert_eq!(of.rows, [1.0, 2.0, 3.0, 4.0, 9.0, 10.0]);
        assert_eq!((of.lines[0], of.bytes[0]), (2.0, 11.0));
        let values: Vec<_> = of.values.iter().map(|it| (it.is.as_deref(), it.count)).collect();
        let expected = [(Some("ZZ"), 3), (None, 1), (Some("01/04/2024"), 1), (Some("02/04/2024"), 1)];
        assert_eq!(values, expected);
        assert_eq!(of.of, [2, 0, 1, 0, 3, 0]);
        let shapes: Vec<_> = of.shapes.iter().map(|it| (it.is.as_str(), it.count)).collect();
        assert_eq!(shapes, [("AA", 3), ("99/99/9999", 2), ("", 1)]);
        assert_eq!(of.shaped, [0, 2, 1, 1]);
    }
}
