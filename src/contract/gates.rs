//! The gates on drift of a table: which columns of a file each looks at, and what was measured of it.

use super::findings::Violations;
#[cfg(feature = "contract")]
use super::mistakes::Mistakes;
use super::model::{Check, CheckKind, SchemaObject};
use super::rules::drift::{Gate, Gated, Judged};
use crate::finding::Finding;

impl SchemaObject {
    /// The gates on drift, each with the columns of this file that it looks at; none of a property whose column is not
    /// there.
    pub fn gates<S: AsRef<str>>(&self, columns: &[S]) -> Vec<Gated> {
        let of_table = self.checks.iter().filter_map(|check| match &check.kind {
            CheckKind::Drift(gate) => Some(Gated { gate: gate.clone(), columns: self.named(gate, columns) }),
            _ => None,
        });
        let of_properties = self.properties.iter().flat_map(|property| {
            let place = property.find(columns).and_then(|at| columns.get(at));
            property.checks.iter().filter_map(move |check| match (&check.kind, place) {
                (CheckKind::Drift(gate), Some(name)) => {
                    Some(Gated { gate: gate.clone(), columns: Some(vec![name.as_ref().to_owned()]) })
                }
                _ => None,
            })
        });
        of_table.chain(of_properties).collect()
    }

    /// The columns that a gate names, as the file calls them.
    fn named<S: AsRef<str>>(&self, gate: &Gate, columns: &[S]) -> Option<Vec<String>> {
        let file = |name: &String| {
            let property = self.properties.iter().find(|it| it.name == *name);
            let at = property.and_then(|it| it.find(columns)).and_then(|at| columns.get(at));
            at.map_or_else(|| name.clone(), |it| it.as_ref().to_owned())
        };
        gate.columns.as_ref().map(|names| names.iter().map(file).collect())
    }

    /// The finding of a gate at the table.
    pub(super) fn gate_finding(
        &self,
        check: &Check,
        gate: &Gate,
        columns: &[&str],
        found: &Violations,
    ) -> Finding {
        gate.finding(check, None, judged(found, gate, self.named(gate, columns).as_deref()))
    }

    /// Notes the columns of gates that no property is called.
    #[cfg(feature = "contract")]
    pub(super) fn known_gates(&self, mistakes: &mut Mistakes) {
        let names: Vec<&str> = self.properties.iter().map(|it| it.name.as_str()).collect();
        for check in &self.checks {
            let CheckKind::Drift(gate) = &check.kind else { continue };
            let columns = gate.columns.iter().flatten().zip(&gate.places);
            for (column, place) in columns.filter(|it| !names.contains(&it.0.as_str())) {
                mistakes.unknown(*place, "property", column, &names);
            }
        }
    }
}

/// What was measured of a gate on these columns.
pub(super) fn judged<'a>(
    found: &'a Violations,
    gate: &Gate,
    columns: Option<&[String]>,
) -> Option<&'a Judged> {
    found.gates.iter().find(|it| it.gated.gate == *gate && it.gated.columns.as_deref() == columns)
}
