//! What the comparison of one column comes to: plain data with the words of the wire format.

pub use super::intervals::Interval;
use super::timeline::Usual;

/// The comparison of one column with the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDrift {
    /// The column's name.
    pub column: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The kinds of drift found.
    pub kinds: Vec<Kind>,
    /// Population stability index over the bins, missing and invalid cells included; `None` where not compared.
    pub psi: Option<f64>,
    /// PSI less what two samples of these sizes show without drift, at least 0.
    pub psi_corrected: Option<f64>,
    /// The 95 % confidence interval of the PSI of the whole populations, over the bins as they are.
    pub psi_interval: Option<Interval>,
    /// How large the corrected PSI is.
    pub band: Option<Band>,
    /// The effect that speaks to a person.
    pub effect: Option<Effect>,
    /// Holm over the kinds of this column.
    pub p_value: Option<f64>,
    /// Benjamini–Hochberg over the columns.
    pub q_value: Option<f64>,
    /// The PSI that this many rows would have shown with 80 % power.
    pub detectable: Option<f64>,
    /// The measures taken, each with what it says alone.
    pub methods: Vec<Method>,
    /// The bins with their parts of the PSI; largest first.
    pub contributions: Vec<Contribution>,
    /// Both shapes on shared bins.
    pub overlay: Option<Overlay>,
    /// The share of the valid cells that hold a value which a closed set never had; `None` where the reference is no such set.
    pub new_share: Option<f64>,
    /// In words, with the numbers.
    pub reason: Option<String>,
    /// What has been usual for it, where its history is known.
    pub usual: Option<Usual>,
    /// What may be behind the drift: never decides, has no p-value.
    pub explanations: Vec<Explanation>,
    /// What the reference calls the column, where that is another name.
    pub renamed_from: Option<String>,
}

/// What may be behind the drift of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Kebab case id: `scale`, `sign-flip`, …
    pub id: &'static str,
    /// One plain sentence with its numbers.
    pub message: String,
    /// The numbers that it rests on.
    pub evidence: Vec<Evidence>,
}

/// One number, or value, of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is: `median`, `share of 999`, …
    pub what: String,
    /// In the reference.
    pub reference: String,
    /// In the current file.
    pub current: String,
}

/// What became of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No drift, and enough rows to have seen one.
    Stable,
    /// Drift.
    Drifted,
    /// No drift seen, and too few rows to have seen one.
    TooFewRows,
    /// Types or rows do not allow a comparison.
    NotComparable,
    /// Its values say nothing about drift; the reason says why.
    LeftOut,
}

impl Outcome {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Outcome::Stable => "stable",
            Outcome::Drifted => "drifted",
            Outcome::TooFewRows => "too_few_rows",
            Outcome::NotComparable => "not_comparable",
            Outcome::LeftOut => "left_out",
        }
    }
}

/// A kind of drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The middle of the values.
    Location,
    /// The width of their middle half.
    Spread,
    /// Their distribution apart from both.
    Shape,
    /// The shares of values that are few.
    CategoryShare,
    /// Values beyond all that the reference had.
    RangeEscape,
    /// The share of missing cells.
    Missing,
    /// The share of invalid cells.
    Invalid,
    /// Values of a closed set that the reference never had.
    NewCategories,
    /// Frequent values of the reference that are gone.
    VanishedCategories,
    /// A constant with another value.
    ConstantChanged,
}

impl Kind {
    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Location => "location",
            Kind::Spread => "spread",
            Kind::Shape => "shape",
            Kind::CategoryShare => "category-share",
            Kind::RangeEscape => "range-escape",
            Kind::Missing => "missing",
            Kind::Invalid => "invalid",
            Kind::NewCategories => "new-categories",
            Kind::VanishedCategories => "vanished-categories",
            Kind::ConstantChanged => "constant-changed",
        }
    }
}

/// How large a corrected PSI is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below 0.02.
    None,
    /// 0.02 to 0.1.
    Small,
    /// 0.1 to 0.25.
    Moderate,
    /// 0.25 and more.
    Severe,
}

impl Band {
    /// The band of a corrected PSI.
    pub fn of(psi: f64) -> Band {
        match psi {
            x if x < 0.02 => Band::None,
            x if x < 0.1 => Band::Small,
            x if x < 0.25 => Band::Moderate,
            _ => Band::Severe,
        }
    }

    /// The word of the wire format.
    pub fn id(self) -> &'static str {
        match self {
            Band::None => "none",
            Band::Small => "small",
            Band::Moderate => "moderate",
            Band::Severe => "severe",
        }
    }
}

/// A size of effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// `wasserstein / robust sd`, `Cohen's h`, `total variation`.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
}

/// One drift measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// Kebab case id.
    pub name: &'static str,
    /// Its statistic.
    pub value: Option<f64>,
    /// Its p-value before any correction, where it has one.
    pub p_value: Option<f64>,
    /// What the p-value, or without one the statistic, is held against.
    pub threshold: Option<f64>,
    /// What it says alone.
    pub drifted: bool,
    /// Why it has no value.
    pub reason: Option<String>,
}

/// One bin of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// `12.5 … 18`, a category, `missing`, `invalid` or `other`.
    pub bin: String,
    /// `range`, `category`, `missing`, `invalid`, `other`.
    pub kind: &'static str,
    /// Share of all cells in the reference, 0 to 1.
    pub reference: f64,
    /// Share of all cells in the current file.
    pub current: f64,
    /// Its part of the PSI.
    pub psi: f64,
}

/// Two shapes on shared bins, as shares of the valid cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// For ordered columns: one more than the shares; days or seconds since 1970 for temporal ones.
    pub edges: Vec<f64>,
    /// For categories: as many as the shares; for temporal columns the edges as ISO 8601 text.
    pub labels: Vec<String>,
    /// Reference shares.
    pub reference: Vec<f64>,
    /// Current shares.
    pub current: Vec<f64>,
}
