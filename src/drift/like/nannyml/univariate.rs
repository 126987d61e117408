//! NannyML's univariate drift methods: the reference's values and a chunk's in, the chunk's distance out.

use super::super::super::methods as m;
use super::super::contingency;
use super::super::histogram::{self, Counted};
use super::super::series::{Series, both};

/// Reference cells from which Kolmogorov–Smirnov and Wasserstein work on bins.
const BINNED: u64 = 10_000;
/// Those bins.
const BINS: usize = 10_000;

/// The methods of numbers, then those of categories, by NannyML's names.
pub(super) const CONTINUOUS: &[&str] = &["jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein"];
/// See [`CONTINUOUS`].
pub(super) const CATEGORICAL: &[&str] = &["jensen_shannon", "hellinger", "chi2", "l_infinity"];

/// A method fitted to the reference.
pub(super) struct Fitted<'a> {
    reference: &'a Series<'a>,
    way: Way,
}

enum Way {
    /// Doane's edges with the reference's counts; what lies outside is one bin more.
    Bins {
        edges: Vec<f64>,
        counts: Vec<u64>,
        distance: Distance,
    },
    /// One bin a value; all new values are one bin more.
    Values(Distance),
    /// The largest gap of the distribution functions, at the edges of equal bins where there are edges.
    Kolmogorov(Vec<f64>),
    /// The area between them, by equal bins where there are edges.
    Wasserstein(Vec<f64>),
    ChiSquare,
    LInfinity,
}

type Distance = fn(&[(u64, u64)]) -> Option<f64>;

impl<'a> Fitted<'a> {
    /// The method of this name, for numbers or for categories; `None` where NannyML has it not.
    pub(super) fn new(id: &str, continuous: bool, reference: &'a Series<'a>) -> Option<Fitted<'a>> {
        let numbers = reference.numbers();
        let (low, high) = numbers.first().zip(numbers.last()).map_or((0.0, 0.0), |it| (it.0.0, it.1.0));
        let binned = reference.n >= BINNED;
        let distance: Distance = if id == "hellinger" { m::hellinger } else { m::jensen_shannon_distance };
        let way = match (id, continuous) {
            ("jensen_shannon" | "hellinger", true) => {
                let edges = histogram::doane(numbers);
                Way::Bins { counts: histogram::counts(numbers, &edges), edges, distance }
            }
            ("jensen_shannon" | "hellinger", false) => Way::Values(distance),
            ("kolmogorov_smirnov", true) if binned => Way::Kolmogorov(histogram::linspace(low, high, BINS)),
            ("kolmogorov_smirnov", true) => Way::Kolmogorov(Vec::new()),
            ("wasserstein", true) if binned => Way::Wasserstein(histogram::edges(low, high, BINS)),
            ("wasserstein", true) => Way::Wasserstein(Vec::new()),
            ("chi2", false) => Way::ChiSquare,
            ("l_infinity", false) => Way::LInfinity,
            _ => return None,
        };
        Some(Fitted { reference, way })
    }

    /// The chunk's value, and its p-value where that decides; NaN without a value in the chunk.
    pub(super) fn value(&self, chunk: &Series<'_>) -> (f64, Option<f64>) {
        if chunk.n == 0 || self.reference.n == 0 {
            return (f64::NAN, None);
        }
        let number = |found: Option<f64>| (found.unwrap_or(f64::NAN), None);
        let counts = || both(self.reference, chunk).map(|it| it.counts);
        match &self.way {
            Way::Bins { edges, counts, distance } => {
                let now = histogram::counts(chunk.numbers(), edges);
                number(distance(&with_rest(counts.iter().copied().zip(now).collect(), chunk.n)))
            }
            Way::Values(distance) => number(counts().and_then(|counts| {
                distance(&with_rest(counts.into_iter().filter(|it| it.0 > 0).collect(), chunk.n))
            })),
            Way::Kolmogorov(edges) if edges.is_empty() => {
                number(both(self.reference, chunk).and_then(|it| {
                    let (a, b) = it.sides();
                    m::kolmogorov_smirnov::statistic(&a, &b)
                }))
            }
            Way::Kolmogorov(edges) => (binned_gap(self.reference, chunk, edges), None),
            Way::Wasserstein(edges) if edges.is_empty() => {
                number(both(self.reference, chunk).and_then(|it| m::wasserstein_distance(&it.points)))
            }
            Way::Wasserstein(edges) => (binned_area(self.reference, chunk, edges), None),
            Way::ChiSquare => match counts().and_then(|counts| contingency::test(&counts)) {
                Some(test) => (test.statistic, Some(test.p_value)),
                None => (f64::NAN, None),
            },
            Way::LInfinity => number(counts().and_then(|counts| m::l_infinity(&counts))),
        }
    }

    /// The largest value that the statistic can have, to NannyML.
    pub(super) fn most(&self) -> Option<f64> {
        matches!(self.way, Way::Kolmogorov(_)).then_some(1.0)
    }

    /// Whether the p-value decides.
    pub(super) fn by_p_value(&self) -> bool {
        matches!(self.way, Way::ChiSquare)
    }
}

/// The bins with one more for the chunk's other cells.
fn with_rest(mut bins: Vec<(u64, u64)>, cells: u64) -> Vec<(u64, u64)> {
    let inside: u64 = bins.iter().map(|it| it.1).sum();
    bins.push((0, cells.saturating_sub(inside)));
    bins
}

/// Cells below every edge but the first, as shares; what lies below the first edge counts only for the chunk.
fn cumulated(values: &Counted, n: u64, edges: &[f64], below: f64) -> Vec<f64> {
    let mut sum = 0.0;
    let counts = histogram::counts(values, edges).into_iter();
    counts
        .map(|count| {
            sum += count as f64 / n as f64;
            below + sum
        })
        .collect()
}

fn binned_gap(reference: &Series<'_>, chunk: &Series<'_>, edges: &[f64]) -> f64 {
    let low = edges.first().copied().unwrap_or(f64::NAN);
    let below: u64 = chunk.numbers().iter().filter(|it| it.0 < low).map(|it| it.1).sum();
    let before = cumulated(reference.numbers(), reference.n, edges, 0.0);
    let now = cumulated(chunk.numbers(), chunk.n, edges, below as f64 / chunk.n as f64);
    before.iter().zip(&now).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn binned_area(reference: &Series<'_>, chunk: &Series<'_>, edges: &[f64]) -> f64 {
    let (Some(&low), Some(&high)) = (edges.first(), edges.last()) else { return f64::NAN };
    let outside = |keep: &dyn Fn(f64) -> bool| -> Vec<(f64, u64)> {
        chunk.numbers().iter().copied().filter(|it| keep(it.0)).collect()
    };
    let (mut smaller, mut bigger) = (outside(&|x| x < low), outside(&|x| x > high));
    let (mut left, mut amount_left, mut right) = (0.0, 0.0, 0.0);
    // Each tail has the reference's end as one cell more, and its share is that of so many cells.
    if !smaller.is_empty() {
        smaller.push((low, 1));
        let cells: u64 = smaller.iter().map(|it| it.1).sum();
        amount_left = cells as f64 / chunk.n as f64;
        left = area(&smaller, |below| below) * amount_left;
    }
    if !bigger.is_empty() {
        bigger.insert(0, (high, 1));
        let cells: u64 = bigger.iter().map(|it| it.1).sum();
        right = area(&bigger, |below| 1.0 - below) * (cells as f64 / chunk.n as f64);
    }
    let width = edges[1] - edges[0];
    let before = cumulated(reference.numbers(), reference.n, edges, 0.0);
    let now = cumulated(chunk.numbers(), chunk.n, edges, amount_left);
    before.iter().zip(&now).map(|(a, b)| (a - b).abs() * width).sum::<f64>() + left + right
}

/// ∫ of a function of the distribution function between the smallest and the largest value.
fn area(values: &Counted, height: impl Fn(f64) -> f64) -> f64 {
    let n: u64 = values.iter().map(|it| it.1).sum();
    let mut below = 0;
    let steps = values.windows(2).map(|pair| {
        below += pair[0].1;
        height(below as f64 / n as f64) * (pair[1].0 - pair[0].0)
    });
    steps.sum()
}
