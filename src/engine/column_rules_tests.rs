//! Rules of our own on what the values of a column are taken together: what they find, and where they are not decided.

use super::row_rules_tests::checked;
use crate::engine::MEMORY;

/// The status of the rule on the column `n` of so many rows from 0, or on `plan`, and its sentence.
fn found(implementation: &str, rows: usize, memory: u64) -> (String, String) {
    let csv: String = std::iter::once("n,plan\n".to_owned())
        .chain((0..rows).map(|i| format!("{i},{}\n", ["basic", "plus", "basic", ""][i % 4])))
        .collect();
    let column = if implementation.contains("plan") { "plan" } else { "n" };
    let implementation = implementation.replace(" # plan", "");
    let keys = format!(
        "properties: [{{name: {column}, quality: [{{type: custom, engine: driftline, implementation: \
         {{{implementation}}}}}]}}]"
    );
    let report = checked(&csv, &keys, 2, memory);
    let rule = implementation.split([',', ' ']).nth(1).unwrap_or_default();
    let finding = report.findings.iter().find(|it| it.rule == rule).expect("the rule's finding");
    (finding.status.clone(), finding.message.clone())
}

#[test]
fn values_taken_together_keep_or_break_a_rule() {
    let table = [
        ("rule: quantile, p: 0.5, mustBe: 4999.5", "pass"),
        ("rule: quantile, p: 0.5, mustBe: 5000", "fail"),
        ("rule: quantile, p: 0.5, interpolation: nearest, mustBe: 5000", "pass"),
        ("rule: quantile, p: 0.5, slack: 0.001, mustBe: 5000", "pass"),
        ("rule: quantile, p: 0.9, mustBeGreaterThan: 8999.1", "fail"),
        ("rule: quantile, p: 0.9, mustBeGreaterOrEqualTo: 8999.1", "pass"),
        ("rule: quantile, quantiles: [0.1, 0.9], ranges: [[null, 1000], [8000, 9000]]", "pass"),
        ("rule: quantile, quantiles: [0.1, 0.9], ranges: [[null, 900], [8000, null]]", "fail"),
        ("rule: most-common, values: [plus, basic] # plan", "pass"),
        ("rule: most-common, values: [plus] # plan", "fail"),
        ("rule: most-common, values: [7]", "fail"),
        ("rule: most-common, values: [7], ties: true", "pass"),
        ("rule: contains-values, values: [basic] # plan", "pass"),
        ("rule: contains-values, values: [basic], closed: true # plan", "fail"),
        ("rule: contains-values, values: [basic, plus], closed: true # plan", "pass"),
        ("rule: contains-values, values: [basic, pro] # plan", "fail"),
        ("rule: quantile, p: 0.5, mustBe: 1 # plan", "not_run"),
    ];
    for (implementation, status) in table {
        let (told, message) = found(implementation, 10_000, MEMORY);
        assert_eq!(told, status, "{implementation}: {message}");
    }
}

#[test]
fn a_quantile_of_buckets_is_decided_where_no_bound_lies_between_its_ends() {
    // More values than the budget holds.
    let memory = 1 << 20;
    let (status, message) = found("rule: quantile, p: 0.5, mustBeBetween: [90000, 110000]", 200_000, memory);
    assert!(status == "pass" && message.contains('…'), "{message}");
    let (status, message) = found("rule: quantile, p: 0.5, mustBeLessThan: 90000", 200_000, memory);
    assert_eq!(status, "fail", "{message}");
    let (status, message) = found("rule: quantile, p: 0.5, mustBeLessThan: 99999.5", 200_000, memory);
    assert!(status == "not_run" && message.contains("a bound lies between"), "{message}");
}
