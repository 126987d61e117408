//! Issues: what is odd about a file. Counted, the first places kept, part of the profile; never an error.

/// A place in the data. What a format has no notion of (lines of Parquet) is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Data row, from 1, the header not counted. 0: not in a data row (the header, the file's end).
    pub row: u64,
    /// Physical line, from 1, the header counted.
    pub line: Option<u64>,
    /// Offset of the first byte in the decompressed file, from 0.
    pub byte: Option<u64>,
    /// What stands there, cut to [`crate::cell::limits::SHOWN_BYTES`].
    pub text: String,
}

/// The kinds of oddities that readers count. The names are a public promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Code {
    /// A record with fewer or more cells than the header.
    RaggedRow,
    /// A line with nothing on it, skipped.
    BlankLine,
    /// Bytes that are not UTF-8, in a cell or a header.
    BadUtf8,
    /// Two columns of the same name; later ones are renamed with a suffix.
    DuplicateHeader,
    /// A column without a name; it is called by its position.
    EmptyHeader,
    /// A quote inside an unquoted field, or text after a closing quote.
    StrayQuote,
    /// A quoted field that never ends.
    UnclosedQuote,
    /// A NUL byte in a cell.
    NulByte,
    /// A record that is not JSON; it is set aside in the ledger.
    MalformedRecord,
    /// A JSON record with the same key twice; the last one counts.
    DuplicateKey,
    /// A JSON record that is not an object; it is set aside in the ledger.
    NotAnObject,
    /// A column that is neither clearly of a type nor clearly text.
    MixedTypes,
    /// Dates that could be day-month or month-day.
    AmbiguousDates,
    /// Timestamps with and without zone in one column.
    MixedZones,
    /// Digits with leading zeros in a numeric column.
    LeadingZeros,
    /// Values that may stand for a missing one but were kept as values.
    SuspectedNull,
    /// Cells with white space around the value.
    PaddedCells,
    /// Columns beyond the limit, not profiled.
    TooManyColumns,
    /// A header and no row.
    NoRows,
    /// The content is an HTML page.
    HtmlPage,
    /// The content is a JSON error message.
    ErrorBody,
}

impl Code {
    /// All codes, in the order of the enum.
    pub const ALL: [Code; 21] = [
        Code::RaggedRow,
        Code::BlankLine,
        Code::BadUtf8,
        Code::DuplicateHeader,
        Code::EmptyHeader,
        Code::StrayQuote,
        Code::UnclosedQuote,
        Code::NulByte,
        Code::MalformedRecord,
        Code::DuplicateKey,
        Code::NotAnObject,
        Code::MixedTypes,
        Code::AmbiguousDates,
        Code::MixedZones,
        Code::LeadingZeros,
        Code::SuspectedNull,
        Code::PaddedCells,
        Code::TooManyColumns,
        Code::NoRows,
        Code::HtmlPage,
        Code::ErrorBody,
    ];

    /// The public id, kebab case.
    pub fn id(self) -> &'static str {
        match self {
            Code::RaggedRow => "ragged-row",
            Code::BlankLine => "blank-line",
            Code::BadUtf8 => "bad-utf8",
            Code::DuplicateHeader => "duplicate-header",
            Code::EmptyHeader => "empty-header",
            Code::StrayQuote => "stray-quote",
            Code::UnclosedQuote => "unclosed-quote",
            Code::NulByte => "nul-byte",
            Code::MalformedRecord => "malformed-record",
            Code::DuplicateKey => "duplicate-key",
            Code::NotAnObject => "not-an-object",
            Code::MixedTypes => "mixed-types",
            Code::AmbiguousDates => "ambiguous-dates",
            Code::MixedZones => "mixed-zones",
            Code::LeadingZeros => "leading-zeros",
            Code::SuspectedNull => "suspected-null",
            Code::PaddedCells => "padded-cells",
            Code::TooManyColumns => "too-many-columns",
            Code::NoRows => "no-rows",
            Code::HtmlPage => "html-page",
            Code::ErrorBody => "error-body",
        }
    }
}

/// One kind of oddity in a file, or in one column of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What it is.
    pub code: Code,
    /// The column it belongs to, where it belongs to one.
    pub column: Option<String>,
    /// How often.
    pub count: u64,
    /// One sentence for a person.
    pub message: String,
    /// The first places.
    pub places: Vec<Place>,
}
