//! Two distributions of one column in, the same two on the same keys out.
//!
//! A saved profile is coarser than a full one: both sides are brought to the larger shift, so that equal buckets mean
//! equal ranges. Types that differ in precision only (integer and decimal, microseconds and nanoseconds) meet as floats.

use crate::cell::{Domain, Type, domain};
use crate::profile::{Categories, Category, Column, Distribution, Ordered};
use std::borrow::Cow;

/// Both sides on the same keys; an absent side has no entries.
#[derive(Debug, Clone)]
pub(crate) enum Pair<'a> {
    /// No valid value on either side.
    Absent,
    /// Ordered values.
    Ordered { reference: Cow<'a, Ordered>, current: Cow<'a, Ordered> },
    /// Unordered values.
    Categories { reference: Cow<'a, Categories>, current: Cow<'a, Categories> },
}

/// Whether values of these types can be held against each other.
pub(crate) fn comparable(reference: Type, current: Type) -> bool {
    reference == current
        || reference.id() == current.id() && !zones_differ(reference, current)
        || reference.is_numeric() && current.is_numeric()
}

fn zones_differ(a: Type, b: Type) -> bool {
    matches!((a, b), (Type::Timestamp { zoned: a, .. }, Type::Timestamp { zoned: b, .. }) if a != b)
}

/// Brings both sides together, borrowing what needs no change; `None` where one is ordered and the other is not.
pub(crate) fn pair<'a>(reference: &'a Column, current: &'a Column) -> Option<Pair<'a>> {
    use Cow::{Borrowed, Owned};
    match (&reference.distribution, &current.distribution) {
        (Distribution::Absent, Distribution::Absent) => Some(Pair::Absent),
        (Distribution::Ordered(a), Distribution::Absent) => Some(Pair::Ordered {
            reference: Borrowed(a),
            current: Owned(Ordered { entries: Vec::new(), ..*a }),
        }),
        (Distribution::Absent, Distribution::Ordered(b)) => Some(Pair::Ordered {
            reference: Owned(Ordered { entries: Vec::new(), ..*b }),
            current: Borrowed(b),
        }),
        (Distribution::Ordered(a), Distribution::Ordered(b)) => {
            let (a, b) = if a.domain == b.domain && unit(reference.ty) == unit(current.ty) {
                (Borrowed(a), Borrowed(b))
            } else {
                (Owned(floats(a, reference.ty)), Owned(floats(b, current.ty)))
            };
            let shift = a.shift.max(b.shift);
            let meet = |side: Cow<'a, Ordered>| {
                if side.shift == shift { side } else { Owned(coarser(&side, shift)) }
            };
            Some(Pair::Ordered { reference: meet(a), current: meet(b) })
        }
        (Distribution::Categories(a), Distribution::Absent) => {
            Some(Pair::Categories { reference: Borrowed(a), current: Owned(empty(a.shift)) })
        }
        (Distribution::Absent, Distribution::Categories(b)) => {
            Some(Pair::Categories { reference: Owned(empty(b.shift)), current: Borrowed(b) })
        }
        (Distribution::Categories(a), Distribution::Categories(b)) => {
            let shift = a.shift.max(b.shift);
            let meet = |side: &'a Categories| {
                if side.shift == shift { Borrowed(side) } else { Owned(fewer(side, shift)) }
            };
            Some(Pair::Categories { reference: meet(a), current: meet(b) })
        }
        _ => None,
    }
}

/// The number that stands for a bucket: the value, or the middle of the bucket's keys; seconds for timestamps.
pub(crate) fn number(ty: Type, side: &Ordered, bucket: u128) -> f64 {
    let (low, high) = side.domain.bucket(bucket, side.shift);
    let value = side.domain.number(low + (high - low) / 2);
    if side.domain == Domain::Signed { value / scale(ty) } else { value }
}

/// What a column's keys are divided by, so that timestamps are seconds.
pub(crate) fn scale(ty: Type) -> f64 {
    if let Type::Timestamp { unit, .. } = ty { unit.per_second() as f64 } else { 1.0 }
}

/// What a column's keys are divided by, as a whole number.
pub(crate) fn unit(ty: Type) -> u64 {
    scale(ty) as u64
}

fn empty(shift: u32) -> Categories {
    Categories { shift, entries: Vec::new() }
}

fn floats(side: &Ordered, ty: Type) -> Ordered {
    let mut entries: Vec<(u128, u64)> = Vec::with_capacity(side.entries.len());
    for &(bucket, count) in &side.entries {
        push(&mut entries, u128::from(domain::float(number(ty, side, bucket))), count);
    }
    Ordered { domain: Domain::Float, shift: 0, entries }
}

pub(crate) fn coarser(side: &Ordered, shift: u32) -> Ordered {
    let by = shift - side.shift;
    let mut entries = Vec::new();
    for &(bucket, count) in &side.entries {
        push(&mut entries, bucket.checked_shr(by).unwrap_or(0), count);
    }
    Ordered { domain: side.domain, shift, entries }
}

fn push(entries: &mut Vec<(u128, u64)>, bucket: u128, count: u64) {
    match entries.last_mut() {
        Some(last) if last.0 == bucket => last.1 += count,
        _ => entries.push((bucket, count)),
    }
}

pub(crate) fn fewer(side: &Categories, shift: u32) -> Categories {
    let by = shift - side.shift;
    let mut entries: Vec<Category> = Vec::new();
    let mut heaviest = 0;
    for entry in &side.entries {
        let hash = entry.hash.checked_shr(by).unwrap_or(0);
        match entries.last_mut() {
            Some(last) if last.hash == hash => {
                // A bucket is called by the heaviest of its values.
                if entry.count > heaviest {
                    heaviest = entry.count;
                    last.label.clone_from(&entry.label);
                }
                last.count += entry.count;
            }
            _ => {
                heaviest = entry.count;
                entries.push(Category { hash, label: entry.label.clone(), count: entry.count });
            }
        }
    }
    Categories { shift, entries }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn the_finer_side_is_brought_to_the_coarser() {
        let reference = coarse(integers("x", [0, 1, 2, 3, 4, 5, 6, 7]), 4);
        let current = integers("x", [0, 1, 7, 7]);
        let Some(Pair::Ordered { reference, current }) = pair(&reference, &current) else {
            panic!("ordered")
        };
        assert_eq!(reference.shift, current.shift);
        assert_eq!(reference.entries.iter().map(|e| e.1).collect::<Vec<_>>(), [2, 2, 2, 2]);
        assert_eq!(current.entries.iter().map(|e| e.1).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn integers_and_floats_meet_as_numbers() {
        let (whole, broken) = (integers("x", [-1, 0, 5]), floats_of("x", [-1.0, 0.0, 5.0]));
        let Some(Pair::Ordered { reference, current }) = pair(&whole, &broken) else { panic!("ordered") };
        assert_eq!(reference, current);
    }

    #[test]
    fn what_cannot_be_compared_is_told_apart() {
        let zoned = |zoned| Type::Timestamp { unit: crate::cell::TimeUnit::Micro, zoned };
        assert!(comparable(Type::Integer, Type::Decimal(2)) && comparable(Type::Float, Type::WideInteger));
        assert!(!comparable(Type::Integer, Type::Text) && !comparable(Type::Date, zoned(true)));
        assert!(!comparable(zoned(true), zoned(false)));
        assert!(pair(&integers("x", [1]), &texts("x", &[("a", 1)])).is_none());
    }
}
