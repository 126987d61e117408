//! The code's own promises: imports go down the floors, files stay short, nothing is left to be done.

use std::path::{Path, PathBuf};
use std::process::Command;

const FLOOR_0: [&str; 9] = ["block", "cell", "error", "finding", "issue", "num", "order", "source", "words"];
/// A module with the modules above floor 0 that it may use.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("read", &[]),
    ("sketch", &[]),
    ("profile", &["sketch"]),
    ("contract", &["profile", "sketch"]),
    ("drift", &["profile", "sketch"]),
    ("performance", &[]),
    ("report", &["profile"]),
    ("engine", &["read", "sketch", "profile", "contract", "drift", "performance", "report"]),
    ("main", &["cli"]),
];
const HOSTS: [&str; 2] = ["cli", "wasm"];
const MOST_LINES: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn may_use(module: &str, used: &str) -> bool {
    if module == used || FLOOR_0.contains(&used) {
        return true;
    }
    if HOSTS.contains(&module) {
        return MAY_USE.iter().any(|(name, _)| *name == used);
    }
    MAY_USE.iter().any(|(name, uses)| *name == module && uses.contains(&used))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|word| word == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    rust_files(&root().join("src"), &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The modules of the crate's root that a text names, in groups too; comments name what they like.
fn named(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + path.len()..];
        let word = |text: &str| {
            text.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned)
        };
        let Some(group) = rest.strip_prefix('{') else {
            found.extend(word(rest));
            continue;
        };
        let mut depth = 1;
        let mut start = 0;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if (c == ',' && depth == 1) || depth == 0 {
                found.extend(word(&group[start..i]));
                start = i + 1;
            }
            if depth == 0 {
                break;
            }
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

#[test]
fn imports_go_down_the_floors_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = path.split(['/', '.']).nth(1).unwrap();
        if module == "lib" {
            continue;
        }
        let used = named(&text);
        wrong.extend(
            used.iter().filter(|used| !may_use(module, used)).map(|used| format!("{path} uses {used}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_upward_import_is_seen() {
    assert_eq!(named("use crate::error::Error;\nlet x = crate::num::mix(1);"), ["error", "num"]);
    assert_eq!(
        named("use crate::{cell::{Type, limits}, engine, report::wire};"),
        ["cell", "engine", "report"]
    );
    assert_eq!(named("// crate::engine\npub(in crate::read) fn f() {}\nother_crate::x"), ["read"]);
    assert!(may_use("report", "profile") && may_use("cli", "engine") && may_use("drift", "num"));
    assert!(!may_use("sketch", "read") && !may_use("drift", "contract") && !may_use("cli", "wasm"));
    assert!(!may_use("report", "drift") && !may_use("cell", "profile"));
}

#[test]
fn every_module_has_its_floor() {
    for (path, _) in sources() {
        let module = path.split(['/', '.']).nth(1).unwrap();
        let known = module == "lib"
            || FLOOR_0.contains(&module)
            || HOSTS.contains(&module)
            || MAY_USE.iter().any(|(name, _)| *name == module);
        assert!(known, "{path} stands on no floor");
    }
}

#[test]
fn no_source_file_is_long() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_is_left_to_be_done() {
    let listed = Command::new("git").arg("ls-files").arg("-z").current_dir(root()).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let names = String::from_utf8(listed.stdout).unwrap();
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat()];
    let mut found = Vec::new();
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        // A file that was deleted and not yet committed is tracked.
        let Ok(bytes) = std::fs::read(root().join(name)) else { continue };
        for mark in &marks {
            if bytes.windows(mark.len()).any(|window| window == mark.as_bytes()) {
                found.push(format!("{name}: {mark}"));
            }
        }
    }
    assert!(names.contains("Cargo.toml") && found.is_empty(), "{found:#?}");
}
