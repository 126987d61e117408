//! What readers hand to sketches: borrowed blocks of rows, as untyped text fields or as typed arrays, and the trait that
//! takes them. Knows neither formats nor statistics.

use crate::error::Result;
use crate::issue::Code;

/// How a text field stands in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Form {
    /// CSV, not quoted: the bytes are the text.
    Bare,
    /// CSV, quoted with nothing to undo: the bytes between the quotes are the text.
    Quoted,
    /// CSV, quoted with doubled quotes, or with text after the closing quote: the field's bytes with its opening
    /// quote; [`crate::cell::text::unquote`] gives the text.
    Escaped,
    /// The record has no such field.
    Absent,
    /// JSON string without escapes: the bytes between the quotes.
    JsonString,
    /// JSON string with escapes: the bytes between the quotes, to be undone.
    JsonEscaped,
    /// JSON number.
    JsonNumber,
    /// JSON `true` or `false`.
    JsonBoolean,
    /// JSON `null`.
    JsonNull,
    /// JSON array, as it stands.
    JsonList,
    /// JSON object, as it stands (only where it is not flattened into dotted columns).
    JsonObject,
}

/// One field of a text block: where it lies in the block's bytes. Fields are shorter than 256 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    start: u32,
    packed: u32,
}

impl Field {
    /// A field the record does not have.
    pub const ABSENT: Field = Field { start: 0, packed: Form::Absent as u32 };

    /// A field of `len` bytes (below 2²⁸) at `start`.
    #[inline]
    pub fn new(start: u32, len: u32, form: Form) -> Field {
        Field { start, packed: len << 4 | form as u32 }
    }

    /// Offset of its first byte in the block's bytes.
    #[inline]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Its length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        (self.packed >> 4) as usize
    }

    /// Its length and form in one word; 0 is a bare field of no bytes.
    #[inline]
    pub fn shape(self) -> u32 {
        self.packed
    }

    /// A field of this shape at the beginning.
    pub fn of_shape(shape: u32) -> Field {
        Field { start: 0, packed: shape }
    }

    /// Whether it has no bytes.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.packed >> 4 == 0
    }

    /// Whether the bytes are the text, quoted or not.
    #[inline]
    pub fn is_plain(self) -> bool {
        self.packed & 15 <= Form::Quoted as u32
    }

    /// How it stands there.
    #[inline]
    pub fn form(self) -> Form {
        const FORMS: [Form; 16] = [
            Form::Bare,
            Form::Quoted,
            Form::Escaped,
            Form::Absent,
            Form::JsonString,
            Form::JsonEscaped,
            Form::JsonNumber,
            Form::JsonBoolean,
            Form::JsonNull,
            Form::JsonList,
            Form::JsonObject,
            Form::Absent,
            Form::Absent,
            Form::Absent,
            Form::Absent,
            Form::Absent,
        ];
        FORMS[(self.packed & 15) as usize]
    }

    /// Its bytes within the block's.
    #[inline]
    pub fn bytes(self, block: &[u8]) -> &[u8] {
        &block[self.start as usize..][..(self.packed >> 4) as usize]
    }
}

/// Where a row of a text block begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowStart {
    /// Offset of its first byte in the block's bytes.
    pub start: u32,
    /// Line breaks between the run's start and the row's first byte.
    pub line: u64,
}

/// A block of rows as untyped text.
#[derive(Debug, Clone, Copy)]
pub struct TextBlock<'a> {
    /// The bytes the fields lie in.
    pub bytes: &'a [u8],
    /// Offset of `bytes[0]` in the decompressed file.
    pub base: u64,
    /// Fields a row.
    pub n_columns: usize,
    /// Row-major, `rows.len() * n_columns`.
    pub fields: &'a [Field],
    /// The rows.
    pub rows: &'a [RowStart],
    /// Index of the first row within the run, from 0.
    pub first_row: u64,
}

/// Bits, least significant first, as Arrow holds them.
#[derive(Debug, Clone, Copy)]
pub struct Bits<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Bits to skip at the start.
    pub offset: usize,
}

impl Bits<'_> {
    /// The i-th bit.
    #[inline]
    pub fn get(&self, i: usize) -> bool {
        let i = i + self.offset;
        self.bytes[i >> 3] >> (i & 7) & 1 == 1
    }
}

/// Strings one after the other: the i-th is `bytes[offsets[i]..offsets[i + 1]]`.
#[derive(Debug, Clone, Copy)]
pub struct Strings<'a> {
    /// One more than strings.
    pub offsets: &'a [i32],
    /// The bytes.
    pub bytes: &'a [u8],
}

impl<'a> Strings<'a> {
    /// The i-th string.
    #[inline]
    pub fn get(&self, i: usize) -> &'a [u8] {
        &self.bytes[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The values of a typed column; what lies under a missing cell is arbitrary.
#[derive(Debug, Clone, Copy)]
pub enum Values<'a> {
    /// Booleans.
    Booleans(Bits<'a>),
    /// Integers, days, microseconds or nanoseconds, by the column's type.
    Integers(&'a [i64]),
    /// Wide integers, or decimals without their point.
    Wides(&'a [i128]),
    /// Floats; NaN is missing.
    Floats(&'a [f64]),
    /// Text, JSON text or bytes.
    Strings(Strings<'a>),
    /// Nothing but missing cells.
    Nulls,
}

/// A typed column of a block: values, or codes into values.
#[derive(Debug, Clone, Copy)]
pub struct Array<'a> {
    /// Which rows have a value; `None`: all.
    pub validity: Option<Bits<'a>>,
    /// For dictionary columns: a code a row into `values`; else `None`, and `values` has a value a row.
    pub codes: Option<&'a [u32]>,
    /// Which dictionary `values` is: equal numbers are the same values; 0 without codes.
    pub dictionary: u64,
    /// The values. A dictionary's own missing entries are folded into `validity` by the reader.
    pub values: Values<'a>,
}

/// A block of rows as typed arrays.
#[derive(Debug, Clone, Copy)]
pub struct ArrayBlock<'a> {
    /// Rows.
    pub n_rows: usize,
    /// One per column of the plan, in its order.
    pub columns: &'a [Array<'a>],
    /// Index of the first row within the run, from 0.
    pub first_row: u64,
    /// A number of the first row that does not depend on how the file is cut; those of the next rows follow.
    pub position: u64,
}

/// Where an oddity lies, relative to the run.
#[derive(Debug, Clone, Copy)]
pub struct RunPlace<'a> {
    /// Index of the row within the run, from 0; `None` outside the rows.
    pub row: Option<u64>,
    /// Line breaks since the run's start, where the format has lines.
    pub line: Option<u64>,
    /// Offset in the decompressed file.
    pub byte: Option<u64>,
    /// What stands there; the sink cuts it.
    pub text: &'a [u8],
}

/// Takes what a reader finds. Called per block, never per cell.
pub trait Sink {
    /// A block of text rows.
    fn text(&mut self, block: &TextBlock<'_>);
    /// A block of typed rows.
    fn arrays(&mut self, block: &ArrayBlock<'_>);
    /// An oddity, in a column (by index) or in the whole record.
    fn issue(&mut self, code: Code, column: Option<usize>, place: RunPlace<'_>);
    /// A record that cannot be profiled; it counts in the ledger.
    fn set_aside(&mut self, code: Code, place: RunPlace<'_>);
    /// A JSON key that the plan has no column for, with the offset of its first appearance in this run.
    fn unknown_column(&mut self, name: &str, byte: u64);
}

/// A piece of a text source, as a reader is fed it.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// The bytes; they begin at a record's start.
    pub bytes: &'a [u8],
    /// Offset of `bytes[0]` in the decompressed file.
    pub base: u64,
    /// Whether the file ends with these bytes.
    pub last: bool,
    /// Records that begin at or behind this offset belong to the next run.
    pub stop: u64,
}

/// A reader of text records, fed with units. Sans-IO: it reads nothing by itself.
pub trait RecordReader {
    /// Sends every whole record of the unit that begins before `stop` to the sink; returns how many bytes it is done
    /// with, which is the start of the first record it did not send. 0 asks for a longer unit.
    ///
    /// # Errors
    /// Only where the container is not what it claims to be; never for odd data.
    fn feed(&mut self, unit: Unit<'_>, sink: &mut dyn Sink) -> Result<usize>;

    /// Line breaks seen since the run's start.
    fn lines(&self) -> u64;

    /// Rows sent since the run's start.
    fn rows(&self) -> u64;
}
