//! Planted causes are named, and nothing else is: tables of both, and seeded random drifts.

use super::super::testing::*;
use super::super::{ColumnDrift, Options, Outcome, compare};
use crate::cell::{Type, domain};
use crate::issue::Place;
use crate::num;
use crate::profile::Column;

fn run(reference: Column, current: Column) -> ColumnDrift {
    let found = compare(&profile(vec![reference]), &profile(vec![current]), &Options::default());
    found.columns.into_iter().next().expect("one column")
}

fn ids(drift: &ColumnDrift) -> Vec<&'static str> {
    drift.explanations.iter().map(|it| it.id).collect()
}

/// Values of 4,000 rows each, drawn anew for the current side, then changed.
fn planted(law: fn(&mut Stream) -> f64, change: impl Fn(f64, f64) -> f64) -> ColumnDrift {
    planted_in(4000, law, change)
}

fn planted_in(rows: u64, law: fn(&mut Stream) -> f64, change: impl Fn(f64, f64) -> f64) -> ColumnDrift {
    let mut stream = Stream(31 << 32);
    let before: Vec<f64> = (0..rows).map(|_| law(&mut stream)).collect();
    let now: Vec<f64> = (0..rows)
        .map(|_| {
            let x = law(&mut stream);
            change(x, stream.next())
        })
        .collect();
    run(floats_of("x", before), floats_of("x", now))
}

fn amounts(stream: &mut Stream) -> f64 {
    (2000.0 * num::exp(0.8 * stream.normal())).round() / 100.0
}

fn degrees(stream: &mut Stream) -> f64 {
    ((12.0 + 8.0 * stream.normal()) * 10.0).round() / 10.0
}

fn standard(stream: &mut Stream) -> f64 {
    stream.normal()
}

#[test]
fn another_unit_is_named() {
    for (factor, words) in [
        (100.0, "times 100 (cents"),
        (0.01, "divided by 100 (whole"),
        (1000.0, "times 1000"),
        (1e-6, "divided by 1000000"),
        (10.0, "times 10"),
        (1.609_344, "times 1.60934 (kilometres for miles)"),
        (0.453_592_37, "(kilograms for pounds)"),
        (2.54, "times 2.54 (centimetres for inches)"),
    ] {
        let drift = planted_in(20_000, amounts, |x, _| x * factor);
        assert_eq!(drift.outcome, Outcome::Drifted, "{factor}");
        assert_eq!(ids(&drift).first(), Some(&"scale"), "{factor}: {:?}", drift.explanations);
        assert!(drift.explanations[0].message.contains(words), "{}", drift.explanations[0].message);
    }
    for (change, words) in [
        ((|x: f64| x * 1.8 + 32.0) as fn(f64) -> f64, "°F for °C"),
        (|x| (x - 32.0) / 1.8, "°C for °F"),
        (|x| x + 273.15, "kelvin for °C"),
    ] {
        let drift = planted(degrees, |x, _| change(x));
        assert!(drift.explanations[0].message.contains(words), "{:?}", drift.explanations);
    }
}

#[test]
fn whole_numbers_in_another_unit_are_not_rounded() {
    let mut stream = Stream(8 << 32);
    let mut miles = || 80 + (stream.next() * 4000.0) as i64;
    let before: Vec<i64> = (0..5000).map(|_| miles()).collect();
    let now: Vec<i64> = (0..5000).map(|_| miles() * 100).collect();
    assert_eq!(ids(&run(integers("x", before), integers("x", now))), ["scale"]);
}

#[test]
fn a_saved_profile_names_it_too() {
    let mut stream = Stream(9 << 32);
    let before: Vec<f64> = (0..8000).map(|_| amounts(&mut stream)).collect();
    let now: Vec<f64> = (0..8000).map(|_| amounts(&mut stream) * 100.0).collect();
    let drift = run(coarse(floats_of("x", before), 256), coarse(floats_of("x", now), 256));
    assert_eq!(ids(&drift), ["scale"]);
}

#[test]
fn a_part_of_the_rows_in_another_unit_is_named_with_its_share() {
    for (share, factor) in [(0.3, 100.0), (0.1, 1000.0), (0.6, 0.001)] {
        let drift = planted(amounts, |x, luck| if luck < share { x * factor } else { x });
        let said = &drift.explanations.first().expect("an explanation").message;
        let part: f64 =
            said.trim_start_matches("about ").split(' ').next().expect("a number").parse().expect("a number");
        assert!((part / 100.0 - share).abs() < 0.03, "{said}");
    }
    let drift = planted(amounts, |x, luck| if luck < 0.2 { -x } else { x });
    assert_eq!(ids(&drift), ["sign-flip"]);
    assert!(drift.explanations[0].message.contains("have the opposite sign, the others"));
}

#[test]
fn a_sign_and_an_offset_are_named() {
    assert_eq!(ids(&planted(amounts, |x, _| -x)), ["sign-flip"]);
    assert_eq!(ids(&planted(standard, |x, _| x + 40.0)), ["shifted"]);
    let drift = planted(standard, |x, _| x - 40.0);
    assert!(drift.explanations[0].message.starts_with("every value looks smaller by about 4"), "{drift:?}");
}

#[test]
fn fewer_decimals_and_multiples_are_named() {
    let drift = planted(|s| (s.normal() * 10.0).round() / 10.0, |x, _| x.round());
    assert_eq!(ids(&drift), ["rounding"], "{drift:?}");
    assert!(drift.explanations[0].message.contains("whole numbers now"));
    let drift = planted(|s| 1.0 + s.next() * 4.0, |x, _| x.floor());
    assert_eq!(ids(&drift), ["truncation"], "{drift:?}");
    let mut stream = Stream(4 << 32);
    let mut minutes = || 200 + (stream.normal() * 30.0) as i64;
    let before: Vec<i64> = (0..3000).map(|_| minutes()).collect();
    let now: Vec<i64> = (0..3000).map(|_| (minutes() + 7) / 15 * 15).collect();
    let drift = run(integers("x", before), integers("x", now));
    assert!(drift.explanations[0].message.contains("multiples of 15 now"), "{drift:?}");
}

#[test]
fn a_new_default_is_named() {
    let drift = planted(amounts, |x, luck| if luck < 0.15 { 0.0 } else { x });
    assert_eq!(ids(&drift), ["new-default"], "{drift:?}");
    assert!(drift.explanations[0].message.starts_with("0, a usual stand-in for no value, holds 1"));
    let drift = planted(standard, |x, luck| if luck < 0.2 { 0.25 } else { x });
    assert_eq!(ids(&drift), ["new-default"]);
    // Not the most frequent value, among few.
    let lengths = |seed: u64, share: f64| {
        let mut stream = Stream(seed << 32);
        integers(
            "x",
            (0..3000)
                .map(move |_| if stream.next() < share { -999 } else { 6 + (stream.next() * 5.0) as i64 }),
        )
    };
    let drift = run(lengths(1, 0.0), lengths(2, 0.1));
    assert_eq!(ids(&drift), ["new-default"], "{drift:?}");
    let days = |seed: u64, share: f64| {
        let mut stream = Stream(seed << 32);
        let day = move |_: u64| {
            let luck = stream.next();
            let day = if luck < share { 0 } else { 19_000 + (stream.next() * 400.0) as i64 };
            u128::from(domain::signed(day))
        };
        keys("d", Type::Date, (0..3000).map(day))
    };
    let drift = run(days(1, 0.0), days(2, 0.25));
    assert_eq!(ids(&drift), ["new-default"], "{drift:?}");
    assert!(drift.explanations[0].message.starts_with("1970-01-01, a usual"));
    let drift = run(
        texts("x", &[("red", 500), ("blue", 500), ("green", 500)]),
        texts("x", &[("red", 400), ("blue", 400), ("green", 400), ("Unknown", 300)]),
    );
    assert_eq!(ids(&drift), ["new-default"]);
}

#[test]
fn a_column_that_moved_is_no_default_and_no_rounding() {
    // Body temperatures in °F: 99 is one of many.
    let body = |s: &mut Stream| ((36.8 + 0.5 * s.normal()) * 10.0).round() / 10.0;
    let drift = planted_in(6_000, body, |x, _| ((x * 1.8 + 32.0) * 10.0).round() / 10.0);
    assert_eq!(ids(&drift), Vec::<&str>::new(), "{drift:?}");
    let drift = planted(body, |x, _| (x * 2.3 + 14.0).round());
    assert!(!ids(&drift).contains(&"new-default"), "{drift:?}");
    // Prices of which one is gone.
    let prices = |s: &mut Stream| [5.0, 10.0, 19.99, 25.0][(s.next() * 4.0) as usize];
    let drift = planted(prices, |x, _| if x == 19.99 { 25.0 } else { x });
    assert_eq!(ids(&drift), Vec::<&str>::new(), "{drift:?}");
    let minutes = |s: &mut Stream| (-3_000.0 * num::ln(1.0 - s.next())).round() / 100.0;
    let drift = planted_in(300, minutes, |x, _| (x * 60.0 * 100.0).round() / 100.0);
    assert!(!ids(&drift).contains(&"rounding"), "{drift:?}");
}

/// A factor of 60 and a temperature are found in 3,000 rows.
#[test]
fn units_are_named_in_few_rows() {
    let named = |law: fn(&mut Stream) -> f64, change: fn(f64) -> f64| {
        let found = (0..20_u64).filter(|seed| {
            let mut stream = Stream((300 + seed) << 32);
            let before: Vec<f64> = (0..3_000).map(|_| law(&mut stream)).collect();
            let now: Vec<f64> = (0..3_000).map(|_| change(law(&mut stream))).collect();
            ids(&run(floats_of("x", before), floats_of("x", now))) == ["scale"]
        });
        found.count()
    };
    let gamma = |s: &mut Stream| -30.0 * (num::ln(1.0 - s.next()) + num::ln(1.0 - s.next()));
    assert!(named(gamma, |x| (x / 60.0 * 1e3).round() / 1e3) >= 17);
    assert!(named(gamma, |x| x * 60.0) >= 17);
    assert!(named(|s| 14.0 + 7.0 * s.normal(), |x| x * 1.8 + 32.0) >= 17);
}

#[test]
fn a_limit_is_named() {
    let drift = planted(standard, |x, _| x.min(0.8));
    assert!(ids(&drift).contains(&"clipped"), "{drift:?}");
    assert!(drift.explanations.iter().any(|it| it.message.starts_with("the values look cut off at 0.8: 2")));
    let drift = planted(standard, |x, _| x.max(-0.5));
    assert!(ids(&drift).contains(&"clipped"), "{drift:?}");
}

fn words(list: &[(&str, u64)]) -> Column {
    texts("x", list)
}

#[test]
fn another_way_to_write_texts_is_named() {
    let towns = [("Berlin", 400), ("Zürich", 300), ("New York", 200), ("Rome", 100)];
    let changed = |change: fn(&str) -> String| {
        let list: Vec<(String, u64)> = towns.iter().map(|it| (change(it.0), it.1)).collect();
        let list: Vec<(&str, u64)> = list.iter().map(|it| (it.0.as_str(), it.1)).collect();
        run(words(&towns), words(&list))
    };
    for (change, expected) in [
        (
            (|t: &str| t.to_lowercase()) as fn(&str) -> String,
            "only in upper and lower case, as \"berlin\" for \"Berlin\"",
        ),
        (|t| t.to_uppercase(), "only in upper and lower case"),
        (|t| format!("{t} "), "white space"),
        (|t| format!("  {}", t.to_lowercase()), "in case and white space"),
        (|t| format!("city:{t}"), "in what was put before them, \"city:\""),
        (|t| format!("{t}_v2"), "in what was put behind them, \"_v2\""),
    ] {
        let drift = changed(change);
        assert_eq!(ids(&drift), ["text-shape"], "{expected}: {drift:?}");
        assert!(drift.explanations[0].message.contains(expected), "{}", drift.explanations[0].message);
    }
    let coded: Vec<(String, u64)> = towns.iter().map(|it| (format!("x-{}", it.0), it.1)).collect();
    let coded: Vec<(&str, u64)> = coded.iter().map(|it| (it.0.as_str(), it.1)).collect();
    let drift = run(words(&coded), words(&towns));
    assert!(drift.explanations[0].message.contains("taken away before them, \"x-\""), "{drift:?}");
    let drift = run(words(&[("0012", 300), ("0450", 300)]), words(&[("12", 300), ("450", 300)]));
    assert!(drift.explanations[0].message.contains("leading zeros"), "{drift:?}");
    let drift = run(words(&[("1.5 l", 300), ("0.7 l", 300)]), words(&[("1,5 l", 300), ("0,7 l", 300)]));
    assert!(drift.explanations[0].message.contains("signs"), "{drift:?}");
    // A part of the rows.
    let drift =
        run(words(&[("a", 500), ("b", 500)]), words(&[("a", 350), ("b", 350), ("A", 150), ("B", 150)]));
    assert!(drift.explanations[0].message.starts_with("30 % of the values"), "{drift:?}");
}

#[test]
fn another_encoding_is_named() {
    let towns = words(&[("Köln", 300), ("Genève", 300), ("Bern", 300)]);
    for (now, expected) in [
        ([("KÃ¶ln", 300), ("GenÃ¨ve", 300), ("Bern", 300)], "in their encoding (UTF-8 read as Latin-1"),
        (
            [("K\u{fffd}ln", 300), ("Gen\u{fffd}ve", 300), ("Bern", 300)],
            "in letters that do not read as UTF-8",
        ),
    ] {
        let drift = run(towns.clone(), words(&now));
        assert_eq!(ids(&drift), ["text-shape"], "{drift:?}");
        assert!(drift.explanations[0].message.contains(expected), "{}", drift.explanations[0].message);
    }
}

#[test]
fn another_script_is_named() {
    let drift = run(words(&[("Moskva", 300), ("Kazan", 300)]), words(&[("Москва", 300), ("Казань", 300)]));
    assert_eq!(ids(&drift), ["script"]);
}

#[test]
fn invalid_cells_are_told_by_the_way_they_are_written() {
    let place = |text: String| Place { row: 1, line: None, byte: None, text };
    let mut now = holed(integers("x", (0..700).map(|i| i % 90)), 0, 300);
    now.invalid_places = (0..100).map(|i| place(format!("{i},5"))).collect();
    let drift = run(integers("x", (0..1000).map(|i| i % 90)), now);
    assert_eq!(ids(&drift), ["cell-format"]);
    assert_eq!(
        drift.explanations[0].message,
        "the first invalid cells are numbers with a decimal comma, as \"0,5\""
    );
    let drift = run(integers("x", 0..100), words(&[("1,5", 30), ("2,25", 30)]));
    assert_eq!((drift.outcome, ids(&drift)), (Outcome::NotComparable, vec!["cell-format"]));
}

#[test]
fn ordinary_drift_is_explained_by_nothing() {
    // A hundred seeded drifts of location, spread, shape, ties, shares and spikes, none of a cause that is listed.
    for seed in 0..100_u64 {
        let mut stream = Stream(seed << 32 | 5);
        let moved = 0.2 + 1.3 * stream.next();
        let wider = [1.0, 1.2, 1.4, 2.0, 0.6][(stream.next() * 5.0) as usize];
        let mut draw =
            |of: &dyn Fn(&mut Stream) -> f64| (0..1500).map(|_| of(&mut stream)).collect::<Vec<f64>>();
        let pairs = [
            (draw(&|s| s.normal()), draw(&|s| moved + wider * s.normal())),
            (draw(&|s| num::exp(s.normal())), draw(&|s| num::exp(moved / 2.0 + s.normal() * wider.min(1.3)))),
            (draw(&|s| num::exp(s.normal())), draw(&|s| moved + num::exp(s.normal()))),
            (draw(&|s| (s.normal() * 5.0).round()), draw(&|s| (5.0 * moved + s.normal() * 5.0).round())),
            (
                draw(&|s| (20.0 * s.next()).floor() + 3.0),
                draw(&|s| (20.0 * s.next() * s.next()).floor() + 3.0),
            ),
            (
                draw(&|s| if s.next() < 0.6 { 0.0 } else { s.next() }),
                draw(&|s| if s.next() < 0.3 { 0.0 } else { s.next() }),
            ),
            (draw(&|s| s.normal()), draw(&|s| if s.next() < 0.3 { 3.0 + s.normal() } else { s.normal() })),
            (draw(&|s| s.next()), draw(&|s| s.next() * s.next())),
        ];
        for (i, (before, now)) in pairs.into_iter().enumerate() {
            let drift = run(floats_of("x", before), floats_of("x", now));
            assert!(drift.explanations.is_empty(), "seed {seed}, pair {i}: {:?}", drift.explanations);
        }
    }
}

#[test]
fn ordinary_drift_of_categories_is_explained_by_nothing() {
    let drift = run(words(&[("a", 500), ("b", 500)]), words(&[("a", 200), ("b", 500), ("c", 300)]));
    assert_eq!((drift.outcome, ids(&drift)), (Outcome::Drifted, vec![]));
    for seed in 0..100_u64 {
        let names = |seed: u64, power: f64| {
            let mut stream = Stream(seed << 32);
            drawn(
                "x",
                (0..3000).map(move |_| format!("Item {}", (num::pow(stream.next(), power) * 400.0) as u64)),
            )
        };
        let drift = run(names(2 * seed, 1.0), names(2 * seed + 1, 2.5));
        assert!(drift.explanations.is_empty(), "{seed}: {:?}", drift.explanations);
    }
}

#[test]
fn what_has_not_drifted_is_not_explained() {
    let drift = planted(standard, |x, _| x);
    assert_eq!((drift.outcome, ids(&drift)), (Outcome::Stable, vec![]));
}

#[test]
fn hostile_values_abort_nothing() {
    let wild = [f64::NEG_INFINITY, -f64::MAX, -0.0, 5e-324, f64::MAX, f64::INFINITY, 1e300, -1e300];
    let wild = |k: usize| floats_of("x", wild.into_iter().cycle().skip(k).take(800 + k));
    let _ = (
        run(wild(0), wild(3)),
        run(wild(3), floats_of("x", [0.0; 500])),
        run(floats_of("x", [0.0; 500]), wild(1)),
    );
    let wide =
        |k: i128| keys("x", Type::Decimal(3), (0..600).map(move |i| domain::wide(i128::MAX / 1000 * i * k)));
    assert_eq!(run(wide(1), wide(-1)).outcome, Outcome::Drifted);
    let long = "é".repeat(10_000);
    let other = format!("{long}!");
    let _ =
        run(words(&[(&long, 300), ("é", 300), ("", 300)]), words(&[(&other, 300), ("é!", 300), ("!", 300)]));
}
