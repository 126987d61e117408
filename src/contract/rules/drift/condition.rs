//! The condition of a gate on drift: its text → what is measured, how it stands to which number, in how many intervals.

use super::super::super::wording::{nearest, quoted};
use super::Gate;

/// The most intervals that a gate looks back over, as many as a history looks at.
const MOST: usize = 90;

/// What can be gated on, by its word: what a comparison always measures, then every statistical method.
pub const METRICS: [&str; 30] = [
    "psi",
    "psi-corrected",
    "missing-share-change",
    "invalid-share-change",
    "new-category-share",
    "row-count-change",
    "anderson-darling",
    "chi-square",
    "cramer-von-mises",
    "cramers-v",
    "cramers-v-corrected",
    "energy",
    "epps-singleton",
    "fisher-exact",
    "g-test",
    "hellinger",
    "jensen-shannon-distance",
    "jensen-shannon-divergence",
    "kolmogorov-smirnov",
    "kolmogorov-smirnov-exact",
    "kullback-leibler",
    "l-infinity",
    "mann-whitney",
    "maximum-mean-discrepancy",
    "proportions",
    "student",
    "total-variation",
    "wasserstein",
    "wasserstein-normalised",
    "welch",
];

/// Those of them that have no p-value.
pub const UNTESTED: [&str; 17] = [
    "psi",
    "psi-corrected",
    "missing-share-change",
    "invalid-share-change",
    "new-category-share",
    "row-count-change",
    "cramers-v",
    "cramers-v-corrected",
    "energy",
    "hellinger",
    "jensen-shannon-distance",
    "jensen-shannon-divergence",
    "kullback-leibler",
    "l-infinity",
    "total-variation",
    "wasserstein",
    "wasserstein-normalised",
];

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Metric {
    /// One of [`METRICS`].
    pub id: &'static str,
    /// Whether it is the p-value that is asked for, not the statistic.
    pub p_value: bool,
}

impl Metric {
    /// Whether it is a number of the table, not of its columns.
    pub fn is_of_table(self) -> bool {
        self.id == "row-count-change"
    }

    /// The word for it.
    pub fn name(self) -> String {
        if self.p_value { format!("p({})", self.id) } else { self.id.to_owned() }
    }
}

/// How a measured number stands to the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
}

impl Gate {
    /// Reads a condition.
    ///
    /// # Errors
    /// In words: what was expected, and what was found at which character.
    pub(in crate::contract) fn parse(text: &str) -> Result<Gate, String> {
        let signs = [
            (">=", Stands::AtLeast),
            ("≥", Stands::AtLeast),
            ("<=", Stands::AtMost),
            ("≤", Stands::AtMost),
            (">", Stands::Above),
            ("<", Stands::Below),
        ];
        let sign = signs.iter().filter_map(|it| Some((text.find(it.0)?, it))).min_by_key(|it| it.0);
        let Some((at, (sign, stands))) = sign else {
            return Err(format!(
                "expected a condition such as \"psi >= 0.25 for 2 of 3 intervals\", found {}",
                quoted(text)
            ));
        };
        let metric = metric(text[..at].trim())?;
        let rest = &text[at + sign.len()..];
        let (number, intervals) = match rest.split_once(" for ") {
            Some((number, intervals)) => (number, Some(of_intervals(intervals)?)),
            None => (rest, None),
        };
        let threshold = threshold(number.trim())
            .ok_or_else(|| format!("expected a number behind {sign:?}, found {}", quoted(number.trim())))?;
        if threshold < 0.0 && metric.id.ends_with("-change") {
            return Err(format!("{} is the size of a change, so never below 0", metric.id));
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Gate { metric, stands: *stands, threshold, intervals, columns: None, text, places: Vec::new() })
    }
}

fn metric(text: &str) -> Result<Metric, String> {
    let plain = |it: &str| it.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let inside = text.strip_prefix("p(").and_then(|it| it.strip_suffix(')'));
    let word = plain(inside.unwrap_or(text));
    match METRICS.iter().find(|it| **it == word) {
        Some(id) if inside.is_some() && UNTESTED.contains(id) => {
            Err(format!("{id} is no test, so it has no p-value"))
        }
        Some(id) => Ok(Metric { id, p_value: inside.is_some() }),
        None => Err(match nearest(&word, METRICS) {
            Some(meant) => format!("unknown metric {}; did you mean {meant:?}?", quoted(text)),
            None => format!("unknown metric {}; expected one of {}", quoted(text), METRICS.join(", ")),
        }),
    }
}

/// `2 of 3 intervals`, `3 intervals`.
fn of_intervals(text: &str) -> Result<(usize, usize), String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wrong = || format!("expected \"2 of 3 intervals\" behind \"for\", found {}", quoted(text.trim()));
    let (least, of) = match words.as_slice() {
        [least, "of", of, "interval" | "intervals"] => (*least, *of),
        [all, "interval" | "intervals"] => (*all, *all),
        _ => return Err(wrong()),
    };
    let number = |it: &str| it.parse::<usize>().map_err(|_| wrong());
    let (least, of) = (number(least)?, number(of)?);
    if least == 0 || least > of {
        return Err(format!("{least} of {of} intervals cannot be: the first number is from 1 to the second"));
    }
    if of > MOST {
        return Err(format!("more than {MOST} intervals"));
    }
    Ok((least, of))
}

fn threshold(text: &str) -> Option<f64> {
    let (number, share) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (text, 1.0),
    };
    let value: f64 = number.parse().ok()?;
    value.is_finite().then_some(value / share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_or_say_what_is_wrong() {
        let gate = Gate::parse("psi >= 0.25 for 2 of 3 intervals").unwrap();
        assert_eq!((gate.metric.id, gate.threshold, gate.intervals), ("psi", 0.25, Some((2, 3))));
        let gate = Gate::parse("missing share change > 5 %").unwrap();
        assert_eq!((gate.metric.id, gate.threshold, gate.intervals), ("missing-share-change", 0.05, None));
        let gate = Gate::parse("p(Kolmogorov_Smirnov)<1e-6 for 3 intervals").unwrap();
        assert_eq!((gate.metric.name().as_str(), gate.intervals), ("p(kolmogorov-smirnov)", Some((3, 3))));
        assert!(gate.holds(1e-7) && !gate.holds(1e-6));
        for (text, message) in [
            ("p(hellinger) < 0.1", "hellinger is no test, so it has no p-value"),
            ("psi", "expected a condition such as \"psi >= 0.25 for 2 of 3 intervals\", found \"psi\""),
            ("pis >= 1", "unknown metric \"pis\"; did you mean \"psi\"?"),
            ("helinger > 0.1", "unknown metric \"helinger\"; did you mean \"hellinger\"?"),
            ("psi >= much", "expected a number behind \">=\", found \"much\""),
            ("psi >= inf", "expected a number behind \">=\", found \"inf\""),
            ("psi >= 1 for ever", "expected \"2 of 3 intervals\" behind \"for\", found \"ever\""),
            (
                "psi >= 1 for 4 of 3 intervals",
                "4 of 3 intervals cannot be: the first number is from 1 to the second",
            ),
            ("psi >= 1 for 1 of 999 intervals", "more than 90 intervals"),
            ("row_count_change >= -1", "row-count-change is the size of a change, so never below 0"),
        ] {
            assert_eq!(Gate::parse(text).unwrap_err(), message, "{text}");
        }
    }
}
