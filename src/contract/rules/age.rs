//! `freshness` and `retention`: how old the newest and the oldest value of a column of dates may be → findings. They need
//! to know what time it is.

use crate::profile::Column;

#[cfg(feature = "cli")]
use super::super::exact::Exact;
#[cfg(feature = "cli")]
use super::super::extent::Extent;
use super::super::moment::nanoseconds;
use super::super::wording::quoted;
use super::{Judgement, ProfileRule};

/// # What it checks
/// That the newest value of a column of dates or timestamps is not older than agreed (`freshness`), or the oldest one is
/// not (`retention`). Times without a zone are taken for UTC. What time it is says `--as-of`, else the clock; the report
/// keeps it.
///
/// # Why
/// Yesterday's file again has no wrong cell in it.
///
/// # Example
/// ```yaml
/// slaProperties:
///   - property: freshness
///     value: 1
///     unit: d
///     element: orders.ordered_at
/// ```
///
/// # Parameters
/// `slaProperties` with the `property` `freshness` or `latency` (of one column, where there is neither a freshness nor a
/// frequency: beside these it means the delay of each row, of which a file does not tell), or `retention`; `value`, `unit` (`s`, `min`, `h`, `d`, `w`,
/// `mo` of 30 days, `y` of 365), and the `element`, a column or `table.column`, or several with commas.
///
/// # Missing and invalid cells
/// A missing or invalid cell has no age. Of a column without a valid cell the rule is not run: `required` speaks of that.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) struct Age {
    /// Whether it is about the newest value, else the oldest.
    pub(in crate::contract) newest: bool,
    /// The greatest age, in nanoseconds.
    pub(in crate::contract) most: i128,
    /// The same in words.
    pub(in crate::contract) words: String,
}

/// Nanoseconds of a unit; `None` of a word that is none.
pub(in crate::contract) fn unit(word: &str) -> Option<i128> {
    let seconds: i128 = match word.to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => 1,
        "min" | "minute" | "minutes" => 60,
        "h" | "hr" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 7 * 86_400,
        "mo" | "month" | "months" => 30 * 86_400,
        "y" | "yr" | "year" | "years" => 365 * 86_400,
        _ => return None,
    };
    Some(seconds * 1_000_000_000)
}

impl ProfileRule for Age {
    fn id(&self) -> &'static str {
        if self.newest { "freshness" } else { "retention" }
    }

    fn expected(&self) -> String {
        let which = if self.newest { "newest" } else { "oldest" };
        format!("the {which} value not older than {}", self.words)
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> Extent {
        Extent::Interval(None, Some((Exact::integer(self.most), false)))
    }

    fn needs_clock(&self) -> bool {
        true
    }

    fn judge(&self, column: &Column, as_of: Option<&str>) -> Result<Judgement, String> {
        let temporal = column.temporal.as_ref().ok_or_else(|| match column.valid {
            0 => "every cell is missing or invalid".to_owned(),
            _ => format!("a column of type {} has no age", column.ty.id()),
        })?;
        let as_of = as_of.ok_or("nobody said what time it is")?;
        let now = nanoseconds(as_of).ok_or_else(|| format!("{} is no time", quoted(as_of)))?;
        let value = if self.newest { &temporal.max } else { &temporal.min };
        let then =
            nanoseconds(value).ok_or_else(|| format!("a column of type {} has no age", column.ty.id()))?;
        let holds = now - then <= self.most;
        let which = if self.newest { "newest" } else { "oldest" };
        let message = format!(
            "the {which} value is {value}, {} before {as_of}; agreed is {}",
            age(now - then),
            self.words
        );
        Ok(Judgement { holds, message, observed: Some(value.clone()) })
    }
}

/// A length of time in words, by its largest unit.
fn age(nanoseconds: i128) -> String {
    let seconds = nanoseconds / 1_000_000_000;
    let (count, word) = match seconds.abs() {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_by_their_largest_unit() {
        let table = [
            (0, "0 seconds"),
            (61, "1 minute"),
            (7_200, "2 hours"),
            (172_800, "2 days"),
            (-90, "-1 minutes"),
        ];
        for (seconds, words) in table {
            assert_eq!(age(seconds * 1_000_000_000), words);
        }
        assert_eq!(unit("H"), Some(3_600_000_000_000));
        assert_eq!(unit("fortnight"), None);
    }
}
