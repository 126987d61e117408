//! Criterion's medians as a table.

use std::fmt::Write as _;
use std::path::Path;
use std::time::SystemTime;

/// The name of Criterion's group, which is the name of its folder.
pub(crate) const GROUP: &str = "stages";

/// What one iteration of a stage works on.
pub(crate) struct Stage {
    pub(crate) name: String,
    pub(crate) bytes: usize,
    cells: usize,
    /// CPU seconds a second while it was measured: below the number of threads where others had the processor.
    pub(crate) share: Option<f64>,
}

impl Stage {
    pub(crate) fn new(name: &str, bytes: usize, cells: usize) -> Stage {
        Stage { name: name.to_owned(), bytes, cells, share: None }
    }
}

/// The stages in their order.
pub(crate) struct Stages {
    began: SystemTime,
    stages: Vec<Stage>,
}

impl Default for Stages {
    fn default() -> Stages {
        Stages { began: SystemTime::now(), stages: Vec::new() }
    }
}

impl Stages {
    pub(crate) fn add(&mut self, stage: Stage) {
        self.stages.push(stage);
    }

    /// Prints the stages that this run measured, and writes them where all of them were.
    pub(crate) fn print(&self, criterion: &Path, to: &Path, file: &Path) {
        let rows: Vec<_> = self
            .stages
            .iter()
            .filter_map(|it| Some((it, self.median(&criterion.join(GROUP), &it.name)?)))
            .collect();
        if rows.is_empty() {
            return;
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut table = format!(
            "`{name}`, native\n\n| stage | ms | MB/s | ns/cell | CPU ns/cell |\n|:--|--:|--:|--:|--:|\n"
        );
        for (stage, ns) in &rows {
            let (ms, rate, cell) = (ns / 1e6, stage.bytes as f64 / ns * 1e3, ns / stage.cells as f64);
            let cpu = stage.share.map_or_else(|| "–".to_owned(), |share| format!("{:.1}", cell * share));
            // OK because writing to a string cannot fail.
            let _ =
                writeln!(table, "| {:<24} | {ms:>8.2} | {rate:>6.0} | {cell:>7.1} | {cpu:>7} |", stage.name);
        }
        println!("\n{table}");
        if rows.len() == self.stages.len() {
            let folder = to.parent().unwrap_or(to);
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(to, table))
                .expect("target is writable");
        }
    }

    /// Nanoseconds an iteration, where it was measured since the start.
    fn median(&self, folder: &Path, name: &str) -> Option<f64> {
        let path = folder.join(name).join("new/estimates.json");
        if std::fs::metadata(&path).ok()?.modified().ok()? < self.began {
            return None;
        }
        let estimates: serde_json::Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        estimates["median"]["point_estimate"].as_f64()
    }
}

/// CPU seconds of this process so far, where the system tells.
pub(crate) fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(|it| it.parse::<f64>().ok());
    ticks.sum::<Option<f64>>().map(|ticks| ticks / 100.0)
}
