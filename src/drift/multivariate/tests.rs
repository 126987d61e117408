//! What is found, and how often nothing is.

use super::super::frame::Variable;
use super::*;
use crate::drift::testing::Stream;

/// Numbers, and labels with their texts.
enum Made {
    Numbers(Vec<f64>),
    Labels(Vec<f64>, Vec<String>),
}

fn frame<'a>(made: &'a [Made], names: &'a [String]) -> Frame<'a> {
    let variable = |(it, name): (&'a Made, &'a String)| match it {
        Made::Numbers(values) => Variable { name, values, labels: None },
        Made::Labels(values, labels) => Variable { name, values, labels: Some(labels) },
    };
    let rows = match &made[0] {
        Made::Numbers(values) | Made::Labels(values, _) => values.len(),
    };
    Frame { rows, columns: made.iter().zip(names).map(variable).collect() }
}

/// Four numbers (of which the second goes with the first by so much, one has heavy tails and gaps, one ties), and three columns
/// of labels, the second of which follows the first by so much.
fn table(rows: usize, stream: &mut Stream, (correlation, follows): (f64, f64)) -> Vec<Made> {
    let mut numbers = vec![Vec::new(); 4];
    let mut labels = vec![Vec::new(); 3];
    for _ in 0..rows {
        let (a, b, c, d) = (stream.normal(), stream.normal(), stream.normal(), stream.normal());
        numbers[0].push(a);
        numbers[1].push(correlation * a + (1.0 - correlation * correlation).sqrt() * b);
        numbers[2].push(if stream.next() < 0.1 { f64::NAN } else { c * c * c + 0.5 * a });
        numbers[3].push((d * 1.5 + b).floor());
        let kind = (stream.next() * 4.0).floor();
        labels[0].push(kind);
        labels[1].push(if stream.next() < follows { kind } else { (stream.next() * 4.0).floor() });
        labels[2].push(if stream.next() < 0.9 { 0.0 } else { (stream.next() * 30.0).floor() });
    }
    let texts: Vec<String> = (0..30).map(|i| format!("v{i}")).collect();
    let numbers = numbers.into_iter().map(Made::Numbers);
    numbers.chain(labels.into_iter().map(|it| Made::Labels(it, texts.clone()))).collect()
}

fn looked(old: &[Made], new: &[Made]) -> Together {
    let names: Vec<String> = (0..old.len()).map(|i| format!("c{i}")).collect();
    together(&frame(old, &names), &frame(new, &names), 0)
}

/// How many of so many pairs of tables alike alarm, by look, and at all.
fn alarms(runs: u64, (n, m): (usize, usize), law: (f64, f64)) -> [u32; 4] {
    let mut counts = [0; 4];
    for run in 0..runs {
        let mut stream = Stream(run * 1_000_003 + n as u64);
        let (a, b) = (table(n, &mut stream, law), table(m, &mut stream, law));
        let found = looked(&a, &b);
        let said = [found.domain.drifted, found.reconstruction.drifted, found.structure.drifted];
        said.iter().zip(&mut counts).for_each(|(said, count)| *count += u32::from(*said));
        counts[3] += u32::from(said.contains(&true));
    }
    counts
}

#[test]
fn tables_alike_seldom_alarm() {
    for (runs, sizes, law) in [(40, (120, 120), (0.0, 0.0)), (30, (300, 150), (0.8, 0.7))] {
        let found = alarms(runs, sizes, law);
        assert!(found[3] <= 4, "{sizes:?}: {found:?} of {runs}");
    }
}

/// Run it with `-- --ignored --nocapture`: the table of the documents. Alarms of the classifier, the principal components, the pairs,
/// and of any of them.
#[test]
#[ignore = "takes minutes"]
fn false_alarms_by_size() {
    for (runs, sizes) in
        [(400, (60, 60)), (400, (100, 100)), (400, (200, 200)), (400, (500, 100)), (100, (1000, 1000))]
    {
        for law in [(0.0, 0.0), (0.8, 0.7)] {
            println!("{law:?} {sizes:?} {:?} of {runs}", alarms(runs, sizes, law));
        }
    }
}

#[test]
fn a_correlation_that_turns_is_found_where_no_column_drifts() {
    let mut stream = Stream(11);
    let (a, b) = (table(600, &mut stream, (0.7, 0.8)), table(500, &mut stream, (-0.7, 0.8)));
    let found = looked(&a, &b);
    assert!(found.domain.drifted && found.structure.drifted, "{found:?}");
    let domain = found.domain.found.unwrap();
    let most: f64 = domain.drops.iter().sum();
    assert!(domain.drops[0] + domain.drops[1] > 0.8 * most, "{:?}", domain.drops);
    let pairs = found.structure.found.unwrap();
    let changed: Vec<_> = pairs.iter().filter(|it| changed(it)).map(|it| it.columns).collect();
    assert_eq!(changed.first(), Some(&(0, 1)), "{pairs:?}");
}

#[test]
fn labels_that_no_longer_go_together_are_found() {
    let mut stream = Stream(12);
    let (a, b) = (table(600, &mut stream, (0.5, 0.8)), table(600, &mut stream, (0.5, 0.1)));
    let found = looked(&a, &b);
    assert!(found.structure.drifted);
    let pairs = found.structure.found.unwrap();
    let changed: Vec<_> = pairs.iter().filter(|it| changed(it)).map(|it| it.columns).collect();
    assert_eq!(changed, [(4, 5)]);
}

#[test]
fn labels_that_change_places_are_found_though_as_much_is_told() {
    let mut stream = Stream(16);
    let (a, mut b) = (table(600, &mut stream, (0.5, 0.6)), table(600, &mut stream, (0.5, 0.6)));
    if let Made::Labels(values, _) = &mut b[5] {
        values.iter_mut().for_each(|it| *it = 3.0 - *it);
    }
    // The mean of the fourth column depends on the third one's labels otherwise.
    let shift = |made: &mut Vec<Made>, sign: f64| {
        let Made::Labels(labels, _) = &made[4] else { panic!("labels") };
        let labels = labels.clone();
        let Made::Numbers(values) = &mut made[3] else { panic!("numbers") };
        values.iter_mut().zip(labels).for_each(|(it, label)| *it += sign * (label - 1.5));
    };
    let mut a = a;
    shift(&mut a, 1.0);
    shift(&mut b, -1.0);
    let pairs = looked(&a, &b).structure.found.unwrap();
    let of = |columns| *pairs.iter().find(|it| it.columns == columns).unwrap();
    let (tied, told) = (of((4, 5)), of((3, 4)));
    assert!(changed(&tied) && (tied.reference - tied.current).abs() < 0.1, "{tied:?}");
    assert!(changed(&told) && (told.reference - told.current).abs() < 0.1, "{told:?}");
}

#[test]
fn a_column_that_moves_is_what_the_classifier_needs() {
    let mut stream = Stream(13);
    let (a, mut b) = (table(400, &mut stream, (0.2, 0.2)), table(400, &mut stream, (0.2, 0.2)));
    if let Made::Numbers(values) = &mut b[3] {
        values.iter_mut().for_each(|it| *it += 2.0);
    }
    let found = looked(&a, &b).domain;
    assert!(found.drifted, "{found:?}");
    let drops = found.found.unwrap().drops;
    assert!((0..7).all(|i| i == 3 || drops[i] < 0.3 * drops[3]), "{drops:?}");
}

#[test]
fn files_that_are_the_same_or_too_small_say_nothing() {
    let a = table(300, &mut Stream(14), (0.5, 0.5));
    let b = table(300, &mut Stream(14), (0.5, 0.5));
    let found = looked(&a, &b);
    assert!(!found.domain.drifted && !found.reconstruction.drifted && !found.structure.drifted);
    assert_eq!(found.domain.found.unwrap().area.value, 0.5);
    let few = looked(&table(20, &mut Stream(15), (0.5, 0.5)), &a);
    assert!(few.domain.found.is_err() && few.reconstruction.found.is_err() && few.structure.found.is_err());
}
