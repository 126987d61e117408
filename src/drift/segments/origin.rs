//! A segment and the other rows in; what happened there out. Three incidents that ask for different people: something new came
//! in, what was there has changed, or there is only more or less of it.

use super::measure::{self, Counts, floor, psi, rows, shares};

/// What happened in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The reference has no such row.
    New,
    /// The current file has no such row.
    Gone,
    /// Its rows are there as before, but their values are others.
    Shift,
    /// Its values are as before, but its share of the rows is another.
    Mix,
}

impl Origin {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Origin::New => "new",
            Origin::Gone => "gone",
            Origin::Shift => "shift",
            Origin::Mix => "mix",
        }
    }

    /// Of counts within the segment and without it. Where both the values and the share changed, what would take away
    /// more of the PSI if it were undone: the reference's values within the segment at the current share, or the current
    /// values at the reference's share.
    pub(super) fn of(segment: &Counts, rest: &Counts) -> Origin {
        let ((n, m), (a, b)) = (rows(segment), rows(rest));
        if n == 0 {
            return Origin::New;
        }
        if m == 0 {
            return Origin::Gone;
        }
        let (inside, outside) = (shares(segment), shares(rest));
        let before = n as f64 / (n + a) as f64;
        let now = m as f64 / (m + b) as f64;
        let floor = floor(n + a, m + b);
        let blend = |of: &dyn Fn(f64, f64, f64, f64) -> f64| {
            let both = inside.iter().zip(&outside);
            let bins = both.map(|(i, o)| (before * i.0 + (1.0 - before) * o.0, of(i.0, i.1, o.0, o.1)));
            psi(&bins.collect::<Vec<_>>(), floor)
        };
        let unshifted = blend(&|p, _, _, rest| now * p + (1.0 - now) * rest);
        let unmixed = blend(&|_, q, _, rest| before * q + (1.0 - before) * rest);
        if unshifted <= unmixed { Origin::Shift } else { Origin::Mix }
    }
}

/// PSI, less chance, between the segment's rows in the reference and in the current file.
pub(super) fn within(segment: &Counts) -> Option<f64> {
    let (n, m) = rows(segment);
    (n > 0 && m > 0).then(|| measure::size(measure::Of::Psi, segment, floor(n, m), 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_incidents_are_told_apart() {
        let rest = vec![(800, 780), (200, 210)];
        let table: [(Counts, Origin); 5] = [
            (vec![(0, 5), (0, 200)], Origin::New),
            (vec![(100, 0), (100, 0)], Origin::Gone),
            (vec![(160, 40), (40, 160)], Origin::Shift),
            (vec![(20, 200), (80, 800)], Origin::Mix),
            // Some more rows, but their values turned around.
            (vec![(160, 50), (40, 200)], Origin::Shift),
        ];
        for (segment, wanted) in table {
            assert_eq!(Origin::of(&segment, &rest), wanted, "{segment:?}");
        }
    }
}
