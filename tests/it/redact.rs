//! `--redact`: what must not leave the house is in no format.

use std::path::Path;

use crate::command::driftline;
use crate::formats::FORMATS;

const CONTRACT: &str = "apiVersion: v3.1.0
kind: DataContract
id: staff
version: 1.0.0
status: active
schema:
  - name: staff
    properties:
      - {name: id, logicalType: integer, required: true, unique: true}
      - name: email
        logicalType: string
        classification: restricted
        logicalTypeOptions: {pattern: '^[a-z]+@acme[.]org$', maxLength: 20}
        quality:
          - {type: library, metric: invalidValues, arguments: {validValues: [nobody]}, mustBe: 0}
      - name: salary
        logicalType: integer
        tags: [hr, pii]
        logicalTypeOptions: {minimum: 1, maximum: 100}
      - {name: born, logicalType: date, logicalTypeOptions: {minimum: '2020-01-01'}}
      - name: town
        logicalType: string
        quality:
          - {type: library, metric: invalidValues, arguments: {validValues: [nowhere]}, mustBe: 0}
    quality:
      - type: custom
        engine: driftline
        implementation: {rule: expression, expression: salary < id}
";

/// Names, sums and days that occur nowhere else, for this many people.
fn people(from: u64, people: u64) -> (String, Vec<String>) {
    let mut file = String::from("id,email,salary,born,town\n");
    let mut values = Vec::new();
    for i in from..from + people {
        let word: String = format!("{:04}", i * 7919 % 10_000)
            .bytes()
            .map(|digit| char::from(digit - b'0' + b'q'))
            .collect();
        let email = format!("{word}zz@mail.example");
        let (salary, born) = (
            481_200_000 + i * 1_370_137,
            format!("19{:02}-{:02}-{:02}", 50 + i % 50, 1 + i % 12, 1 + i % 28),
        );
        let town = if i % 3 == 0 { format!("Xq{word}") } else { "Bigtown".to_owned() };
        file += &format!("{},{email},{salary},{born},{town}\n", 70_000_000 + i * 977);
        values.extend([email, salary.to_string(), born]);
        values.extend((i % 3 == 0).then_some(town));
    }
    // A cell of no type, and a row told twice.
    file += "x-marks,odd one,not-a-sum,0000-never,Bigtown\n";
    values.extend(["x-marks", "odd one", "not-a-sum", "0000-never"].map(str::to_owned));
    (file, values)
}

fn folder() -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let (now, mut values) = people(0, 60);
    let (before, more) = people(200, 60);
    values.extend(more);
    for (name, text) in [("staff.csv", now), ("before.csv", before), ("staff.odcs.yaml", CONTRACT.into())] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    (folder, values)
}

fn printed(folder: &Path, options: &str) -> String {
    let line = format!("check staff.csv --contract staff.odcs.yaml --reference before.csv {options}");
    let done = driftline(folder, &line, b"");
    assert_eq!(done.code, 1, "{options}: {}", done.err);
    done.out + &done.err
}

#[test]
fn no_format_holds_a_rare_value_where_rare_values_are_redacted() {
    let (folder, values) = folder();
    for level in ["rare", "values"] {
        for format in FORMATS.into_iter().chain(["json"]) {
            let out = printed(folder.path(), &format!("--redact {level} --format {format}"));
            let seen: Vec<&String> = values.iter().filter(|value| out.contains(value.as_str())).collect();
            assert!(seen.is_empty(), "{level} {format}: {seen:?}");
        }
    }
    // Forty rows hold it.
    for (level, shown) in [("rare", true), ("values", false)] {
        let out = printed(folder.path(), &format!("--redact {level} --format json"));
        assert_eq!(out.contains("Bigtown"), shown, "{level}");
    }
}

#[test]
fn what_the_contract_classifies_is_redacted_unless_asked_for() {
    let (folder, values) = folder();
    let secret = |value: &&String| value.contains('@') || value.parse::<u64>().is_ok() || *value == "odd one";
    for format in FORMATS.into_iter().chain(["json"]) {
        let out = printed(folder.path(), &format!("--format {format}"));
        let seen: Vec<&String> =
            values.iter().filter(secret).filter(|value| out.contains(value.as_str())).collect();
        assert!(seen.is_empty(), "{format}: {seen:?}");
    }
    let open = |options: &str| printed(folder.path(), options);
    assert!(open("--format json").contains("1950-01-01"));
    assert!(open("--format json --redact none").contains("zz@mail.example"));
    assert!(open("--format json").contains("\"redact\": \"classified\""));
    assert!(!open("--format json --redact none").contains("\"redact\""));
}

#[test]
fn the_exit_code_counts_and_places_stay() {
    let (folder, _) = folder();
    let read = |options: &str| -> serde_json::Value {
        serde_json::from_str(&printed(folder.path(), &format!("--format json {options}"))).unwrap()
    };
    let (whole, redacted) = (read("--redact none"), read("--redact values"));
    let told = |report: &serde_json::Value| -> Vec<serde_json::Value> {
        let findings = report["findings"].as_array().unwrap();
        let keys = ["rule", "column", "status", "severity", "count", "total", "skipped"];
        let place = |it: &serde_json::Value| [it["row"].clone(), it["line"].clone(), it["byte"].clone()];
        findings
            .iter()
            .map(|it| {
                let places: Vec<_> = it["places"].as_array().unwrap().iter().map(place).collect();
                serde_json::json!([keys.map(|key| it[key].clone()), places])
            })
            .collect()
    };
    assert_eq!(told(&whole), told(&redacted));
    assert_eq!(whole["verdict"]["overall"], redacted["verdict"]["overall"]);
}

#[test]
fn intervals_rules_of_several_columns_and_new_names_tell_nothing_classified() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let contract = "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: d\n    \
                    properties:\n      - {name: amount, logicalType: number, classification: restricted}\n      - {name: mail, \
                    logicalType: string, classification: restricted}\n      - name: open\n        logicalType: integer\n        \
                    quality:\n          - {type: custom, engine: driftline, implementation: {rule: expression, expression: \
                    \"open < 3 or mail = 'x'\"}}\n";
    std::fs::write(path.join("c.yaml"), contract).unwrap();
    let rows = |shift: i32| -> String {
        (0..60).map(|i| format!("{}.25,secret{i}@x.org,{}\n", 7_771_000 + i * 13 + shift, i % 5)).collect()
    };
    std::fs::write(path.join("before.csv"), format!("amount,mail,open\n{}", rows(0))).unwrap();
    std::fs::write(path.join("now.csv"), format!("amount,mail,open\n{}", rows(400))).unwrap();
    std::fs::write(path.join("renamed.csv"), format!("Amount,e_mail,open\n{}", rows(400))).unwrap();
    std::fs::write(path.join("other.csv"), format!("amount,Mail,open\n{}", rows(400))).unwrap();
    std::fs::write(path.join("unknown.csv"), format!("sum,contact,open\n{}", rows(400))).unwrap();
    for line in [
        "check now.csv --contract c.yaml --format json",
        "drift now.csv --reference before.csv --contract c.yaml --chunk-rows 1 --format json",
        "drift now.csv --reference before.csv --contract c.yaml --as nannyml --chunks 30 --format json",
        "drift renamed.csv --reference before.csv --contract c.yaml --where --format json",
        "check other.csv --contract c.yaml --format json",
        "check renamed.csv --contract c.yaml --format json",
        "check renamed.csv --contract c.yaml --fail-fast --format html",
        "check unknown.csv --contract c.yaml --format text",
    ] {
        let told = driftline(path, line, b"").out;
        for secret in ["secret", "7771413.25", "7771426.25", "7771439.25", "7772167.25"] {
            assert!(!told.contains(secret), "{line}: {secret}");
        }
    }
}

#[test]
fn saved_profiles_withhold_what_the_contract_classifies_and_drift_is_decided_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let staff = |rows: u64, raise: u64, sick: u64| -> String {
        let mut file = String::from("id,email,salary,town,illness\n");
        for i in 0..rows {
            let salary = 481_200_000 + (i * 7_919 % 10_007) * (1_000 + raise);
            let illness = if i % 10 < sick { "zzflu" } else { "zznone" };
            let town = ["Xqaville", "Xqbville"][usize::from(i % 3 == 0)];
            file += &format!("{i},zzsecret{}@mail.example,{salary},{town},{illness}\n", i % 500);
        }
        file
    };
    let contract = CONTRACT.replace(
        "      - name: town",
        "      - {name: illness, logicalType: string, classification: PHI}\n      - name: town",
    );
    let files = [
        ("staff.odcs.yaml", contract),
        ("staff.csv", staff(3_000, 0, 2)),
        ("later.csv", staff(3_000, 0, 2)),
        ("now.csv", staff(3_000, 900, 6)),
    ];
    for (name, text) in files {
        std::fs::write(path.join(name), text).unwrap();
    }
    let save = |options: &str, name: &str| {
        let done = driftline(path, &format!("{options} --save {name}"), b"");
        assert_eq!(done.code, i32::from(options.starts_with("check")), "{}", done.err);
        std::fs::read_to_string(path.join(name)).unwrap()
    };
    let agreed = "check staff.csv --contract staff.odcs.yaml";
    let (open, withheld) = (save("profile staff.csv", "open.json"), save(agreed, "withheld.json"));
    let column = |text: &str, name: &str| -> serde_json::Value {
        let saved: serde_json::Value = serde_json::from_str(text).unwrap();
        saved["columns"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap().clone()
    };
    assert!(open.contains("zzflu") && open.contains("zzsecret"));
    for secret in ["zzflu", "zznone", "zzsecret"] {
        assert!(!withheld.contains(secret), "{secret}");
    }
    assert!(
        withheld.contains("Xqaville")
            && save(&format!("{agreed} --redact none"), "asked.json").contains("zzsecret")
    );
    for name in ["email", "salary"] {
        assert!(column(&withheld, name)["counts"].as_array().unwrap().len() <= 256, "{name}");
    }
    let verdicts = |file: &str, reference: &str| -> Vec<serde_json::Value> {
        let done = driftline(path, &format!("drift {file} --reference {reference} --format json"), b"");
        let report: serde_json::Value =
            serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
        report["drift"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| serde_json::json!([it["column"], it["status"], it["verdict"], it["kinds"]]))
            .collect()
    };
    for file in ["later.csv", "now.csv"] {
        let (whole, coarse) = (verdicts(file, "open.json"), verdicts(file, "withheld.json"));
        println!("{whole:?}");
        assert_eq!(whole, coarse, "{file}");
    }
    let done = driftline(path, "merge open.json withheld.json -o both.json", b"");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!std::fs::read_to_string(path.join("both.json")).unwrap().contains("zzflu"));
}
