//! `sign-flip`: values with the opposite sign; of all rows or of a part of them.

use super::super::outcome::Explanation;
use super::super::words::percent;
use super::transform::{part, whole};
use super::{Subject, quartiles};

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let sides = subject.sides.filter(|_| subject.reference.ty.is_numeric())?;
    let fit = whole(sides, |x| -x).or_else(|| part(sides, |x| -x))?;
    let message = if fit.part < 1.0 {
        format!("about {} of the values have the opposite sign, the others are as before", percent(fit.part))
    } else {
        "the values look like the reference's with the opposite sign".to_string()
    };
    Some(Explanation { id: "sign-flip", message, evidence: quartiles(sides) })
}
