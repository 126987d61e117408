//! The rule `drift` of our own engine → a gate.

use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind};
use super::super::rules::drift::Gate;
use super::super::yaml::{Key, Node};
use super::{given, known};

/// Reads a gate; `column` is that of the property it stands at.
pub(super) fn read(
    node: &Node,
    entries: &[(Key, Node)],
    column: Option<&str>,
    mistakes: &mut Mistakes,
) -> Option<Check> {
    known(entries, "parameter of the rule", &["rule", "on", "columns"], mistakes);
    let Some(on) = given(entries, "on") else {
        mistakes.add(node.place, "the rule has no \"on\", as in \"psi >= 0.25 for 2 of 3 intervals\"");
        return None;
    };
    let mut gate = match Gate::parse(mistakes.text(on)?) {
        Ok(gate) => gate,
        Err(message) => {
            mistakes.add(on.place, message);
            return None;
        }
    };
    if let Some(list) = given(entries, "columns") {
        let items = mistakes.list(list, "a list of columns");
        if items.is_empty() || column.is_some() || gate.metric.is_of_table() {
            let why = match column {
                _ if gate.metric.is_of_table() => "row_count_change is of the table and has no columns",
                Some(_) => "a rule at a property looks at its column; \"columns\" is for rules at a table",
                None => "the list of columns is empty",
            };
            mistakes.add(list.place, why);
            return None;
        }
        let named: Vec<(String, crate::error::Place)> =
            items.iter().filter_map(|item| Some((mistakes.text(item)?.to_owned(), item.place))).collect();
        (gate.columns, gate.places) = {
            let (names, places): (Vec<_>, Vec<_>) = named.into_iter().unzip();
            (Some(names), places)
        };
    } else if column.is_some() && gate.metric.is_of_table() {
        mistakes.add(on.place, "row_count_change is of the table, so the rule stands there");
        return None;
    }
    Some(Check::strict(CheckKind::Drift(gate)))
}
