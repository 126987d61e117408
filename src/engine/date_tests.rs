//! Dates in the formats that a contract gives, on files of a few rows.

use super::row_rules_tests::checked;

#[test]
fn dates_are_read_in_the_format_or_physical_type_that_the_contract_gives() {
    let format = |logical: &str, format: &str| {
        format!("{{name: x, logicalType: {logical}, logicalTypeOptions: {{format: {format}}}}}")
    };
    let physical = |ty: &str| format!("{{name: x, logicalType: date, physicalType: {ty}}}");
    let table = [
        (format("date", "yyyyMMdd"), ["20240131", "20241301", "-"], "type", "fail", 1),
        (format("date", "d/M/yy"), ["1/2/24", "31/1/24", ""], "date-format", "pass", 0),
        (format("date", "'%Y%m%d'"), ["20240131", "20240201", "x"], "type", "fail", 1),
        (format("date", "yyyy"), ["2023", "2024", "-"], "date-format", "pass", 0),
        (format("time", "'hh:mm a'"), ["10:11 PM", "01:11 am", ""], "date-format", "pass", 0),
        (format("date", "yyyy-ww"), ["2024-05", "2024-06", ""], "date-format", "not_run", 0),
        (format("date", "yyyyMMdd"), ["20240131", "20240201", "-"], "type", "pass", 0),
        (format("date", "yyyyMMdd, minimum: 20240131"), ["20240130", "20240201", "-"], "range", "fail", 1),
        (format("date", "yyyyMMdd, minimum: 2024-01-31"), ["20240130", "20240201", "-"], "range", "fail", 1),
        (format("date", "d/M/yy, maximum: 1/2/24"), ["31/1/24", "1/2/24", "2/2/24"], "range", "fail", 1),
        (
            format("date", "dd/MM/yyyy, maximum: 01/02/2024"),
            ["31/01/2024", "02/02/2024", ""],
            "range",
            "fail",
            1,
        ),
        (format("time", "'hh:mm a', maximum: '10:00 am'"), ["10:11 PM", "09:11 am", ""], "range", "fail", 1),
        (
            format("timestamp", "'dd/MM/yyyy HH:mm'"),
            ["31/01/2024 10:20", "31/01/2024", ""],
            "type",
            "fail",
            1,
        ),
        (format("timestamp", "'yyyyMMdd HHmm'"), ["20240131 1020", "20240131", ""], "type", "fail", 1),
        (format("date", "yyyy-MM-dd"), ["2024-01-31", "20240201", "-"], "type", "fail", 1),
        (physical("TIMESTAMP"), ["2024-01-01T10:00:00Z", "2024-01-02 11:00:00", ""], "type", "pass", 0),
        (physical("TIMESTAMP_TZ"), ["2024-01-01T10:00:00Z", "2024-01-02", "x"], "type", "fail", 1),
    ];
    for (property, cells, rule, status, count) in table {
        let csv = format!("k,x\n1,{}\n2,{}\n3,{}\n", cells[0], cells[1], cells[2]);
        let report = checked(&csv, &format!("properties: [{property}]"), 1, 1 << 26);
        let finding = report.findings.iter().find(|it| it.rule == rule).expect("a finding");
        assert_eq!(
            (finding.status.as_str(), finding.count),
            (status, count),
            "{property} {}",
            finding.message
        );
    }
}

#[test]
fn dates_in_a_format_of_their_own_have_an_order() {
    let contract = "properties: [{name: day, logicalType: date, logicalTypeOptions: {format: d.M.yy}, quality: [{type: \
        custom, engine: driftline, implementation: {rule: increasing}}]}, {name: due, logicalType: date, \
        logicalTypeOptions: {format: yyyyMMdd}}], quality: [{type: custom, engine: driftline, implementation: \
        {rule: expression, expression: due >= day}}]";
    let report = checked(
        "day,due\n9.1.24,20240110\n10.1.24,20240109\n8.2.24,20240208\n1.2.24,\n",
        contract,
        1,
        1 << 26,
    );
    let found = |rule: &str| {
        let finding = report.findings.iter().find(|it| it.rule == rule).expect("a finding");
        let rows: Vec<u64> = finding.places.iter().map(|it| it.row).collect();
        (finding.status.clone(), rows)
    };
    assert_eq!(found("increasing"), ("fail".to_owned(), vec![4]));
    assert_eq!(found("expression"), ("fail".to_owned(), vec![2]));
}
