//! Classes of rows in, the rows to train on and to test on out: scikit-learn's `StratifiedShuffleSplit`, draw by draw.

use super::mersenne_twister::MersenneTwister;

/// Rows to train on and rows to test on.
pub type Parts = (Vec<usize>, Vec<usize>);

/// So many splits with a tenth of the rows to test on, shared between the classes as they are among all rows. `None` where
/// scikit-learn refuses: no row, a class of one row, or fewer rows in a part than classes.
pub fn stratified(is_positive: &[bool], splits: usize, seed: u32) -> Option<Vec<Parts>> {
    let n = is_positive.len();
    let rows_of = |class: bool| (0..n).filter(|row| is_positive[*row] == class).collect::<Vec<_>>();
    let classes: Vec<Vec<usize>> =
        [false, true].map(rows_of).into_iter().filter(|it| !it.is_empty()).collect();
    let n_test = n.div_ceil(10);
    let n_train = n - n_test;
    if n == 0 || classes.iter().any(|it| it.len() < 2) || n_test.min(n_train) < classes.len() {
        return None;
    }
    let counts: Vec<usize> = classes.iter().map(Vec::len).collect();
    let mut random = MersenneTwister::new(seed);
    let mut split = || {
        let train_counts = approximate_mode(&counts, n_train, &mut random);
        let rest: Vec<usize> = counts.iter().zip(&train_counts).map(|(all, train)| all - train).collect();
        let test_counts = approximate_mode(&rest, n_test, &mut random);
        let (mut train, mut test) = (Vec::new(), Vec::new());
        for (i, rows) in classes.iter().enumerate() {
            let order = random.permutation(rows.len());
            let (first, other) = order.split_at(train_counts[i]);
            train.extend(first.iter().map(|at| rows[*at]));
            test.extend(other[..test_counts[i]].iter().map(|at| rows[*at]));
        }
        random.shuffle(&mut train);
        random.shuffle(&mut test);
        (train, test)
    };
    Some((0..splits).map(|_| split()).collect())
}

/// How many of `draws` fall to each class: the mode of the multivariate hypergeometric distribution, ties by chance.
fn approximate_mode(counts: &[usize], draws: usize, random: &mut MersenneTwister) -> Vec<usize> {
    let all = counts.iter().sum::<usize>() as f64;
    let wanted: Vec<f64> = counts.iter().map(|count| *count as f64 / all * draws as f64).collect();
    let mut floored: Vec<usize> = wanted.iter().map(|it| *it as usize).collect();
    let mut missing = draws.saturating_sub(floored.iter().sum());
    let remainders: Vec<f64> = wanted.iter().map(|it| it - it.floor()).collect();
    let mut values = remainders.clone();
    values.sort_by(|a, b| b.total_cmp(a));
    values.dedup();
    for value in values {
        if missing == 0 {
            break;
        }
        let tied: Vec<usize> = (0..counts.len()).filter(|i| remainders[*i] == value).collect();
        let taken = random.permutation(tied.len());
        for at in taken.into_iter().take(missing.min(tied.len())) {
            floored[tied[at]] += 1;
            missing -= 1;
        }
    }
    floored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1: StratifiedShuffleSplit(n_splits=2, test_size=.1, random_state=42).split(y, y).
        let positive: Vec<bool> = "0110010010100100010010110".chars().map(|it| it == '1').collect();
        let splits = stratified(&positive, 2, 42).unwrap();
        let first = [23, 1, 24, 14, 9, 22, 13, 3, 21, 4, 0, 19, 2, 7, 17, 12, 8, 10, 16, 15, 5, 18];
        let second = [4, 0, 5, 14, 24, 2, 22, 21, 8, 19, 7, 16, 1, 10, 13, 23, 18, 20, 15, 12, 9, 11];
        assert_eq!(splits[0], (first.to_vec(), vec![11, 20, 6]));
        assert_eq!(splits[1], (second.to_vec(), vec![3, 17, 6]));
    }

    #[test]
    fn classes_too_small_to_split_are_not_split() {
        assert_eq!(stratified(&[true, false, false, false], 10, 42), None);
        assert_eq!(stratified(&[], 10, 42), None);
    }
}
