//! Columns of another type than in the reference, as the command tells them.

use crate::command::driftline;

fn rows(cell: &dyn Fn(usize) -> String) -> String {
    (0..600).fold("age,city\n".to_owned(), |all, i| {
        all + &format!("{},{}\n", cell(i), ["Ulm", "Graz"][i * 7 % 13 % 2])
    })
}

/// pandas writes integers so as soon as one of them is missing.
#[test]
fn integers_written_as_decimals_are_numbers_in_every_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, cell: &dyn Fn(usize) -> String| {
        std::fs::write(folder.path().join(name), rows(cell)).unwrap();
    };
    let run = |line: &str| driftline(folder.path(), line, b"");
    let pointed = |i: usize| format!("{}.0", 18 + i * 37 % 61);
    put("old.csv", &|i| (18 + i * 37 % 61).to_string());
    put("new.csv", &|i| if i == 7 { String::new() } else { pointed(i) });
    put("texts.csv", &|i| format!("x{}", pointed(i)));
    assert_eq!(run("profile old.csv --save old.profile.json").code, 0);
    for reference in ["old.csv", "old.profile.json"] {
        let ended = run(&format!("drift new.csv --reference {reference}"));
        assert_eq!(ended.code, 0, "{}", ended.out);
        assert!(ended.out.contains("written with decimals now, all of them zero"), "{}", ended.out);
        let ended = run(&format!("drift texts.csv --reference {reference}"));
        assert_eq!(ended.code, 1, "{}", ended.out);
        assert!(ended.out.contains("\"age\" was integer and is text now"), "{}", ended.out);
        assert!(!ended.out.contains("emptied"), "{}", ended.out);
    }
    let feed = run("drift new.csv texts.csv --reference old.csv --format json");
    assert_eq!(feed.code, 1, "{}", feed.err);
    for tool in ["evidently", "nannyml"] {
        let ended = run(&format!("drift new.csv --reference old.csv --as {tool} --format json"));
        assert_eq!(ended.code, 0, "{tool} {}", ended.err);
        let told: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(told["columns"][0]["invalid"], 0, "{tool}");
    }
}

/// The labels of a model, of which the current file lacks some: 1.0, 0.0 and blanks.
#[test]
fn labels_written_as_decimals_are_labels() {
    let folder = tempfile::tempdir().unwrap();
    let model = |label: &dyn Fn(usize, bool) -> String| {
        (0..900).fold("p,y\n".to_owned(), |all, i| {
            let p = (i * 389 % 1000) as f64 / 1000.0;
            let is = (i * 611 % 1000) as f64 / 1000.0 < p;
            all + &format!("{p},{}\n", label(i, is))
        })
    };
    let put = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    put("old.csv", model(&|_, is| u8::from(is).to_string()));
    put("new.csv", model(&|i, is| if i % 9 == 0 { String::new() } else { format!("{}.0", u8::from(is)) }));
    let line =
        "performance new.csv --reference old.csv --probability p --target y --chunk-rows 300 --format json";
    let ended = driftline(folder.path(), line, b"");
    let told: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let realised = &told["chunks"][0]["metrics"][0]["realised"];
    assert!(realised.is_number(), "{} {}", ended.err, ended.out);
}
