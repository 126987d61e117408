//! JSON in, text blocks out: an object a line, or the elements of an array. Nested objects are flattened into dotted
//! columns; a record that is not an object, or not JSON, is set aside and the next one is found.

mod element;
mod reader;
mod record;

pub use reader::{JsonReader, columns_of, record_start};

/// How the records stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One a line.
    Lines,
    /// The elements of an array; also a single object, or values one after the other, over any number of lines.
    Array,
}
