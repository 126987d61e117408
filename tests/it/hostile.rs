//! Files as they go wrong in practice, and files made to harm: each has a clear message or a right profile, and the
//! right exit code; none hangs or panics.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::command::driftline;
use crate::files::Bytes;

const CONTRACT: &str = "apiVersion: v3.1.0
kind: DataContract
id: c
version: 1.0.0
status: active
schema:
  - name: c
    properties:
      - {name: a, logicalType: integer}
      - {name: b, logicalType: string}
";
const HTML: &str =
    "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body>sorry</body></html>\n";
const ERROR: &str = "{\"error\": \"rate limit exceeded\", \"code\": 429}";
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82";
const SCRIPTS: &str = "<script>alert(1)</script>,=cmd|'/C calc'!A0\n<img src=x onerror=alert(1)>,=1+1\n\
                       \"<b>x</b>\",\"@SUM(A1)\"\n\u{1b}[31mred\u{202e},+1\n";

fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/columnar").join(name)).unwrap()
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows: String =
        (0..5_000u64).map(|i| format!("{i},{}\n", i.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let zip = gzipped(&format!("a,b\n{rows}"));
    let files: [(&str, &[u8]); 26] = [
        ("empty.csv", b""),
        ("empty.jsonl", b""),
        ("empty.parquet", b""),
        ("empty.arrow", b""),
        ("empty.csv.gz", b""),
        ("header.csv", b"a,b\n"),
        ("rows.csv", b"a,b\n1,x\n2,y\n"),
        ("cut.parquet", &data("types.parquet")[..5_000]),
        ("tail.parquet", &data("types.parquet")[5_000..]),
        ("cut.arrow", &data("types.arrow")[..5_000]),
        ("cut.arrows", &data("stream-lz4.arrows")[..3_000]),
        ("cut.csv.gz", &zip[..zip.len() / 2]),
        ("flipped.csv.gz", &{
            let mut zip = zip.clone();
            let middle = zip.len() / 2;
            zip[middle] ^= 0xff;
            zip
        }),
        ("image.csv", PNG),
        ("page.csv", HTML.as_bytes()),
        ("page.json", HTML.as_bytes()),
        ("page.parquet", HTML.as_bytes()),
        ("error.csv", ERROR.as_bytes()),
        ("error.json", ERROR.as_bytes()),
        ("error.jsonl", ERROR.as_bytes()),
        ("nul.csv", b"a,b\n1,x\0y\n2,\0\n"),
        ("zeros.csv", &[0; 5_000]),
        ("scripts.csv", SCRIPTS.as_bytes()),
        ("agreed.yaml", CONTRACT.as_bytes()),
        ("data/part.csv", b"a,b\n1,x\n"),
        ("none/notes.md", b"nothing"),
    ];
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn every_broken_file_has_its_exit_code_and_a_message_that_helps() {
    let folder = folder();
    let table: &[(&str, i32, &[&str])] = &[
        ("profile empty.csv", 0, &["0 rows · 0 columns", "warning   the file has no data rows"]),
        ("profile empty.jsonl", 0, &["the file has no data rows"]),
        ("profile empty.csv.gz", 0, &["the file has no data rows"]),
        ("profile header.csv", 0, &["0 rows · 2 columns", "the file has no data rows"]),
        ("check empty.csv --contract agreed.yaml", 1, &["critical  the file has no data rows"]),
        ("check header.csv --contract agreed.yaml", 1, &["critical  the file has no rows"]),
        ("check header.csv --reference rows.csv", 1, &["the current file has no rows; the reference has 2"]),
        ("drift empty.csv --reference rows.csv", 1, &["the current file has no rows; the reference has 2"]),
        ("profile empty.parquet", 3, &["\"empty.parquet\" is empty: 0 bytes", "hint: "]),
        ("profile empty.arrow", 3, &["\"empty.arrow\" is empty: 0 bytes", "hint: "]),
        (
            "profile cut.parquet",
            3,
            &["\"cut.parquet\": ", "ends without a footer after 5000 bytes", "hint: "],
        ),
        ("profile tail.parquet", 3, &["\"tail.parquet\": "]),
        ("profile cut.arrow", 3, &["\"cut.arrow\": ", "ends without a footer after 5000 bytes", "hint: "]),
        ("profile cut.arrows", 3, &["\"cut.arrows\": ", "ends in the middle: 3000 bytes were read"]),
        ("profile cut.csv.gz", 3, &["\"cut.csv.gz\": the gzip file ends in the middle", "hint: "]),
        ("profile flipped.csv.gz", 3, &["\"flipped.csv.gz\": ", "gzip"]),
        ("drift rows.csv --reference cut.parquet", 3, &["\"cut.parquet\": "]),
        ("profile image.csv", 3, &["\"image.csv\": ", "found a PNG image", "hint: export"]),
        ("profile page.csv", 1, &["Do not use", "[html-page]"]),
        ("profile page.json", 1, &["Do not use", "[html-page]"]),
        ("profile page.parquet", 1, &["Do not use", "[html-page]"]),
        ("check page.csv --contract agreed.yaml", 1, &["[html-page]"]),
        ("drift rows.csv --reference page.csv", 1, &["2 columns", "the reference is an HTML page, not data"]),
        (
            "check rows.csv --reference error.json",
            1,
            &["the reference is an error message in JSON, not data"],
        ),
        ("profile error.csv", 1, &["Do not use", "[error-body]"]),
        ("profile error.json", 1, &["Do not use", "[error-body]"]),
        ("profile error.jsonl", 1, &["Do not use", "[error-body]"]),
        ("check error.json --contract agreed.yaml", 1, &["[error-body]"]),
        ("profile nul.csv", 0, &["[nul-byte]", "row 1, line 2, byte 6: \"x\\0y\""]),
        ("profile zeros.csv", 3, &["\"zeros.csv\": ", "found a binary file"]),
        ("profile data", 0, &["part.csv", "1 row · 2 columns"]),
        ("profile none", 2, &["no data file in directory \"none\"", "hint: looked for .csv"]),
        ("check rows.csv --reference data", 3, &["expected a file, found directory \"data\""]),
        ("check rows.csv --contract data", 2, &["expected a file, found directory \"data\""]),
    ];
    for (line, code, said) in table {
        let ended = driftline(folder.path(), line, b"");
        assert_eq!(ended.code, *code, "{line}\n{}{}", ended.out, ended.err);
        let text = if *code > 1 { &ended.err } else { &ended.out };
        for words in *said {
            assert!(text.contains(words), "{line}: {words:?} is not in\n{text}");
        }
    }
}

#[test]
fn scripts_and_formulas_stay_the_text_they_are() {
    let folder = folder();
    let shown = driftline(folder.path(), "profile scripts.csv", b"");
    assert_eq!(shown.code, 0);
    assert!(!shown.out.contains(['\u{1b}', '\u{202e}']), "{}", shown.out);
    let written = driftline(folder.path(), "profile scripts.csv --format json", b"");
    let report: Value = serde_json::from_str(&written.out).unwrap();
    let names: Vec<_> = report["columns"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["<script>alert(1)</script>", "=cmd|'/C calc'!A0"]);
    let top: Vec<_> =
        report["columns"][1]["top"].as_array().unwrap().iter().map(|it| it["value"].clone()).collect();
    assert_eq!(top, ["+1", "=1+1", "@SUM(A1)"]);
}

#[test]
fn a_cell_of_50_mb_is_a_value_and_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("a,b\n1,{}\n2,y\n", "x".repeat(50_000_000));
    std::fs::write(folder.path().join("cell.csv"), text).unwrap();
    let ended = driftline(folder.path(), "profile cell.csv --format json", b"");
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((ended.code, &report["columns"][1]["text"]["max_length"]), (0, &50_000_000.into()));
    assert!(ended.out.len() < 100_000, "{} bytes", ended.out.len());
}

#[test]
fn twenty_thousand_columns_are_profiled() {
    let folder = tempfile::tempdir().unwrap();
    let record = |cell: &dyn Fn(usize) -> String| (0..20_000).map(cell).collect::<Vec<_>>().join(",") + "\n";
    let mut text = record(&|i| format!("c{i}"));
    (1..=3).for_each(|row| text.push_str(&record(&|i| (i * row).to_string())));
    std::fs::write(folder.path().join("wide.csv"), text).unwrap();
    let ended = driftline(folder.path(), "profile wide.csv --format json", b"");
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    let columns = report["columns"].as_array().unwrap();
    assert_eq!((ended.code, columns.len()), (0, 20_000));
    assert_eq!(columns[19_999]["numeric"]["max"], 59_997);
}

#[test]
fn a_file_that_changes_while_it_is_read_may_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("growing.csv");
    let rows: String = (0..1_500_000).map(|i| format!("{i},x{i}\n")).collect();
    std::fs::write(&path, format!("a,b\n{rows}")).unwrap();
    let done = AtomicBool::new(false);
    let ended = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
            while !done.load(Ordering::Relaxed) {
                file.write_all(b"1,more\n").unwrap();
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        });
        let ended = std::panic::catch_unwind(|| driftline(folder.path(), "profile growing.csv", b""));
        done.store(true, Ordering::Relaxed);
        ended.unwrap()
    });
    assert_eq!((ended.code, ended.out.as_str()), (3, ""));
    assert!(ended.err.contains("\"growing.csv\" changed while it was read"), "{}", ended.err);
    assert!(ended.err.contains("hint: try again when nobody writes to it"), "{}", ended.err);
}

/// The ways back of the hash in `num::hash`, as an attacker would write them.
mod crafted {
    use driftline::num::hash;
    use driftline::sketch::table::SEED;

    const A: u64 = 0x9E37_79B1_85EB_CA87;
    const B: u64 = 0xC2B2_AE3D_27D4_EB4F;
    const C: u64 = 0x1656_67B1_9E37_79F9;
    const MIX: u64 = 0x9FB2_1C65_1E98_DF25;

    /// The inverse of an odd number, modulo 2⁶⁴.
    fn inverse(odd: u64) -> u64 {
        (0..6).fold(odd, |x, _| x.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(x))))
    }

    /// What [`hash::mix`] maps to this. Its first step is linear and its 64th power is the identity.
    pub(super) fn unmix(mut x: u64) -> u64 {
        let back = inverse(MIX);
        for _ in 0..2 {
            x ^= x >> 28 ^ x >> 56;
            x = x.wrapping_mul(back);
        }
        (0..6).fold(x, |x, k| x ^ x.rotate_right(49 << k & 63) ^ x.rotate_right(24 << k & 63))
    }

    /// Integers whose hashes end in 20 zeros.
    pub(super) fn integers(n: u64) -> Vec<i64> {
        let seed = unmix(hash::word(SEED, 0));
        let keys = (0..n).map(|i| unmix(i << 20) ^ seed);
        let keys: Vec<u64> = keys.inspect(|key| assert_eq!(hash::word(SEED, *key) & 0xf_ffff, 0)).collect();
        keys.iter().map(|key| (key ^ 1 << 63) as i64).collect()
    }

    /// Texts of eight printable characters whose hashes end in 20 zeros.
    pub(super) fn texts(n: usize) -> Vec<String> {
        let (a, b) = (inverse(A), inverse(B));
        let start = SEED.wrapping_add(C) ^ 8u64.wrapping_mul(A);
        let found = (0u64..).filter_map(|i| {
            let scattered = unmix(i << 20).wrapping_sub(C).wrapping_mul(a).rotate_right(27) ^ start;
            let bytes = scattered.wrapping_mul(a).rotate_right(31).wrapping_mul(b).to_le_bytes();
            let plain = bytes.iter().all(|byte| byte.is_ascii_graphic() && !b",\"'".contains(byte));
            plain.then(|| String::from_utf8(bytes.to_vec()).unwrap())
        });
        let texts: Vec<String> = found.take(n).collect();
        assert!(texts.iter().all(|text| hash::bytes(SEED, text.as_bytes()) & 0xf_ffff == 0));
        texts
    }
}

fn profiled(column: &[String]) -> driftline::profile::Profile {
    let mut text = String::from("n,key\n");
    for round in 0..2 {
        column.iter().for_each(|key| text.push_str(&format!("{round},{key}\n")));
    }
    let options = driftline::engine::Options { name: "keys.csv".into(), threads: 2, ..Default::default() };
    crate::files::scanned(&Bytes(text.into_bytes()), &options).profile()
}

#[test]
fn crafted_collisions_neither_slow_the_tables_down_nor_fool_them() {
    let integers: Vec<String> = crafted::integers(200_000).iter().map(i64::to_string).collect();
    let texts = crafted::texts(8_000);
    for (keys, ty) in [(integers, "integer"), (texts, "text")] {
        let start = std::time::Instant::now();
        let profile = profiled(&keys);
        // One slot for all of them would take minutes: 200,000² / 2 steps.
        assert!(start.elapsed().as_secs() < 30, "{ty}: {:?}", start.elapsed());
        let column = &profile.columns[1];
        assert_eq!(column.ty.id(), ty);
        assert_eq!((column.distinct.value, column.distinct.exact), (keys.len() as f64, true), "{ty}");
        assert!(column.top.iter().all(|it| it.count == 2), "{ty}: {:?}", column.top);
        assert_eq!(profile.table.duplicate_rows.value, 0.0, "{ty}");
    }
}
