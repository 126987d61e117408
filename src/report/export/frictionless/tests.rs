use super::*;
use crate::finding::Severity;
use crate::report::sample;

fn rendered(told: &[Told]) -> Value {
    let report = sample::report();
    let outcomes = [
        Outcome { file: "data/Sales.csv".into(), result: Ok(Box::new(report)) },
        Outcome { file: "gone.csv".into(), result: Err("\"gone.csv\" is not there".into()) },
    ];
    let document = Document { outcomes: &outcomes, fail_on: Severity::Critical };
    serde_json::from_slice(&render(document, told).unwrap()).unwrap()
}

#[test]
fn a_file_that_cannot_be_read_is_a_task_that_failed() {
    let found = rendered(&[]);
    assert_eq!((&found["valid"], &found["stats"]["tasks"]), (&json!(false), &json!(2)));
    let [first, gone] = found["tasks"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!((&first["name"], &first["place"]), (&json!("sales"), &json!("data/Sales.csv")));
    assert_eq!(gone["errors"][0]["type"], "source-error");
    assert_eq!(gone["errors"][0]["note"], "\"gone.csv\" is not there");
    let errors: u64 = [first, gone].map(|task| task["stats"]["errors"].as_u64().unwrap()).iter().sum();
    assert_eq!(found["stats"]["errors"], errors);
}

#[test]
fn labels_are_held_against_fields_in_order_or_by_name() {
    let agreed = |names: &[&str], columns: &[Option<usize>], by_order, closed, any| Agreed {
        fields: names
            .iter()
            .zip(columns)
            .map(|(name, column)| Field {
                name: (*name).into(),
                column: *column,
                optional: any,
                notes: Vec::new(),
            })
            .collect(),
        by_order,
        closed,
        any,
        ..Agreed::default()
    };
    let here = [Some(0), Some(1)];
    let table: [(Agreed, &[&str], &[(&str, &str, usize)]); 8] = [
        (agreed(&["a", "b"], &here, true, true, false), &["a", "b"], &[]),
        (
            agreed(&["a", "b"], &here, true, true, false),
            &["b", "a"],
            &[("incorrect-label", "a", 1), ("incorrect-label", "b", 2)],
        ),
        (
            agreed(&["a", "b"], &here, true, true, false),
            &["a", "", "c"],
            &[("extra-label", "", 3), ("blank-label", "b", 2)],
        ),
        (agreed(&["a", "b"], &here, true, true, false), &["a", "a"], &[("duplicate-label", "b", 2)]),
        (agreed(&["a", "b"], &[Some(0), None], true, true, false), &["a"], &[("missing-label", "b", 2)]),
        (agreed(&["a", "b"], &[Some(1), None], false, true, true), &["c", "a"], &[("extra-label", "", 1)]),
        (agreed(&["a"], &[None], false, false, true), &["c"], &[("unmatched-header", "", 0)]),
        (agreed(&["a"], &[None], false, false, false), &["c"], &[("missing-label", "a", 2)]),
    ];
    for (agreed, labels, expected) in table {
        let labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
        let found = labels::errors(&agreed, &labels);
        let told: Vec<(String, String, u64)> = found
            .iter()
            .map(|(_, error)| {
                let text = |word: &str| error[word].as_str().unwrap_or_default().to_owned();
                (text("type"), text("fieldName"), error["fieldNumber"].as_u64().unwrap_or(0))
            })
            .collect();
        let expected: Vec<(String, String, u64)> =
            expected.iter().map(|(kind, field, at)| ((*kind).into(), (*field).into(), *at as u64)).collect();
        assert_eq!(told, expected, "{labels:?}");
    }
}

#[test]
fn rows_are_numbered_with_the_header_and_blank_lines() {
    let rows = Rows { blank_lines: vec![(0, 1), (2, 3)], blank: [4].into(), ..Rows::default() };
    let found = rendered(&[Told { agreed: Agreed::default(), rows }]);
    let blank: Vec<u64> = found["tasks"][0]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|error| error["type"] == "blank-row")
        .map(|error| error["rowNumber"].as_u64().unwrap())
        .collect();
    // The header, a blank line, rows 1 and 2, two blank lines, row 3, row 4.
    assert_eq!(blank, [2, 5, 6, 8]);
}
