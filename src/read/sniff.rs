//! The first bytes of a file in; what kind of file it is out, or an error that says what it is instead. The content
//! decides; the file's name only where the content leaves it open.

use crate::error::{Error, Kind, Result};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values and their kin; also what is left when nothing else fits.
    Csv,
    /// A JSON object a line.
    JsonLines,
    /// A JSON array of objects, a single object, or objects one after the other over many lines.
    Json,
    /// Apache Parquet.
    Parquet,
    /// The Arrow IPC file format (Feather version 2).
    ArrowFile,
    /// The Arrow IPC stream format.
    ArrowStream,
    /// Gzip; what is in it must be sniffed again.
    Gzip,
    /// A saved profile of Driftline.
    Profile,
}

/// What a file's first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// The kind of file.
    pub format: Format,
    /// Bytes of the byte order mark to skip: 0 or 3.
    pub bom: usize,
    /// There is nothing but white space.
    pub empty: bool,
    /// The content is an HTML page.
    pub html_page: bool,
    /// The content is one JSON object that reports an error.
    pub error_body: bool,
}

/// Signatures of files that are not read, and what to call them.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Office file"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"Obj\x01", "an Avro file"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"FEA1", "a Feather file of version 1"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"$FL2@(#)", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"{\\rtf", "a rich text document"),
];

/// Signatures of compressions that are not undone.
const COMPRESSED: &[(&[u8], &str)] = &[
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\x04\x22\x4d\x18", "LZ4"),
];

/// The byte order marks of encodings that are not read; UTF-32 before UTF-16, whose mark it begins with.
const ENCODINGS: &[(&[u8], &str)] = &[
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
];

/// What these first bytes are; `whole` if they are all there is; `name` is the file's, or empty.
///
/// # Errors
/// `NotThisFormat` for a file of a known other kind or a binary one; `Unsupported` for other encodings than UTF-8 and
/// other compressions than gzip.
pub fn sniff(head: &[u8], whole: bool, name: &str) -> Result<Sniffed> {
    let of = |format| Sniffed { format, bom: 0, empty: false, html_page: false, error_body: false };
    if let Some(format) = container(head) {
        return Ok(of(format));
    }
    refuse(head)?;
    let bom = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = head[bom..].trim_ascii_start();
    let start = Sniffed { bom, empty: text.is_empty(), ..of(Format::Csv) };
    if is_html(text) {
        return Ok(Sniffed { html_page: true, ..start });
    }
    if starts_with(text, b"<?xml") {
        return Err(not_this("an XML document"));
    }
    Ok(json(text, whole, name).map_or(start, |(format, error_body)| Sniffed { format, error_body, ..start }))
}

/// Binary containers, by their first bytes.
fn container(head: &[u8]) -> Option<Format> {
    // A column may be called so.
    let is_word =
        |at: usize| head.get(at).is_some_and(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    if head.starts_with(b"PAR1") && !is_word(4) {
        return Some(Format::Parquet);
    }
    if head.starts_with(b"ARROW1\0\0") {
        return Some(Format::ArrowFile);
    }
    if head.starts_with(b"\x1f\x8b") {
        return Some(Format::Gzip);
    }
    let length = head.strip_prefix(b"\xff\xff\xff\xff")?.first_chunk::<4>()?;
    let length = i32::from_le_bytes(*length);
    (length >= 0 && length % 8 == 0).then_some(Format::ArrowStream)
}

fn not_this(found: &str) -> Error {
    Error::new(Kind::NotThisFormat, format!("expected a CSV, JSON, Parquet or Arrow file, found {found}"))
        .with_hint("export the data as one of these and try again")
}

/// Tells what the file is where it is nothing that is read.
fn refuse(head: &[u8]) -> Result<()> {
    for (signature, name) in ENCODINGS {
        if head.starts_with(signature) {
            return Err(encoding(name));
        }
    }
    for (signature, name) in COMPRESSED {
        if head.starts_with(signature) {
            return Err(Error::new(Kind::Unsupported, format!("the file is compressed with {name}"))
                .with_hint("decompress it first, or compress it with gzip"));
        }
    }
    if head.starts_with(b"PARE") && head.get(4).is_some_and(|byte| !byte.is_ascii_graphic()) {
        return Err(Error::new(Kind::Unsupported, "the Parquet file has an encrypted footer")
            .with_hint("write it without encryption"));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Err(zip(head));
    }
    for (signature, name) in OTHERS {
        if head.starts_with(signature) {
            return Err(not_this(name));
        }
    }
    if head.starts_with(b"ORC") && head.get(3).is_some_and(u8::is_ascii_control) {
        return Err(not_this("an ORC file"));
    }
    binary(head)
}

fn encoding(name: &str) -> Error {
    Error::new(Kind::Unsupported, format!("the text is encoded as {name}, not as UTF-8"))
        .with_hint("save the file as UTF-8 and try again")
}

fn zip(head: &[u8]) -> Error {
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        let found = if holds(b"xl/") { "an Excel workbook" } else { "an Office document" };
        not_this(found).with_hint("save the sheet as CSV (UTF-8) and try again")
    } else if holds(b"application/vnd.oasis") {
        not_this("an OpenDocument file").with_hint("save the sheet as CSV and try again")
    } else {
        not_this("a ZIP archive").with_hint("unpack it and try again with the file in it")
    }
}

/// Refuses bytes that are a good deal of NULs and control characters.
fn binary(head: &[u8]) -> Result<()> {
    let head = &head[..head.len().min(8_192)];
    let is_odd = |byte: &u8| {
        *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x1f) || *byte == 0x7f
    };
    let odd = head.iter().filter(|byte| is_odd(byte)).count();
    if odd < 8 || odd * 10 < head.len() {
        return Ok(());
    }
    let nuls = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, uneven) = (nuls(0), nuls(1));
    if even.max(uneven) * 10 > head.len() * 3 && even.min(uneven) * 20 < head.len() {
        return Err(encoding("UTF-16"));
    }
    Err(not_this("a binary file"))
}

fn starts_with(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

fn is_html(text: &[u8]) -> bool {
    let is_page = |text: &[u8]| {
        [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|start| starts_with(text, start))
    };
    let declared = starts_with(text, b"<?xml") || text.starts_with(b"<!--");
    is_page(text) || declared && (0..text.len().min(1_024)).any(|at| is_page(&text[at..]))
}

/// Which kind of JSON the text is, if any, and whether it reports an error.
fn json(text: &[u8], whole: bool, name: &str) -> Option<(Format, bool)> {
    let ends_with = |ends: &[&str]| {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        ends.iter().any(|end| name.ends_with(end))
    };
    let (&first, rest) = text.split_first()?;
    let next = rest.trim_ascii_start();
    match (first, next.first()) {
        (b'[', Some(b'{' | b']')) => Some((Format::Json, false)),
        (b'[', _) if ends_with(&[".json"]) => Some((Format::Json, false)),
        (_, _) if ends_with(&[".jsonl", ".ndjson"]) && !matches!(first, b'{') => {
            Some((Format::JsonLines, false))
        }
        (b'{', Some(b'"' | b'}')) => Some(object(text, next, whole)),
        (b'{', None) if ends_with(&[".json", ".jsonl", ".ndjson"]) => Some((Format::Json, false)),
        _ => None,
    }
}

/// The kind of a file that begins with a JSON object.
fn object(text: &[u8], inner: &[u8], whole: bool) -> (Format, bool) {
    if inner.starts_with(b"\"driftline_profile\"") {
        return (Format::Profile, false);
    }
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<Object>();
    let Some(Ok(first)) = values.next() else {
        // Too long for the head, or malformed: one a line unless a line ends within it.
        let line = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
        let is_cut = line.len() < text.len() && !line.trim_ascii_end().ends_with(b"}");
        return (if is_cut { Format::Json } else { Format::JsonLines }, false);
    };
    let end = values.byte_offset();
    let alone = whole && text[end..].trim_ascii().is_empty();
    let over_lines = text[..end].contains(&b'\n');
    (if over_lines { Format::Json } else { Format::JsonLines }, alone && first.is_error())
}

/// The keys of an object.
#[derive(Deserialize)]
#[serde(transparent)]
struct Object(BTreeMap<String, IgnoredAny>);

impl Object {
    /// Whether services answer so when they fail.
    fn is_error(&self) -> bool {
        let has =
            |names: &[&str]| self.0.keys().any(|key| names.iter().any(|name| key.eq_ignore_ascii_case(name)));
        has(&["error", "errors", "fault", "exception"])
            || has(&["message", "detail", "title"])
                && has(&["code", "status", "statusCode", "status_code", "errorCode"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn content_tells_the_format() {
        let cases: [(&[u8], &str, Format); 23] = [
            (b"a,b\n1,2\n", "", Format::Csv),
            (b"", "", Format::Csv),
            (b"PAR1\x15\x04\x15", "", Format::Parquet),
            (b"PAR1,PAR2\n1,2\n", "", Format::Csv),
            (b"ARROW1\0\0\xff\xff\xff\xff", "", Format::ArrowFile),
            (b"\xff\xff\xff\xff\x10\x01\0\0", "", Format::ArrowStream),
            (b"\x1f\x8b\x08\0", "", Format::Gzip),
            (b"[{\"a\": 1}]", "", Format::Json),
            (b"\xef\xbb\xbf [\n {", "", Format::Json),
            (b"[]", "", Format::Json),
            (b"[id],[name]\n1,2\n", "", Format::Csv),
            (b"[1, 2]", "x.json", Format::Json),
            (b"{\"a\": 1}\n{\"a\": 2}\n", "", Format::JsonLines),
            (b"{\"a\": 1}", "", Format::JsonLines),
            (b"{\n  \"a\": 1\n}\n", "", Format::Json),
            (b"{\"a\": \"cut off her", "", Format::JsonLines),
            (b"{\n  \"a\": \"cut off her", "", Format::Json),
            (b"{\"a\": bad}\n{\"a\": 1}\n", "", Format::JsonLines),
            (b"nonsense\n{\"a\": 1}\n", "x.jsonl.gz", Format::JsonLines),
            (b"{id},b\n1,2\n", "", Format::Csv),
            (b"{ \"driftline_profile\": 1, ", "", Format::Profile),
            (b"id,\0\n1,2\n", "", Format::Csv),
            ("é,ü\n1,2\n".as_bytes(), "", Format::Csv),
        ];
        for (head, name, format) in cases {
            let found = sniff(head, true, name).map(|found| found.format);
            assert_eq!(found, Ok(format), "{:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn other_files_are_named_in_the_error() {
        let cases: [(&[u8], Kind, &str); 10] = [
            (b"\x89PNG\r\n\x1a\n....", Kind::NotThisFormat, "a PNG image"),
            (b"%PDF-1.7\n", Kind::NotThisFormat, "a PDF document"),
            (b"PK\x03\x04....xl/workbook.xml", Kind::NotThisFormat, "an Excel workbook"),
            (b"PK\x03\x04....data.csv", Kind::NotThisFormat, "a ZIP archive"),
            (b"<?xml version='1.0'?><rows/>", Kind::NotThisFormat, "an XML document"),
            (b"\x28\xb5\x2f\xfd\x04", Kind::Unsupported, "Zstandard"),
            (b"\xff\xfea\0,\0", Kind::Unsupported, "UTF-16"),
            (b"\xff\xfe\0\0a\0\0\0", Kind::Unsupported, "UTF-32"),
            (b"i\0d\0,\0n\0a\0m\0e\0\n\x001\0,\x002\0\n\0", Kind::Unsupported, "UTF-16"),
            (b"\x01\x02\x03\x04\x05\x06\x07\x08abc", Kind::NotThisFormat, "a binary file"),
        ];
        for (head, kind, what) in cases {
            let error = sniff(head, true, "").expect_err("not a data file");
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.message().contains(what) && error.hint().is_some(), "{error}");
        }
    }

    #[test]
    fn pages_and_error_bodies_are_flagged() {
        for head in [
            "<!DOCTYPE html>\n<p>",
            " \n<HTML>",
            "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC",
            "\u{feff}<html>",
        ] {
            assert!(sniff(head.as_bytes(), true, "").is_ok_and(|found| found.html_page), "{head}");
        }
        for (head, expected) in [
            ("{\"error\": {\"code\": 404}}", true),
            ("{\n\"Errors\": []}", true),
            ("{\"message\": \"no\", \"code\": 3}", true),
            ("{\"message\": \"hello\"}", false),
            ("{\"error\": 1}\n{\"error\": 2}", false),
            ("[{\"error\": 1}]", false),
        ] {
            let found = sniff(head.as_bytes(), true, "").expect("JSON");
            assert_eq!(found.error_body, expected, "{head}");
        }
    }

    #[test]
    fn marks_and_emptiness_are_told() {
        for (head, bom, empty) in
            [("", 0, true), (" \n", 0, true), ("\u{feff}", 3, true), ("\u{feff}a", 3, false)]
        {
            let found = sniff(head.as_bytes(), true, "").expect("text");
            assert_eq!((found.bom, found.empty), (bom, empty), "{head:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(head in proptest::collection::vec(
            prop_oneof![Just(b'{'), Just(b'['), Just(b'"'), Just(b'<'), any::<u8>()], 0..64), whole: bool) {
            let _ = sniff(&head, whole, "x.json");
        }
    }
}
