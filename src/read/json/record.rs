//! One JSON object in, the fields of its row out: no tree is built; values stay where they stand, and where a record has
//! the keys of the one before it in the same order, no name is looked up.

use crate::block::{Field, Form};
use crate::cell::limits::{COLUMNS, NAME_BYTES, NESTING};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The columns, and what the records so far have taught.
#[derive(Debug, Default)]
pub(super) struct Keys {
    columns: BTreeMap<String, usize>,
    /// Names that columns have before one of their dots.
    prefixes: BTreeSet<String>,
    /// The keys of the last record in their order, nested ones behind the key they are in.
    order: Vec<Key>,
    /// Keys without a column.
    pub(super) unknown: BTreeMap<String, Unknown>,
}

#[derive(Debug)]
struct Key {
    /// Dotted.
    name: String,
    column: Option<usize>,
    /// Whether an object here is taken apart.
    flatten: bool,
}

/// What is known of a key without a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unknown {
    /// How many were seen before it.
    pub(super) position: usize,
    /// Whether it never had a value.
    pub(super) only_null: bool,
}

/// What a record said beyond its fields.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Columns whose key came again, with the offset of the later value.
    pub(super) duplicates: Vec<(usize, usize)>,
    /// Keys without a column, with the offset of their value and whether it is null.
    pub(super) unknown: Vec<(String, usize, bool)>,
}

impl Keys {
    pub(super) fn new(columns: &[String]) -> Keys {
        let mut keys = Keys::default();
        for (i, name) in columns.iter().enumerate() {
            keys.columns.entry(name.clone()).or_insert(i);
            let dots = name.match_indices('.').map(|(at, _)| name[..at].to_owned());
            keys.prefixes.extend(dots.take(NESTING));
        }
        keys
    }

    /// Fills the row, whose fields are absent, from the text of an object that lies within `block`.
    ///
    /// # Errors
    /// Where the text is not JSON; the row is then to be dropped.
    pub(super) fn read(
        &mut self,
        block: &[u8],
        text: &str,
        row: &mut [Field],
        said: &mut Said,
    ) -> serde_json::Result<()> {
        let base = block.as_ptr() as usize;
        let mut gather = Gather { keys: self, base, n_keys: 0, path: String::new(), row, said };
        let mut json = serde_json::Deserializer::from_str(text);
        Object { gather: &mut gather, depth: 1 }.deserialize(&mut json)?;
        json.end()
    }
}

/// The state of reading one record.
struct Gather<'r> {
    keys: &'r mut Keys,
    /// Address of the block's first byte.
    base: usize,
    n_keys: usize,
    /// The names of the objects around, each with its dot.
    path: String,
    row: &'r mut [Field],
    said: &'r mut Said,
}

impl Gather<'_> {
    /// The entry of the next key: the last record's, if it has the same name, else looked up.
    fn key(&mut self, key: &str) -> usize {
        let i = self.n_keys.min(COLUMNS);
        self.n_keys += 1;
        let (path, keys) = (self.path.as_str(), &mut *self.keys);
        if let Some(known) = keys.order.get(i)
            && known.name.strip_prefix(path) == Some(key)
        {
            return i;
        }
        let mut name = String::with_capacity(path.len() + key.len().min(NAME_BYTES));
        name.push_str(path);
        name.push_str(key);
        name.truncate(name.floor_char_boundary(NAME_BYTES));
        let column = keys.columns.get(&name).copied();
        let flatten = name.len() < NAME_BYTES && (column.is_none() || keys.prefixes.contains(&name));
        let known = Key { name, column, flatten };
        match keys.order.get_mut(i) {
            Some(other) => *other = known,
            None => keys.order.push(known),
        }
        i
    }

    fn value(&mut self, i: usize, raw: &RawValue, depth: usize) -> serde_json::Result<()> {
        let text = raw.get();
        let key = &self.keys.order[i];
        let first = text.as_bytes().first();
        if first == Some(&b'{') && key.flatten && depth < NESTING {
            // Elsewhere it has other values, beside which an object is no missing one.
            if let Some(column) = key.column {
                let start = (text.as_ptr() as usize - self.base) as u32;
                self.row[column] = Field::new(start, text.len() as u32, Form::JsonObject);
            }
            let outer = self.path.len();
            self.path.clear();
            self.path.push_str(&key.name);
            self.path.push('.');
            let mut json = serde_json::Deserializer::from_str(text);
            let result = Object { gather: self, depth: depth + 1 }.deserialize(&mut json);
            self.path.truncate(outer);
            return result;
        }
        // Lies in the block, as the record does.
        let start = text.as_ptr() as usize - self.base;
        let Some(column) = key.column else {
            let is_null = first == Some(&b'n');
            let is_parent = is_null && self.keys.prefixes.contains(&key.name);
            let told = self.keys.unknown.get(&key.name).is_some_and(|it| !it.only_null || is_null);
            if !told && !is_parent && self.said.unknown.len() < COLUMNS {
                self.said.unknown.push((key.name.clone(), start, is_null));
            }
            return Ok(());
        };
        let (inset, form) = match first {
            Some(b'"') if text.as_bytes().contains(&b'\\') => (1, Form::JsonEscaped),
            Some(b'"') => (1, Form::JsonString),
            Some(b't' | b'f') => (0, Form::JsonBoolean),
            Some(b'n') => (0, Form::JsonNull),
            Some(b'[') => (0, Form::JsonList),
            Some(b'{') => (0, Form::JsonObject),
            _ => (0, Form::JsonNumber),
        };
        if self.row[column].form() != Form::Absent && self.said.duplicates.len() < COLUMNS {
            self.said.duplicates.push((column, start));
        }
        self.row[column] = Field::new((start + inset) as u32, (text.len() - 2 * inset) as u32, form);
        Ok(())
    }
}

/// An object whose keys and values go to the row.
struct Object<'g, 'r> {
    gather: &'g mut Gather<'r>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(i) = map.next_key_seed(KeyOf(self.gather))? {
            let raw: &RawValue = map.next_value()?;
            self.gather.value(i, raw, self.depth).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

/// A key, which becomes its entry.
struct KeyOf<'g, 'r>(&'g mut Gather<'r>);

impl<'de> DeserializeSeed<'de> for KeyOf<'_, '_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_, '_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        Ok(self.0.key(key))
    }
}
