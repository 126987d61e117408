//! Wrong usage that looks right: it ends with 2 and names what exists.

use std::path::Path;

use crate::command::driftline;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows = |separator: &str, from: usize| {
        (0..400).fold(format!("amount{separator}kind\n"), |all, i| {
            all + &format!("{}{separator}{}\n", from + i * 37 % 101, ["a", "b", "c"][i * 7 % 11 % 3])
        })
    };
    let put = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    put("old.csv", rows(",", 0));
    put("new.csv", rows(",", 0));
    put("semicolons.csv", rows(";", 0));
    put("2026-01-31.csv", rows(",", 0));
    folder
}

fn refused(folder: &Path, line: &str, parts: &[&str]) {
    let ended = driftline(folder, line, b"");
    assert_eq!(ended.code, 2, "{line} {}{}", ended.out, ended.err);
    for part in parts {
        assert!(ended.err.contains(part), "{line}: {part} is not in {}", ended.err);
    }
}

#[test]
fn what_does_not_exist_is_refused_with_what_does() {
    let folder = folder();
    let of = |rest: &str| format!("drift new.csv --reference old.csv {rest}");
    let no_column = ["no column \"amont\"", "\"amount\", \"kind\""];
    refused(folder.path(), &of("--method amont=kolmogorov-smirnov"), &no_column);
    refused(folder.path(), &of("--as evidently --method amont=ks"), &no_column);
    refused(folder.path(), &of("--method amount=foo"), &["no method \"foo\"", "anderson-darling"]);
    refused(folder.path(), &of("--as nannyml --method all=psi"), &["no method \"psi\"", "jensen_shannon"]);
    refused(folder.path(), "incident new.csv", &["--reference FILE", "--history DIR"]);
    let contract = "apiVersion: v3.1.0\nkind: DataContract\nid: p\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    \
                    quality:\n      - type: custom\n        engine: driftline\n        implementation: {rule: drift, on: \
                    \"psi >= 0.25\", columns: [amount]}\n";
    std::fs::write(folder.path().join("gate.yaml"), contract).unwrap();
    refused(folder.path(), &of("--contract gate.yaml"), &["unknown property \"amount\"; none is declared"]);
}

#[test]
fn an_interval_is_marked_once() {
    let folder = folder();
    assert_eq!(driftline(folder.path(), "drift 2026-01-31.csv --history h", b"").code, 0);
    refused(
        folder.path(),
        "history h --normal 2026-01-31 --incident 2026-01-31",
        &["\"2026-01-31\" is named by more than one"],
    );
    let listed = driftline(folder.path(), "history h", b"");
    assert!(!listed.out.contains("incident") && !listed.out.contains("normal"), "{}", listed.out);
}

#[test]
fn a_delimiter_is_that_of_the_current_file() {
    let folder = folder();
    let line = "drift semicolons.csv --reference old.csv --format json";
    let as_given = driftline(folder.path(), &format!("{line} --delimiter ;"), b"");
    assert_eq!(as_given.code, 0, "{}{}", as_given.out, as_given.err);
    let told: serde_json::Value = serde_json::from_str(&as_given.out).unwrap();
    let outcomes: Vec<&str> =
        told["drift"].as_array().unwrap().iter().filter_map(|it| it["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["stable", "stable"]);
}

#[test]
fn a_file_of_which_nothing_can_be_judged_fails() {
    let folder = folder();
    let model = (0..600).fold("p,y\n".to_owned(), |all, i| {
        all + &format!("{},{}\n", f64::from(i * 389 % 1000) / 1000.0, u8::from(i * 389 % 1000 > 500))
    });
    std::fs::write(folder.path().join("model.csv"), model).unwrap();
    std::fs::write(folder.path().join("none.csv"), "p,y\n").unwrap();
    let line = "performance none.csv --reference model.csv --probability p --target y";
    let ended = driftline(folder.path(), line, b"");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("no rows that could be judged"), "{}", ended.out);
}
