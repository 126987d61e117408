//! `column-presence`: the file's column names → a finding per agreed column.

use crate::finding::{Finding, Severity, Status, Tier};

use super::super::model::Property;
use super::super::wording::{nearest, quoted};

/// The public id.
pub(in crate::contract) const ID: &str = "column-presence";

/// # What it checks
/// That each property of the schema is a column of the file: under its `physicalName`, else under its `name`; upper and
/// lower case differ. A property in an object is looked for under its dotted name; the object itself is there when any of
/// its properties is. Where the contract goes by the order of columns, a column in the property's place is the property's,
/// whatever its name (`column-order` speaks of that). Columns that the contract does not name are always allowed.
///
/// # Why
/// A column that was renamed or dropped breaks everything that reads it. It is critical whether the property is required
/// or not, and none of its other rules can pass: they are not run.
///
/// # Example
/// ```yaml
/// properties:
///   - name: country
///     physicalName: cntry_cd
/// ```
///
/// # Parameters
/// `name`, `physicalName`.
///
/// # Missing and invalid cells
/// No cell is looked at: a column without a value is there.
pub(in crate::contract) fn finding(
    (property, place): (&Property, Option<usize>),
    column: Option<&str>,
    strangers: &[Option<&str>],
    columns: &[&str],
) -> Finding {
    let wanted = property.column();
    let found = column.is_some() || property.has_parts(columns);
    let status = if found || property.optional { Status::Pass } else { Status::Fail };
    let message = match column {
        Some(column) => format!("column {} is there", quoted(column)),
        None if property.optional => format!("column {} is not there, and need not be", quoted(wanted)),
        None if found => format!("columns of the object {} are there", quoted(wanted)),
        None => {
            // Where no other is missing, a column of another name in its place may have been it.
            let meant = nearest(wanted, strangers.iter().flatten().copied());
            let meant = meant.or_else(|| place.and_then(|at| strangers.get(at).copied().flatten()));
            let meant = meant.map(|name| format!(" (renamed to {name:?}?)")).unwrap_or_default();
            format!("column {} is missing{meant}", quoted(wanted))
        }
    };
    let mut finding = Finding::new(ID, Tier::Contract, Severity::Critical, status, message);
    finding.column = Some(column.unwrap_or(wanted).to_owned());
    finding.expected = Some(format!("a column {}", quoted(wanted)));
    finding.observed = Some(if found { "present" } else { "missing" }.to_owned());
    (finding.count, finding.total) = (u64::from(status == Status::Fail), 1);
    finding
}
