//! The cells of one column of a block as values, for what looks at several cells of a row at once.

use std::borrow::Cow;

use super::scan::{admits, undo};
use super::show::key_text;
use super::table::{Key, SEED};
use super::texts::text_hash;
use crate::block::{Array, Form, TextBlock, Values};
use crate::cell::plan::{ColumnPlan, NO_NULL};
use crate::cell::{Domain, Type, Value, domain, number, parse, tokens};

/// A cell as rules on rows see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowCell<'a> {
    /// Not there, empty, or a null token.
    Missing,
    /// Not of its column's type.
    Invalid,
    /// The key of an ordered value.
    Key(u128),
    /// Text, as its bytes are.
    Text(Cow<'a, [u8]>),
}

impl<'a> RowCell<'a> {
    /// The cell of a field of a text block, by its index.
    pub fn of_field(block: &TextBlock<'a>, index: usize, plan: &ColumnPlan) -> RowCell<'a> {
        let Some(field) = block.fields.get(index) else { return RowCell::Missing };
        let (raw, form) = (field.bytes(block.bytes), field.form());
        let text = match form {
            Form::JsonNull if plan.formats & NO_NULL != 0 => return RowCell::Invalid,
            Form::Absent | Form::JsonNull => return RowCell::Missing,
            Form::Escaped | Form::JsonEscaped => {
                let mut text = Vec::new();
                undo(raw, form, &mut text);
                Cow::Owned(text)
            }
            _ => Cow::Borrowed(raw),
        };
        if is_null(&text, form, plan) {
            return RowCell::Missing;
        }
        if !admits(plan, form) {
            return RowCell::Invalid;
        }
        if Domain::of(plan.ty).is_none() {
            return RowCell::Text(text);
        }
        parse::key(number::trim(&text), plan).map_or(RowCell::Invalid, RowCell::Key)
    }

    /// The cell of a row of a typed column.
    pub fn of_array(array: &Array<'a>, row: usize) -> RowCell<'a> {
        if array.validity.is_some_and(|bits| !bits.get(row)) {
            return RowCell::Missing;
        }
        let at = array.codes.map_or(row, |codes| codes[row] as usize);
        RowCell::Key(match &array.values {
            Values::Strings(strings) => return RowCell::Text(Cow::Borrowed(strings.get(at))),
            Values::Integers(values) => domain::signed(values[at]).into(),
            Values::Wides(values) => domain::wide(values[at]),
            Values::Floats(values) if !values[at].is_nan() => domain::float(values[at]).into(),
            Values::Booleans(bits) => bits.get(at).into(),
            Values::Floats(_) | Values::Nulls => return RowCell::Missing,
        })
    }

    /// The hash under which a column of this type counts the cell; `None` of one that is no value.
    pub fn hash(&self, ty: Type) -> Option<u64> {
        match self {
            RowCell::Missing | RowCell::Invalid => None,
            RowCell::Text(text) => Some(text_hash(text)),
            RowCell::Key(key) if Domain::of(ty).is_some_and(|it| it.bits() == 128) => Some(key.hash(SEED)),
            RowCell::Key(key) => Some((*key as u64).hash(SEED)),
        }
    }

    /// The same with its text well-formed.
    pub fn well_formed(self) -> RowCell<'a> {
        match self {
            RowCell::Text(text) if std::str::from_utf8(&text).is_err() => {
                RowCell::Text(Cow::Owned(String::from_utf8_lossy(&text).into_owned().into_bytes()))
            }
            cell => cell,
        }
    }

    /// The value of a cell that is [`RowCell::well_formed`].
    pub fn value(&self, ty: Type) -> Option<Value<'_>> {
        match self {
            RowCell::Missing | RowCell::Invalid => None,
            RowCell::Key(key) => Some(parse::value_of(*key, ty)),
            RowCell::Text(text) => Some(Value::Text(std::str::from_utf8(text).unwrap_or("\u{fffd}"))),
        }
    }

    /// The same as text; what is no value is missing.
    pub fn written(self, ty: Type) -> RowCell<'a> {
        match self {
            RowCell::Key(key) => RowCell::Text(Cow::Owned(key_text(key, ty).into_bytes())),
            RowCell::Invalid => RowCell::Missing,
            cell => cell,
        }
    }

    /// What a person is shown of it.
    pub fn shown(&self, ty: Type) -> Cow<'_, [u8]> {
        match self {
            RowCell::Missing | RowCell::Invalid => Cow::Borrowed(b""),
            RowCell::Key(key) => Cow::Owned(key_text(*key, ty).into_bytes()),
            RowCell::Text(text) => Cow::Borrowed(text),
        }
    }
}

fn is_null(text: &[u8], form: Form, plan: &ColumnPlan) -> bool {
    if plan.more_nulls.iter().any(|it| it.as_bytes() == text) {
        return true;
    }
    if !matches!(form, Form::Bare | Form::Quoted | Form::Escaped) {
        return false;
    }
    let Some(token) = tokens::find(number::trim(text)) else { return false };
    let token = if text.is_empty() || token != 0 { token } else { tokens::BLANK };
    plan.nulls >> token & 1 == 1
}
