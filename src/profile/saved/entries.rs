//! Counted buckets in, fewer or merged counted buckets out: the shift is the smallest that fits, so a function of the
//! set of keys alone.

use std::collections::BTreeMap;

use super::{ENTRIES, RARE, Redact};
use crate::cell::Role;
use crate::error::{Error, Kind, Result};
use crate::profile::{Categories, Category, Distribution, Ordered};

/// The distribution with at most this many entries, at the smallest shift at which they fit. Labels stand only at
/// shift 0, where an entry is one value.
pub fn shrink(distribution: &Distribution, most: usize) -> Distribution {
    let most = most.max(1);
    match distribution {
        Distribution::Absent => Distribution::Absent,
        Distribution::Ordered(ordered) => {
            let more = fitting(ordered.entries.iter().map(|entry| entry.0), most);
            Distribution::Ordered(coarser(ordered, more))
        }
        Distribution::Categories(categories) => {
            let more = fitting(categories.entries.iter().map(|entry| u128::from(entry.hash)), most);
            Distribution::Categories(blunter(categories, more))
        }
    }
}

/// The smallest further shift at which rising keys fall into at most so many buckets: two neighbours share a bucket
/// from the highest bit on in which they differ.
fn fitting(keys: impl Iterator<Item = u128>, most: usize) -> u32 {
    let mut parted = [0usize; 129];
    let mut buckets = 0usize;
    let mut last = None;
    for key in keys {
        buckets += 1;
        if let Some(last) = last.replace(key) {
            parted[(128 - (last ^ key).leading_zeros()) as usize] += 1;
        }
    }
    let mut shift = 0;
    while buckets > most && shift < 128 {
        shift += 1;
        buckets -= parted[shift];
    }
    shift as u32
}

fn coarser(ordered: &Ordered, more: u32) -> Ordered {
    if more == 0 {
        return ordered.clone();
    }
    let mut entries: Vec<(u128, u64)> = Vec::new();
    for &(key, count) in &ordered.entries {
        let key = key.checked_shr(more).unwrap_or(0);
        match entries.last_mut() {
            Some((last, total)) if *last == key => *total = total.saturating_add(count),
            _ => entries.push((key, count)),
        }
    }
    Ordered { domain: ordered.domain, shift: ordered.shift + more, entries }
}

fn blunter(categories: &Categories, more: u32) -> Categories {
    if more == 0 {
        return categories.clone();
    }
    let mut entries: Vec<Category> = Vec::new();
    for entry in &categories.entries {
        let hash = entry.hash.checked_shr(more).unwrap_or(0);
        match entries.last_mut() {
            Some(last) if last.hash == hash => last.count = last.count.saturating_add(entry.count),
            _ => entries.push(Category { hash, label: None, count: entry.count }),
        }
    }
    Categories { shift: categories.shift + more, entries }
}

/// Both distributions as one, within the budget.
///
/// # Errors
/// `Incompatible` where one is ordered and the other not; `Limit` where counts are beyond 64 bits.
pub(super) fn merge(a: &Distribution, b: &Distribution) -> Result<Distribution> {
    let beyond = || Error::new(Kind::Limit, "saved profiles together count beyond 64 bits");
    let merged = match (a, b) {
        (Distribution::Absent, other) | (other, Distribution::Absent) => other.clone(),
        (Distribution::Ordered(a), Distribution::Ordered(b)) if a.domain == b.domain => {
            let shift = a.shift.max(b.shift);
            let mut all: BTreeMap<u128, u64> = BTreeMap::new();
            for part in [a, b] {
                for (key, count) in coarser(part, shift - part.shift).entries {
                    let total = all.entry(key).or_default();
                    *total = total.checked_add(count).ok_or_else(beyond)?;
                }
            }
            Distribution::Ordered(Ordered { domain: a.domain, shift, entries: all.into_iter().collect() })
        }
        (Distribution::Categories(a), Distribution::Categories(b)) => {
            let shift = a.shift.max(b.shift);
            let mut all: BTreeMap<u64, Category> = BTreeMap::new();
            for part in [a, b] {
                for entry in blunter(part, shift - part.shift).entries {
                    let Some(held) = all.get_mut(&entry.hash) else {
                        all.insert(entry.hash, entry);
                        continue;
                    };
                    held.count = held.count.checked_add(entry.count).ok_or_else(beyond)?;
                    held.label = match (held.label.take(), entry.label) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (a, b) => a.or(b),
                    };
                }
            }
            Distribution::Categories(Categories { shift, entries: all.into_values().collect() })
        }
        _ => {
            return Err(Error::new(
                Kind::Incompatible,
                "one saved column is ordered in another way than the other",
            ));
        }
    };
    Ok(shrink(&merged, ENTRIES))
}

/// The distribution without the labels that must not be saved.
pub(super) fn redact(mut distribution: Distribution, level: Redact, role: Role) -> Distribution {
    if let Distribution::Categories(categories) = &mut distribution {
        for entry in &mut categories.entries {
            let keep = match level {
                Redact::None => true,
                Redact::Rare => entry.count >= RARE && role != Role::Id,
                Redact::Values => false,
            };
            if !keep {
                entry.label = None;
            }
        }
    }
    distribution
}

/// Entries that occur once.
pub(super) fn singletons(distribution: &Distribution) -> u64 {
    let once = match distribution {
        Distribution::Absent => 0,
        Distribution::Ordered(ordered) => ordered.entries.iter().filter(|entry| entry.1 == 1).count(),
        Distribution::Categories(categories) => {
            categories.entries.iter().filter(|entry| entry.count == 1).count()
        }
    };
    once as u64
}
