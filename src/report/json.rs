//! The report document in, its bytes out: the very bytes that the command line prints and the page downloads.

use serde::Serialize;

use crate::error::{Error, Kind, Result};

/// How the bytes are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// No white space; for machines and for many documents.
    Compact,
    /// Two spaces of indent and one newline at the end; for people and for downloads.
    Pretty,
}

/// The document as JSON: keys in the order of the struct, doubles in their shortest form that reads back the same.
///
/// # Errors
/// `Limit` where the document cannot be written as JSON; no report of this crate does that.
pub fn bytes<T: Serialize + ?Sized>(document: &T, layout: Layout) -> Result<Vec<u8>> {
    match layout {
        Layout::Compact => serde_json::to_vec(document).map_err(unwritable),
        Layout::Pretty => pretty(document),
    }
}

/// The document in the layout for people. Apart, because a host that wants no other then carries no other.
///
/// # Errors
/// Those of [`bytes`].
pub fn pretty<T: Serialize + ?Sized>(document: &T) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(document).map_err(unwritable)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "what map_err wants")]
fn unwritable(error: serde_json::Error) -> Error {
    Error::new(Kind::Limit, format!("the document cannot be written as JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::report::wire::{Report, Scalar};

    #[test]
    fn a_report_reads_back_as_it_was_written() {
        let report = sample::report();
        for layout in [Layout::Compact, Layout::Pretty] {
            let bytes = bytes(&report, layout).unwrap();
            let back: Report = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(back, report);
            assert_eq!(super::bytes(&back, layout).unwrap(), bytes);
        }
    }

    #[test]
    fn pretty_ends_in_one_newline_and_compact_in_none() {
        let report = sample::report();
        let text = String::from_utf8(bytes(&report, Layout::Pretty).unwrap()).unwrap();
        assert!(
            text.starts_with("{\n  \"driftline\": {\n") && text.ends_with("}\n") && !text.ends_with("\n\n")
        );
        assert!(!bytes(&report, Layout::Compact).unwrap().contains(&b'\n'));
    }

    #[test]
    fn doubles_are_short_and_infinities_are_words() {
        let table = [
            (Scalar::Integer(-3), "-3"),
            (Scalar::number(0.1), "0.1"),
            (Scalar::number(5.0), "5.0"),
            (Scalar::number(1e300), "1e+300"),
            (Scalar::number(f64::INFINITY), "\"Infinity\""),
            (Scalar::number(f64::NEG_INFINITY), "\"-Infinity\""),
            (Scalar::number(f64::NAN), "null"),
            (Scalar::maybe(None), "null"),
            (
                Scalar::Text("170141183460469231731687303715884105727".into()),
                "\"170141183460469231731687303715884105727\"",
            ),
        ];
        for (value, wanted) in table {
            assert_eq!(String::from_utf8(bytes(&value, Layout::Compact).unwrap()).unwrap(), wanted);
        }
    }
}
