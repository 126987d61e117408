//! Paths as they were typed in, files to be read out: `-` is stdin, a directory is the data files in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::job::{ContractText, Input};
use super::source::{FileSource, unreadable};
use crate::error::{Error, Kind, Result};
use crate::profile::saved;
use crate::source::Source;

/// The largest contract, in bytes.
const CONTRACT_BYTES: u64 = 64 << 20;
const PLAIN: [&str; 8] = ["csv", "tsv", "jsonl", "ndjson", "json", "parquet", "arrow", "feather"];
const ZIPPED: [&str; 5] = ["csv", "tsv", "jsonl", "ndjson", "json"];

/// Whether it is a saved profile.
///
/// # Errors
/// What the source says.
pub(super) fn is_profile(input: &Input) -> Result<bool> {
    let mut head = vec![0; input.source.len().min(256) as usize];
    input.source.read_at(0, &mut head)?;
    Ok(saved::is_profile(&head))
}

/// Why the columns of a saved profile cannot be looked at together.
pub(super) fn no_rows(input: &Input) -> String {
    format!("{:?} is a saved profile, which has no rows", input.name)
}

/// The paths with every directory replaced by the data files in it, sorted by name.
///
/// # Errors
/// `Usage` for a directory without data files and for stdin twice; `Unreadable` for a directory that cannot be listed.
pub(super) fn paths(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> = Vec::new();
    for path in given {
        if is_stdin(path) {
            if all.iter().any(|path| is_stdin(path)) {
                return Err(Error::new(Kind::Usage, "expected \"-\" once, found it twice")
                    .with_hint("stdin can be read only once"));
            }
            all.push(path.clone());
        } else if path.is_dir() {
            let found = within(path)?;
            if found.is_empty() {
                let name = path.display().to_string();
                return Err(Error::new(Kind::Usage, format!("no data file in directory {name:?}"))
                    .with_hint(format!(
                        "looked for {} and for .gz of the text ones",
                        PLAIN.map(|word| format!(".{word}")).join(", ")
                    )));
            }
            all.extend(found);
        } else {
            all.push(path.clone());
        }
    }
    Ok(all)
}

fn within(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error: std::io::Error| unreadable(&folder.display().to_string(), &error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if is_data(&path) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_data(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if name.starts_with('.') {
        return false;
    }
    let (stem, known) =
        name.strip_suffix(".gz").map_or((name.as_str(), &PLAIN[..]), |stem| (stem, &ZIPPED[..]));
    stem.rsplit_once('.').is_some_and(|(_, word)| known.contains(&word))
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses to read stdin for two files.
///
/// # Errors
/// `Usage` where it stands twice.
pub(super) fn once(read: &[PathBuf]) -> Result<()> {
    if read.iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(
            Error::new(Kind::Usage, "stdin can be read once only").with_hint("give one of them as a file")
        );
    }
    Ok(())
}

/// A path as a person reads it.
pub(super) fn shown(path: &Path) -> String {
    if is_stdin(path) { "stdin".into() } else { path.display().to_string() }
}

/// Opens one of them; stdin is copied to a temporary file.
///
/// # Errors
/// `Unreadable` where that cannot be.
pub(super) fn open(path: &Path) -> Result<Input> {
    if is_stdin(path) {
        let source = FileSource::spooled(std::io::stdin().lock(), "stdin")?;
        return Ok(Input { name: "stdin".into(), source: Arc::new(source) });
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Input { name, source: Arc::new(FileSource::open(path)?) })
}

/// The text of a contract.
///
/// # Errors
/// `Usage`, as a wrong contract is, where it is missing, forbidden, a directory, huge or not UTF-8.
pub(super) fn contract(path: &Path) -> Result<ContractText> {
    use crate::source::Source;
    let name = path.display().to_string();
    let wrong = |error: Error| {
        let usage = Error::new(Kind::Usage, format!("contract: {}", error.message()));
        match error.hint() {
            Some(hint) => usage.with_hint(hint),
            None => usage.with_hint("--contract takes a YAML or JSON file"),
        }
    };
    let source = FileSource::open(path).map_err(wrong)?;
    if source.len() > CONTRACT_BYTES {
        return Err(Error::new(
            Kind::Usage,
            format!("contract {name:?} is larger than {CONTRACT_BYTES} bytes"),
        )
        .with_hint("is it the data file?"));
    }
    let mut bytes = vec![0; source.len() as usize];
    source.read_at(0, &mut bytes).map_err(wrong)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::new(Kind::Usage, format!("contract {name:?} is not UTF-8 text"))
            .with_hint("is it the data file?")
    })?;
    Ok(ContractText { path: name, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_its_data_files_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.PARQUET", "c.json.gz", "notes.md", ".hidden.csv", "d.parquet.gz", "csv"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("e.csv")).unwrap();
        let found = paths(&[folder.path().into()]).unwrap();
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(names, ["a.PARQUET", "b.csv", "c.json.gz"]);
    }

    #[test]
    fn a_directory_without_data_is_wrong_usage() {
        let folder = tempfile::tempdir().unwrap();
        let error = paths(&[folder.path().into()]).unwrap_err();
        assert!(error.is_usage() && error.hint().is_some());
    }

    #[test]
    fn stdin_is_read_once() {
        assert!(paths(&["-".into(), "a".into(), "-".into()]).unwrap_err().is_usage());
        assert_eq!(paths(&["-".into()]).unwrap().len(), 1);
    }

    #[test]
    fn a_contract_that_cannot_be_read_is_wrong_usage() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("c.yaml");
        std::fs::write(&binary, [0xff, 0xfe]).unwrap();
        for path in [folder.path(), &folder.path().join("none.yaml"), &binary] {
            let error = contract(path).unwrap_err();
            assert!(error.is_usage() && error.hint().is_some(), "{error}");
        }
    }
}
