//! Rules on rows, from the contract's text to findings, on real files.

use crate::contract;
use crate::engine::{self, Governing, Options};
use crate::report::wire;

/// Checks a CSV against one schema object's further keys, in flow style, with so many threads and bytes of memory.
pub(super) fn checked(csv: &str, keys: &str, threads: usize, memory: u64) -> wire::Report {
    let contract = format!(
        "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, {keys}}}]}}"
    );
    let options =
        Options { name: "t.csv".into(), threads, memory, unit_bytes: 1 << 12, ..Options::default() };
    let governing = Governing { contract: Some(contract.into()), ..Governing::default() };
    let state = engine::scan(&csv.as_bytes(), &options, governing, &|_| {}).expect("a CSV that is read");
    engine::report(engine::Request { current: &state, reference: None, as_of: None, drift: None })
        .expect("a report")
}

fn own(implementation: &str) -> String {
    format!("quality: [{{type: custom, engine: driftline, implementation: {{{implementation}}}}}]")
}

const TRIPS: &str = "id,line,start,end,fare,country\n\
    1,A,2024-01-01,2024-01-05,10,DE\n\
    2,A,2024-01-03,2024-01-02,-1,FR\n\
    2,B,2024-01-04,,7.5,DE\n\
    2,A,x,2024-01-06,,\n\
    3,B,2024-01-07,2024-01-07,0,DE\n";

#[test]
fn rules_on_rows_say_which_rows_break_them() {
    // rule, its words, status, offenders, judged, left out, rows
    let table = [
        ("rule: expression, expression: end >= start", "expression", "fail", 1, 3, 2, &[2][..]),
        ("rule: expression, expression: 'fare > 0 or country = ''FR'''", "expression", "fail", 1, 4, 1, &[5]),
        ("rule: expression, expression: end >= start, when: line = 'B'", "expression", "pass", 0, 1, 1, &[]),
        ("rule: expression, expression: fare * 2 + 1 <> 21", "expression", "fail", 1, 4, 1, &[1]),
        ("rule: expression, expression: length(line) = 1", "expression", "pass", 0, 5, 0, &[]),
        ("rule: expression, expression: country is not null", "expression", "fail", 1, 5, 0, &[4]),
        (
            "rule: expression, expression: 'end between ''2024-01-01'' and ''2024-01-05'''",
            "expression",
            "fail",
            2,
            4,
            1,
            &[4, 5],
        ),
        ("rule: unique, columns: [id, line]", "unique", "fail", 2, 5, 0, &[2, 4]),
        ("rule: unique, columns: [id, country]", "unique", "pass", 0, 5, 0, &[]),
        ("rule: unique, column: id, when: line = 'A'", "unique", "fail", 2, 3, 0, &[2, 4]),
        ("rule: empty, column: end, when: line = 'B'", "empty", "fail", 1, 2, 0, &[5]),
        ("rule: required, column: fare, when: country is null", "required", "fail", 1, 1, 0, &[4]),
        ("rule: range, column: fare, minimum: 0, when: country <> 'DE'", "range", "fail", 1, 1, 0, &[2]),
        ("rule: pattern, column: country, pattern: '(?!x)', when: id > 1", "pattern", "pass", 0, 3, 1, &[]),
        ("rule: allowed-values, column: country, values: [DE]", "allowed-values", "fail", 1, 4, 1, &[2]),
        (
            "rule: expression, expression: end >= start, mustBeLessThan: 2",
            "expression",
            "pass",
            1,
            3,
            2,
            &[2],
        ),
        ("rule: range, column: fare, minimum: 0, when: country = 'XX'", "range", "not_run", 0, 0, 0, &[]),
        ("rule: expression, expression: fare > 'abc'", "expression", "not_run", 0, 0, 0, &[]),
        ("rule: expression, expression: fare > gone", "expression", "not_run", 0, 0, 0, &[]),
        ("rule: increasing, column: id", "increasing", "pass", 0, 5, 0, &[]),
        ("rule: increasing, column: id, strict: true", "increasing", "fail", 2, 5, 0, &[3, 4]),
        ("rule: decreasing, column: id", "decreasing", "fail", 2, 5, 0, &[2, 5]),
        ("rule: increasing, column: fare", "increasing", "fail", 2, 4, 1, &[2, 5]),
        ("rule: increasing, column: fare, when: line = 'B'", "increasing", "fail", 1, 2, 0, &[5]),
        ("rule: decreasing, column: fare, mustBeLessThan: 2", "decreasing", "pass", 1, 4, 1, &[3]),
        ("rule: increasing, column: line", "increasing", "not_run", 0, 0, 0, &[]),
    ];
    let typed = "properties: [{name: start, logicalType: date}, {name: fare, logicalType: number}], ";
    for (rule, id, status, count, total, skipped, rows) in table {
        let report = checked(TRIPS, &format!("{typed}{}", own(rule)), 1, engine::MEMORY);
        let found = report.findings.iter().find(|it| it.rule == id && it.card == "as_agreed").unwrap();
        let places: Vec<u64> = found.places.iter().map(|it| it.row).collect();
        let told = (found.status.as_str(), found.count, found.total, found.skipped, places.as_slice());
        assert_eq!(told, (status, count, total, skipped, rows), "{rule}: {}", found.message);
    }
}

#[test]
fn sums_and_products_are_those_of_the_decimals_as_they_are_written() {
    let csv = "price,n,total\n18.92,20,378.40\n0.1,3,0.3\n0.1,3,0.30000000000000004\n1.10,3,3.31\n";
    for (rule, rows) in [("total = price * n", &[3, 4][..]), ("total - price * n <= 0", &[3, 4])] {
        let rule = own(&format!("rule: expression, expression: {rule}"));
        let report = checked(csv, &rule, 1, engine::MEMORY);
        let found = report.findings.iter().find(|it| it.rule == "expression").unwrap();
        let places: Vec<u64> = found.places.iter().map(|it| it.row).collect();
        assert_eq!(places, rows, "{}", found.message);
    }
}

#[test]
fn cells_are_told_with_their_quotes_undone_by_every_rule() {
    let mut csv = "id,j,k\n".to_owned();
    (0..600).for_each(|i| csv += &format!("{i},\"say \"\"hi\"\"\",\"say \"\"hi\"\"\"\n"));
    let rules = [
        "rule: unique, column: j",
        "rule: unique, column: j, when: id >= 0",
        "rule: unique, columns: [j]",
        "rule: empty, column: j",
        "rule: allowed-values, column: j, values: [q]",
        "rule: allowed-values, column: j, values: [q], when: id >= 0",
        "rule: expression, expression: j = 'q'",
    ];
    for rule in rules {
        for (threads, memory) in [(1, engine::MEMORY), (3, engine::MEMORY), (1, 1)] {
            let report = checked(&csv, &own(rule), threads, memory);
            let found = report.findings.iter().find(|it| it.card == "as_agreed" && it.count > 0).expect(rule);
            assert_eq!(found.count, 600, "{rule}");
            assert_eq!(found.places[1].value.as_deref(), Some("say \"hi\""), "{rule}");
            assert!(!found.message.contains("\\\"\\\""), "{rule}: {}", found.message);
        }
    }
}

const KINDS: &str = "n,f,d,c,t,b\n\
    1,0.1,2024-01-01,1.50,a,true\n\
    2,-0,2024-01-02,2.00,A,false\n\
    ,,,,,\n\
    9007199254740993,1e300,2024-02-30,x,b,true\n\
    -3,0.30000000000000004,2024-01-01,-1.5,\"it \"\"is\"\"\",false\n\
    4,7,2024-01-04,0.10,b,\n";

/// What the rule of a suite of Great Expectations finds: offenders, judged, left out, and the rows.
fn suite_found(kind: &str, kwargs: &str) -> (u64, u64, u64, Vec<u64>) {
    let suite = format!("{{name: x, expectations: [{{type: {kind}, kwargs: {{{kwargs}}}}}]}}");
    let options = Options { name: "t.csv".into(), ..Options::default() };
    let governing = Governing { contract: Some(suite.into()), ..Governing::default() };
    let state = engine::scan(&KINDS.as_bytes(), &options, governing, &|_| {}).expect("a CSV that is read");
    let request = engine::Request { current: &state, reference: None, as_of: None, drift: None };
    told(&engine::report(request).expect("a report"), kwargs)
}

fn told(report: &wire::Report, words: &str) -> (u64, u64, u64, Vec<u64>) {
    let is_it = |it: &&wire::Finding| it.card == "as_agreed" && it.rule == "expression";
    let found = report.findings.iter().find(is_it).expect(words);
    assert_ne!(found.status, "not_run", "{words}: {}", found.message);
    (found.count, found.total, found.skipped, found.places.iter().map(|it| it.row).collect())
}

/// Sets of each kind of column, in which no value is looked up where it is asked for by two denials.
const SETS: [(&str, &[&str]); 9] = [
    ("n", &["1", "2.0", "9007199254740992", "-3e0"]),
    ("n", &["9007199254740993"]),
    ("f", &["0", "0.1", "0.3"]),
    ("f", &["0.1000000000000000055", "1e300", "-7", "7.0"]),
    ("d", &["'2024-01-01'", "'2024-01-04T00:00:00'"]),
    ("c", &["1.5", "2", "0.1"]),
    ("t", &["'a'", "'it \"is\"'", "'c'", "'a'"]),
    ("b", &["true"]),
    ("n + 1", &["2", "10"]),
];

#[test]
fn a_set_is_its_values_asked_one_by_one() {
    let c = "{name: c, logicalType: number}, {name: b, logicalType: boolean}";
    for more in ["", ", {name: f, logicalType: number}, {name: n, logicalType: number}"] {
        let typed = format!("{c}{more}");
        for (of, values) in SETS {
            let set = format!("{of} in ({})", values.join(", "));
            let denied =
                values.iter().map(|it| format!("not (not ({of} = {it}))")).collect::<Vec<_>>().join(" or ");
            let ask = |what: &str| {
                let what = what.replace('\'', "\'\'");
                let keys = own(&format!("rule: expression, expression: '{what}'"));
                told(&checked(KINDS, &format!("properties: [{typed}], {keys}"), 1, engine::MEMORY), &what)
            };
            assert_eq!(ask(&set), ask(&denied), "{set}");
            assert_eq!(ask(&format!("not ({set})")), ask(&format!("not ({denied})")), "{set}");
            let mixed = |one: &str| format!("{one} or t is null or n = 4");
            assert_eq!(ask(&mixed(&set)), ask(&mixed(&denied)), "{set}");
        }
    }
}

#[test]
fn pairs_are_looked_up_as_pairs() {
    let found = |a: &str, b: &str, set: &str, ignore: &str| {
        let kwargs =
            format!("column_A: {a}, column_B: {b}, value_pairs_set: [{set}], ignore_row_if: {ignore}");
        suite_found("expect_column_pair_values_to_be_in_set", &kwargs)
    };
    let (both, never) = ("both_values_are_missing", "neither");
    assert_eq!(found("n", "t", "[1, a], [2, a], [4, b], [-3.0, 'it \"is\"']", both).3, [2, 4]);
    assert_eq!(found("n", "t", "[null, null], [1, a], [2, A]", never).3, [4, 5, 6]);
    assert_eq!(found("t", "b", "[b, null], [a, true], [b, true]", never).3, [2, 3, 5]);
    assert_eq!(found("f", "d", "[0.1, '2024-01-01'], [0, '2024-01-02'], [7, '2024-01-04']", both).3, [4, 5]);
}

#[test]
fn a_row_that_breaks_a_rule_has_its_line_its_byte_and_its_cells() {
    let csv = "a,b\n\"x\ny\",1\n\"p \"\"q\"\"\",2\n";
    let report = checked(csv, &own("rule: expression, expression: b < 2 and a <> ''"), 1, engine::MEMORY);
    let found = report.findings.iter().find(|it| it.rule == "expression").unwrap();
    let place = &found.places[0];
    assert_eq!((place.row, place.line, place.byte), (2, Some(4), Some(csv.find("\"p").unwrap() as u64)));
    assert_eq!(place.value.as_deref(), Some(r#"[2, "p \"q\""]"#));
    assert_eq!(place.column, "b, a");
    assert_eq!(
        found.message,
        "1 of 2 rows is at odds with (b < 2 and a <> ''), first [2, \"p \\\"q\\\"\"] in row 2"
    );
}

#[test]
fn keys_of_several_columns_are_exact_at_any_size_and_for_any_threads() {
    // 40,000 rows; (a, b) occurs twice for every a that 997 divides.
    let mut csv = String::from("a,b,c\n");
    for i in 0..40_000u32 {
        csv.push_str(&format!("{i},{},x\n", i % 7));
        if i % 997 == 0 {
            csv.push_str(&format!("{i},{},y\n", i % 7));
        }
    }
    let keys = "properties: [{name: a, primaryKey: true, primaryKeyPosition: 1}, {name: b, primaryKey: true, primaryKeyPosition: 2}, {name: c}]";
    let told = |threads, memory| {
        let report = checked(&csv, keys, threads, memory);
        let found = report.findings.into_iter().find(|it| it.rule == "unique").unwrap();
        assert_eq!((found.count, found.total, found.status.as_str()), (82, 40_041, "fail"));
        (found.message, found.places)
    };
    let one = told(1, engine::MEMORY);
    assert_eq!(one.0, "82 of 40,041 rows are not unique in a, b, first [0, 0] in row 1");
    for (threads, memory) in [(4, engine::MEMORY), (1, engine::LEAST_MEMORY), (3, engine::LEAST_MEMORY)] {
        assert_eq!(told(threads, memory), one, "{threads} {memory}");
    }
}

#[test]
fn values_are_in_order_as_great_expectations_sees_them() {
    let csv = "n,f\n1,1.5\n2,1.5\n2,\n,0.2\n1,3\n5,3\n4,2\n";
    // great_expectations 1.24.1, expect_column_values_to_be_increasing and …_decreasing on pandas: unexpected_index_list + 1.
    let table: [(&str, &str, &[u64]); 8] = [
        ("increasing", "column: n", &[5, 7]),
        ("increasing", "column: n, strict: true", &[3, 5, 7]),
        ("decreasing", "column: n", &[2, 6]),
        ("decreasing", "column: n, strict: true", &[2, 3, 6]),
        ("increasing", "column: f", &[4, 7]),
        ("increasing", "column: f, strict: true", &[2, 4, 6, 7]),
        ("decreasing", "column: f", &[5]),
        ("decreasing", "column: f, strict: true", &[2, 5, 6]),
    ];
    for (rule, parameters, rows) in table {
        let report = checked(csv, &own(&format!("rule: {rule}, {parameters}")), 1, engine::MEMORY);
        let found = report.findings.iter().find(|it| it.rule == rule).unwrap();
        assert_eq!(found.places.iter().map(|it| it.row).collect::<Vec<_>>(), rows, "{rule} {parameters}");
    }
}

#[test]
fn the_order_of_rows_is_judged_over_the_borders_of_runs() {
    // Every thousandth row falls behind the one before it; so does, by a few, each border that threads may cut at.
    let mut csv = String::from("n,x\n");
    for i in 0..40_000i32 {
        csv.push_str(&format!("{},x\n", if i % 1_000 == 0 { i - 5 } else { i }));
    }
    let told = |threads| {
        let report = checked(&csv, &own("rule: increasing, column: n"), threads, engine::MEMORY);
        let found = report.findings.into_iter().find(|it| it.rule == "increasing").unwrap();
        assert_eq!((found.count, found.total), (39, 40_000), "{threads} threads");
        found.places
    };
    let one = told(1);
    assert_eq!((one.len(), one[0].row, one[38].row), (39, 1_001, 39_001));
    for threads in [2, 3, 7] {
        assert_eq!(told(threads), one, "{threads} threads");
    }
    // A file that falls at every row is broken at every border, too.
    let falling: String =
        std::iter::once("n,x\n".to_owned()).chain((0..40_000).rev().map(|i| format!("{i},x\n"))).collect();
    for threads in [1, 4] {
        let report = checked(&falling, &own("rule: increasing, column: n"), threads, engine::MEMORY);
        let found = report.findings.iter().find(|it| it.rule == "increasing").unwrap();
        assert_eq!((found.count, found.places.len(), found.places[99].row), (39_999, 100, 101));
    }
}

#[test]
fn a_rule_of_our_own_that_is_wrong_says_where() {
    let table = [
        ("rule: expresion", "did you mean \"expression\"?"),
        ("rule: expression", "the rule has no \"expression\""),
        ("rule: expression, expression: a >", "expected a value, found the end"),
        ("rule: range, minimum: 1", "the rule has no \"column\""),
        ("rule: range, column: a", "the rule range has no bound"),
        ("rule: mean, mustBe: 1", "the rule mean belongs to a property"),
        ("rule: unique, columns: [a], colums: 1", "did you mean \"columns\"?"),
        ("expression: a > 1", "the implementation has no \"rule\""),
    ];
    for (rule, message) in table {
        let text = format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nschema: [{{name: t, {}}}]",
            own(rule)
        );
        let error = contract::parse(text.as_bytes()).expect_err(rule).to_string();
        assert!(error.contains(message), "{rule}: {error}");
    }
}

#[test]
fn cells_met_before_are_judged_as_those_that_were_not() {
    // Few spellings a column, so that most cells are counted by their bytes; the bad ones come early, late and often.
    let (mut csv, mut bad) = (String::from("i,f,d,t,q\n"), [0u64; 5]);
    for row in 0..30_000u32 {
        let k = row.wrapping_mul(2_654_435_761) >> 20;
        let is_bad = |nth: u32| k % 97 == nth || (row > 29_000 && k % 5 == nth);
        let pick = |nth: usize, good: &str, wrong: &'static str| {
            if is_bad(nth as u32) { wrong.to_owned() } else { good.to_owned() }
        };
        for (nth, bad) in bad.iter_mut().enumerate() {
            *bad += u64::from(is_bad(nth as u32));
        }
        let cells = [
            pick(0, &(k % 50).to_string(), "77"),
            pick(1, &format!("{}.5", k % 40), "99.5"),
            pick(2, &format!("2024-01-{:02}", 1 + k % 28), "1999-01-01"),
            pick(3, ["a", "b", "c"][(k % 3) as usize], "zz"),
            pick(4, &format!("\"x{}\"", k % 9), "\"y\"\"y\""),
        ];
        csv.push_str(&cells.join(","));
        csv.push('\n');
    }
    let keys = "properties: [{name: i, logicalType: integer, logicalTypeOptions: {maximum: 60}}, \
        {name: f, logicalType: number, logicalTypeOptions: {maximum: 60}}, \
        {name: d, logicalType: date, logicalTypeOptions: {minimum: '2024-01-01'}}, \
        {name: t, logicalType: string, enum: [a, b, c]}, \
        {name: q, logicalType: string, logicalTypeOptions: {pattern: '^x'}}]";
    for (threads, memory) in [(1, engine::MEMORY), (3, engine::MEMORY), (1, engine::LEAST_MEMORY)] {
        let report = checked(&csv, keys, threads, memory);
        let count = |column: &str| {
            let mut failed = report.findings.iter().filter(|it| it.column.as_deref() == Some(column));
            failed.find(|it| it.status == "fail").map_or(0, |it| it.count)
        };
        assert_eq!(["i", "f", "d", "t", "q"].map(count), bad, "{threads} {memory}");
        assert!(report.columns.iter().all(|it| it.valid == 30_000));
    }
}

const READINGS: &str =
    "id,site,value\n1,a,10\n2,a,11\n3,b,9\n4,a,10\n5,b,300\n6,a,12\n7,b,310\n8,a,\n9,a,90\n10,b,305\n";

#[test]
fn numbers_are_held_against_their_column_or_against_those_that_a_condition_chooses() {
    // numpy 2.3: quartiles of all nine are 10 and 300; of site a 10 and 12, mean 26.6, std 35.4584.
    let table = [
        ("rule: outliers, column: value", "outliers", "pass", &[][..], 9),
        ("rule: outliers, column: value, multiplier: 0", "outliers", "fail", &[3, 7, 10], 9),
        ("rule: outliers, column: value, when: site = 'a'", "outliers", "fail", &[9], 5),
        (
            "rule: outliers, column: value, method: std, multiplier: 1.5, when: site = 'a'",
            "outliers",
            "fail",
            &[9],
            5,
        ),
        ("rule: z-score, column: value, threshold: 1.7, when: site = 'a'", "z-score", "fail", &[9], 5),
        ("rule: z-score, column: value, threshold: 1.8, when: site = 'a'", "z-score", "pass", &[], 5),
        ("rule: z-score, column: value, threshold: 3, when: site = 'x'", "z-score", "not_run", &[], 0),
        ("rule: z-score, column: site, threshold: 3", "z-score", "not_run", &[], 0),
    ];
    for (rule, id, status, rows, judged) in table {
        for threads in [1, 3] {
            let report = checked(READINGS, &own(rule), threads, 1 << 24);
            let found = report.findings.iter().find(|it| it.rule == id).expect(rule);
            let places: Vec<u64> = found.places.iter().map(|it| it.row).collect();
            assert_eq!(
                (found.status.as_str(), places.as_slice()),
                (status, rows),
                "{rule}: {}",
                found.message
            );
            assert_eq!(found.total, judged, "{rule}");
        }
    }
}

#[test]
fn fences_do_not_depend_on_threads_and_come_with_other_passes() {
    let rows = (0..30_000).map(|i| format!("{i},{},{}\n", i % 15_000, (i * 7919) % 1000));
    let csv = format!("id,twice,value\n{}9,9,5000\n", rows.collect::<String>());
    let rules = "properties: [{name: id, unique: true}, {name: twice, unique: true}, {name: value, quality: \
                 [{type: custom, engine: driftline, implementation: {rule: outliers}}]}]";
    let told = |threads, memory| {
        let report = checked(&csv, rules, threads, memory);
        let told = |rule: &str, column: &str| {
            let is = |it: &&wire::Finding| it.rule == rule && it.column.as_deref() == Some(column);
            report.findings.iter().find(is).expect(rule).count
        };
        (told("unique", "id"), told("unique", "twice"), told("outliers", "value"))
    };
    for (threads, memory) in [(1, 1 << 26), (3, 1 << 26), (1, 1 << 20), (3, 1 << 20)] {
        assert_eq!(told(threads, memory), (2, 30_001, 1), "{threads} threads, {memory} bytes");
    }
}

#[test]
fn a_number_of_a_column_is_that_of_the_rows_that_a_condition_chooses() {
    let at = |rule: &str| {
        format!(
            "properties: [{{name: value, quality: [{{type: custom, engine: driftline, implementation: {{{rule}}}}}]}}]"
        )
    };
    let table = [
        ("rule: mean, mustBeBetween: [26.6, 26.6], when: site = 'a'", "mean", "pass"),
        ("rule: mean, mustBeLessThan: 26, when: site = 'a'", "mean", "fail"),
        ("rule: maximum, mustBeLessOrEqualTo: 90, when: site = 'a'", "maximum", "pass"),
        ("rule: complete-share, mustBeGreaterThan: 0.9, when: site = 'a'", "complete-share", "fail"),
        ("rule: distinct-count, mustBe: 4, when: site = 'b'", "distinct-count", "pass"),
        ("rule: sum, mustBe: 0, when: site = 'x'", "sum", "not_run"),
        (
            "rule: kl-divergence, threshold: 0.2, values: [10, 11], weights: [0.5, 0.5], when: id < 5 and site = 'a'",
            "kl-divergence",
            "pass",
        ),
        (
            "rule: kl-divergence, threshold: 0.01, values: [10, 11], weights: [0.5, 0.5], when: id < 5 and site = 'a'",
            "kl-divergence",
            "fail",
        ),
    ];
    for (rule, id, status) in table {
        for threads in [1, 3] {
            let report = checked(READINGS, &at(rule), threads, 1 << 24);
            let found = report.findings.iter().find(|it| it.rule == id).expect(rule);
            assert_eq!(found.status, status, "{rule}: {}", found.message);
        }
    }
}
