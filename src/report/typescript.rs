//! The wire types in, the page's TypeScript types out: the checked-in files must be what the Rust types say.

#![allow(clippy::disallowed_methods)]

use std::path::Path;

use ts_rs::{Config, TS};

use super::incident::Incident;
use super::performance::Document;
use super::wire::Report;

const FILES: [&str; 3] = ["report.ts", "incident.ts", "performance.ts"];

/// What these files of `www/src` have to hold.
fn generated() -> [String; 3] {
    let folder = std::env::temp_dir().join(format!("driftline-types-{}", std::process::id()));
    let config = Config::new().with_large_int("number").with_out_dir(&folder);
    Report::export_all(&config).unwrap();
    Incident::export_all(&config).unwrap();
    Document::export_all(&config).unwrap();
    let texts = FILES.map(|name| std::fs::read_to_string(folder.join(name)).unwrap());
    std::fs::remove_dir_all(&folder).unwrap();
    texts
}

#[test]
fn the_page_has_the_types_of_the_report() {
    for (name, wanted) in FILES.iter().zip(generated()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/src").join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &wanted).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == wanted,
            "www/src/{name} is not what the Rust types say; write it with \
             UPDATE=1 cargo test --features ts --lib typescript"
        );
    }
}
