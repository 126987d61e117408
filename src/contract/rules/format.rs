//! `format`: a named format of text → a probe.

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

use super::super::formats::Format;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::ValueRule;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That each valid text has the named format: check digits, lists of codes and calendars included.
///
/// # Why
/// A text that merely looks right bounces, is not paid, or joins with nothing.
///
/// # Example
/// ```yaml
/// - name: account
///   logicalType: string
///   logicalTypeOptions:
///     format: iban
/// ```
///
/// # Parameters
/// `logicalTypeOptions.format`: `email`, `uri`, `url`, `hostname`, `ipv4`, `ipv6`, `ip`, `mac`, `uuid`, `country`,
/// `currency`, `semver`, `slug`, `phone`, `iban`, `bic`, `credit-card`, `isbn`, `issn`, `ean`, `imei`, `byte` or `base64`,
/// `hex`, `md5`, `sha1`, `sha256`, `json`, `date-time`, `date`, `time`; `dateutil` is what that library of Python
/// parses. Of `binary` and `password` there is nothing to check. `phone` is E.164, `+` and 7 to 15 digits without blanks;
/// `date-time` and `time` are those of RFC 3339, with a zone, `uuid` has its hyphens.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Shares are of the valid cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::contract) struct HasFormat(pub(in crate::contract) Format);

impl ValueRule for HasFormat {
    fn id(&self) -> &'static str {
        "format"
    }

    fn expected(&self) -> String {
        self.0.name.to_owned()
    }

    fn fault(&self) -> String {
        format!("not of the format {}", self.0.name)
    }

    fn virtue(&self) -> String {
        format!("of the format {}", self.0.name)
    }

    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.probe(Type::Text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text {
            return Err(format!("a format does not apply to a column of type {}", ty.id()));
        }
        Ok(Box::new(*self))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        Some(parameters([("format", Some(Tree::text(self.0.name)))]))
    }
}

impl Probe for HasFormat {
    fn breaks(&self, value: Value<'_>) -> bool {
        !matches!(value, Value::Text(text) if (self.0.holds)(text))
    }
}
