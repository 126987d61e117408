//! `multiple-of`: a number that each value is a multiple of → a probe.

use crate::cell::{Type, Value};
use crate::sketch::probe::Probe;

use super::super::exact::Exact;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::cut;
use super::ValueRule;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That each valid number is a whole multiple of the agreed one. Both are taken as the decimals that they are written as:
/// 0.3 is a multiple of 0.1, which division of doubles denies.
///
/// # Why
/// A price with three decimals or a quantity of half a piece was computed elsewhere than it should have been.
///
/// # Example
/// ```yaml
/// - name: price
///   logicalType: number
///   logicalTypeOptions:
///     multipleOf: 0.01
/// ```
///
/// # Parameters
/// `logicalTypeOptions.multipleOf`, above 0.
///
/// # Missing and invalid cells
/// Neither is looked at: both are counted as skipped. Shares are of the valid cells.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::contract) struct MultipleOf(pub(in crate::contract) Exact);

impl ValueRule for MultipleOf {
    fn id(&self) -> &'static str {
        "multiple-of"
    }

    fn expected(&self) -> String {
        format!("a multiple of {}", cut(self.0.text()))
    }

    fn fault(&self) -> String {
        format!("no multiple of {}", cut(self.0.text()))
    }

    fn virtue(&self) -> String {
        format!("multiples of {}", cut(self.0.text()))
    }

    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String> {
        if !ty.is_numeric() {
            return Err(format!("multiples of a number do not apply to a column of type {}", ty.id()));
        }
        Ok(Box::new(self.clone()))
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> super::super::extent::Extent {
        super::super::extent::Extent::Multiple(self.0.clone())
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        Some(parameters([("multipleOf", Some(Tree::Number(self.0.text().to_owned())))]))
    }
}

impl Probe for MultipleOf {
    fn breaks(&self, value: Value<'_>) -> bool {
        let step = self.0.canonical();
        !match value {
            Value::Integer(value) => is_multiple((value, 0), step),
            Value::Decimal(value, scale) => is_multiple((value, scale), step),
            Value::Float(value) => {
                value.is_finite()
                    && Exact::parse(&value.to_string()).is_some_and(|it| is_multiple(it.canonical(), step))
            }
            _ => false,
        }
    }
}

/// Whether `value.0 / 10^value.1` is a whole multiple of `step.0 / 10^step.1`.
pub(in crate::contract) fn is_multiple(value: (i128, u8), step: (i128, u8)) -> bool {
    if value.0 == 0 {
        return true;
    }
    let Some(step_size) = (step.0 != 0).then(|| step.0.unsigned_abs()) else { return false };
    if value.1 > step.1 {
        // value = k · step · 10^(more digits): a step too large for 128 bits is larger than the value.
        let more = 10u128.checked_pow(u32::from(value.1 - step.1)).and_then(|ten| ten.checked_mul(step_size));
        return more.is_some_and(|step| value.0.unsigned_abs().is_multiple_of(step));
    }
    let mut rest = value.0.unsigned_abs() % step_size;
    for _ in value.1..step.1 {
        rest = times_ten(rest, step_size);
    }
    rest == 0
}

/// 10 · rest modulo step; below 2^127 all of them, so that a doubling fits.
fn times_ten(rest: u128, step: u128) -> u128 {
    let add = |a: u128, b: u128| (a + b) % step;
    let two = add(rest, rest);
    let four = add(two, two);
    add(add(four, four), two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_those_of_decimals() {
        let table = [
            (Value::Integer(15), "5", true),
            (Value::Integer(-15), "5", true),
            (Value::Integer(0), "7", true),
            (Value::Integer(16), "5", false),
            (Value::Integer(3), "0.1", true),
            (Value::Integer(i128::MAX), "3e-38", false),
            (Value::Integer(i128::MAX - 1), "2", true),
            (Value::Integer(3), "2.5", false),
            (Value::Integer(5), "2.5", true),
            (Value::Decimal(1_234, 2), "0.01", true),
            (Value::Decimal(1_234, 2), "0.1", false),
            (Value::Decimal(1_230, 2), "0.1", true),
            (Value::Decimal(10, 1), "1e30", false),
            (Value::Float(0.3), "0.1", true),
            (Value::Float(19.99), "0.01", true),
            (Value::Float(19.995), "0.01", false),
            (Value::Float(1e22), "1e21", true),
            (Value::Float(f64::INFINITY), "1", false),
            (Value::Text("5"), "5", false),
        ];
        for (value, step, holds) in table {
            let rule = MultipleOf(Exact::parse(step).unwrap());
            assert_eq!(!rule.breaks(value), holds, "{value:?} of {step}");
        }
    }

    #[test]
    fn only_numbers_have_multiples() {
        let rule = MultipleOf(Exact::parse("0.5").unwrap());
        assert!(rule.probe(Type::Float).is_ok() && rule.probe(Type::Date).is_err());
    }
}
