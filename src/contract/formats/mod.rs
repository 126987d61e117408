//! Formats of text that have a name: a name in, a test out. Each is exact about what it takes and says by which document.

mod codes;
mod content;
mod dateutil;
mod network;
mod numbers;

/// A format with its test.
#[derive(Debug, Clone, Copy)]
pub(super) struct Format {
    /// The word in a contract.
    pub(super) name: &'static str,
    /// Whether a text has it.
    pub(super) holds: fn(&str) -> bool,
}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}

const fn format(name: &'static str, holds: fn(&str) -> bool) -> Format {
    Format { name, holds }
}

/// Every format, in the order of a list for people. `byte` is ODCS's and OpenAPI's word for Base64.
const FORMATS: [Format; 32] = [
    format("email", network::is_email),
    format("uri", network::is_uri),
    format("url", network::is_url),
    format("hostname", network::is_hostname),
    format("ipv4", network::is_ipv4),
    format("ipv6", network::is_ipv6),
    format("ip", network::is_ip),
    format("mac", network::is_mac),
    format("uuid", codes::is_uuid),
    format("country", codes::is_country),
    format("currency", codes::is_currency),
    format("semver", codes::is_semver),
    format("slug", codes::is_slug),
    format("phone", numbers::is_phone),
    format("iban", numbers::is_iban),
    format("bic", codes::is_bic),
    format("credit-card", numbers::is_card),
    format("isbn", numbers::is_isbn),
    format("issn", numbers::is_issn),
    format("ean", numbers::is_ean),
    format("imei", numbers::is_imei),
    format("byte", content::is_base64),
    format("base64", content::is_base64),
    format("hex", content::is_hex),
    format("md5", content::is_md5),
    format("sha1", content::is_sha1),
    format("sha256", content::is_sha256),
    format("json", content::is_json),
    format("date-time", content::is_date_time),
    format("date", content::is_date),
    format("time", content::is_time),
    format("dateutil", dateutil::parses),
];

/// The format of this name.
pub(super) fn named(name: &str) -> Option<Format> {
    FORMATS.into_iter().find(|format| format.name == name)
}

/// The names of all formats.
pub(super) fn names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name).collect()
}

/// Whether the text has these formats and not those: for the tests of a format.
#[cfg(test)]
fn check(holds: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
    for text in good {
        assert!(holds(text), "{text:?} should be taken");
    }
    for text in bad {
        assert!(!holds(text), "{text:?} should be refused");
    }
}
