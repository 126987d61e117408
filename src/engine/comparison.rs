//! The comparison of one column → its wire form.

use crate::drift::{ColumnDrift, Explanation, Interval, Method};
use crate::report::wire;

fn scalar(value: Option<f64>) -> wire::Scalar {
    match value {
        Some(value) if value.is_finite() => wire::Scalar::Float(value),
        Some(value) if value > 0.0 => wire::Scalar::Text("Infinity".to_owned()),
        Some(value) if value < 0.0 => wire::Scalar::Text("-Infinity".to_owned()),
        _ => wire::Scalar::Null,
    }
}

fn method(method: &Method) -> wire::Method {
    wire::Method {
        name: method.name.to_owned(),
        value: scalar(method.value),
        p_value: scalar(method.p_value),
        threshold: scalar(method.threshold),
        drifted: method.drifted,
        reason: method.reason.clone(),
    }
}

fn interval(interval: Interval) -> Option<wire::Interval> {
    let Interval { low, high } = interval;
    (low.is_finite() && high.is_finite()).then_some(wire::Interval { low, high })
}

fn explanation(it: &Explanation) -> wire::Explanation {
    wire::Explanation {
        id: it.id.to_owned(),
        message: it.message.clone(),
        evidence: it
            .evidence
            .iter()
            .map(|it| wire::Evidence {
                what: it.what.clone(),
                reference: it.reference.clone(),
                current: it.current.clone(),
            })
            .collect(),
    }
}

/// The wire form.
pub(super) fn wire(drift: &ColumnDrift) -> wire::Drift {
    wire::Drift {
        column: drift.column.clone(),
        outcome: drift.outcome.id().to_owned(),
        kinds: drift.kinds.iter().map(|kind| kind.id().to_owned()).collect(),
        psi: scalar(drift.psi),
        psi_corrected: scalar(drift.psi_corrected),
        band: drift.band.map(|band| band.id().to_owned()),
        psi_interval: drift.psi_interval.and_then(interval),
        effect: drift.effect.as_ref().map(|it| wire::Effect {
            name: it.name.to_owned(),
            value: it.value,
            interval: it.interval.and_then(interval),
        }),
        p_value: scalar(drift.p_value),
        q_value: scalar(drift.q_value),
        detectable: scalar(drift.detectable),
        methods: drift.methods.iter().map(method).collect(),
        contributions: drift
            .contributions
            .iter()
            .map(|it| wire::Contribution {
                bin: it.bin.clone(),
                kind: it.kind.to_owned(),
                reference: it.reference,
                current: it.current,
                psi: it.psi,
            })
            .collect(),
        overlay: drift.overlay.as_ref().map(|it| wire::Overlay {
            edges: it.edges.clone(),
            labels: it.labels.clone(),
            reference: it.reference.clone(),
            current: it.current.clone(),
        }),
        reason: drift.reason.clone(),
        usual: drift.usual.as_ref().map(|it| wire::Usual {
            intervals: it.intervals,
            psi: it.psi,
            missing: it.missing,
            invalid: it.invalid,
        }),
        explanations: drift.explanations.iter().map(explanation).collect(),
        renamed_from: drift.renamed_from.clone(),
    }
}
