//! A small report with one of everything, for the tests of the renderers.

use super::build::{Parts, build};
use super::wire;
use crate::cell::{Role, Type};
use crate::finding::{Finding, Severity, Status, Tier, Violation};
use crate::issue::{Code, Issue, Place};
use crate::profile::{
    Alert, Column, Dialect, Distribution, Estimate, Histogram, Numeric, Order, Profile, RowCounts, Scalar,
    Source, Table, Text, TopValue,
};

/// A column without values.
pub(crate) fn column(name: &str, ty: Type) -> Column {
    Column {
        name: name.into(),
        position: 1,
        ty,
        governed: false,
        role: Role::Measure,
        role_reason: "numbers".into(),
        rows: 1000,
        valid: 1000,
        missing: 0,
        invalid: 0,
        null_tokens: Vec::new(),
        kinds: Vec::new(),
        invalid_places: Vec::new(),
        distinct: Estimate::exact(2),
        singletons: None,
        numeric: None,
        text: None,
        temporal: None,
        top: Vec::new(),
        histogram: None,
        alerts: Vec::new(),
        order: None,
        distribution: Distribution::Absent,
    }
}

/// A numeric statistic of 1,000 values.
pub(crate) fn numeric() -> Numeric {
    Numeric {
        min: Scalar::Integer(-5),
        max: Scalar::Text("170141183460469231731687303715884105727".into()),
        mean: Some(12.5),
        std: Some(3.25),
        sum: Scalar::Float(12500.0),
        zeros: 1,
        negatives: 2,
        infinities: 0,
        skewness: None,
        kurtosis: Some(-0.5),
        mad: Some(2.0),
        quantiles: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map(|p| (p, Scalar::Float(p * 10.0))).to_vec(),
        exact: false,
        quantile_errors: vec![0.5; 7],
        shape_error: Some((0.1, f64::INFINITY)),
        points: Vec::new(),
    }
}

/// A profile of two columns, the first of them hostile.
pub(crate) fn profile() -> Profile {
    let mut amount = column("amount\x1b[31m\u{202e}", Type::Integer);
    amount.missing = 1;
    amount.valid = 996;
    amount.invalid = 3;
    amount.null_tokens = vec![("NA".into(), 1)];
    amount.invalid_places = vec![Place { row: 7, line: Some(8), byte: Some(120), text: "twelve".into() }];
    amount.distinct = Estimate { value: 812.4, exact: false, error: 20.0 };
    amount.numeric = Some(numeric());
    amount.histogram = Some(Histogram {
        edges: vec![0.0, 1.0, 2.0, 3.0],
        counts: vec![1, 0, 995],
        labels: Vec::new(),
        exact: true,
    });
    amount.alerts = vec![Alert { code: "skewed", message: "skewness is 12.3".into() }];
    amount.order = Some(Order { rises: true, falls: false, strict: false });
    let mut city = column("city", Type::Text);
    city.position = 2;
    city.role = Role::Category;
    city.top = vec![
        TopValue { value: Scalar::Text("Zürich".into()), count: 900, error: 0 },
        TopValue { value: Scalar::Text("</script>".into()), count: 100, error: 2 },
    ];
    city.text = Some(Text {
        min_length: 6,
        max_length: 9,
        mean_length: 6.3,
        patterns: vec![("Aaaaaa".into(), 900)],
        exact: true,
        sampled: 0,
    });
    Profile {
        source: Source {
            name: "sales.csv".into(),
            bytes: 12_345,
            format: "csv".into(),
            compression: None,
            dialect: Some(Dialect { delimiter: b',', quote: Some(b'"'), header: true, origin: "sniffed" }),
            encoding: Some("utf-8".into()),
            content_hash: "0".repeat(32),
        },
        table: Table {
            rows: 1000,
            duplicate_rows: Estimate::exact(4),
            row_counts: RowCounts::default(),
            rows_in: 1001,
            rows_set_aside: 1,
        },
        columns: vec![amount, city],
        issues: vec![Issue {
            code: Code::RaggedRow,
            column: None,
            count: 2,
            message: "2 rows have fewer cells than the header".into(),
            places: vec![Place { row: 3, line: Some(4), byte: Some(40), text: "1,2\x07".into() }],
        }],
        saved: false,
    }
}

/// A finding that says "fail".
pub(crate) fn failing(rule: &'static str, tier: Tier, severity: Severity, count: u64) -> Finding {
    let mut finding = Finding::new(rule, tier, severity, Status::Fail, format!("{rule} is broken"));
    finding.count = count;
    finding.total = 1000;
    finding
}

/// The comparison of a column with this outcome.
pub(crate) fn drift(column: &str, outcome: &str, psi: f64) -> wire::Drift {
    wire::Drift {
        column: column.into(),
        outcome: outcome.into(),
        kinds: vec!["shape".into()],
        psi: wire::Scalar::number(psi),
        psi_corrected: wire::Scalar::number(psi),
        band: Some(if psi >= 0.25 { "severe" } else { "none" }.into()),
        psi_interval: Some(wire::Interval { low: psi / 2.0, high: psi * 2.0 }),
        effect: Some(wire::Effect {
            name: "total variation".into(),
            value: 0.3,
            interval: Some(wire::Interval { low: 0.25, high: 0.35 }),
        }),
        p_value: wire::Scalar::number(0.001),
        q_value: wire::Scalar::number(0.002),
        detectable: wire::Scalar::number(0.05),
        methods: Vec::new(),
        contributions: Vec::new(),
        overlay: None,
        reason: Some("the values have moved up".into()),
        usual: None,
        explanations: vec![wire::Explanation {
            id: "scale".into(),
            message: "the values look like the reference's times 100".into(),
            evidence: vec![wire::Evidence {
                what: "median".into(),
                reference: "12".into(),
                current: "1200".into(),
            }],
        }],
        renamed_from: None,
    }
}

/// The options that a host without options would pass.
pub(crate) fn options() -> wire::Options {
    wire::Options { memory: 128 << 20, seed: 0, as_of: None, places: 100, redact: None }
}

/// A report on [`profile`] against a reference and a contract, one of everything.
pub(crate) fn report() -> wire::Report {
    let profile = profile();
    let mut range = failing("range", Tier::Contract, Severity::Critical, 3);
    range.column = Some("city".into());
    range.expected = Some("0 … 120".into());
    range.observed = Some("−5".into());
    range.places = vec![
        Violation { row: 9, line: Some(10), byte: Some(99), column: "city".into(), value: Some("-5".into()) },
        Violation { row: 11, line: None, byte: None, column: "city".into(), value: None },
    ];
    let mut unasked = Finding::new("sql", Tier::Contract, Severity::Info, Status::NotRun, "a query".into());
    unasked.reason = Some("queries are not supported".into());
    build(Parts {
        profile: &profile,
        reference: Some(&profile),
        contract: Some(wire::Contract { id: Some("c1".into()), name: None, version: None, rules: 2 }),
        findings: &[unasked, range],
        drift: vec![drift("amount", "stable", 0.001), drift("city", "drifted", 0.31)],
        timeline: None,
        options: options(),
        sections: ["profile", "check", "drift"].map(String::from).to_vec(),
    })
}
