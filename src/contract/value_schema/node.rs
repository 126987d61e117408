//! A node of a contract → JSON.

use serde_json::{Number, Value};

use super::super::scalar::ScalarKind;
use super::super::yaml::{Content, Node};

pub(super) fn json(node: &Node) -> Value {
    match &node.content {
        Content::Map(entries) => {
            Value::Object(entries.iter().map(|(key, node)| (key.text.clone(), json(node))).collect())
        }
        Content::List(items) => Value::Array(items.iter().map(json).collect()),
        Content::Scalar(scalar) => match scalar.kind {
            ScalarKind::Null => Value::Null,
            ScalarKind::Boolean(value) => Value::Bool(value),
            ScalarKind::Integer | ScalarKind::Float => {
                let digits = scalar.text.trim_start_matches('+');
                let whole = digits.parse::<i64>().ok().map(Number::from);
                let number = whole.or_else(|| digits.parse::<f64>().ok().and_then(Number::from_f64));
                number.map_or_else(|| Value::String(scalar.text.clone()), Value::Number)
            }
            ScalarKind::Text => Value::String(scalar.text.clone()),
        },
    }
}
