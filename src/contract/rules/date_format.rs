//! `date-format`: a pattern in the letters of strptime → a probe on text.

use crate::cell::{Type, Value, strptime};
use crate::sketch::probe::Probe;

use super::super::wording::quoted;
use super::ValueRule;

/// # What it checks
/// That each valid text is a date or time in this pattern, as Python's `datetime.strptime` reads it: numbers may lack
/// their leading zeros, names of months and days are English in any case, white space stands for any, and a day that its
/// month does not have is none.
///
/// # Why
/// One extract in another order of day and month, and half of its dates are wrong while the other half does not parse.
///
/// # Example
/// ```json
/// {"type": "expect_column_values_to_match_strftime_format", "kwargs": {"column": "joined", "strftime_format": "%d/%m/%Y"}}
/// ```
///
/// # Parameters
/// `strftime_format`, with `%Y %y %m %d %j %H %I %M %S %f %p %b %B %h %a %A %z %Z %%`, and `%D %F %T %R` as they spell out.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Shares are of the valid cells.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) struct DateFormat {
    text: String,
    pattern: String,
}

/// What stands for several directives.
const SHORT: [(&str, &str); 5] =
    [("%D", "%m/%d/%y"), ("%F", "%Y-%m-%d"), ("%T", "%H:%M:%S"), ("%R", "%H:%M"), ("%h", "%b")];

impl DateFormat {
    /// Reads a pattern.
    ///
    /// # Errors
    /// In words, where a letter is not known.
    pub(in crate::contract) fn new(text: &str) -> Result<DateFormat, String> {
        let pattern = SHORT.iter().fold(text.to_owned(), |text, (short, long)| text.replace(short, long));
        match strptime::unread(&pattern) {
            Some(directive) => Err(format!("{directive} of {} is not supported", quoted(text))),
            None => Ok(DateFormat { text: text.to_owned(), pattern }),
        }
    }

    /// The pattern, with what stands for several directives written out.
    #[cfg(feature = "contract")]
    pub(in crate::contract) fn pattern(&self) -> &str {
        &self.pattern
    }

    pub(in crate::contract) fn holds(&self, text: &str) -> bool {
        strptime::parse(text, &self.pattern).is_some()
    }
}

impl ValueRule for DateFormat {
    fn id(&self) -> &'static str {
        "date-format"
    }

    fn expected(&self) -> String {
        self.text.clone()
    }

    fn fault(&self) -> String {
        format!("not a date in the format {}", quoted(&self.text))
    }

    fn virtue(&self) -> String {
        format!("dates in the format {}", quoted(&self.text))
    }

    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        Some(self.probe(Type::Text))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        match ty {
            Type::Text => Ok(Box::new(self.clone())),
            _ => Err(format!("a format of dates in text does not apply to a column of type {}", ty.id())),
        }
    }
}

impl Probe for DateFormat {
    fn breaks(&self, value: Value<'_>) -> bool {
        !matches!(value, Value::Text(text) if self.holds(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_dates_as_python_reads_them() {
        // datetime.strptime of Python 3.13 on the same.
        let table = [
            ("%Y-%m-%d", "2024-02-29", true),
            ("%Y-%m-%d", "2023-02-29", false),
            ("%Y-%m-%d", "2024-2-9", true),
            ("%Y-%m-%d", "24-02-09", false),
            ("%Y-%m-%d", "2024-13-01", false),
            ("%Y-%m-%d", "2024-01-01 ", false),
            ("%d/%m/%Y", "31/12/2024", true),
            ("%d/%m/%Y", "12/31/2024", false),
            ("%d.%m.%y", "1.1.69", true),
            ("%Y%m%d", "20240131", true),
            ("%Y%m%d", "2024131", true),
            ("%H:%M:%S.%f", "23:59:59.123456", true),
            ("%H:%M", "24:00", false),
            ("%I:%M %p", "11:30 PM", true),
            ("%I:%M %p", "11:30PM", false),
            ("%I:%M %p", "13:30 PM", false),
            ("%d %b %Y", "03 Mar 2024", true),
            ("%d %b %Y", "03 march 2024", false),
            ("%d %B %Y", "03  MARCH   2024", true),
            ("%a %d", "Mon 1", true),
            ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00+02:00", true),
            ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00Z", true),
            ("%Y-%m-%dT%H:%M:%S%z", "2024-01-31T10:00:00+02", false),
            ("100%%", "100%", true),
            ("%m/%d", "2/29", false),
        ];
        for (format, text, holds) in table {
            let read = DateFormat::new(format).unwrap_or_else(|message| panic!("{message}"));
            assert_eq!(read.holds(text), holds, "{format} {text}");
        }
        assert_eq!(DateFormat::new("%Q").err().as_deref(), Some("%Q of \"%Q\" is not supported"));
        assert!(DateFormat::new("%Y-%").is_err());
        assert_eq!(DateFormat::new("ü%Y").map(|it| it.holds("ü2024")), Ok(true));
    }
}
