//! A draft → the text of an ODCS v3.1 contract in YAML. Whatever could be read as something else is quoted.

use super::{Draft, Rows, Rule, RuleKind};
use crate::contract::model::{ANY, CRITICAL_ABOVE, LOGICAL_TYPE, LogicalType};

/// Where the evidence of a rule is kept.
pub(in crate::contract) const EVIDENCE: &str = "driftline.evidence";

pub(super) fn write(draft: &Draft) -> String {
    let mut out = Lines::default();
    out.pair(0, "apiVersion", "v3.1.0");
    out.pair(0, "kind", "DataContract");
    out.pair(0, "id", &draft.name);
    out.pair(0, "name", &draft.name);
    out.pair(0, "version", "1.0.0");
    out.pair(0, "status", "draft");
    out.line(0, "description:");
    out.pair(1, "usage", &draft.usage);
    out.line(0, "schema:");
    out.line(1, &format!("- name: {}", scalar(&draft.name)));
    if let Some(found) = &draft.rows {
        out.line(2, "quality:");
        rows(&mut out, found);
    }
    out.line(2, "properties:");
    for property in &draft.properties {
        out.line(3, &format!("- name: {}", scalar(&property.name)));
        out.pair(4, "logicalType", property.logical.unwrap_or(LogicalType::String.id()));
        if let Some(format) = property.format {
            out.line(4, "logicalTypeOptions:");
            out.pair(5, "format", format);
        }
        if property.key.is_some() {
            out.line(4, "required: true");
            out.line(4, "unique: true");
        }
        let any = property.logical.is_none().then(|| (LOGICAL_TYPE, ANY.to_owned()));
        let evidence = property.key.as_ref().map(|it| (EVIDENCE, scalar(it)));
        if any.is_some() || evidence.is_some() {
            out.line(4, "customProperties:");
        }
        for (name, value) in any.iter().chain(&evidence) {
            custom(&mut out, 5, name, value);
        }
        if !property.rules.is_empty() {
            out.line(4, "quality:");
            property.rules.iter().for_each(|it| rule(&mut out, it));
        }
    }
    out.text
}

fn rows(out: &mut Lines, rows: &Rows) {
    out.line(3, "- metric: rowCount");
    out.line(4, &format!("mustBeGreaterOrEqualTo: {}", rows.least));
    out.line(4, "severity: error");
    out.line(4, "customProperties:");
    custom(out, 5, EVIDENCE, &scalar(&rows.evidence));
    if let Some(most) = rows.most {
        out.line(3, "- metric: rowCount");
        out.line(4, &format!("mustBeLessOrEqualTo: {most}"));
        out.line(4, "severity: warning");
        out.line(4, "customProperties:");
        custom(out, 5, EVIDENCE, &scalar(&rows.evidence));
    }
}

fn rule(out: &mut Lines, rule: &Rule) {
    let tolerated = |out: &mut Lines, depth: usize| {
        out.line(depth, "unit: percent");
        out.line(depth, &format!("mustBeLessOrEqualTo: {}", rule.tolerance));
    };
    let own = |out: &mut Lines, id: &str, parameters: &[(&str, String)]| {
        out.line(5, "- type: custom");
        out.line(6, "engine: driftline");
        out.line(6, "implementation:");
        out.line(7, &format!("rule: {id}"));
        for (word, value) in parameters {
            out.line(7, &format!("{word}: {value}"));
        }
        if let Some(when) = &rule.when {
            out.line(7, &format!("when: {}", quoted(when)));
        }
        if id != "mean" {
            tolerated(out, 7);
        }
    };
    let some = |parameters: [(&'static str, Option<String>); 2]| -> Vec<(&str, String)> {
        parameters.into_iter().filter_map(|(word, value)| Some((word, value?))).collect()
    };
    match &rule.kind {
        RuleKind::Type => own(out, "type", &[]),
        RuleKind::Present => {
            out.line(5, "- metric: nullValues");
            tolerated(out, 6);
        }
        RuleKind::Values(values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            let values = format!("[{}]", values.join(", "));
            if rule.when.is_some() {
                own(out, "allowed-values", &[("values", values)]);
            } else {
                out.line(5, "- metric: invalidValues");
                out.line(6, "arguments:");
                out.line(7, &format!("validValues: {values}"));
                tolerated(out, 6);
            }
        }
        RuleKind::Range(low, high) => {
            let end = |end: &Option<String>| end.as_deref().map(bound);
            own(out, "range", &some([("minimum", end(low)), ("maximum", end(high))]));
        }
        RuleKind::Length(least, most) => {
            let end = |end: &Option<u64>| end.map(|it| it.to_string());
            own(out, "length", &some([("minLength", end(least)), ("maxLength", end(most))]));
        }
        RuleKind::Format(name) => own(out, "format", &[("format", scalar(name))]),
        RuleKind::Pattern(pattern) => own(out, "pattern", &[("pattern", quoted(pattern))]),
        RuleKind::Forbidden(values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            own(out, "forbidden-values", &[("values", format!("[{}]", values.join(", ")))]);
        }
        RuleKind::Unique => {
            out.line(5, "- metric: duplicateValues");
            out.line(6, "mustBe: 0");
        }
        RuleKind::Mean(low, high) => own(out, "mean", &[("mustBeBetween", format!("[{low}, {high}]"))]),
    }
    out.line(6, "severity: warning");
    out.line(6, "customProperties:");
    if !matches!(rule.kind, RuleKind::Mean(..) | RuleKind::Unique) {
        custom(out, 7, CRITICAL_ABOVE, &rule.critical.to_string());
    }
    custom(out, 7, EVIDENCE, &scalar(&rule.evidence));
}

fn custom(out: &mut Lines, depth: usize, name: &str, value: &str) {
    out.line(depth, &format!("- property: {name}"));
    out.line(depth + 1, &format!("value: {value}"));
}

/// A date in quotes, a number as it is.
fn bound(text: &str) -> String {
    if text.parse::<f64>().is_ok() { text.to_owned() } else { quoted(text) }
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn pair(&mut self, depth: usize, key: &str, value: &str) {
        self.line(depth, &format!("{key}: {}", scalar(value)));
    }
}

/// A text as a YAML scalar: plain where no reader takes it for anything else.
pub(in crate::contract) fn scalar(text: &str) -> String {
    const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_word { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes. What is no plain character is escaped.
pub(in crate::contract) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::yaml::{self, Content};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "(\\PC|[\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{feff}: #'\"\\\\\\[{&*!|>%@`-]){0,24}") {
            let tree = yaml::parse(format!("a: {}\nb: [{}]\n", scalar(&text), quoted(&text)).as_bytes()).unwrap();
            let Content::Map(entries) = &tree.content else { panic!("no mapping") };
            prop_assert_eq!(&entries[0].1.scalar().unwrap().text, &text);
            let Content::List(items) = &entries[1].1.content else { panic!("no list") };
            prop_assert_eq!(&items[0].scalar().unwrap().text, &text);
        }
    }

    #[test]
    fn only_words_are_plain() {
        let table = [
            ("abc", "abc"),
            ("a-b.c_1", "a-b.c_1"),
            ("no", "\"no\""),
            ("Null", "\"Null\""),
            ("1", "\"1\""),
            ("", "\"\""),
            ("a b", "\"a b\""),
            ("a: b", "\"a: b\""),
            ("a\u{85}b", "\"a\\u0085b\""),
        ];
        for (text, written) in table {
            assert_eq!(scalar(text), written);
        }
    }
}
