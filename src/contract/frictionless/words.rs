//! What frictionless says of a breach: its notes hold the constraint as Python prints it.

use super::super::scalar::{Scalar, ScalarKind};
use super::super::yaml::{Content, Node};

/// The note on a cell that breaks a constraint.
pub(super) fn note(constraint: &str, value: &Node) -> String {
    format!("constraint \"{constraint}\" is \"{}\"", told(value))
}

/// A value as Python's `str` has it: a text as it is.
fn told(node: &Node) -> String {
    match &node.content {
        Content::Scalar(scalar) if scalar.kind == ScalarKind::Text => scalar.text.clone(),
        _ => shown(node),
    }
}

/// The same as Python's `repr` has it.
fn shown(node: &Node) -> String {
    match &node.content {
        Content::Scalar(scalar) => of_scalar(scalar),
        Content::List(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Content::Map(entries) => {
            let entry = |(key, value): &(super::super::yaml::Key, Node)| {
                format!("{}: {}", in_quotes(&key.text), shown(value))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn of_scalar(scalar: &Scalar) -> String {
    match scalar.kind {
        ScalarKind::Null => "None".to_owned(),
        ScalarKind::Boolean(true) => "True".to_owned(),
        ScalarKind::Boolean(false) => "False".to_owned(),
        ScalarKind::Integer => scalar.text.clone(),
        ScalarKind::Float => match scalar.text.parse::<f64>() {
            // Python and Rust print the shortest digits that read as the same double; a whole one has a fraction.
            Ok(value) if (1e-4..1e16).contains(&value.abs()) || value == 0.0 => format!("{value:?}"),
            _ => scalar.text.clone(),
        },
        ScalarKind::Text => in_quotes(&scalar.text),
    }
}

/// In the quotes that Python takes.
fn in_quotes(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if c < ' ' || c == '\u{7f}' => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::yaml;
    use super::*;

    #[test]
    fn constraints_are_told_as_python_prints_them() {
        // str(json.loads(text)) of Python 3.13.
        let table = [
            ("5", "5"),
            ("1.50", "1.5"),
            ("2.0", "2.0"),
            ("true", "True"),
            ("\"a'b\"", "a'b"),
            ("[1, \"2\", 2.5, null, false]", "[1, '2', 2.5, None, False]"),
            ("[\"it's\", \"a\\\"b\", \"\\\\d\\n\"]", "[\"it's\", 'a\"b', '\\\\d\\n']"),
            ("[\"日本\"]", "['日本']"),
            ("[{\"a\": [1]}]", "[{'a': [1]}]"),
        ];
        for (text, expected) in table {
            let node = yaml::parse(text.as_bytes()).unwrap();
            assert_eq!(note("enum", &node), format!("constraint \"enum\" is \"{expected}\""));
        }
    }
}
