//! Names and addresses of networks.

use std::net::{Ipv4Addr, Ipv6Addr};

/// An address as people have it: the local part of dots and atoms (RFC 5322, 3.2.3; no quoted ones) with letters of any
/// script (RFC 6531), at most 64 bytes, and a host name of at least two labels.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_local =
        local.len() <= 64 && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
    is_local && text.len() <= 254 && domain.contains('.') && is_hostname(domain)
}

/// RFC 1123, 2.1: labels of 1 to 63 letters, digits and hyphens, no hyphen at their ends, 253 bytes in all. Letters of any
/// script are those of an internationalised name. A last label of digits alone is an address, not a name.
pub(super) fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        let length = label.chars().count();
        (1..=63).contains(&length)
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253 && text.split('.').all(is_label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// RFC 3986, 3: a scheme, a colon, and no character that must be escaped.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.is_empty()
        && are_escaped(rest.as_bytes())
}

fn are_escaped(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'%' if bytes[at + 1..].len() >= 2 && bytes[at + 1..at + 3].iter().all(u8::is_ascii_hexdigit) => {
                3
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => 1,
            byte if b"-._~:/?#[]@!$&'()*+,;=".contains(&byte) => 1,
            _ => return false,
        };
    }
    true
}

/// A URI of the web: `http`, `https`, `ftp` or `ftps` with a host.
pub(super) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_known = ["http", "https", "ftp", "ftps"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_host = literal.map_or_else(|| is_hostname(name) || is_ipv4(name), is_ipv6);
    is_known && is_host && port.is_none_or(|port| port.parse::<u16>().is_ok()) && is_uri(text)
}

/// Four decimal bytes without leading zeros (RFC 6943, 3.1.1).
pub(super) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// RFC 4291, 2.2; no zone.
pub(super) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// Either of the two.
pub(super) fn is_ip(text: &str) -> bool {
    is_ipv4(text) || is_ipv6(text)
}

/// Six bytes in hexadecimal, between them always `:` or always `-`.
pub(super) fn is_mac(text: &str) -> bool {
    let of = |separator| {
        let mut bytes = text.split(separator);
        bytes.clone().count() == 6
            && bytes.all(|byte| byte.len() == 2 && byte.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    of(':') || of('-')
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn email_addresses() {
        let long = format!("{}@example.com", "a".repeat(65));
        check(
            is_email,
            &[
                "ann@example.com",
                "a.b+c@sub.example.co.uk",
                "o'neil@example.org",
                "jürgen@exämple.de",
                "a@b-c.io",
            ],
            &[
                "ann",
                "@example.com",
                "ann@",
                "ann@localhost",
                ".a@example.com",
                "a..b@example.com",
                "a b@example.com",
                "a@example..com",
                "a@-example.com",
                "a@example.123",
                "a@b@example.com ",
                &long,
            ],
        );
    }

    #[test]
    fn host_names() {
        let long = format!("{}.com", "a".repeat(64));
        check(
            is_hostname,
            &["example.com", "localhost", "a-b.c", "xn--exmple-cua.de", "3com.com"],
            &["", ".", "a..b", "-a.com", "a-.com", "a_b.com", "127.0.0.1", "example.com.", &long],
        );
    }

    #[test]
    fn uris_and_urls() {
        check(
            is_uri,
            &["https://example.com/a?b=c#d", "mailto:ann@example.com", "urn:isbn:0451450523", "http://a/%20"],
            &[
                "example.com",
                "://a",
                "1http://a",
                "http:",
                "http://a b",
                "http://a/%2",
                "http://a/%zz",
                "http://ä.de",
            ],
        );
        check(
            is_url,
            &["https://example.com", "HTTP://localhost:8080/a", "http://10.0.0.1/", "http://u:p@[::1]:80/x"],
            &[
                "mailto:ann@example.com",
                "https://",
                "https:///a",
                "http://exa mple.com",
                "http://a:99999/",
                "//a.com",
            ],
        );
    }

    #[test]
    fn addresses() {
        check(
            is_ipv4,
            &["127.0.0.1", "255.255.255.255"],
            &["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4 ", "::1"],
        );
        check(
            is_ipv6,
            &["::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"],
            &["1.2.3.4", ":::", "fe80::1%eth0", "1::2::3"],
        );
        check(is_ip, &["1.2.3.4", "::"], &["a", ""]);
        check(
            is_mac,
            &["00:1A:2b:3c:4D:5e", "00-1a-2b-3c-4d-5e"],
            &["00:1a:2b:3c:4d", "00:1a-2b:3c:4d:5e", "gg:1a:2b:3c:4d:5e"],
        );
    }
}
