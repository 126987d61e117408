//! What frictionless says of a cell that breaks a rule.

use super::Errors;
use crate::report::wire::Finding;

impl Errors<'_> {
    /// The note: that of the field's own constraint, where the contract is a Table Schema.
    pub(super) fn note(&self, finding: &Finding) -> String {
        let expected = finding.expected.as_deref().unwrap_or_default();
        let rule = finding.rule.as_str();
        let name = finding.column.as_deref().map(|column| self.field(column).1);
        let field = self.told.agreed.fields.iter().find(|it| Some(&it.name) == name.as_ref());
        let is =
            |note: &&(&'static str, String, String)| note.0 == rule && (rule == "type" || note.1 == expected);
        if let Some(note) = field.and_then(|field| field.notes.iter().find(is)) {
            return note.2.clone();
        }
        match rule {
            "type" => format!("type is \"{expected}\""),
            "required" => "constraint \"required\" is \"True\"".to_owned(),
            "allowed-values" => format!("constraint \"enum\" is \"{expected}\""),
            rule => format!("constraint \"{rule}\" is \"{expected}\""),
        }
    }
}
