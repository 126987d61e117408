//! Many p-values in, p-values that may be read together out.

/// Holm's (1979) step-down adjustment: held against α, they keep the chance of any false alarm among them at α.
pub(crate) fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    crate::order::sort_by(&mut order, |&a, &b| p[a].total_cmp(&p[b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut largest = 0.0_f64;
    for (rank, &i) in order.iter().enumerate() {
        largest = largest.max(p[i] * (p.len() - rank) as f64).min(1.0);
        adjusted[i] = largest;
    }
    adjusted
}

/// Benjamini & Hochberg's (1995) step-up q-values: held against α, they keep the share of false alarms among the alarms
/// at α.
pub(crate) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    crate::order::sort_by(&mut order, |&a, &b| p[b].total_cmp(&p[a]));
    let mut adjusted = vec![0.0; p.len()];
    let mut smallest = 1.0_f64;
    for (rank, &i) in order.iter().enumerate() {
        smallest = smallest.min(p[i] * p.len() as f64 / (p.len() - rank) as f64);
        adjusted[i] = smallest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn holm_is_that_of_r() {
        // R 4: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        let expected = [0.03, 0.06, 0.06, 0.02];
        holm(&[0.01, 0.04, 0.03, 0.005]).iter().zip(expected).for_each(|(f, e)| close(*f, e, 1e-12));
    }

    #[test]
    fn benjamini_hochberg_is_that_of_scipy() {
        // scipy 1.17.1: scipy.stats.false_discovery_control([0.01, 0.04, 0.03, 0.005, 0.5])
        let expected = [0.025, 0.05, 0.05, 0.025, 0.5];
        benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.5])
            .iter()
            .zip(expected)
            .for_each(|(f, e)| close(*f, e, 1e-12));
    }

    #[test]
    fn nothing_and_one_are_left_alone() {
        assert!(holm(&[]).is_empty() && benjamini_hochberg(&[]).is_empty());
        assert_eq!((holm(&[0.3]), benjamini_hochberg(&[0.3])), (vec![0.3], vec![0.3]));
    }
}
