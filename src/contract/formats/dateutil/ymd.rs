//! Up to three numbers → which of them is the year, the month and the day.

use crate::cell::temporal::days_in;

use super::number::int;

/// A year, a month and a day, as far as they are known.
pub(super) type Date = (Option<u64>, Option<u64>, Option<u64>);

/// The numbers of a date, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Ymd {
    values: Vec<u64>,
    year: Option<usize>,
    month: Option<usize>,
    day: Option<usize>,
    /// Whether a year has its century.
    pub(super) has_century: bool,
}

/// What a number is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Year,
    Month,
}

/// Days of a month; of no month none.
pub(super) fn days(year: u64, month: u64) -> Option<u64> {
    // The calendar repeats every 400 years.
    let month = u32::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    Some(days_in((year % 400) as u32, month).into())
}

impl Ymd {
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Adds digits; more than two are a year.
    pub(super) fn digits(&mut self, text: &str, label: Option<Label>) -> Option<()> {
        self.add(int(text)?, text.len() > 2, label)
    }

    /// Adds a number; more than a hundred is a year.
    pub(super) fn number(&mut self, value: u64, is_more: bool, label: Option<Label>) -> Option<()> {
        self.add(value, value > 100 || value == 100 && is_more, label)
    }

    fn add(&mut self, value: u64, is_year: bool, label: Option<Label>) -> Option<()> {
        self.has_century |= is_year;
        let label = match label {
            Some(Label::Month) if is_year => return None,
            label if !is_year => label,
            _ => Some(Label::Year),
        };
        self.values.push(value);
        let at = Some(self.values.len() - 1);
        let place = match label {
            None => return Some(()),
            Some(Label::Year) => &mut self.year,
            Some(Label::Month) => &mut self.month,
        };
        if place.is_some() {
            return None;
        }
        *place = at;
        Some(())
    }

    /// Whether a number from 1 on, with a fraction or without, may be the day.
    pub(super) fn could_be_day(&self, value: u64, has_fraction: bool) -> bool {
        let at = |place: Option<usize>| place.and_then(|at| self.values.get(at)).copied();
        let most = match (at(self.month), at(self.year)) {
            (None, _) => Some(31),
            (Some(month), year) => days(year.unwrap_or(2000), month),
        };
        let fits = |most| value < most || value == most && !has_fraction;
        self.day.is_none() && value >= 1 && most.is_some_and(fits)
    }

    /// Which is which.
    pub(super) fn resolve(&self) -> Option<Date> {
        let known = [self.year, self.month, self.day].iter().flatten().count();
        if self.len() == known && known > 0 || self.len() == 3 && known == 2 {
            return self.by_places();
        }
        let month_is = |at| self.month == Some(at);
        Some(match *self.values.as_slice() {
            [] => (None, None, None),
            // A month alone is known by its place.
            [one] => {
                if one > 31 {
                    (Some(one), None, None)
                } else {
                    (None, None, Some(one))
                }
            }
            [a, b] if self.month.is_some() => {
                let (month, other) = if month_is(0) { (a, b) } else { (b, a) };
                if other > 31 { (Some(other), Some(month), None) } else { (None, Some(month), Some(other)) }
            }
            [a, b] if a > 31 => (Some(a), Some(b), None),
            [a, b] if b > 31 => (Some(b), Some(a), None),
            [a, b] => (None, Some(a), Some(b)),
            [a, b, c] if month_is(0) => {
                if b > 31 {
                    (Some(b), Some(a), Some(c))
                } else {
                    (Some(c), Some(a), Some(b))
                }
            }
            [a, b, c] if month_is(1) => {
                if a > 31 {
                    (Some(a), Some(b), Some(c))
                } else {
                    (Some(c), Some(b), Some(a))
                }
            }
            [a, b, c] if month_is(2) => {
                if b > 31 {
                    (Some(b), Some(c), Some(a))
                } else {
                    (Some(a), Some(c), Some(b))
                }
            }
            [a, b, c] if a > 31 || self.year == Some(0) => (Some(a), Some(b), Some(c)),
            [a, b, c] if a > 12 => (Some(c), Some(b), Some(a)),
            [a, b, c] => (Some(c), Some(a), Some(b)),
            _ => return None,
        })
    }

    /// By what was said of their places; the third is what the two others are not.
    fn by_places(&self) -> Option<Date> {
        let mut places = [self.year, self.month, self.day];
        if self.len() == 3
            && let [Some(_), Some(_), None] | [Some(_), None, Some(_)] | [None, Some(_), Some(_)] = places
        {
            let missing = (0..3).find(|at| !places.contains(&Some(*at)));
            places.iter_mut().filter(|it| it.is_none()).for_each(|it| *it = missing);
        }
        let at = |place: Option<usize>| place.and_then(|at| self.values.get(at)).copied();
        let [year, month, day] = places;
        Some((at(year), at(month), at(day)))
    }
}
