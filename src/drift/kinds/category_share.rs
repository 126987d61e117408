//! Category shares: both counts of each value in, the two values whose shares changed most out.

use super::super::outcome::Kind;
use super::super::values::Values;
use super::super::words::{percent, quoted};
use super::Told;

/// The part of the largest change that the other has to have to be named.
const PART: f64 = 0.25;

/// The value that gained most and the one that lost most.
pub(crate) fn told(values: &Values<'_>) -> Told {
    let (n, m) = (values.n.max(1) as f64, values.m.max(1) as f64);
    let change = |i: usize| values.all[i].current as f64 / m - values.all[i].reference as f64 / n;
    let most = |better: fn(f64, f64) -> bool| {
        (0..values.all.len()).fold(None, |best: Option<usize>, i| match best {
            Some(held) if !better(change(i), change(held)) => Some(held),
            _ => Some(i),
        })
    };
    let one = |i: usize| {
        let value = &values.all[i];
        let (before, now) = (value.reference as f64 / n, value.current as f64 / m);
        format!("{} from {} to {}", quoted(&values.name(value)), percent(before), percent(now))
    };
    let ends = [most(|a, b| a > b), most(|a, b| a < b)].into_iter().flatten();
    let largest = ends.clone().map(|i| change(i).abs()).fold(0.0, f64::max);
    // What many values lost together is no single value's loss.
    let list: Vec<String> =
        ends.filter(|&i| change(i) != 0.0 && change(i).abs() >= PART * largest).map(one).collect();
    let words = match list.is_empty() {
        true => "its values have other shares".into(),
        false => format!("its values have other shares: {}", list.join(", ")),
    };
    Told { kind: Kind::CategoryShare, words }
}

#[cfg(test)]
mod tests {
    use super::super::super::pair::pair;
    use super::super::super::testing::*;
    use super::super::super::values::values;
    use super::*;
    use crate::cell::Type;

    #[test]
    fn the_winner_and_the_loser_are_named() {
        let (a, b) =
            (texts("x", &[("a", 50), ("b", 40), ("c", 10)]), texts("x", &[("a", 20), ("b", 45), ("c", 35)]));
        let paired = pair(&a, &b).expect("comparable");
        let told = told(&values(&paired, Type::Text).expect("values"));
        assert_eq!(
            told.words,
            "its values have other shares: \"c\" from 10 % to 35 %, \"a\" from 50 % to 20 %"
        );
    }
}
