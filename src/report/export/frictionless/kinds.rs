//! The kinds of errors, in the words of frictionless 5.21.

use serde_json::{Value, json};

/// What is wrong. The order is that of the errors of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Source,
    ExtraLabel,
    UnmatchedHeader,
    MissingLabel,
    BlankLabel,
    DuplicateLabel,
    IncorrectLabel,
    Type,
    Constraint,
    ExtraCell,
    MissingCell,
    BlankRow,
    Unique,
    PrimaryKey,
    ForeignKey,
    FieldCount,
    RowCount,
    Table,
    Error,
}

const NONE: &[&str] = &[];
const TABLE: &[&str] = &["#table"];
const HEADER: &[&str] = &["#table", "#header"];
const LABEL: &[&str] = &["#table", "#header", "#label"];
const ROW: &[&str] = &["#table", "#row"];
const CELL: &[&str] = &["#table", "#row", "#cell"];
const RAGGED: &str =
    "A key concept is that all the rows in tabular data must have the same number of columns.";

/// Of each kind, in the order of the enum: its id, its title, what it is in general, and its tags.
const WORDS: [(&str, &str, &str, &[&str]); 19] = [
    (
        "source-error",
        "Source Error",
        "Data reading error because of not supported or inconsistent contents.",
        NONE,
    ),
    (
        "extra-label",
        "Extra Label",
        "The header of the data source contains label that does not exist in the provided schema.",
        LABEL,
    ),
    (
        "unmatched-header",
        "Unmatched Header",
        "With \"fieldsMatch\" set to \"partial\", the header must contain at least one of the fields defined in the schema.",
        HEADER,
    ),
    (
        "missing-label",
        "Missing Label",
        "Based on the schema there should be a label that is missing in the data's header.",
        LABEL,
    ),
    (
        "blank-label",
        "Blank Label",
        "A label in the header row is missing a value. Label should be provided and not be blank.",
        LABEL,
    ),
    (
        "duplicate-label",
        "Duplicate Label",
        "Two columns in the header row have the same value. Column names should be unique.",
        LABEL,
    ),
    (
        "incorrect-label",
        "Incorrect Label",
        "One of the data source header does not match the field name defined in the schema.",
        LABEL,
    ),
    ("type-error", "Type Error", "The value does not match the schema type and format for this field.", CELL),
    ("constraint-error", "Constraint Error", "A field value does not conform to a constraint.", CELL),
    ("extra-cell", "Extra Cell", RAGGED, CELL),
    ("missing-cell", "Missing Cell", RAGGED, CELL),
    ("blank-row", "Blank Row", "This row is empty. A row should contain at least one value.", ROW),
    (
        "unique-error",
        "Unique Error",
        "This field is a unique field but it contains a value that has been used in another row.",
        CELL,
    ),
    (
        "primary-key",
        "PrimaryKey Error",
        "Values in the primary key fields should be unique for every row",
        ROW,
    ),
    (
        "foreign-key",
        "ForeignKey Error",
        "Values in the foreign key fields should exist in the reference table",
        ROW,
    ),
    ("field-count", "Field Count Error", "This error can happen if the data is corrupted.", TABLE),
    ("row-count", "Row Count Error", "This error can happen if the data is corrupted.", TABLE),
    ("table-error", "Table Error", "There is a table error.", TABLE),
    ("error", "Error", "Error", NONE),
];

impl Kind {
    /// The sentence about one error.
    fn message(self, note: &str, place: &Value) -> String {
        let of = |word: &str| match &place[word] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let (row, cell, label) = (of("rowNumber"), of("cell"), of("label"));
        let (name, number) = (of("fieldName"), of("fieldNumber"));
        match self {
            Kind::Source | Kind::Table | Kind::Error => note.to_owned(),
            Kind::ExtraLabel => {
                format!("There is an extra label \"{label}\" in header at position \"{number}\"")
            }
            Kind::UnmatchedHeader => {
                "None of the fields defined in the schema is present in the header".to_owned()
            }
            Kind::MissingLabel => {
                format!("There is a missing label in the header's field \"{name}\" at position \"{number}\"")
            }
            Kind::BlankLabel => format!("Label in the header in field at position \"{number}\" is blank"),
            Kind::DuplicateLabel => {
                format!(
                    "Label \"{label}\" in the header at position \"{number}\" is duplicated to a label: {note}"
                )
            }
            Kind::IncorrectLabel => format!(
                "Label \"{label}\" in field {name} at position \"{number}\" does not match the field name in the schema"
            ),
            Kind::Type => format!(
                "Type error in the cell \"{cell}\" in row \"{row}\" and field \"{name}\" at position \"{number}\": {note}"
            ),
            Kind::Constraint => format!(
                "The cell \"{cell}\" in row at position \"{row}\" and field \"{name}\" at position \"{number}\" does not \
                 conform to a constraint: {note}"
            ),
            Kind::ExtraCell => {
                format!("Row at position \"{row}\" has an extra value in field at position \"{number}\"")
            }
            Kind::MissingCell => format!(
                "Row at position \"{row}\" has a missing cell in field \"{name}\" at position \"{number}\""
            ),
            Kind::BlankRow => format!("Row at position \"{row}\" is completely blank"),
            Kind::Unique => format!(
                "Row at position \"{row}\" has unique constraint violation in field \"{name}\" at position \
                 \"{number}\": {note}"
            ),
            Kind::PrimaryKey => format!("Row at position \"{row}\" violates the primary key: {note}"),
            Kind::ForeignKey => format!("Row at position \"{row}\" violates the foreign key: {note}"),
            Kind::FieldCount => format!("The data source does not match the expected field count: {note}"),
            Kind::RowCount => format!("The data source does not match the expected row count: {note}"),
        }
    }
}

/// An error of this kind; `place` says where it stands.
pub(super) fn error(kind: Kind, note: &str, mut place: Value) -> Value {
    let (id, title, description, tags) = WORDS[kind as usize];
    let message = kind.message(note, &place);
    for (word, value) in [
        ("type", json!(id)),
        ("title", json!(title)),
        ("description", json!(description)),
        ("message", json!(message)),
        ("tags", json!(tags)),
        ("note", json!(note)),
    ] {
        place[word] = value;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_in_the_order_of_the_kinds() {
        let table = [
            (Kind::Source, "source-error"),
            (Kind::MissingLabel, "missing-label"),
            (Kind::Type, "type-error"),
            (Kind::BlankRow, "blank-row"),
            (Kind::PrimaryKey, "primary-key"),
            (Kind::Table, "table-error"),
        ];
        for (kind, id) in table {
            assert_eq!(error(kind, "", json!({}))["type"], id);
        }
    }
}
