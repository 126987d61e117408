//! Rules on cells that are kept as text because no parser of ours reads them as the schema has it: each reads the text
//! first, and leaves what does not read to the rule `type`.

use std::collections::BTreeSet;

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

use super::super::rules::ValueRule;
use super::super::rules::allowed_values::AllowedValues;
use super::super::rules::length::Length;
use super::super::wording::listed;
use super::reader::Reader;

/// The rule `type`: each text reads as the field's type.
#[derive(Debug, Clone)]
pub(super) struct Reads {
    pub(super) reader: Reader,
    /// The type and the format as the schema has them.
    pub(super) word: String,
}

impl ValueRule for Reads {
    fn id(&self) -> &'static str {
        super::super::rules::r#type::ID
    }

    fn expected(&self) -> String {
        self.word.clone()
    }

    fn fault(&self) -> String {
        format!("not of type {}", self.word)
    }

    fn virtue(&self) -> String {
        format!("of type {}", self.word)
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text && !self.reader.admits(ty) {
            return Ok(Box::new(Always(true)));
        }
        Ok(if ty == Type::Text { Box::new(self.clone()) } else { Box::new(Always(false)) })
    }
}

impl Probe for Reads {
    fn breaks(&self, value: Value<'_>) -> bool {
        if let Value::Text(text) = value { self.reader.read(text).is_none() } else { false }
    }
}

/// Every value breaks the rule, or none.
struct Always(bool);

impl Probe for Always {
    fn breaks(&self, _: Value<'_>) -> bool {
        self.0
    }
}

/// A rule on what the texts stand for.
#[derive(Debug)]
pub(super) struct Typed<R> {
    pub(super) reader: Reader,
    pub(super) rule: R,
}

impl<R: ValueRule> ValueRule for Typed<R> {
    fn id(&self) -> &'static str {
        self.rule.id()
    }

    fn expected(&self) -> String {
        self.rule.expected()
    }

    fn fault(&self) -> String {
        self.rule.fault()
    }

    fn virtue(&self) -> String {
        self.rule.virtue()
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text {
            return self.rule.probe(ty);
        }
        let probe = self.rule.probe(self.reader.target())?;
        Ok(Box::new(Through { reader: self.reader.clone(), probe }))
    }
}

struct Through {
    reader: Reader,
    probe: Box<dyn Probe>,
}

impl Probe for Through {
    fn breaks(&self, value: Value<'_>) -> bool {
        let Value::Text(text) = value else { return self.probe.breaks(value) };
        self.reader.read(text).is_some_and(|value| self.probe.breaks(value))
    }
}

/// `allowed-values`: each text stands for one of the values, however either is written.
#[derive(Debug)]
pub(super) struct OneOf {
    reader: Reader,
    keys: BTreeSet<String>,
    values: AllowedValues,
}

impl OneOf {
    /// Of values as the schema writes them; those that are none of the field are left out.
    pub(super) fn new(reader: Reader, values: Vec<String>) -> OneOf {
        let keys = values.iter().filter_map(|value| Some(key(reader.read(value)?))).collect();
        OneOf { reader, keys, values: AllowedValues::of(values) }
    }
}

fn key(value: Value<'_>) -> String {
    format!("{value:?}")
}

impl ValueRule for OneOf {
    fn id(&self) -> &'static str {
        self.values.id()
    }

    fn expected(&self) -> String {
        listed(&self.values.values)
    }

    fn fault(&self) -> String {
        self.values.fault()
    }

    fn virtue(&self) -> String {
        self.values.virtue()
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if ty != Type::Text {
            return self.values.probe(ty);
        }
        Ok(Box::new(Member { reader: self.reader.clone(), keys: self.keys.clone() }))
    }
}

struct Member {
    reader: Reader,
    keys: BTreeSet<String>,
}

impl Probe for Member {
    fn breaks(&self, value: Value<'_>) -> bool {
        let Value::Text(text) = value else { return false };
        self.reader.read(text).is_some_and(|value| !self.keys.contains(&key(value)))
    }
}

/// `length` of arrays, objects and lists: how many items each holds.
#[derive(Debug, Clone)]
pub(super) struct Items {
    pub(super) reader: Reader,
    pub(super) bounds: Length,
}

impl ValueRule for Items {
    fn id(&self) -> &'static str {
        self.bounds.id()
    }

    fn expected(&self) -> String {
        self.bounds.expected().replace("characters", "items")
    }

    fn fault(&self) -> String {
        format!("not of {}", self.expected())
    }

    fn virtue(&self) -> String {
        format!("of {}", self.expected())
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        match ty {
            Type::Text | Type::List | Type::Json => Ok(Box::new(self.clone())),
            _ => Err(format!("a number of items does not apply to a column of type {}", ty.id())),
        }
    }
}

impl Probe for Items {
    fn breaks(&self, value: Value<'_>) -> bool {
        let Value::Text(text) = value else { return false };
        let Length { least, most } = self.bounds;
        self.reader.items(text).is_some_and(|count| {
            least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::exact::Exact;
    use super::super::super::rules::range::{Bound, Range};
    use super::super::reader::Stamp;
    use super::*;

    #[test]
    fn a_text_is_read_before_it_is_held_against_a_rule() {
        let years = Typed {
            reader: Reader::Year,
            rule: Range { low: Some((Bound::Number(Exact::integer(2000)), false)), high: None },
        };
        let boolean = Reader::Boolean(vec!["y".into(), "1".into()], vec!["n".into()]);
        let truth = OneOf::new(boolean, vec!["y".into()]);
        let pairs = Items { reader: Reader::Array, bounds: Length { least: Some(2), most: Some(2) } };
        let date = Reader::Date(Stamp::Pattern("%d.%m.%y".into()));
        let type_rule = Reads { reader: date, word: "date (%d.%m.%y)".into() };
        let table: [(&dyn ValueRule, &str, bool); 11] = [
            (&years, "2024", false),
            (&years, "1999", true),
            (&years, "99", false),
            (&truth, "y", false),
            (&truth, "1", false),
            (&truth, "n", true),
            (&truth, "x", false),
            (&pairs, "[1,2]", false),
            (&pairs, "[1]", true),
            (&type_rule, "31.12.24", false),
            (&type_rule, "12/31/24", true),
        ];
        for (rule, text, broken) in table {
            let probe = rule.probe(Type::Text).unwrap();
            assert_eq!(probe.breaks(Value::Text(text)), broken, "{} {text}", rule.id());
        }
        assert_eq!(pairs.expected(), "2 items");
    }

    #[test]
    fn a_column_with_a_type_of_its_own_is_of_it_or_not() {
        let rule = Reads { reader: Reader::Year, word: "year".into() };
        let breaks = |ty| rule.probe(ty).unwrap().breaks(Value::Integer(2024));
        assert!(!breaks(Type::Integer) && breaks(Type::Float));
    }
}
