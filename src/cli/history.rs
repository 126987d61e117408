//! The folder of a feed: a saved profile an interval, and what a person has said of them. `driftline history DIR`

use std::path::{Path, PathBuf};

use super::Stop;
use super::args::HistoryArgs;
use super::output::{self, Host};
use super::source::unreadable;
use crate::drift::timeline::{Mark, key};
use crate::engine::{MARKS, Marks};
use crate::error::{Error, Kind, Result};
use crate::profile::saved::{self, Saved};
use crate::report::text;
use crate::words::grouped;

/// What the name of a kept interval ends with.
const ENDING: &str = ".profile.json";
/// The largest file of a folder that is read, in bytes.
const BYTES: u64 = 256 << 20;
/// The longest name of an interval, in bytes.
const KEY: usize = 100;

/// A kept interval.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// What it is called.
    pub key: String,
    /// Its profile.
    pub saved: Saved,
}

/// A folder of intervals.
#[derive(Debug, Clone, Default)]
pub(super) struct Store {
    folder: Option<PathBuf>,
    /// In their order.
    pub intervals: Vec<Kept>,
    marks: Marks,
}

impl Store {
    /// A store that forgets.
    pub(super) fn in_memory() -> Store {
        Store::default()
    }

    /// Reads the folder; one that is not there yet has no intervals.
    ///
    /// # Errors
    /// `Unreadable` where the folder or a file in it cannot be read, what readers of saved profiles say.
    pub(super) fn open(folder: &Path) -> Result<Store> {
        let failed = |error: std::io::Error| unreadable(&folder.display().to_string(), &error);
        let mut store = Store { folder: Some(folder.to_owned()), ..Store::default() };
        if !folder.exists() {
            return Ok(store);
        }
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(key) = name.strip_suffix(ENDING).filter(|it| !it.starts_with('.')) {
                let saved = saved::read(&bytes(&path)?).map_err(|error| error.of_file(&name))?;
                store.intervals.push(Kept { key: key.to_owned(), saved });
            }
        }
        store.intervals.sort_by(|a, b| key::order(&a.key, &b.key));
        store.marks = marks(&folder.join(MARKS))?;
        Ok(store)
    }

    /// What a person has said of an interval.
    pub(super) fn mark(&self, key: &str) -> Option<Mark> {
        self.marks.of(key)
    }

    /// The intervals before this one.
    pub(super) fn before(&self, key: &str) -> impl Iterator<Item = &Kept> {
        self.intervals.iter().filter(move |it| key::order(&it.key, key).is_lt())
    }

    /// Keeps an interval, in place of the one that was called so before.
    ///
    /// # Errors
    /// `Usage` where the folder cannot be written to.
    pub(super) fn keep(&mut self, key: &str, saved: Saved) -> Result<()> {
        if let Some(folder) = &self.folder {
            std::fs::create_dir_all(folder).map_err(|error| output::unwritable(folder, &error))?;
            replace(&folder.join(format!("{key}{ENDING}")), &saved::write(&saved)?)?;
        }
        self.intervals.retain(|it| it.key != key);
        self.intervals.push(Kept { key: key.to_owned(), saved });
        self.intervals.sort_by(|a, b| key::order(&a.key, &b.key));
        Ok(())
    }
}

/// Refuses names that are no names of files everywhere.
///
/// # Errors
/// `Usage` for other characters than letters, digits and `-_.+`, for an empty or long name.
pub(super) fn key_of(name: &str) -> Result<String> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_.+".contains(it);
    if name.is_empty() || name.len() > KEY || name.starts_with('.') || !name.chars().all(is_plain) {
        let what = format!("{name:?} cannot be the name of an interval");
        return Err(Error::new(Kind::Usage, what)
            .with_hint("--interval takes letters, digits and \"-_.+\", as in 2026-01-31"));
    }
    Ok(name.to_owned())
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display().to_string();
    let length = std::fs::metadata(path).map_err(|error| unreadable(&shown, &error))?.len();
    if length > BYTES {
        return Err(Error::new(Kind::Limit, format!("{shown:?} is larger than {BYTES} bytes")));
    }
    std::fs::read(path).map_err(|error| unreadable(&shown, &error))
}

fn marks(path: &Path) -> Result<Marks> {
    if !path.exists() {
        return Ok(Marks::default());
    }
    Marks::read(&bytes(path)?).map_err(|error| error.of_file(&path.display().to_string()))
}

/// Writes beside the file and renames, so that nobody reads half of it.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    output::write(Path::new(&part), bytes)?;
    std::fs::rename(&part, path).map_err(|error| output::unwritable(path, &error))
}

/// Marks intervals and lists all of them.
pub(super) fn run(args: &HistoryArgs, host: &mut Host<'_>) -> std::result::Result<u8, Stop> {
    let mut store = Store::open(&args.folder)?;
    if store.intervals.is_empty() {
        let what = format!("no interval is kept in {:?}", args.folder.display().to_string());
        return Err(Error::new(Kind::Usage, what)
            .with_hint("\"driftline drift --history DIR FILE\" adds one")
            .into());
    }
    let changes =
        [(&args.incident, Some(Mark::Incident)), (&args.normal, Some(Mark::Normal)), (&args.unmark, None)];
    let twice = |key: &&String| changes.iter().filter(|it| it.0.contains(*key)).count() > 1;
    if let Some(key) = changes.iter().flat_map(|it| it.0).find(twice) {
        let what = format!("{key:?} is named by more than one of --incident, --normal and --unmark");
        return Err(Error::new(Kind::Usage, what).with_hint("name it once").into());
    }
    for (keys, mark) in changes {
        for key in keys {
            if !store.intervals.iter().any(|it| it.key == *key) {
                return Err(Error::new(Kind::Usage, format!("there is no interval {key:?}"))
                    .with_hint("without an option the command lists them")
                    .into());
            }
            store.marks.set(key, mark);
        }
    }
    if changes.iter().any(|it| !it.0.is_empty()) {
        replace(&args.folder.join(MARKS), &store.marks.write()?)?;
    }
    let width = store.intervals.iter().map(|it| it.key.chars().count()).max().unwrap_or(0);
    for kept in &store.intervals {
        let mark = store.mark(&kept.key).map_or("", Mark::id);
        let line = format!("{:width$}  {:>15} rows  {mark}", text::safe(&kept.key), grouped(kept.saved.rows));
        host.print(format!("{}\n", line.trim_end()).as_bytes())?;
    }
    Ok(super::exit::OK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_intervals_are_names_of_files() {
        for good in ["2026-01-31", "2026-01-31T07", "run_7.b+1"] {
            assert_eq!(key_of(good).unwrap(), good);
        }
        for bad in ["", "a/b", "..", ".hidden", "a b", "a:b", &"x".repeat(101)] {
            assert!(key_of(bad).unwrap_err().is_usage(), "{bad}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_intervals_and_marks_must_be_known() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Store::open(&folder.path().join("none")).unwrap().intervals.is_empty());
        let marks_file = folder.path().join(MARKS);
        std::fs::write(&marks_file, r#"{"driftline_history": 1, "marks": {"a": "incident"}}"#).unwrap();
        assert_eq!(Store::open(folder.path()).unwrap().mark("a"), Some(Mark::Incident));
        for wrong in [
            "{",
            r#"{"driftline_history": 2, "marks": {}}"#,
            r#"{"driftline_history": 1, "marks": {"a": "x"}}"#,
        ] {
            std::fs::write(&marks_file, wrong).unwrap();
            assert_eq!(Store::open(folder.path()).unwrap_err().kind(), Kind::Damaged, "{wrong}");
        }
    }
}
