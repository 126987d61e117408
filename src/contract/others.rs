//! A contract → the other tables that the rules of one of its tables refer to, and how their keys are read.

use super::model::{CheckKind, Contract, SchemaObject};
use super::rules::foreign_key::{Target, Wanted};
use super::rules::rows::{OnRows, What};
use crate::cell::Type;

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
                wanted.push(Wanted { table, ..Wanted::default() });
            }
            if let Some((target, columns)) = key
                && !wanted[at].keys.contains(&target.columns)
            {
                wanted[at].keys.push(target.columns.clone());
                wanted[at].types.extend(self.types(object, target, columns));
            }
        }
        wanted
    }

    /// The types of the columns that are referred to: as the contract has them, else those of the columns that refer.
    fn types(&self, object: &SchemaObject, target: &Target, columns: &[String]) -> Vec<(String, Type)> {
        let table = target.table.as_deref();
        let is = |it: &&SchemaObject| Some(it.name.as_str()) == table || it.physical_name.as_deref() == table;
        let other = self.objects.iter().find(is);
        let logical = |object: &SchemaObject, name: &str| {
            let property = object.properties.iter().find(|it| it.name == name || it.column() == name)?;
            property.logical.map(|logical| logical.target())
        };
        let ty = |(own, name): (&String, &String)| {
            let agreed = other.and_then(|it| logical(it, name)).or_else(|| logical(object, own));
            Some((name.clone(), agreed?))
        };
        columns.iter().zip(&target.columns).filter_map(ty).collect()
    }
}
