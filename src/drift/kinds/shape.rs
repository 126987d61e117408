//! Shape: both sides of ordered values in, whether they differ apart from location and spread out.

use super::super::summary::{Sample, Sides, gap};

/// What is said of it.
pub(super) const WORDS: &str = "its values are spread differently over their range";
/// The largest distance of the distribution functions that is left to chance, beside 1.36 √(1/n + 1/m) (the 5 % point of
/// Kolmogorov's law).
const LEAST: f64 = 0.05;

/// Whether the current values, moved and stretched to the reference's quartiles, still differ.
pub(super) fn changed(sides: &Sides) -> bool {
    let (a, b) = (&sides.reference, &sides.current);
    let stretch = if b.iqr() > 0.0 && a.iqr() > 0.0 { a.iqr() / b.iqr() } else { 1.0 };
    let (middle, other) = (a.quantile(0.5), b.quantile(0.5));
    let moved = Sample::new(b.values.iter().map(|x| (x - other) * stretch + middle).collect());
    gap(&a.law(), &moved, sides.tolerance()) > LEAST + sides.critical()
}

#[cfg(test)]
mod tests {
    use super::super::super::outcome::Kind;
    use super::super::super::testing::Stream;
    use super::super::of_ordered;
    use super::*;

    fn kinds(change: impl Fn(f64) -> f64) -> Vec<Kind> {
        let mut stream = Stream(5 << 32);
        let a: Vec<f64> = (0..4000).map(|_| stream.normal()).collect();
        let b: Vec<f64> = (0..4000).map(|_| change(stream.normal())).collect();
        let sides = Sides::of_values(&a, &b).expect("values");
        of_ordered(&sides, &|x| x.to_string()).into_iter().map(|told| told.kind).collect()
    }

    #[test]
    fn each_kind_is_told_from_the_others() {
        assert_eq!(kinds(|x| x + 0.5), [Kind::Location]);
        assert_eq!(kinds(|x| 2.0 * x), [Kind::Spread]);
        assert_eq!(kinds(|x| 0.6 * x - 3.0), [Kind::Location, Kind::Spread]);
        // Two humps with the same quartiles as one.
        assert!(
            kinds(|x| if x.abs() < 0.6745 { x.signum() * 0.6 } else { x.signum() * 0.75 })
                .contains(&Kind::Shape)
        );
        // Nothing at all is called a change of shape: whoever asks has decided that there is one.
        assert_eq!(kinds(|x| x), [Kind::Shape]);
    }
}
