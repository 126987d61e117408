//! A contract → the other tables that the rules of one of its tables refer to, and how their keys are read.

use super::model::{CheckKind, Contract, Property, SchemaObject};
use super::rules::foreign_key::{Target, Wanted};
use super::rules::rows::{OnRows, What};

impl Contract {
    /// The other tables that the rules on a table refer to, itself included.
    pub fn wanted(&self, object: &SchemaObject) -> Vec<Wanted> {
        let mut wanted: Vec<Wanted> = Vec::new();
        let of_columns = object.properties.iter().flat_map(|property| &property.checks);
        for check in of_columns.chain(&object.checks) {
            let (table, key) = match &check.kind {
                CheckKind::Rows(OnRows { what: What::Refers(target), columns, .. }) => {
                    (target.table.clone(), Some((target, columns)))
                }
                CheckKind::RowCountOf(table) => (Some(table.clone()), None),
                _ => continue,
            };
            let at = wanted.iter().position(|it| it.table == table).unwrap_or(wanted.len());
            if at == wanted.len() {
                let dialect = self.other(table.as_deref()).map_or_else(Default::default, |it| it.dialect);
                wanted.push(Wanted { table, dialect, ..Wanted::default() });
            }
            if let Some((target, columns)) = key
                && !wanted[at].keys.contains(&target.columns)
            {
                wanted[at].keys.push(target.columns.clone());
                wanted[at].types.extend(
                    self.of_columns(object, target, columns, |it| it.logical.map(|logical| logical.target())),
                );
                wanted[at].spelled.extend(self.of_columns(object, target, columns, |it| it.spelled.clone()));
            }
        }
        wanted
    }

    /// What is agreed on another table.
    fn other(&self, table: Option<&str>) -> Option<&SchemaObject> {
        let table = table?;
        self.objects.iter().find(|it| it.name == table || it.physical_name.as_deref() == Some(table))
    }

    /// What is agreed on the columns that are referred to: as the contract has them, else those that refer.
    fn of_columns<T>(
        &self,
        object: &SchemaObject,
        target: &Target,
        columns: &[String],
        of: impl Fn(&Property) -> Option<T>,
    ) -> Vec<(String, T)> {
        let other = self.other(target.table.as_deref());
        let find = |object: &SchemaObject, name: &str| {
            object.properties.iter().find(|it| it.name == name || it.column() == name).and_then(&of)
        };
        let agreed = |(own, name): (&String, &String)| {
            let found = other.and_then(|it| find(it, name)).or_else(|| find(object, own));
            Some((name.clone(), found?))
        };
        columns.iter().zip(&target.columns).filter_map(agreed).collect()
    }
}
