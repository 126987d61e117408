//! A rule of two severities → two rules of one each, which together say the same: a warning beyond what is tolerated, and a
//! critical one beyond the share that makes a breach critical. Types stay one rule, because to a data frame a type is that of
//! a whole column.

use super::super::model::{Check, CheckKind, Contract};
use super::super::tolerance::{Operator, Tolerance};
use crate::finding::Severity;

/// The contract with rules of one severity each; `again` is the same contract, read once more.
pub(super) fn split(mut contract: Contract, again: Contract) -> Contract {
    for (object, twin) in contract.objects.iter_mut().zip(again.objects) {
        in_two(&mut object.checks, twin.checks);
        for (property, twin) in object.properties.iter_mut().zip(twin.properties) {
            in_two(&mut property.checks, twin.checks);
        }
    }
    contract
}

fn in_two(checks: &mut Vec<Check>, twins: Vec<Check>) {
    let old = std::mem::take(checks);
    for (mut check, mut twin) in old.into_iter().zip(twins) {
        let above = check.critical_above.take();
        let Some(above) = above.filter(|_| !matches!(check.kind, CheckKind::Type)) else {
            checks.push(check);
            continue;
        };
        let is_within =
            |most: &Operator| matches!(most, Operator::LessOrEqual(it) if it.nearest() < above.nearest());
        if !check.tolerance.is_none() && check.tolerance.percent && !is_within(&check.tolerance.operator) {
            // What is tolerated reaches beyond that share: every breach is critical.
            check.severity = Severity::Critical;
            checks.push(check);
            continue;
        }
        checks.push(check);
        twin.critical_above = None;
        twin.severity = Severity::Critical;
        twin.tolerance = Tolerance { operator: Operator::LessOrEqual(above), percent: true };
        checks.push(twin);
    }
}
