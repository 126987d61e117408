//! Our own methods where somebody asked for one: the column's wish in, its method's word out.

use super::super::methods::METHODS;
use super::super::{asked, bins, overlay, pair, values};
use super::asked::{Class, Limit, Wishes};
use super::{ColumnSaid, MethodSaid};
use crate::profile::Column;

/// The level of tests, and the least distance that counts, where nobody says.
const LEVEL: f64 = 0.05;
/// See [`LEVEL`].
const DISTANCE: f64 = 0.1;
/// Distances in the values' own unit, for which no threshold fits all columns.
const IN_UNITS: [&str; 2] = ["energy", "wasserstein"];

/// The column's class, by its type.
pub(super) fn class(column: &Column) -> Class {
    if column.ty.is_numeric() || column.ty.is_temporal() { Class::Numerical } else { Class::Categorical }
}

/// What the method asked for says; `None` where none is.
pub(super) fn column(reference: &Column, current: &Column, wishes: &Wishes<'_>) -> Option<ColumnSaid> {
    let class = class(reference);
    let (method, limit) = wishes.of(&reference.name, class);
    let method = method?;
    let said = |said| Some(ColumnSaid::new(&reference.name, class.id(), vec![said]));
    let Some(kind) = METHODS.iter().find(|kind| kind.id == method) else {
        let known: Vec<&str> = METHODS.iter().map(|kind| kind.id).collect();
        let why = format!("there is no method {method:?}; known are {}", known.join(", "));
        return said(MethodSaid::not_run("asked", why));
    };
    let threshold = match limit {
        Some(Limit::Constant(threshold)) => threshold,
        Some(Limit::Deviations(_)) => {
            return said(MethodSaid::not_run(kind.id, "deviations need chunks of the reference".into()));
        }
        None if kind.tests => LEVEL,
        None if IN_UNITS.contains(&kind.id) => {
            let why = "it is in the values' own unit and needs a threshold: COLUMN=METHOD:THRESHOLD";
            return said(MethodSaid::not_run(kind.id, why.into()));
        }
        None => DISTANCE,
    };
    let comparable = pair::comparable(reference.ty, current.ty);
    let Some(paired) = pair::pair(reference, current).filter(|_| comparable) else {
        let why = format!("{} in the reference, {} now", reference.ty.id(), current.ty.id());
        return said(MethodSaid::not_run(kind.id, why));
    };
    let few = values::values(&paired, reference.ty);
    let counts = bins::counts(&bins::valid(&paired, few.as_ref(), reference.ty));
    let points = overlay::points(&paired, reference.ty);
    let told = asked::methods(&[kind.id], &paired, &points, &counts, threshold).pop()?;
    let drifted = match (told.p_value, told.value) {
        (Some(p), _) => Some(p <= threshold),
        (None, Some(value)) => Some(value >= threshold),
        (None, None) => None,
    };
    said(MethodSaid {
        value: told.value,
        p_value: told.p_value,
        upper: Some(threshold),
        drifted,
        reason: told.reason,
        ..MethodSaid::not_run(kind.id, String::new())
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::super::asked::Asked;
    use super::*;

    fn said(wish: &str, a: &Column, b: &Column) -> Option<MethodSaid> {
        let asked = [Asked::parse(wish).expect("a wish")];
        column(a, b, &Wishes(&asked)).map(|it| it.methods[0].clone())
    }

    #[test]
    fn the_method_asked_for_decides_with_its_threshold() {
        let (a, b) = (integers("x", 0..1000), integers("x", 30..1030));
        let drifted = |wish: &str| said(wish, &a, &b).and_then(|it| it.drifted);
        assert_eq!(drifted("x=wasserstein:29"), Some(true));
        assert_eq!(drifted("numerical=wasserstein:31"), Some(false));
        assert_eq!(drifted("all=kolmogorov-smirnov"), Some(false));
        assert_eq!(drifted("all=kolmogorov-smirnov:0.8"), Some(true));
        assert_eq!(drifted("x=psi:0.01"), Some(true));
        assert_eq!(said("y=psi", &a, &b), None);
        assert_eq!(said("categorical=psi", &a, &b), None);
    }

    #[test]
    fn what_cannot_be_measured_says_why() {
        let (a, b) = (integers("x", 0..50), texts("x", &[("a", 5)]));
        let reason = |wish: &str, b: &Column| said(wish, &a, b).and_then(|it| it.reason).unwrap_or_default();
        assert!(reason("x=ks", &a).contains("known are anderson-darling"));
        assert!(reason("x=energy", &a).contains("needs a threshold"));
        assert_eq!(reason("x=psi", &b), "integer in the reference, text now");
        assert_eq!(reason("x=fisher-exact", &a), "it is for two categories");
        assert!(reason("x=psi:3sd", &a).contains("chunks"));
    }
}
