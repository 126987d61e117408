//! Dates in another order: cells that are no dates in, the one way in which nearly all of them are dates out.

use crate::cell::{TimeUnit, temporal};

/// The part of the cells that the way must account for.
const PART: f64 = 0.8;

/// How cells that are no dates of a column are dates: in one of the known formats, or with day and month exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// In this format.
    Format(&'static str),
    /// In one of the column's formats, if day and month are exchanged.
    Exchanged,
}

/// The way of nearly all the texts; `formats` are those of the column, as strftime patterns.
pub(super) fn way(texts: &[&str], formats: &[(String, u64)]) -> Option<Way> {
    let least = PART * texts.len() as f64;
    let known = formats.iter().filter_map(|it| temporal::format_bit(&it.0)).fold(0, |all, bit| all | bit);
    let read: Vec<u32> = texts.iter().map(|text| formats_of(text.trim(), temporal::ANY)).collect();
    let fits = |bit: &usize| read.iter().filter(|formats| *formats >> *bit & 1 == 1).count();
    // Of two orders that both fit, that which fits more cells; of equals the first.
    let best = (0..temporal::FORMATS.len()).max_by_key(|bit| (fits(bit), std::cmp::Reverse(*bit)));
    if let Some(bit) = best.filter(|bit| !texts.is_empty() && fits(bit) as f64 >= least) {
        return Some(Way::Format(temporal::FORMATS[bit]));
    }
    let exchanged = texts.iter().filter_map(|text| exchange(text.trim()));
    let found = exchanged.filter(|text| formats_of(text, known) != 0).count();
    (known != 0 && found > 0 && found as f64 >= least).then_some(Way::Exchanged)
}

/// The bits of the formats that read a text, among those allowed.
fn formats_of(text: &str, allowed: u32) -> u32 {
    temporal::date(text.as_bytes(), allowed)
        .or_else(|| temporal::timestamp(text.as_bytes(), allowed, TimeUnit::Micro))
        .map_or(0, |it| it.formats)
}

/// The text with the first two of three numbers exchanged, or, behind a year, the last two.
fn exchange(text: &str) -> Option<String> {
    let end = text.find(['T', ' ']).unwrap_or(text.len());
    let (date, time) = text.split_at(end);
    let sign = date.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let parts: Vec<&str> = date.split(sign).collect();
    let [a, b, c] = parts[..] else { return None };
    let sign = String::from(sign);
    let parts = if a.len() == 4 { [a, c, b] } else { [b, a, c] };
    Some(parts.join(&sign) + time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str], format: &str) -> Option<Way> {
        way(texts, &[(format.into(), 9)])
    }

    #[test]
    fn one_way_for_nearly_all_cells_is_told() {
        let table: [(&[&str], &str, Option<Way>); 7] = [
            (&["12/04/1994", "02/28/1986", "01/02/1990"], "%d.%m.%Y", Some(Way::Format("%m/%d/%Y"))),
            (&["12/04/1994", "28/02/1986"], "%Y-%m-%d", Some(Way::Format("%d/%m/%Y"))),
            (&["08.16.1993", "02.28.1986"], "%d.%m.%Y", Some(Way::Exchanged)),
            (&["1993-16-08", "1993-28-02T10:00:00"], "%Y-%m-%d", Some(Way::Exchanged)),
            (&["08.16.1993", "unknown", "n/a"], "%d.%m.%Y", None),
            (&["08.32.1993"], "%d.%m.%Y", None),
            (&[], "%d.%m.%Y", None),
        ];
        for (texts, format, expected) in table {
            assert_eq!(of(texts, format), expected, "{texts:?}");
        }
    }
}
