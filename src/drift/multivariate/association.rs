//! Two columns of labels of both files in, how they go together in each out, and whether that has changed.
//!
//! H. Cramér (1946), W. Bergsma (2013), of the size; of the change the test of no interaction of three factors: M. S. Bartlett
//! (1935), fitted by W. E. Deming and F. F. Stephan (1940).

use super::joint::MISSING;
use crate::num::{chi_squared_sf, sqrt};

/// Labels of a column that are told apart; the others count as one more.
const LABELS: usize = 8;
/// Fewer rows of either file do not make a label one of its own.
const RARE: f64 = 15.0;
/// Neither does a smaller share of the rows of either file.
const SHARE: f64 = 0.05;
/// Rounds of fitting; each makes the margins more exact.
const ROUNDS: usize = 200;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Association {
    /// Bias-corrected Cramér's V in the reference.
    pub reference: f64,
    /// And now.
    pub current: f64,
    /// The chance of such a change of the odds ratios where there is none.
    pub p_value: f64,
    /// How much they changed, on the scale of V, less chance. V itself may stay as it is where other labels go together.
    pub change: f64,
}

/// A table of one file: rows and columns are the labels of the two columns.
type Table = Vec<Vec<f64>>;

impl Association {
    /// Of two columns of codes, the first `split` rows being the reference's; `None` where fewer than two labels are frequent
    /// enough in both files.
    pub(super) fn of(x: &[u32], y: &[u32], split: usize) -> Option<Association> {
        let both = x.iter().zip(y).enumerate().filter(|it| *it.1.0 != MISSING && *it.1.1 != MISSING);
        let pairs: Vec<(usize, usize, usize)> =
            both.map(|(row, (a, b))| (usize::from(row >= split), *a as usize, *b as usize)).collect();
        let (of_x, of_y) =
            (kept(pairs.iter().map(|it| (it.0, it.1))), kept(pairs.iter().map(|it| (it.0, it.2))));
        let (rows, columns) = (of_x.1, of_y.1);
        if rows < 2 || columns < 2 {
            return None;
        }
        let mut tables = [vec![vec![0.0; columns]; rows], vec![vec![0.0; columns]; rows]];
        for (side, a, b) in pairs {
            tables[side][of_x.0.get(a).copied().unwrap_or(0)][of_y.0.get(b).copied().unwrap_or(0)] += 1.0;
        }
        let statistic = interaction(&tables, rows, columns);
        let degrees = ((rows - 1) * (columns - 1)) as f64;
        let sizes = tables.each_ref().map(|it| it.iter().flatten().sum::<f64>());
        let left = (statistic - degrees).max(0.0) / (rows.min(columns) as f64 - 1.0);
        Some(Association {
            reference: cramers_v(&tables[0]),
            current: cramers_v(&tables[1]),
            p_value: chi_squared_sf(statistic, degrees),
            change: sqrt(left * (1.0 / sizes[0] + 1.0 / sizes[1])),
        })
    }
}

/// For each code its place, 0 for those that are not told apart, and how many places there are.
pub(super) fn kept(codes: impl Iterator<Item = (usize, usize)>) -> (Vec<usize>, usize) {
    let mut counts: Vec<[f64; 2]> = Vec::new();
    let mut all = [0.0; 2];
    for (side, code) in codes {
        if counts.len() <= code {
            counts.resize(code + 1, [0.0; 2]);
        }
        counts[code][side] += 1.0;
        all[side] += 1.0;
    }
    let is_frequent = |it: &[f64; 2]| (0..2).all(|side| it[side] >= RARE.max(SHARE * all[side]));
    let mut places = vec![0; counts.len()];
    let mut next = 1;
    for (place, _) in places.iter_mut().zip(&counts).filter(|it| is_frequent(it.1)).take(LABELS) {
        *place = next;
        next += 1;
    }
    // What is left over is a place of its own where it is frequent itself; else it goes with the last one.
    let rest = counts.iter().zip(&places).filter(|it| *it.1 == 0);
    let rest = rest.fold([0.0; 2], |sum, it| [sum[0] + it.0[0], sum[1] + it.0[1]]);
    if is_frequent(&rest) {
        return (places, next);
    }
    (places.iter().map(|it| if *it == 0 { next.max(2) - 2 } else { it - 1 }).collect(), next - 1)
}

/// Pearson's X² of both tables against the fit that has their margins and one set of odds ratios.
fn interaction(tables: &[Table; 2], rows: usize, columns: usize) -> f64 {
    let mut fitted = [vec![vec![1.0; columns]; rows], vec![vec![1.0; columns]; rows]];
    let ratio = |wanted: f64, found: f64| if found > 0.0 { wanted / found } else { 0.0 };
    for _ in 0..ROUNDS {
        let mut worst = 0.0_f64;
        for i in 0..rows {
            for j in 0..columns {
                let r = ratio(tables[0][i][j] + tables[1][i][j], fitted[0][i][j] + fitted[1][i][j]);
                fitted[0][i][j] *= r;
                fitted[1][i][j] *= r;
            }
        }
        for (table, fit) in tables.iter().zip(&mut fitted) {
            for (line, fit) in table.iter().zip(fit.iter_mut()) {
                let r = ratio(line.iter().sum(), fit.iter().sum());
                worst = worst.max((r - 1.0).abs());
                fit.iter_mut().for_each(|it| *it *= r);
            }
            for j in 0..columns {
                let r = ratio(table.iter().map(|it| it[j]).sum(), fit.iter().map(|it| it[j]).sum());
                worst = worst.max((r - 1.0).abs());
                fit.iter_mut().for_each(|it| it[j] *= r);
            }
        }
        if worst < 1e-10 {
            break;
        }
    }
    let cells = tables.iter().flatten().flatten().zip(fitted.iter().flatten().flatten());
    cells.filter(|it| *it.1 > 0.0).map(|(found, fit)| (found - fit) * (found - fit) / fit).sum()
}

/// Bias-corrected; 0 where a side has one label only.
fn cramers_v(table: &Table) -> f64 {
    let lines: Vec<f64> = table.iter().map(|it| it.iter().sum()).collect();
    let columns = table.first().map_or(0, Vec::len);
    let sums: Vec<f64> = (0..columns).map(|j| table.iter().map(|it| it[j]).sum()).collect();
    let n: f64 = lines.iter().sum();
    let (mut phi, r, c) = (
        0.0,
        lines.iter().filter(|it| **it > 0.0).count() as f64,
        sums.iter().filter(|it| **it > 0.0).count() as f64,
    );
    for (line, sum) in table.iter().zip(&lines) {
        for (found, column) in line.iter().zip(&sums) {
            let expected = sum * column / n;
            if expected > 0.0 {
                phi += (found - expected) * (found - expected) / expected / n;
            }
        }
    }
    let shrunk = |k: f64| k - (k - 1.0) * (k - 1.0) / (n - 1.0);
    let least = shrunk(r).min(shrunk(c)) - 1.0;
    let left = (phi - (r - 1.0) * (c - 1.0) / (n - 1.0)).max(0.0);
    if least > 0.0 { sqrt(left / least).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn the_test_is_that_of_a_log_linear_model_and_the_size_bergsmas() {
        // statsmodels 0.15.0: GLM, Poisson, counts ~ a*b + a*side + b*side; its Pearson X² and df. scipy 1.17.1 and Bergsma's formula.
        let tables = [
            vec![vec![50.0, 30.0, 20.0], vec![20.0, 40.0, 40.0]],
            vec![vec![35.0, 40.0, 25.0], vec![40.0, 35.0, 45.0]],
        ];
        let mut codes = (Vec::new(), Vec::new());
        for table in &tables {
            for (i, line) in table.iter().enumerate() {
                for (j, count) in line.iter().enumerate() {
                    codes.0.extend(std::iter::repeat_n(i as u32, *count as usize));
                    codes.1.extend(std::iter::repeat_n(j as u32, *count as usize));
                }
            }
        }
        let found = Association::of(&codes.0, &codes.1, 200).unwrap();
        close(interaction(&tables, 2, 3), 10.08054307847018, 1e-8);
        close(found.p_value, 0.006471990680267532, 1e-7);
        close(found.reference, 0.3085287590970981, 1e-10);
        close(found.current, 0.10878564379239321, 1e-10);
        assert_eq!(Association::of(&[0; 100], &[1; 100], 50), None);
    }

    #[test]
    fn rare_labels_go_together() {
        let side = |counts: &[(usize, usize)], of: usize| -> Vec<(usize, usize)> {
            counts.iter().flat_map(|(code, count)| std::iter::repeat_n((of, *code), *count)).collect()
        };
        let counts = [(0, 50), (1, 40), (2, 8), (3, 9)];
        let all = [side(&counts, 0), side(&counts, 1)].concat();
        assert_eq!(kept(all.into_iter()), (vec![1, 2, 0, 0], 3));
        let few = [(0, 50), (1, 40), (2, 3)];
        let all = [side(&few, 0), side(&few, 1)].concat();
        assert_eq!(kept(all.into_iter()), (vec![0, 1, 1], 2));
        assert_eq!(kept(std::iter::empty()).1, 0);
    }
}
