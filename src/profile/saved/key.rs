//! A key in, a JSON number or text out, and back.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest integer that every JSON reader holds exactly.
const SAFE: u128 = (1 << 53) - 1;

/// A key of up to 128 bits: a JSON number up to 2⁵³ − 1, else lower-case hexadecimal text.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Key(pub(super) u128);

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match u64::try_from(self.0) {
            Ok(small) if self.0 <= SAFE => serializer.serialize_u64(small),
            _ => serializer.serialize_str(&format!("{:x}", self.0)),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Key, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer below 2^53 or hexadecimal text")
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> std::result::Result<Key, E> {
                let key = u128::from(value);
                if key <= SAFE {
                    Ok(Key(key))
                } else {
                    Err(E::custom("a key beyond 2^53 is written as text"))
                }
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Key, E> {
                let key = u128::from_str_radix(text, 16).map_err(E::custom)?;
                if key > SAFE && format!("{key:x}") == text {
                    Ok(Key(key))
                } else {
                    Err(E::custom("a key is not in its shortest form"))
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Key {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Key".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A key of up to 128 bits: a number up to 2^53 - 1, else lower-case hexadecimal text.",
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64},
                {"type": "string", "pattern": "^[0-9a-f]{14,32}$"},
            ],
        })
    }
}
