//! Segments without the values of the data: conditions on hidden columns keep the column's name, cells their shape.

use super::{REDACTED, Redaction, Shown, months};
use crate::profile::patterns::mask;
use crate::profile::saved::RARE;
use crate::report::wire::{Segment, Segments};

/// Leaves them out.
pub(super) fn of_segments(found: &mut Segments, redaction: &Redaction) {
    for segment in found.columns.iter_mut().flat_map(|it| &mut it.segments) {
        of_segment(segment, redaction);
    }
}

fn of_segment(segment: &mut Segment, redaction: &Redaction) {
    // A sample has no more rows than the file.
    let rows = segment.current.max(segment.reference.unwrap_or(0));
    for part in &mut segment.parts {
        let Some(column) = &part.column else { continue };
        match redaction.of(Some(column)) {
            Shown::All => {}
            Shown::Common if part.values.len() == 1 && rows >= RARE => {}
            Shown::Common if part.kind == "range" || part.kind == "period" => {
                part.values.iter_mut().for_each(|it| *it = months(it));
            }
            _ => part.values.iter_mut().filter(|it| !it.is_empty()).for_each(|it| *it = REDACTED.into()),
        }
    }
    for example in &mut segment.examples {
        for (name, cell) in segment.columns.iter().zip(&mut example.cells) {
            if redaction.of(Some(name)) != Shown::All {
                *cell = cell.as_deref().map(mask);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;
    use crate::report::wire::{ExampleRow, Scalar, SegmentPart};
    use std::collections::BTreeMap;

    fn part(column: &str, kind: &str, values: &[&str]) -> SegmentPart {
        let values = values.iter().map(|it| (*it).to_owned()).collect();
        SegmentPart { column: Some(column.into()), kind: kind.into(), values }
    }

    fn told(shown: Shown, parts: Vec<SegmentPart>) -> (Vec<Vec<String>>, Option<String>) {
        let columns = BTreeMap::from([("a".to_owned(), shown), ("b".to_owned(), Shown::All)]);
        let redaction = Redaction { columns, others: Shown::Nothing };
        let mut segment = Segment {
            parts,
            carries: 0.9,
            origin: None,
            reference: None,
            current: 40,
            within: Scalar::Null,
            columns: vec!["a".into()],
            examples: vec![ExampleRow { row: 3, cells: vec![Some("Kim 7".into())] }],
        };
        of_segment(&mut segment, &redaction);
        let values = segment.parts.into_iter().map(|it| it.values).collect();
        (values, segment.examples.remove(0).cells.remove(0))
    }

    #[test]
    fn values_of_hidden_columns_are_left_out_everywhere() {
        assert_eq!(Level::default(), Level::Classified);
        let parts = || vec![part("a", "value", &["x", "y"]), part("b", "range", &["1", ""])];
        let (values, cell) = told(Shown::Nothing, parts());
        assert_eq!(values, [vec![REDACTED, REDACTED], vec!["1", ""]]);
        assert_eq!(cell.as_deref(), Some("Aaa 9"));
        assert_eq!(told(Shown::All, parts()).1.as_deref(), Some("Kim 7"));
        // Of several values nobody knows how many rows hold each.
        assert_eq!(told(Shown::Common, parts()).0[0], [REDACTED, REDACTED]);
        assert_eq!(told(Shown::Common, vec![part("a", "value", &["x"])]).0[0], ["x"]);
        let period = vec![part("a", "period", &["2013-01-05", "2013-01-07"])];
        assert_eq!(told(Shown::Common, period).0[0], ["2013-01", "2013-01"]);
    }
}
