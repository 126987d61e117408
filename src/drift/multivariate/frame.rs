//! Columns in row order, as what looks at several cells of a row takes them.

/// A column in row order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variable<'a> {
    /// Its name.
    pub name: &'a str,
    /// A number a row; of labels their index. NaN where there is no valid cell.
    pub values: &'a [f64],
    /// The labels, where its values are labels.
    pub labels: Option<&'a [String]>,
}

/// Some columns of a file, all of as many rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame<'a> {
    /// How many rows.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Variable<'a>>,
}

impl Variable<'_> {
    /// How often each label occurs.
    pub(crate) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.labels.map_or(0, <[String]>::len)];
        for value in self.values.iter().filter(|it| !it.is_nan()) {
            if let Some(count) = counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
        counts
    }
}
