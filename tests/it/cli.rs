//! The command line as a process: what it prints, what it writes, and its exit codes.

use serde_json::Value;

use crate::command::driftline;

const CONTRACT: &str = "apiVersion: v3.1.0
kind: DataContract
id: paint
version: 1.0.0
status: active
schema:
  - name: paint
    properties:
      - {name: id, logicalType: integer, unique: true}
      - {name: colour, logicalType: string, required: true}
      - {name: score, logicalType: number}
";

/// 300 rows whose scores begin at this number, with these records behind them.
fn paint(score: usize, more: &str) -> String {
    let row = |i: usize| format!("{i},{},{}.5\n", ["red", "green", "blue"][i % 3], score + i % 7);
    format!("id,colour,score\n{}{more}", (1..=300).map(row).collect::<String>())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("good.csv", paint(0, "")),
        ("odd.csv", paint(0, "301,red\n")),
        ("bad.csv", paint(0, "x,red,1.5\n300,,2.5\n")),
        ("drifted.csv", paint(40, "")),
        ("cut.csv.gz", "\u{1f}".into()),
        ("agreed.yaml", CONTRACT.into()),
        ("wrong.yaml", "kind: [\n".into()),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("cut.csv.gz"), [0x1f, 0x8b, 8, 0, 0]).unwrap();
    let saved = driftline(folder.path(), "profile good.csv --save saved.json -o profiled.txt", b"");
    assert_eq!((saved.code, saved.out.as_str()), (0, ""));
    folder
}

#[test]
fn every_command_has_its_exit_code_and_says_why() {
    let folder = folder();
    // The line, its code, and what stands on stdout or, from code 2 on, on stderr.
    let table = [
        ("profile good.csv", 0, "300 rows · 3 columns"),
        ("profile odd.csv", 0, "[ragged-row]"),
        ("profile odd.csv --fail-on warning", 1, "[ragged-row]"),
        ("profile odd.csv --warn-exit 9", 9, "[ragged-row]"),
        ("profile good.csv --fail-on warning", 0, "all 300 values are different"),
        ("check good.csv --contract agreed.yaml", 0, "8 rules are kept"),
        ("check bad.csv --contract agreed.yaml", 1, "row 301, line 302, byte 3,808: \"x\""),
        ("check bad.csv --contract agreed.yaml --warn-exit 9", 1, "[unique]"),
        ("check good.csv --contract agreed.yaml --reference saved.json", 0, "Against the reference"),
        ("drift --reference good.csv drifted.csv", 0, "score   drifted"),
        ("drift --reference saved.json drifted.csv", 0, "score   drifted"),
        ("drift --reference good.csv drifted.csv --fail-on warning", 1, "score   drifted"),
        ("drift --reference good.csv drifted.csv --warn-exit 9", 9, "score   drifted"),
        ("merge saved.json saved.json", 0, "\"rows\":600"),
        ("profile good.csv --nulls z,a,z --save nulls.json", 0, "300 rows"),
        ("merge nulls.json", 0, "\"more_nulls\":[\"a\",\"z\"]"),
        ("schema report", 0, "\"$schema\""),
        ("schema profile", 0, "driftline_profile"),
        ("--version", 0, "driftline 0."),
        ("profile", 2, "<FILE>..."),
        ("profile good.csv --fail-on never", 2, "possible values: critical, warning, info"),
        ("check good.csv", 2, "--contract"),
        ("check good.csv --contract wrong.yaml", 2, "wrong.yaml: line 2, column 1: not yaml"),
        ("check good.csv --contract none.yaml", 2, "cannot find \"none.yaml\""),
        ("profile good.csv -o good.csv", 2, "would be written over"),
        ("merge saved.json good.csv", 3, "expected a saved profile"),
        ("profile none.csv", 3, "cannot find \"none.csv\""),
        ("profile cut.csv.gz", 3, "\"cut.csv.gz\": the gzip file ends in the middle"),
        ("profile good.csv cut.csv.gz odd.csv", 3, "\"cut.csv.gz\": "),
        ("drift good.csv", 2, "there is nothing to compare the file with"),
        ("drift --reference - -", 2, "stdin can be read once only"),
        ("incident good.csv --history none", 2, "cannot find the folder \"none\""),
        ("drift good.csv drifted.csv", 0, "score"),
        ("drift --reference cut.csv.gz good.csv", 3, "\"cut.csv.gz\": "),
        ("drift --reference good.csv saved.json", 0, "the file is known by its saved profile"),
        ("profile saved.json", 3, "a saved profile is not a data file"),
    ];
    for (line, code, said) in table {
        let ended = driftline(folder.path(), line, b"");
        assert_eq!(ended.code, code, "{line}\n{}{}", ended.out, ended.err);
        let is_error = matches!(code, 2 | 3);
        assert_eq!(ended.err.is_empty(), !is_error, "{line}: {}", ended.err);
        let text = if is_error { &ended.err } else { &ended.out };
        assert!(text.contains(said), "{line}: {said:?} is not in\n{text}");
    }
}

#[test]
fn stdin_gives_what_the_file_gives() {
    let folder = folder();
    let piped = driftline(folder.path(), "profile - --format json", paint(0, "").as_bytes());
    let read = driftline(folder.path(), "profile good.csv --format json", b"");
    let document = |text: &str| {
        let mut report: Value = serde_json::from_str(text).unwrap();
        report["source"]["name"] = Value::Null;
        report
    };
    assert_eq!(document(&piped.out), document(&read.out));
    assert_eq!(document(&read.out)["table"]["rows"], 300);
    assert_eq!(driftline(folder.path(), "check - --contract agreed.yaml", b"a\n1\n").code, 1);
}

#[test]
fn the_summary_line_is_the_last_and_agrees_with_the_exit_code() {
    let folder = folder();
    let table = [
        ("profile good.csv", "ok", [0, 0]),
        ("profile odd.csv --warn-exit 9", "warning", [0, 1]),
        ("check bad.csv odd.csv --contract agreed.yaml", "critical", [3, 1]),
        ("profile none.csv good.csv", "not_run", [0, 0]),
    ];
    for (line, verdict, [critical, warnings]) in table {
        let ended = driftline(folder.path(), &format!("{line} --summary-line"), b"");
        let summary = ended.summary();
        assert_eq!(summary["verdict"], verdict, "{line}");
        assert_eq!(summary["exit_code"], ended.code, "{line}");
        assert_eq!(
            (&summary["critical"], &summary["warnings"]),
            (&critical.into(), &warnings.into()),
            "{line}: {summary}"
        );
        let names: Vec<&str> = line.split(' ').filter(|word| word.ends_with(".csv")).collect();
        let files = summary["files"].as_array().unwrap();
        assert_eq!(files.iter().filter_map(|file| file["file"].as_str()).collect::<Vec<_>>(), names);
    }
}

#[test]
fn many_files_are_an_array_of_documents_in_a_file_or_on_stdout() {
    let folder = folder();
    let line = "profile good.csv odd.csv --format json";
    let shown = driftline(folder.path(), line, b"");
    let reports: Vec<Value> = serde_json::from_str(&shown.out).unwrap();
    let names: Vec<&str> = reports.iter().filter_map(|it| it["source"]["name"].as_str()).collect();
    assert_eq!(names, ["good.csv", "odd.csv"]);
    let written = driftline(folder.path(), &format!("{line} -o reports.json"), b"");
    assert_eq!((written.code, written.out.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(folder.path().join("reports.json")).unwrap(), shown.out);
}

#[test]
fn merged_parts_stand_for_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let columns = |name: &str| -> Value {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["columns"].take()
    };
    let save = |name: &str, rows: std::ops::Range<u64>| {
        let rows: String = rows.map(|i| format!("{i},w{i},{}.{:02},{}\n", i * i, i % 100, i % 9)).collect();
        std::fs::write(folder.path().join(format!("{name}.csv")), format!("id,word,amount,few\n{rows}"))
            .unwrap();
        let line = format!("profile {name}.csv --save {name}.json --types amount=decimal(2) -o out.txt");
        assert_eq!(driftline(folder.path(), &line, b"").code, 0);
    };
    // Beyond 2,048 values a column is bucketed and has a distinct counter: both parts below, one beyond, both beyond.
    for (half, total) in [(1_500, 3_000), (200, 3_000), (2_500, 5_000)] {
        save("a", 1..half);
        save("b", half..total);
        save("whole", 1..total);
        let merged = driftline(folder.path(), "merge b.json a.json -o merged.json", b"");
        assert_eq!((merged.code, merged.out.as_str(), merged.err.as_str()), (0, "", ""));
        let whole = columns("whole.json");
        assert_eq!(columns("merged.json"), whole, "{half} of {total}");
        let counted: Vec<bool> = (0..4).map(|i| whole[i]["distinct"].is_string()).collect();
        assert_eq!(counted, [true, true, true, false]);
    }
}

#[test]
fn every_format_is_one_document_whatever_became_of_the_files() {
    let folder = folder();
    // What one file, and three of which one is not there, begin with and hold.
    let table = [
        ("markdown", "## ", vec!["❌ bad.csv", "It could not be read"]),
        ("html", "<!doctype html>", vec!["<h1>bad.csv</h1>", "It could not be read"]),
        ("junit", "<?xml", vec!["<testsuite name=\"bad.csv\"", "<error "]),
        ("sarif", "{", vec!["\"uri\": \"bad.csv\"", "\"executionSuccessful\": false"]),
        ("github", "::", vec!["::error file=bad.csv,line=302,", "::error file=none.csv,title=unreadable::"]),
        (
            "prometheus",
            "# HELP",
            vec!["{file=\"bad.csv\",rule=\"type\",column=\"id\"", "{file=\"none.csv\"} 0"],
        ),
        (
            "pagerduty",
            "[",
            vec!["\"dedup_key\": \"driftline/contract/bad.csv\"", "none.csv could not be read"],
        ),
    ];
    for (format, start, held) in table {
        let one = format!("check good.csv --contract agreed.yaml --format {format}");
        let one = driftline(folder.path(), &one, b"");
        assert_eq!((one.code, one.out.starts_with(start)), (0, true), "{format}: {}", one.out);
        let all =
            format!("check good.csv bad.csv none.csv --contract agreed.yaml --format {format} -o all.out");
        let all = driftline(folder.path(), &all, b"");
        assert_eq!((all.code, all.out.as_str()), (3, ""), "{format}: {}", all.err);
        let written = std::fs::read_to_string(folder.path().join("all.out")).unwrap();
        for text in held {
            assert!(written.contains(text), "{format}, {text}: {written}");
        }
        if start == "{" || start == "[" {
            serde_json::from_str::<Value>(&written).unwrap();
        }
    }
}

#[test]
fn rows_that_break_a_rule_are_set_apart_as_they_stand() {
    let folder = folder();
    let text = "\u{feff}id,colour,score\r\n1,\"re\nd\",1.5\r\n2,,2\r\n2,green,x\r\n\r\n3,\"a \"\"b\"\"\",4\r\n3,red,5";
    std::fs::write(folder.path().join("rows.csv"), text).unwrap();
    let line = "check rows.csv --contract agreed.yaml --quarantine apart --places 1 --format json";
    let done = driftline(folder.path(), line, b"");
    assert_eq!(done.code, 1, "{}", done.err);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    assert!(
        report["findings"].as_array().unwrap().iter().all(|it| it["places"].as_array().unwrap().len() <= 1)
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join("apart").join(name)).unwrap();
    let head = "\u{feff}id,colour,score\r\n";
    assert_eq!(read("rows.clean.csv"), format!("{head}1,\"re\nd\",1.5\r\n3,\"a \"\"b\"\"\",4\r\n"));
    assert_eq!(read("rows.quarantined.csv"), format!("{head}2,,2\r\n2,green,x\r\n\r\n3,red,5"));
    let table = read("rows.violations.csv");
    let found: Vec<&str> =
        table.lines().skip(1).map(|line| line.rsplit_once(",critical,").unwrap().0).collect();
    assert_eq!(
        found,
        ["2,4,36,colour,required", "3,5,40,id,unique", "3,5,48,score,type", "5,8,68,id,unique"],
        "{table}"
    );
    let sums =
        "rows.csv: 5 rows = 2 clean + 3 quarantined; 75 bytes = 20 of the header + 29 clean + 26 quarantined";
    assert!(done.err.contains(sums), "{}", done.err);
    assert_eq!(text.len(), 75);

    // However few places the report keeps.
    let line = "check rows.csv --contract agreed.yaml --quarantine none --places 0";
    assert_eq!(driftline(folder.path(), line, b"").code, 1);
    let again = std::fs::read_to_string(folder.path().join("none/rows.violations.csv")).unwrap();
    assert_eq!(again.lines().count(), table.lines().count());

    std::fs::create_dir(folder.path().join("more")).unwrap();
    std::fs::write(folder.path().join("more/rows.csv.gz"), "").unwrap();
    let twice = "check rows.csv more/rows.csv.gz --contract agreed.yaml --quarantine apart";
    let twice = driftline(folder.path(), twice, b"");
    assert_eq!((twice.code, twice.err.contains("would have the same names")), (2, true), "{}", twice.err);
}

#[test]
fn rules_explain_themselves() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let told = driftline(folder, "check --explain expression", b"");
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.out.starts_with("# expression\n\nThat an expression on the cells of each row is true."),
        "{}",
        told.out
    );
    let unknown = driftline(folder, "check --explain expresion", b"");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean \"expression\"?"), "{}", unknown.err);
}

#[test]
fn data_are_as_fresh_as_agreed_and_the_report_says_when_that_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("orders.csv"), "id,at\n1,2024-01-01T00:00:00Z\n2,2024-01-31T12:00:00Z\n")
        .unwrap();
    let contract = |property: &str, value: &str, rest: &str| {
        format!(
            "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: orders, \
             properties: [{{name: at, logicalType: timestamp, logicalTypeOptions: {{timezone: true}}}}]}}], \
             slaProperties: [{{property: {property}, value: {value}, {rest}}}]}}"
        )
    };
    // property, value, unit and element, as of, exit code, what the finding says
    let table = [
        ("freshness", "1", "unit: d, element: orders.at", "2024-02-01T12:00:00Z", 0, "24 hours before"),
        ("freshness", "1", "unit: d, element: at", "2024-02-01T12:00:01Z", 1, "agreed is 1 d"),
        ("latency", "90", "unit: min, element: at", "2024-01-31T13:30:00Z", 0, "1 hour before"),
        (
            "retention",
            "30",
            "unit: d, element: at",
            "2024-01-31",
            0,
            "the oldest value is 2024-01-01T00:00:00Z",
        ),
        ("retention", "30", "unit: d, element: at", "2024-02-01", 1, "31 days before"),
        ("freshness", "1", "unit: d", "2024-02-01", 0, "names no element"),
        ("freshness", "1", "unit: x, element: at", "2024-02-01", 0, "is no number of seconds"),
        ("latency", "1", "unit: d, element: 'orders.at, orders.at'", "2024-02-01", 0, "between two columns"),
        (
            "latency",
            "1",
            "unit: d, element: at}, {property: frequency, value: 1, unit: d",
            "2024-02-01",
            0,
            "beside a frequency the latency is no bound",
        ),
        ("availability", "99", "unit: percent", "2024-02-01", 0, ""),
    ];
    for (property, value, rest, as_of, code, said) in table {
        std::fs::write(path.join("c.yaml"), contract(property, value, rest)).unwrap();
        let line = format!("check orders.csv --contract c.yaml --as-of {as_of} --format json");
        let done = driftline(path, &line, b"");
        assert_eq!(done.code, code, "{property} {value} {rest} {as_of}: {}", done.err);
        assert!(done.out.contains(said), "{said}: {}", done.out);
        assert!(done.out.contains(&format!("\"as_of\": \"{as_of}\"")), "{}", done.out);
    }
    // Without a time it is now, and told.
    std::fs::write(path.join("c.yaml"), contract("freshness", "1", "unit: d, element: at")).unwrap();
    let now = driftline(path, "check orders.csv --contract c.yaml --format json", b"");
    assert_eq!(now.code, 1);
    assert!(now.out.contains("\"as_of\": \"20") && !now.out.contains("\"as_of\": \"2024"), "{}", now.out);
    std::fs::write(path.join("c.yaml"), contract("freshness", "1", "unit: d, element: orders.then")).unwrap();
    let other = driftline(path, "check orders.csv --contract c.yaml", b"");
    assert_eq!(other.code, 0);
    assert!(other.out.contains("the element \"orders.then\" is no property of the schema"), "{}", other.out);
}

#[test]
fn a_change_of_a_contract_says_whom_it_breaks_and_which_cells() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let contract = |values: &str, most: u32| {
        format!(
            "{{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{{name: t, properties: [\
             {{name: id, logicalType: integer, logicalTypeOptions: {{maximum: {most}}}}}, \
             {{name: code, enum: [{values}]}}]}}]}}"
        )
    };
    std::fs::write(path.join("old.yaml"), contract("a, b, c", 9)).unwrap();
    std::fs::write(path.join("new.yaml"), contract("a, b", 99)).unwrap();
    std::fs::write(path.join("t.csv"), "id,code\n1,a\n2,c\n50,b\n3,c\n").unwrap();
    let told = driftline(path, "contract diff old.yaml new.yaml --on t.csv", b"");
    let expected = "loosened  id, range: at most 9 → at most 99\n\
        tightened code, allowed-values: a, b, c → a, b\n\
        \nt.csv: 2 newly refused\n  row 2, allowed-values of code: \"c\"\n  row 4, allowed-values of code: \"c\"\n\
        \nt.csv: 1 newly taken\n  row 3, range of id: \"50\"\n\
        \n1 tightened (files that passed may fail), 1 loosened (values may come that could not), 0 both\n";
    assert_eq!((told.out.as_str(), told.code), (expected, 0), "{}", told.err);
    for (whom, code) in [("producer", 1), ("consumer", 1), ("any", 1)] {
        assert_eq!(
            driftline(path, &format!("contract diff old.yaml new.yaml --breaking {whom}"), b"").code,
            code
        );
        assert_eq!(
            driftline(path, &format!("contract diff old.yaml old.yaml --breaking {whom}"), b"").code,
            0
        );
    }
    let json = driftline(path, "contract diff old.yaml new.yaml --format json", b"").out;
    assert!(json.contains("\"direction\": \"tightened\"") && !json.contains("\"on\""), "{json}");
    std::fs::write(path.join("wrong.yaml"), "kind: x\n").unwrap();
    assert_eq!(driftline(path, "contract diff old.yaml wrong.yaml", b"").code, 2);
}

#[test]
fn methods_that_are_asked_for_are_told_and_decide_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let file = |shift: u32| {
        let rows = (0..400u32)
            .map(|i| format!("{},{}\n", (i * 37) % 100 + shift, ["a", "b"][((i + shift) % 3 % 2) as usize]));
        format!("x,k\n{}", rows.collect::<String>())
    };
    std::fs::write(path.join("before.csv"), file(0)).unwrap();
    std::fs::write(path.join("now.csv"), file(10)).unwrap();
    let told = |more: &str| {
        let done = driftline(path, &format!("drift now.csv --reference before.csv --format json{more}"), b"");
        let report: serde_json::Value =
            serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
        report
    };
    let (plain, asked) = (told(""), told(" --methods welch,energy --methods proportions,chi-square"));
    let named = |report: &serde_json::Value, column: usize| -> Vec<String> {
        let methods = report["drift"][column]["methods"].as_array().unwrap().iter();
        methods.map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(plain["findings"], asked["findings"]);
    assert_eq!(plain["verdict"], asked["verdict"]);
    for name in ["welch", "energy", "proportions"] {
        assert!(named(&asked, 0).contains(&name.to_owned()) && !named(&plain, 0).contains(&name.to_owned()));
    }
    assert_eq!(named(&asked, 1).iter().filter(|it| *it == "chi-square").count(), 1);
    let welch =
        asked["drift"][0]["methods"].as_array().unwrap().iter().find(|it| it["name"] == "welch").unwrap();
    // scipy 1.17.1: ttest_ind(current, reference, equal_var=False) of the same columns.
    assert!((welch["value"].as_f64().unwrap() - 4.893096590036206).abs() < 1e-9, "{welch}");
    assert!((welch["p_value"].as_f64().unwrap() / 1.2010653317013184e-06 - 1.0).abs() < 1e-9, "{welch}");
    assert!(named(&told(" --methods all"), 0).len() > 20);
    let wrong = driftline(path, "drift now.csv --reference before.csv --methods welsh", b"");
    assert!(
        wrong.code == 2 && wrong.err.contains("expected all, or one of anderson-darling"),
        "{}",
        wrong.err
    );
}
