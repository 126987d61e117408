//! What columns say together.

use serde::{Deserialize, Serialize};

use super::{Interval, Scalar};

wire! {
/// Whether the columns go together as in the reference: three looks at the same rows of both files.
pub struct Multivariate {
    /// Rows of the reference that were looked at: all of them, or a sample that the seed says.
    pub reference_rows: u64,
    /// Rows of the current file that were looked at.
    pub current_rows: u64,
    /// Whether either is a sample.
    pub sampled: bool,
    /// The columns that were looked at.
    pub columns: Vec<String>,
    /// The others, each with the reason.
    pub left_out: Vec<LeftOut>,
    /// Whether any of the three says drift.
    pub drifted: bool,
    /// A classifier that tells the files apart.
    pub classifier: Classifier,
    /// The distance from the reference's principal components.
    pub reconstruction: Reconstruction,
    /// The correlations, pair by pair.
    pub structure: Structure,
}
}

wire! {
/// A column that was not looked at.
pub struct LeftOut {
    /// The column.
    pub column: String,
    /// Why.
    pub reason: String,
}
}

wire! {
/// A logistic regression that learns which file a row is of, and is asked about rows that it has not seen.
pub struct Classifier {
    /// The area under the receiver operating characteristic: 0.5 where it cannot tell, 1 where it always can.
    pub auc: Scalar,
    /// Its standard error: DeLong's times √2, since the folds learn from each other's rows.
    pub standard_error: Scalar,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// The chance of such an area where both files are alike.
    pub p_value: Scalar,
    /// The same, adjusted over the three looks (Holm).
    pub q_value: Scalar,
    /// Whether it says drift: q ≤ 0.05, and the interval begins at 0.55 or above.
    pub drifted: bool,
    /// How many features it sees.
    pub features: u64,
    /// The columns that it needs, most needed first; the shares add up to 1.
    pub attribution: Vec<Attribution>,
    /// Why it was not run.
    pub not_run: Option<String>,
}
}

wire! {
/// A column's part in telling the files apart.
pub struct Attribution {
    /// The column.
    pub column: String,
    /// The area that is lost when its cells are dealt out anew among the rows.
    pub drop: f64,
    /// Its share of all such losses.
    pub share: f64,
}
}

wire! {
/// Principal components of one half of the reference, and how far the other half and the current rows lie from them.
pub struct Reconstruction {
    /// The mean distance of the half that was held out.
    pub reference: Scalar,
    /// The mean distance of the current rows.
    pub current: Scalar,
    /// The chance that a current row lies further off than one that was held out: 0.5 where both are alike.
    pub probability: Scalar,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// Mann and Whitney's, two-sided.
    pub p_value: Scalar,
    /// The same, adjusted over the three looks (Holm).
    pub q_value: Scalar,
    /// Whether it says drift: q ≤ 0.05, and the interval lies 0.05 or more from 0.5.
    pub drifted: bool,
    /// Components that hold 65 % of the variance.
    pub components: u64,
    /// Why it was not run.
    pub not_run: Option<String>,
}
}

wire! {
/// How columns go together in pairs.
pub struct Structure {
    /// Pairs that were measured.
    pub pairs: u64,
    /// Pairs that changed: q ≤ 0.05, and by 0.1 or more.
    pub changed: u64,
    /// The adjusted p-value of all pairs together.
    pub q_value: Scalar,
    /// Whether any changed.
    pub drifted: bool,
    /// Those that changed, the largest change first, then the largest of the others.
    pub largest: Vec<ChangedPair>,
    /// Why it was not run.
    pub not_run: Option<String>,
}
}

wire! {
/// How two columns go together, before and now.
pub struct ChangedPair {
    /// One column.
    pub first: String,
    /// The other.
    pub second: String,
    /// `spearman`, `cramers-v` or, of a number and labels, `correlation-ratio`.
    pub measure: String,
    /// In the reference.
    pub reference: f64,
    /// In the current file.
    pub current: f64,
    /// How much it changed, less chance; of labels also where other labels go together and both numbers are alike.
    pub change: f64,
    /// The chance of such a change where there is none.
    pub p_value: f64,
    /// Adjusted over all pairs (Benjamini and Hochberg) and over the three looks.
    pub q_value: f64,
    /// Whether it changed.
    pub drifted: bool,
}
}
