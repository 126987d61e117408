//! Findings: a contract's rule or a drift measure speaks. The one list that page, exit code and exports are fed from.

/// What findings name in place of a rule where something is agreed on that is checked on no file.
pub const NEVER_RUN: [&str; 9] = [
    "constraint",
    "dialect",
    "encoding",
    "expectation",
    "file",
    "items",
    "quality",
    "schema",
    "service-level",
];

/// How bad a finding is. The order is that of the exit code: critical is the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Somebody should look.
    Warning,
    /// Somebody is paged.
    Critical,
}

impl Severity {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Critical => "critical",
        }
    }
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The data breaks it.
    Fail,
    /// The data keeps it.
    Pass,
    /// It was not measured; the reason says why. Never a pass.
    NotRun,
}

impl Status {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Status::Fail => "fail",
            Status::Pass => "pass",
            Status::NotRun => "not_run",
        }
    }
}

/// A cell that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Data row, from 1, the header not counted.
    pub row: u64,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Byte offset of the cell in the decompressed file.
    pub byte: Option<u64>,
    /// The column's name.
    pub column: String,
    /// The raw text of the cell; `None` for a missing one.
    pub value: Option<String>,
}

/// What a rule or a measure has to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's public id, kebab case (`range`, `drift`, `new-categories`, …).
    pub rule: &'static str,
    /// The tier: `schema`, `contract`, `drift` or `file`; says which of the three cards it belongs to.
    pub tier: Tier,
    /// How bad a failure is.
    pub severity: Severity,
    /// What became of it.
    pub status: Status,
    /// The column, where there is one.
    pub column: Option<String>,
    /// One plain sentence.
    pub message: String,
    /// What was agreed, in words (`0 … 120`).
    pub expected: Option<String>,
    /// What was found, in words.
    pub observed: Option<String>,
    /// Cells or rows that break the rule.
    pub count: u64,
    /// Cells or rows the rule was applied to.
    pub total: u64,
    /// Cells left out because they are invalid (they break the type rule instead) or missing.
    pub skipped: u64,
    /// The first offenders, in file order.
    pub places: Vec<Violation>,
    /// Why it was not run.
    pub reason: Option<String>,
    /// Which entry of the contract's own list it answers, from 0, where the contract is a list (a suite of expectations).
    pub origin: Option<u64>,
}

/// Which of the three questions a finding answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Is the file readable?
    Readable,
    /// Is it as agreed?
    Contract,
    /// Is it the same as before?
    Drift,
}

impl Finding {
    /// A finding of this rule with nothing counted yet.
    pub fn new(
        rule: &'static str,
        tier: Tier,
        severity: Severity,
        status: Status,
        message: String,
    ) -> Finding {
        Finding {
            rule,
            tier,
            severity,
            status,
            column: None,
            message,
            expected: None,
            observed: None,
            count: 0,
            total: 0,
            skipped: 0,
            places: Vec::new(),
            reason: None,
            origin: None,
        }
    }

    /// Failed cells or rows as a share of those looked at, 0 where none were.
    pub fn share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { self.count as f64 / self.total as f64 }
    }
}
