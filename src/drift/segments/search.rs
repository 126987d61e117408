//! The bins of a drifted column and of other columns, row by row, in; the segments that carry its drift out.

use super::measure::{self, Counts, Of, floor, noise, rows, size, without};
use super::origin::{self, Origin};
use crate::num;

/// The fewest rows of a segment, and their least share of a file.
const ROWS: u64 = 20;
const SHARE: f64 = 0.005;
/// The least share of either file that has to be left.
const LEFT: f64 = 0.1;
/// What a segment carries at least to be told, noise taken off.
const CARRIES: f64 = 0.2;
/// What a segment of all rows would have to carry more than one of none, to be told before it.
const SIZE: f64 = 0.3;
/// What another value has to add.
const ADDS: f64 = 0.1;
/// What the rows of two conditions may carry less than those of one.
const LESS: f64 = 0.05;
/// The most values of a column that are one segment together.
const TOGETHER: usize = 5;
/// From this share of a column's information on, a column of numbers says the same as it.
const SAME: f64 = 0.5;
/// From this share on, both ways, a column of values does.
const RENAMED: f64 = 0.95;
/// From this share of them in one bin on, cells without a value go along with it.
const TOGETHER_MISSING: f64 = 0.8;
/// The chance that noise makes any segment of a column be told.
const CHANCE: f64 = 0.05;
/// Columns whose best segments are crossed, two at a time.
const CROSSED: usize = 3;

/// Columns by what their bins may be joined to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins {
    /// Values: any few of them.
    Any,
    /// Ranges: neighbours.
    Neighbours,
    /// The same of moments: what the reference has none of is another time, not something new.
    Moments,
    /// Stretches of a file, which have no counterpart in the reference.
    Stretches,
}

/// A column that may say where.
#[derive(Debug, Clone)]
pub struct Feature {
    /// How its bins are joined.
    pub joins: Joins,
    /// How many bins have a name; behind them are those of other values, of missing and of invalid cells.
    pub named: usize,
    /// The bin of each row of the reference; none where its rows are not known, or have none.
    pub reference: Vec<u8>,
    /// The bin of each row of the current file.
    pub current: Vec<u8>,
    /// Rows of the reference by bin, where its profile knows them.
    pub before: Option<Vec<u64>>,
}

impl Feature {
    fn bins(&self) -> usize {
        self.named + 3
    }
}

/// The column that drifted.
#[derive(Debug, Clone)]
pub struct Target {
    /// The bin of each row of the reference; none where its rows are not known.
    pub reference: Vec<u8>,
    /// The bin of each row of the current file.
    pub current: Vec<u8>,
    /// Rows of the reference by bin; the last two are missing and invalid cells.
    pub before: Vec<u64>,
    /// Its own place among the features, which says nothing about where.
    pub itself: Option<usize>,
}

/// A condition on one column: one of these bins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The column, by its place among the features.
    pub feature: usize,
    /// The bins.
    pub bins: Vec<u8>,
}

/// Rows that carry a part of a drift.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its conditions, all of which hold.
    pub parts: Vec<Part>,
    /// The part of the drift that goes away with its rows, 0 to 1.
    pub carries: f64,
    /// What happened; `None` where that needs the rows of the reference.
    pub origin: Option<Origin>,
    /// Its rows in the reference, where they are known.
    pub reference: Option<u64>,
    /// Its rows in the current file.
    pub current: u64,
    /// PSI, less chance, within it.
    pub within: Option<f64>,
    /// Some of its rows that show the drift, by their places among the rows given, at most three.
    pub examples: Vec<usize>,
}

/// What was found of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The size of the drift.
    pub size: f64,
    /// How many segments were looked at.
    pub searched: u64,
    /// Segments, first the one that says most; one a column, and pairs.
    pub segments: Vec<Segment>,
}

/// A segment before it is chosen.
#[derive(Debug, Clone)]
struct Candidate {
    parts: Vec<Part>,
    counts: Counts,
    carries: f64,
}

struct Search<'a> {
    target: &'a Target,
    features: &'a [Feature],
    of: Of,
    /// All rows by the column's bins, and as the measure sees them.
    all: Counts,
    seen: Counts,
    sign: f64,
    /// Standard deviations that a change has to exceed.
    limit: f64,
}

/// Looks for the segments of a column; at most `most` are told.
pub fn search(target: &Target, features: &[Feature], of: Of, most: usize) -> Found {
    let bins = target.before.len();
    let mut all: Counts = target.before.iter().map(|it| (*it, 0)).collect();
    for code in &target.current {
        if let Some(bin) = all.get_mut(usize::from(*code)) {
            bin.1 += 1;
        }
    }
    let seen = of.counts(&all);
    let (n, m) = rows(&seen);
    let change = size(of, &seen, floor(n, m), 1.0);
    let sign = if change < 0.0 { -1.0 } else { 1.0 };
    let mut search = Search { target, features, of, all, seen, sign, limit: 0.0 };
    let mut found = Found { size: change, searched: 0, segments: Vec::new() };
    if n == 0 || m == 0 || change.abs() <= 0.0 {
        return found;
    }
    let others = features.iter().enumerate().map(|(at, it)| (target.itself != Some(at)).then_some(it));
    let tables: Vec<Option<Vec<Counts>>> = others.map(|it| search.table(it?, bins)).collect();
    let drawn: Vec<Vec<Candidate>> = tables
        .iter()
        .enumerate()
        .map(|(at, table)| table.as_ref().map_or_else(Vec::new, |it| search.drawn(at, it)))
        .collect();
    let crossings = CROSSED * (CROSSED - 1) / 2 * 4;
    found.searched = drawn.iter().map(Vec::len).sum::<usize>() as u64;
    let tried = found.searched as f64 + crossings as f64 + (TOGETHER * features.len()) as f64;
    // One-sided, each at its share of the chance (Bonferroni).
    search.limit = num::normal_quantile(1.0 - CHANCE / tried.max(1.0));
    let mut best: Vec<Candidate> = Vec::new();
    for (at, candidates) in drawn.into_iter().enumerate() {
        let mut told: Vec<Candidate> = candidates.into_iter().filter_map(|it| search.judged(it)).collect();
        if features[at].joins == Joins::Any {
            told.extend(search.together(&told));
        }
        search.in_order(&mut told);
        best.extend(told.into_iter().next());
    }
    search.in_order(&mut best);
    let crossed = search.crossed(&best);
    best.extend(crossed);
    search.in_order(&mut best);
    found.segments = best.into_iter().take(most).map(|it| search.told(it)).collect();
    found
}

impl Search<'_> {
    /// By what they carry, less a part of their share of the rows.
    fn in_order(&self, all: &mut [Candidate]) {
        let score = |it: &Candidate| it.carries - SIZE * self.share(it);
        crate::order::sort_by(all, |a, b| score(b).total_cmp(&score(a)));
    }

    /// The column's bins by a feature's; `None` of a feature that says nothing else than the column.
    fn table(&self, feature: &Feature, bins: usize) -> Option<Vec<Counts>> {
        let mut table = vec![vec![(0, 0); bins]; feature.bins()];
        for (code, bin) in feature.reference.iter().zip(&self.target.reference) {
            if let Some(cell) = table.get_mut(usize::from(*code)).and_then(|it| it.get_mut(usize::from(*bin)))
            {
                cell.0 += 1;
            }
        }
        for (code, bin) in feature.current.iter().zip(&self.target.current) {
            if let Some(cell) = table.get_mut(usize::from(*code)).and_then(|it| it.get_mut(usize::from(*bin)))
            {
                cell.1 += 1;
            }
        }
        let is_known =
            feature.reference.len() == self.target.reference.len() && !feature.reference.is_empty();
        let cells = |it: &(u64, u64)| if is_known { it.0 } else { it.1 };
        let counts: Vec<Vec<u64>> = table.iter().map(|it| it.iter().map(cells).collect()).collect();
        let (of_column, of_feature) = information(&counts);
        let is_same = match feature.joins {
            Joins::Neighbours => of_column >= SAME,
            Joins::Any => of_column >= RENAMED && of_feature >= RENAMED,
            Joins::Moments | Joins::Stretches => false,
        };
        (!is_same).then_some(table)
    }

    /// The segments of a feature that have enough rows and leave enough.
    fn drawn(&self, at: usize, table: &[Counts]) -> Vec<Candidate> {
        let feature = &self.features[at];
        let mut drawn = Vec::new();
        let mut add = |bins: Vec<u8>, counts: Counts| {
            if self.is_wide_enough(&counts) {
                drawn.push(Candidate { parts: vec![Part { feature: at, bins }], counts, carries: 0.0 });
            }
        };
        let alone = [feature.named + 1, feature.named + 2];
        let alone = alone.into_iter().filter(|code| !is_of_one_bin(&table[*code]));
        let named = 0..feature.named;
        if feature.joins == Joins::Any {
            for code in named.chain(alone) {
                add(vec![code as u8], table[code].clone());
            }
            return drawn;
        }
        for first in named.clone() {
            let mut counts: Counts = vec![(0, 0); self.all.len()];
            for (last, more) in table.iter().enumerate().take(feature.named).skip(first) {
                counts = joined(&counts, more);
                // All of them are no segment.
                if last - first + 1 < feature.named {
                    add((first as u8..=last as u8).collect(), counts.clone());
                }
            }
        }
        for code in alone {
            add(vec![code as u8], table[code].clone());
        }
        drawn
    }

    fn is_wide_enough(&self, segment: &Counts) -> bool {
        let ((n, m), (a, b)) = (rows(&self.all), rows(segment));
        let is_many = |rows: u64, all: u64| rows >= ROWS && rows as f64 >= SHARE * all as f64;
        let leaves = |rows: u64, all: u64| {
            (all - rows.min(all)) as f64 >= LEFT * all as f64 && all - rows.min(all) >= ROWS
        };
        (is_many(b, m) || is_many(a, n)) && leaves(b, m) && leaves(a, n)
    }

    /// Its share of the rows of the current file, or of the reference where those are gone.
    fn share(&self, candidate: &Candidate) -> f64 {
        let ((n, m), (a, b)) = (rows(&self.all), rows(&candidate.counts));
        if b == 0 { a as f64 / n.max(1) as f64 } else { b as f64 / m.max(1) as f64 }
    }

    /// The candidate with what it carries, if that is more than noise.
    fn judged(&self, candidate: Candidate) -> Option<Candidate> {
        let segment = self.of.counts(&candidate.counts);
        let left = without(&self.seen, &segment);
        let (a, b) = rows(&left);
        // Of the fewer rows that are left, so that rare values weigh the same before and after.
        let floor = floor(a, b);
        let before = size(self.of, &self.seen, floor, self.sign);
        let after = size(self.of, &left, floor, self.sign);
        if rows(&segment).0 == 0 && !self.is_farther(&segment, before, floor) {
            return None;
        }
        let gone = before - after;
        let carries = if before > 0.0 { (gone / before).clamp(0.0, 1.0) } else { 0.0 };
        let least = gone - self.limit * noise(self.of, &self.seen, &left, floor);
        (before > 0.0 && least >= CARRIES * before).then_some(Candidate { carries, ..candidate })
    }

    /// Of rows that are left out of the current file only: whether they are farther from the reference than the file is. Of
    /// fewer missing cells than before no rows are the place: without any that have none, there would be more.
    fn is_farther(&self, segment: &Counts, whole: f64, floor: f64) -> bool {
        let against: Counts = self.seen.iter().zip(segment).map(|(all, some)| (all.0, some.1)).collect();
        let is_fewer = self.of != Of::Psi && self.sign < 0.0;
        !is_fewer && size(self.of, &against, floor, self.sign) >= whole
    }

    /// Several values as one segment, as long as each adds something.
    fn together(&self, told: &[Candidate]) -> Option<Candidate> {
        let mut sorted: Vec<&Candidate> = told.iter().collect();
        crate::order::sort_by(&mut sorted, |a, b| b.carries.total_cmp(&a.carries));
        let mut whole = (*sorted.first()?).clone();
        for next in sorted.into_iter().skip(1).take(TOGETHER - 1) {
            let counts = joined(&whole.counts, &next.counts);
            if !self.is_wide_enough(&counts) {
                continue;
            }
            let mut parts = whole.parts.clone();
            if let (Some(part), Some(more)) = (parts.first_mut(), next.parts.first()) {
                part.bins.extend(&more.bins);
            }
            let wider = self.judged(Candidate { parts, counts, carries: 0.0 });
            if let Some(wider) = wider.filter(|it| it.carries >= whole.carries + ADDS) {
                whole = wider;
            }
        }
        whole.parts.first().is_some_and(|it| it.bins.len() > 1).then_some(whole)
    }

    /// Rows for which the conditions of two columns hold, where these are fewer rows that carry as much.
    fn crossed(&self, best: &[Candidate]) -> Vec<Candidate> {
        let most = best.iter().map(|it| it.carries).fold(0.0, f64::max);
        let mut found = Vec::new();
        let first: Vec<&Candidate> = best.iter().take(CROSSED).collect();
        for (i, a) in first.iter().enumerate() {
            for b in first.iter().skip(i + 1) {
                let parts: Vec<Part> = a.parts.iter().chain(&b.parts).cloned().collect();
                let counts = self.counts(&parts);
                let smaller = rows(&a.counts).1.min(rows(&b.counts).1);
                let is_smaller = rows(&counts).1 as f64 <= 0.7 * smaller as f64;
                if !is_smaller || !self.is_wide_enough(&counts) {
                    continue;
                }
                let judged = self.judged(Candidate { parts, counts, carries: 0.0 });
                found.extend(judged.filter(|it| it.carries >= most - LESS));
            }
        }
        found
    }

    /// Whether a row of a file belongs to a segment.
    fn holds(&self, parts: &[Part], row: usize, of: fn(&Feature) -> &[u8]) -> bool {
        parts.iter().all(|part| {
            let code = self.features.get(part.feature).and_then(|it| of(it).get(row));
            code.is_some_and(|it| part.bins.contains(it))
        })
    }

    fn counts(&self, parts: &[Part]) -> Counts {
        let mut counts = vec![(0, 0); self.all.len()];
        for (row, bin) in self.target.reference.iter().enumerate() {
            if self.holds(parts, row, |it| &it.reference) {
                counts[usize::from(*bin)].0 += 1;
            }
        }
        for (row, bin) in self.target.current.iter().enumerate() {
            if self.holds(parts, row, |it| &it.current) {
                counts[usize::from(*bin)].1 += 1;
            }
        }
        counts
    }

    fn told(&self, candidate: Candidate) -> Segment {
        let Candidate { parts, counts, carries } = candidate;
        let seen = self.of.counts(&counts);
        let left = without(&self.seen, &seen);
        let (n, m) = rows(&counts);
        let is_known = !self.target.reference.is_empty();
        // Stretches, and times that the reference has none of, are held against all of it.
        let is_of_time = parts.iter().any(|it| match self.features[it.feature].joins {
            Joins::Stretches => true,
            Joins::Moments => {
                n == 0 && it.bins.iter().any(|bin| usize::from(*bin) < self.features[it.feature].named)
            }
            Joins::Any | Joins::Neighbours => false,
        });
        let told = match parts.as_slice() {
            [part] => self.features[part.feature].before.as_ref(),
            _ => None,
        };
        let before = told.map(|before| {
            let bins = parts.iter().flat_map(|it| &it.bins);
            bins.filter_map(|bin| before.get(usize::from(*bin))).sum::<u64>()
        });
        let origin = match (is_of_time, is_known) {
            (true, _) => Some(Origin::Shift),
            (false, true) => Some(Origin::of(&seen, &left)),
            (false, false) => before.filter(|it| *it == 0).map(|_| Origin::New),
        };
        let against_all: Counts = self.seen.iter().zip(&seen).map(|(a, b)| (a.0, b.1)).collect();
        Segment {
            carries,
            origin,
            reference: if is_of_time {
                None
            } else if is_known {
                Some(n)
            } else {
                before
            },
            current: m,
            within: if is_of_time { origin::within(&against_all) } else { origin::within(&seen) },
            examples: self.examples(&parts, &counts),
            parts,
        }
    }

    /// The first rows in the bins that have more of the segment than of the reference, most first.
    fn examples(&self, parts: &[Part], counts: &Counts) -> Vec<usize> {
        let (inside, whole) = (measure::shares(counts), measure::shares(&self.all));
        let last = self.all.len();
        let excess = |bin: usize| {
            let (p, q) = (whole[bin].0.max(1e-4), inside[bin].1.max(1e-4));
            if q > p { (q - p) * num::ln(q / p) } else { 0.0 }
        };
        let of_measure = |bin: &usize| match self.of {
            Of::Psi => true,
            Of::Missing => *bin + 2 == last,
            Of::Invalid => *bin + 1 == last,
        };
        let mut bins: Vec<usize> = (0..last).filter(of_measure).filter(|it| excess(*it) > 0.0).collect();
        crate::order::sort_by(&mut bins, |a, b| excess(*b).total_cmp(&excess(*a)));
        let mut rows = Vec::new();
        for bin in bins {
            let all = self.target.current.iter().enumerate().filter(|it| usize::from(*it.1) == bin);
            let inside = all.filter(|it| self.holds(parts, it.0, |it| &it.current)).map(|it| it.0);
            rows.extend(inside.take(super::EXAMPLES - rows.len()));
            if rows.len() >= super::EXAMPLES {
                break;
            }
        }
        rows
    }
}

fn joined(a: &[(u64, u64)], b: &[(u64, u64)]) -> Counts {
    a.iter().zip(b).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect()
}

/// Whether cells without a value go along with one bin of the column: that two columns are missing together says nothing
/// about where.
fn is_of_one_bin(counts: &Counts) -> bool {
    let (n, m) = rows(counts);
    let (all, most) = match n {
        0 => (m, counts.iter().map(|it| it.1).max()),
        _ => (n, counts.iter().map(|it| it.0).max()),
    };
    all > 0 && most.unwrap_or(0) as f64 >= TOGETHER_MISSING * all as f64
}

/// The mutual information of rows and columns of a table over the entropy of the columns, and over that of the rows.
fn information(table: &[Vec<u64>]) -> (f64, f64) {
    let all: u64 = table.iter().flatten().sum();
    let width = table.first().map_or(0, Vec::len);
    let share = |count: u64| count as f64 / all.max(1) as f64;
    let entropy = |counts: &[u64]| -> f64 {
        counts.iter().filter(|it| **it > 0).map(|it| -share(*it) * num::ln(share(*it))).sum()
    };
    let of_rows = entropy(&table.iter().map(|it| it.iter().sum()).collect::<Vec<u64>>());
    let of_columns = entropy(&(0..width).map(|i| table.iter().map(|it| it[i]).sum()).collect::<Vec<u64>>());
    let of_both = entropy(&table.iter().flatten().copied().collect::<Vec<u64>>());
    let mutual = (of_rows + of_columns - of_both).max(0.0);
    let over = |entropy: f64| if entropy > 0.0 { mutual / entropy } else { 0.0 };
    (over(of_columns), over(of_rows))
}
