//! As other tools decide: two profiles, or the profiles of chunks, in; another tool's choice of test, its numbers,
//! thresholds and verdicts out, quirks included, and one line where ours differ.
//!
//! Written from the tools' sources and papers, without their code. What needs the rows, or a generator of random numbers
//! that is not ours, is not run and says so.

mod alibi;
mod asked;
mod contingency;
mod evidently;
mod histogram;
pub mod nannyml;
mod own;
mod series;
#[cfg(test)]
mod testing;
mod why;

pub use asked::{Asked, Class, Limit, Scope, unknown_column, unknown_method};
pub use nannyml::{Chunk, Chunks};

use super::words;
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::{Column, Profile};
use asked::Wishes;

/// Why a number is not the tool's own to its last digit.
const BUCKETED: &str = "of buckets of values: past the memory budget, or in a saved profile";

/// Whose decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Evidently's `DataDriftPreset`.
    Evidently,
    /// NannyML's univariate drift, data quality and summary statistics.
    NannyMl,
    /// Alibi Detect's `TabularDrift`.
    Alibi,
    /// Our own methods, where one is asked for.
    Own,
}

impl Tool {
    /// The word of options and reports.
    pub fn id(self) -> &'static str {
        match self {
            Tool::Evidently => "evidently",
            Tool::NannyMl => "nannyml",
            Tool::Alibi => "alibi",
            Tool::Own => "driftline",
        }
    }

    /// The version that is followed.
    pub fn version(self) -> &'static str {
        match self {
            Tool::Evidently => evidently::VERSION,
            Tool::NannyMl => nannyml::VERSION,
            Tool::Alibi => alibi::VERSION,
            Tool::Own => env!("CARGO_PKG_VERSION"),
        }
    }

    /// The methods that can be asked for, by their names there.
    pub fn methods(self) -> Vec<&'static str> {
        match self {
            Tool::Evidently => evidently::methods(),
            Tool::NannyMl => nannyml::methods(),
            Tool::Alibi => alibi::METHODS.to_vec(),
            Tool::Own => super::methods::METHODS.iter().map(|it| it.id).collect(),
        }
    }

    /// The id of its findings.
    pub fn rule(self) -> &'static str {
        match self {
            Tool::Evidently => "as-evidently",
            Tool::NannyMl => "as-nannyml",
            Tool::Alibi => "as-alibi",
            Tool::Own => "asked-method",
        }
    }
}

/// How Alibi Detect corrects over the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Correction {
    /// Any p-value below the level over the number of columns.
    #[default]
    Bonferroni,
    /// Benjamini and Hochberg.
    FalseDiscovery,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Whose decision.
    pub tool: Tool,
    /// Methods and thresholds of columns.
    pub asked: Vec<Asked>,
    /// Evidently: the share of drifted columns from which the table has drifted.
    pub drift_share: f64,
    /// Alibi Detect: the correction over the columns.
    pub correction: Correction,
}

impl Options {
    /// The tool's own defaults.
    pub fn of(tool: Tool) -> Options {
        let (drift_share, correction) = (evidently::DRIFT_SHARE, Correction::default());
        Options { tool, asked: Vec::new(), drift_share, correction }
    }
}

/// A statistic of one chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct ChunkSaid {
    /// The chunk.
    pub key: String,
    /// Whether it is one of the reference.
    pub reference: bool,
    /// The statistic; `None` where it is not defined.
    pub value: Option<f64>,
    /// Its p-value, where that decides.
    pub p_value: Option<f64>,
    /// Its standard error by the reference.
    pub sampling_error: Option<f64>,
    /// Value ± three such errors.
    pub band: Option<(f64, f64)>,
    /// Whether it alerts.
    pub alert: bool,
}

/// What one method says of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodSaid {
    /// The tool's name for it; `auto` or `asked` where it came to none.
    pub name: &'static str,
    /// Its score; of chunks the current file's largest.
    pub value: Option<f64>,
    /// Its p-value, where it is a test.
    pub p_value: Option<f64>,
    /// The lower threshold, of chunks.
    pub lower: Option<f64>,
    /// The threshold.
    pub upper: Option<f64>,
    /// What it says; `None` where it was not run.
    pub drifted: Option<bool>,
    /// Why it was not run, or what its number is.
    pub reason: Option<String>,
    /// Its statistic of every chunk.
    pub chunks: Vec<ChunkSaid>,
}

impl MethodSaid {
    fn not_run(name: &'static str, why: String) -> MethodSaid {
        let reason = Some(why).filter(|why| !why.is_empty());
        MethodSaid {
            name,
            value: None,
            p_value: None,
            lower: None,
            upper: None,
            drifted: None,
            reason,
            chunks: Vec::new(),
        }
    }
}

/// What a tool says of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSaid {
    /// The column.
    pub column: String,
    /// What it is to the tool: `numerical`, `categorical`, `text`, `continuous`; empty where it is left out.
    pub class: &'static str,
    /// Its methods; the first ones decide.
    pub methods: Vec<MethodSaid>,
    /// How many of them decide.
    pub decides: usize,
    /// Its verdict; `None` where no deciding method was run.
    pub drifted: Option<bool>,
    /// Why the tool does not look at it.
    pub left_out: Option<String>,
    /// Why ours says otherwise.
    pub differs: Option<String>,
}

impl ColumnSaid {
    fn new(column: &str, class: &'static str, methods: Vec<MethodSaid>) -> ColumnSaid {
        let decides = methods.len();
        ColumnSaid::deciding(column, class, methods, decides)
    }

    fn deciding(column: &str, class: &'static str, methods: Vec<MethodSaid>, decides: usize) -> ColumnSaid {
        let drifted = methods.iter().take(decides).filter_map(|it| it.drifted).reduce(|a, b| a || b);
        ColumnSaid {
            column: column.to_owned(),
            class,
            methods,
            decides,
            drifted,
            left_out: None,
            differs: None,
        }
    }
}

fn left_out(column: &str, why: &'static str) -> ColumnSaid {
    ColumnSaid { left_out: Some(why.to_owned()), ..ColumnSaid::new(column, "", Vec::new()) }
}

/// What a tool says of two tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Whose word it is.
    pub tool: Tool,
    /// The columns, in the reference's order.
    pub columns: Vec<ColumnSaid>,
    /// Statistics of the table as a whole.
    pub table: Vec<MethodSaid>,
    /// The verdict on the table; `None` where it depends on what was not run, or there is none.
    pub drifted: Option<bool>,
    /// What the verdict was made of: the share of drifted columns, or the smallest p-value.
    pub score: Option<f64>,
    /// What that was held against.
    pub threshold: Option<f64>,
    /// Columns by falling number of alerts, of tools that have chunks.
    pub ranking: Vec<(String, u64)>,
    /// One sentence.
    pub sentence: String,
    /// The same for the list of findings.
    pub findings: Vec<Finding>,
}

/// Our own word on a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ours<'a> {
    /// The column.
    pub column: &'a str,
    /// The outcome's word.
    pub outcome: &'a str,
    /// The kinds of drift, by their words.
    pub kinds: &'a [String],
    /// The reason that was given.
    pub reason: &'a str,
}

/// What the tool would have said; `ours` are our own words on the same columns.
///
/// # Errors
/// Why the tool says nothing at all: NannyML without chunks.
pub fn compare(
    (reference, current): (&Profile, &Profile),
    chunks: Option<Chunks<'_>>,
    ours: &[Ours<'_>],
    options: &Options,
) -> Result<Said, &'static str> {
    let wishes = Wishes(&options.asked);
    let pairs = pairs(reference, current);
    let mut said = Said {
        tool: options.tool,
        columns: Vec::new(),
        table: Vec::new(),
        drifted: None,
        score: None,
        threshold: None,
        ranking: Vec::new(),
        sentence: String::new(),
        findings: Vec::new(),
    };
    match options.tool {
        Tool::Evidently => {
            said.columns = pairs.iter().map(|(a, b)| evidently::column(a, b, &wishes)).collect();
            by_share(&mut said, options.drift_share);
        }
        Tool::Alibi => {
            said.columns = pairs.iter().map(|(a, b)| alibi::column(a, b, &wishes)).collect();
            let batch = alibi::batch(&said.columns, &wishes, options.correction);
            (said.drifted, said.score, said.threshold) =
                (batch.drifted, batch.smallest, Some(batch.threshold));
            said.sentence = of_batch(&said);
        }
        Tool::NannyMl => {
            let chunks =
                chunks.ok_or("it needs chunks of both files, and a saved profile has no rows to cut")?;
            said.columns = pairs.iter().map(|(a, _)| nannyml::column(a, chunks, &wishes)).collect();
            said.table.push(nannyml::rows(chunks));
            said.table.extend(chunks.rows.iter().cloned());
            by_alerts(&mut said, chunks);
        }
        Tool::Own => {
            said.columns = pairs.iter().filter_map(|(a, b)| own::column(a, b, &wishes)).collect();
            let drifted = said.columns.iter().filter(|it| it.drifted == Some(true)).count();
            let known = said.columns.iter().any(|it| it.drifted.is_some());
            said.drifted = known.then_some(drifted > 0);
            said.sentence =
                format!("{drifted} of {} columns with a method of their own drifted", said.columns.len());
        }
    }
    let rows = (reference.table.rows, current.table.rows);
    for column in &mut said.columns {
        if let Some(ours) = ours.iter().find(|it| it.column == column.column) {
            column.differs = why::differ(options.tool, column, ours, rows);
        }
    }
    said.findings = findings(&said, ours);
    if let Some(chunks) = chunks.filter(|_| options.tool == Tool::NannyMl) {
        said.findings.extend(nannyml::reconstruction::findings(chunks.rows));
    }
    Ok(said)
}

/// The columns that both tables have.
fn pairs<'a>(reference: &'a Profile, current: &'a Profile) -> Vec<(&'a Column, &'a Column)> {
    let same = |a: &'a Column| Some((a, current.columns.iter().find(|b| b.name == a.name)?));
    reference.columns.iter().filter_map(same).collect()
}

/// Evidently's verdict: the share of drifted columns. Where columns were not run, what holds whatever they say.
fn by_share(said: &mut Said, least: f64) {
    let compared: Vec<&ColumnSaid> = said.columns.iter().filter(|it| it.left_out.is_none()).collect();
    let drifted = compared.iter().filter(|it| it.drifted == Some(true)).count();
    let open = compared.iter().filter(|it| it.drifted.is_none()).count();
    let of = |count: usize| count as f64 / compared.len().max(1) as f64;
    said.drifted = match (of(drifted) >= least, of(drifted + open) >= least) {
        _ if compared.is_empty() => None,
        (true, _) => Some(true),
        (false, false) => Some(false),
        (false, true) => None,
    };
    (said.score, said.threshold) = (Some(of(drifted)), Some(least));
    let word = match said.drifted {
        Some(true) => "dataset drift",
        Some(false) => "no dataset drift",
        None => "no verdict on the dataset",
    };
    let more = if open > 0 { format!("; {open} could not be run") } else { String::new() };
    said.sentence = format!(
        "{drifted} of {} columns drifted, a share of {:.3} against {least}: {word}{more}",
        compared.len(),
        of(drifted)
    );
}

fn of_batch(said: &Said) -> String {
    let count = said.columns.iter().filter(|it| it.drifted == Some(true)).count();
    let all = said.columns.iter().filter(|it| it.left_out.is_none()).count();
    let (word, p) = match (said.drifted, said.score) {
        (Some(true), Some(p)) => ("drift", p),
        (_, Some(p)) => ("no drift", p),
        (Some(_), None) => return "no drift of the batch: no p-value is a number".into(),
        _ => return "no column could be tested".into(),
    };
    let (p, threshold) = (words::number(p), words::number(said.threshold.unwrap_or_default()));
    format!(
        "{word} of the batch: the smallest p is {p} against {threshold}; by itself {count} of {all} columns"
    )
}

fn by_alerts(said: &mut Said, chunks: Chunks<'_>) {
    let compared = || said.columns.iter().filter(|it| it.left_out.is_none());
    let counted: Vec<(String, u64)> = compared().map(|it| (it.column.clone(), nannyml::alerts(it))).collect();
    said.ranking = nannyml::ranking::by_alerts(&counted);
    let alerts: u64 = counted.iter().map(|it| it.1).sum();
    let columns = counted.iter().filter(|it| it.1 > 0).count();
    let whole = chunks.rows.iter().filter_map(|it| it.drifted).reduce(|a, b| a || b);
    let known = compared().any(|it| it.drifted.is_some()) || whole.is_some();
    said.drifted = known.then_some(alerts > 0 || whole == Some(true));
    let of_rows = nannyml::reconstruction::alerts(chunks.rows);
    let few =
        if chunks.reference.len() < 6 { "; it warns of fewer than 6 chunks in the reference" } else { "" };
    said.sentence = format!(
        "{alerts} alerts in {columns} of {} columns over {} chunks{of_rows}{few}",
        counted.len(),
        chunks.current.len()
    );
}

/// One for the table, which decides, and one for each column that the tool calls drifted or on which ours says otherwise.
/// Of our own methods each column decides.
fn findings(said: &Said, ours: &[Ours<'_>]) -> Vec<Finding> {
    let rule = said.tool.rule();
    let finding = |severity, status, message| Finding::new(rule, Tier::Drift, severity, status, message);
    let own = said.tool == Tool::Own;
    let mut all = Vec::new();
    if !own {
        let status = match said.drifted {
            Some(true) => Status::Fail,
            Some(false) => Status::Pass,
            None => Status::NotRun,
        };
        let message = format!("as {} {}: {}", said.tool.id(), said.tool.version(), said.sentence);
        let reason = (status == Status::NotRun).then(|| said.sentence.clone());
        all.push(Finding { reason, ..finding(Severity::Warning, status, message) });
    }
    for column in &said.columns {
        if column.drifted == Some(false) && column.differs.is_none() && !own || column.left_out.is_some() {
            continue;
        }
        let status = match column.drifted {
            Some(true) => Status::Fail,
            Some(false) => Status::Pass,
            None => Status::NotRun,
        };
        let our = ours.iter().find(|it| it.column == column.column).map_or("not compared", |it| it.outcome);
        let word = match column.drifted {
            Some(true) => "drift",
            Some(false) => "no drift",
            None => "not run",
        };
        let because = column.differs.as_ref().map_or(String::new(), |why| format!(": {why}"));
        let severity = if own { Severity::Warning } else { Severity::Info };
        let message = format!(
            "{}: {} says {word}{}; ours {}{because}",
            words::quoted(&column.column),
            if own { "the method asked for" } else { said.tool.id() },
            told(column),
            our.replace('_', " ")
        );
        let reason =
            column.methods.first().and_then(|it| it.reason.clone()).filter(|_| column.drifted.is_none());
        all.push(Finding {
            column: Some(column.column.clone()),
            reason,
            ..finding(severity, status, message)
        });
    }
    all
}

/// The deciding number in brackets.
fn told(column: &ColumnSaid) -> String {
    let all = column.methods.iter().take(column.decides);
    let Some(method) = all.clone().find(|it| it.drifted == column.drifted) else { return String::new() };
    let value = method.p_value.filter(|_| method.chunks.is_empty()).or(method.value);
    match (value, method.upper) {
        (Some(value), Some(upper)) => {
            format!(" ({} {} against {})", method.name, words::number(value), words::number(upper))
        }
        (Some(value), None) => format!(" ({} {})", method.name, words::number(value)),
        _ => format!(" ({})", method.name),
    }
}
