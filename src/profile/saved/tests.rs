//! The law of saving, the file of version 1, and hostile files.

use proptest::prelude::*;

use super::*;
use crate::cell::{Domain, TimeUnit};
use crate::profile::{Categories, Category, Distribution, Ordered};

/// Sketches whose bytes are easy to see through: a wrapping 128-bit sum, a maximum per byte, a list.
struct Toy;

impl Sketches for Toy {
    fn merge_sums(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>> {
        let of = |bytes: &[u8]| {
            let fault = |_| Error::new(Kind::Damaged, "a sum has 16 bytes");
            Ok(i128::from_le_bytes(bytes.try_into().map_err(fault)?))
        };
        Ok(of(a)?.wrapping_add(of(b)?).to_le_bytes().to_vec())
    }

    fn merge_distinct(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>> {
        Ok(a.iter().zip(b).map(|(a, b)| *a.max(b)).collect())
    }

    fn distinct_of(&self, values: &Distribution, _: u64) -> Vec<u8> {
        let mut registers = vec![0u8; 64];
        let mut add = |hash: u64| {
            let register = &mut registers[(hash % 64) as usize];
            *register = (*register).max((hash >> 6).trailing_zeros() as u8 + 1);
        };
        match values {
            Distribution::Absent => {}
            Distribution::Ordered(ordered) => {
                ordered.entries.iter().for_each(|entry| add(mix(entry.0 as u64)))
            }
            Distribution::Categories(texts) => texts.entries.iter().for_each(|entry| add(mix(entry.hash))),
        }
        registers
    }

    fn merge_duplicates(&self, a: &[u8], b: &[u8]) -> Result<Vec<u8>> {
        let mut all = [a, b].concat();
        all.sort_unstable();
        Ok(all)
    }

    fn duplicates(&self, bytes: &[u8], _: u64) -> Result<(model::Estimate, model::RowCounts)> {
        let copies = bytes.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64;
        Ok((model::Estimate::exact(copies), model::RowCounts::default()))
    }

    fn fill(&self, _: &Column, column: &mut model::Column) -> Result<()> {
        column.role_reason = "filled".into();
        Ok(())
    }
}

fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn plan(name: &str, ty: Type) -> ColumnPlan {
    ColumnPlan {
        name: name.into(),
        ty,
        formats: 0,
        nulls: 3,
        more_nulls: Vec::new(),
        spelled: None,
        governed: false,
        typed: false,
    }
}

fn empty(plan: ColumnPlan) -> Column {
    Column {
        plan,
        rows: 0,
        valid: 0,
        missing: 0,
        invalid: 0,
        zeros: 0,
        negatives: 0,
        infinities: 0,
        kinds: BTreeMap::new(),
        null_tokens: BTreeMap::new(),
        range: None,
        distribution: Distribution::Absent,
        sum: Vec::new(),
        squares: Vec::new(),
        distinct: Vec::new(),
        withheld: false,
    }
}

/// What a scan of these rows would save: a column of numbers, one of texts.
fn save(rows: &[(Option<i64>, u16)], redact: Redact) -> Saved {
    let mut number = empty(plan("number", Type::Integer));
    let mut text = empty(plan("text", Type::Text));
    let mut keys: BTreeMap<u128, u64> = BTreeMap::new();
    let mut words: BTreeMap<u64, Category> = BTreeMap::new();
    let mut total = 0i128;
    for (value, word) in rows {
        number.rows += 1;
        text.rows += 1;
        text.valid += 1;
        let hash = mix(u64::from(*word));
        let label = Some(format!("word {word}"));
        words.entry(hash).or_insert(Category { hash, label, count: 0 }).count += 1;
        let Some(value) = value else {
            number.missing += 1;
            *number.null_tokens.entry("NA".into()).or_default() += 1;
            continue;
        };
        number.valid += 1;
        number.zeros += u64::from(*value == 0);
        number.negatives += u64::from(*value < 0);
        *number.kinds.entry("integer".into()).or_default() += 1;
        *keys.entry(crate::cell::domain::signed(*value).into()).or_default() += 1;
        total += i128::from(*value);
    }
    if !keys.is_empty() {
        number.range = keys.first_key_value().zip(keys.last_key_value()).map(|(min, max)| (*min.0, *max.0));
        number.distribution = Distribution::Ordered(Ordered {
            domain: Domain::Signed,
            shift: 0,
            entries: keys.into_iter().collect(),
        });
        number.sum = total.to_le_bytes().to_vec();
        number.distinct = Toy.distinct_of(&number.distribution, 7);
    }
    if !words.is_empty() {
        text.distribution =
            Distribution::Categories(Categories { shift: 0, entries: words.into_values().collect() });
        text.distinct = Toy.distinct_of(&text.distribution, 7);
    }
    number.settle(redact, Role::Measure);
    text.settle(redact, Role::Category);
    let n = rows.len() as u64;
    let mut duplicates: Vec<u8> = rows.iter().map(|(_, word)| *word as u8).collect();
    duplicates.sort_unstable();
    Saved {
        seed: 7,
        redact,
        sources: Vec::new(),
        rows: n,
        rows_in: n,
        rows_set_aside: 0,
        duplicates,
        columns: vec![number, text],
    }
}

fn rows() -> impl Strategy<Value = Vec<(Option<i64>, u16)>> {
    let value = prop_oneof![Just(None), (-9i64..9).prop_map(Some), any::<i64>().prop_map(Some)];
    prop::collection::vec((value, prop_oneof![0u16..20, any::<u16>()]), 0..4000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn saving_both_is_merging_the_saved(a in rows(), b in rows()) {
        for redact in [Redact::None, Redact::Values] {
            let whole = write(&save(&[a.clone(), b.clone()].concat(), redact)).unwrap();
            let (left, right) = (save(&a, redact), save(&b, redact));
            prop_assert_eq!(&write(&left.merge(&right, &Toy).unwrap()).unwrap(), &whole);
            prop_assert_eq!(&write(&right.merge(&left, &Toy).unwrap()).unwrap(), &whole);
        }
    }

    #[test]
    fn at_the_level_rare_only_labels_may_be_missing(a in rows(), b in rows()) {
        let whole = save(&[a.clone(), b.clone()].concat(), Redact::Rare);
        let merged = save(&a, Redact::Rare).merge(&save(&b, Redact::Rare), &Toy).unwrap();
        let (Distribution::Categories(whole), Distribution::Categories(merged)) =
            (&whole.columns[1].distribution, &merged.columns[1].distribution)
        else {
            return Ok(());
        };
        prop_assert_eq!(whole.entries.len(), merged.entries.len());
        for (whole, merged) in whole.entries.iter().zip(&merged.entries) {
            prop_assert_eq!((whole.hash, whole.count), (merged.hash, merged.count));
            prop_assert!(merged.label.is_none() || merged.label == whole.label);
            prop_assert!(whole.label.is_none() || whole.count >= RARE);
            prop_assert!(whole.count < 2 * RARE - 1 || merged.label == whole.label);
        }
    }

    #[test]
    fn a_file_reads_back_as_it_was_saved(a in rows()) {
        let saved = save(&a, Redact::Rare);
        prop_assert_eq!(read(&write(&saved).unwrap()).unwrap(), saved);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let mut file = write(&golden()).unwrap();
        let at = at.index(file.len());
        let end = (at + bytes.len() / 40).min(file.len());
        file.splice(at..end, bytes.into_iter().take(5));
        let _ = read(&file).map(|saved| saved.merge(&saved, &Toy).map(|merged| merged.to_profile(&Toy)));
    }
}

#[test]
fn shrinking_takes_the_smallest_shift_that_fits() {
    let ordered = |keys: &[u128]| {
        let entries = keys.iter().map(|&key| (key, 1)).collect();
        Distribution::Ordered(Ordered { domain: Domain::Signed, shift: 0, entries })
    };
    let table: [(&[u128], usize, u32, &[(u128, u64)]); 4] = [
        (&[1, 2, 3], 3, 0, &[(1, 1), (2, 1), (3, 1)]),
        (&[1, 2, 3], 2, 1, &[(0, 1), (1, 2)]),
        (&[0, 7, 8, 1 << 40], 2, 4, &[(0, 3), (1 << 36, 1)]),
        (&[0, 1 << 63], 1, 64, &[(0, 2)]),
    ];
    for (keys, most, shift, wanted) in table {
        let Distribution::Ordered(found) = shrink(&ordered(keys), most) else { panic!("ordered") };
        assert_eq!((found.shift, found.entries.as_slice()), (shift, wanted), "{keys:?} in {most}");
    }
}

/// One saved profile with one of everything.
fn golden() -> Saved {
    let mut saved = save(
        &[(Some(1), 1), (Some(-2), 1), (None, 1), (Some(i64::MAX), 1), (Some(0), 1), (Some(0), 2)],
        Redact::Rare,
    );
    saved.sources = vec![model::Source {
        name: "a \"quoted\" name.csv".into(),
        bytes: 99,
        format: "csv".into(),
        compression: Some("gzip".into()),
        dialect: Some(model::Dialect { delimiter: b';', quote: None, header: true, origin: "given" }),
        encoding: Some("utf-8-bom".into()),
        content_hash: "00ff".repeat(8),
    }];
    let mut price = empty(plan("price", Type::Decimal(2)));
    price.rows = 6;
    price.valid = 4;
    price.invalid = 2;
    price.plan.governed = true;
    price.plan.more_nulls = vec!["-".into(), "?".into()];
    price.range = Some((1 << 127, (1 << 127) + 4096));
    price.distribution = Distribution::Ordered(Ordered {
        domain: Domain::Wide(2),
        shift: 4,
        entries: vec![(1 << 123, 3), ((1 << 123) + 256, 1)],
    });
    price.distinct = (0..64).map(|i| i % 3 + 1).collect();
    price.sum = vec![1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];
    let mut when = empty(plan("when", Type::Timestamp { unit: TimeUnit::Nano, zoned: true }));
    when.rows = 6;
    when.missing = 6;
    when.plan.formats = 5;
    saved.columns.extend([price, when]);
    saved
}

const VERSION_1: &str = include_str!("../../../tests/data/saved-profile-v1.json");
const GOLDEN: &str = include_str!("../../../tests/data/saved-profile-v2.json");

#[test]
fn version_2_stays_readable_and_is_what_is_written() {
    assert_eq!(String::from_utf8(write(&golden()).unwrap()).unwrap(), GOLDEN);
    assert_eq!(read(GOLDEN.as_bytes()).unwrap(), golden());
    assert!(GOLDEN.starts_with("{\"driftline_profile\":2,"));
}

#[test]
fn version_1_stays_readable() {
    // It was written without a distinct counter for the one column that needs it now.
    let mut wanted = golden();
    wanted.columns[2].distinct.clear();
    assert_eq!(read(VERSION_1.as_bytes()).unwrap(), wanted);
    assert!(VERSION_1.starts_with("{\"driftline_profile\":1,") && VERSION_1.contains("\"distinct\""));
    let counter =
        format!("\"sum\":\"AQ(7)Ag(7)\",\"distinct\":\"{}\"", bytes::encode(&golden().columns[2].distinct));
    let with = VERSION_1.replacen("\"sum\":\"AQ(7)Ag(7)\"", &counter, 1);
    assert_eq!(read(with.as_bytes()).unwrap(), golden());
}

#[test]
fn a_damaged_file_is_an_error_that_says_what_is_wrong() {
    let table = [
        ("", "", "expected a saved profile"),
        (
            "{\"driftline_profile\":2,",
            "{\"driftline_profile\":3,",
            "expected a saved profile of version 1 to 2, found version 3",
        ),
        ("{\"driftline_profile\":2,", "{\"driftline_profile\":2,\"more\":1,", "unknown field"),
        ("{\"driftline_profile\":2,", "{\"driftline_profile\":-1,", "damaged"),
        ("\"redact\":\"rare\"", "\"redact\":\"rarely\"", "redaction level \"rarely\""),
        ("\"rows_in\":6", "\"rows_in\":7", "rows do not add up"),
        ("\"valid\":4", "\"valid\":5", "cells do not add up"),
        ("\"type\":\"decimal(2)\"", "\"type\":\"decimal(99)\"", "unknown type"),
        ("\"type\":\"decimal(2)\"", "\"type\":\"integer\"", "beyond its keys"),
        ("\"shift\":4", "\"shift\":400", "shift is beyond"),
        ("\"counts\":[3,1]", "\"counts\":[3,0]", "counts do not add up"),
        ("\"counts\":[3,1]", "\"counts\":[3]", "not equally many"),
        (
            "\"counts\":[3,1]",
            "\"counts\":[18446744073709551615,18446744073709551615]",
            "counts do not add up",
        ),
        (",256]", ",0]", "do not rise"),
        (",256]", ",\"100\"]", "damaged"),
        ("\"-\",\"?\"", "\"?\",\"-\"", "not sorted"),
        ("\"name\":\"price\"", "\"name\":\"text\"", "stands twice"),
        ("\"sum\":\"AQ(7)Ag(7)\"", "\"sum\":\"AQ(9999999)Ag(7)\"", "beyond 1048576 bytes"),
        ("\"sum\":\"AQ(7)Ag(7)\"", "\"sum\":\"AQ(7)A(7)\"", "not base 64"),
        ("\"given\"", "\"guessed\"", "dialect's origin"),
        ("\"sum\":\"/v", "\"distinct\":\"BQQAAEs\",\"sum\":\"/v", "counter beside all values"),
        ("\"distinct\":\"", "\"distinct\":\"AAAA", "distinct counter that cannot be read"),
    ];
    for (old, new, wanted) in table {
        assert!(GOLDEN.contains(old), "{old}");
        let file = if old.is_empty() { String::new() } else { GOLDEN.replacen(old, new, 1) };
        let error = read(file.as_bytes()).unwrap_err();
        assert!(error.message().contains(wanted), "{new}: {error}");
        assert!(
            error.hint().is_some()
                || error.message().contains("bytes")
                || error.message().contains("base 64"),
            "{error}"
        );
    }
    let huge = format!("[{}1]", "1,".repeat(3000));
    let error =
        read(GOLDEN.replacen("\"counts\":[3,1]", &format!("\"counts\":{huge}"), 1).as_bytes()).unwrap_err();
    assert!(error.message().contains("not equally many"));
}

#[test]
fn only_profiles_of_the_same_columns_and_seed_can_be_merged() {
    let saved = golden();
    let mut other = saved.clone();
    other.seed = 8;
    assert!(saved.merge(&other, &Toy).unwrap_err().message().contains("seed"));
    let mut other = saved.clone();
    other.columns[0].plan.name = "n".into();
    let error = saved.merge(&other, &Toy).unwrap_err();
    assert_eq!(error.message(), "column 1 is \"number\" in one saved profile, \"n\" in the other");
    let mut other = saved.clone();
    other.columns.pop();
    assert!(saved.merge(&other, &Toy).unwrap_err().message().contains("4 columns, the other 3"));
    let mut other = saved.clone();
    other.columns[2].plan.ty = Type::Float;
    assert!(
        other
            .merge(&saved, &Toy)
            .unwrap_err()
            .message()
            .contains("is float in one saved profile, decimal(2)")
    );
    let mut other = saved.clone();
    other.columns[3].plan.ty = Type::Text;
    assert_eq!(saved.merge(&other, &Toy).unwrap().columns[3].plan.ty, Type::Text);
    let mut other = saved.clone();
    other.rows = u64::MAX;
    assert_eq!(saved.merge(&other, &Toy).unwrap_err().kind(), Kind::Limit);
}

#[test]
fn the_stricter_level_of_two_wins() {
    let rows: Vec<_> = (0..20).map(|i| (Some(i), 1)).collect();
    let labels = |saved: &Saved| match &saved.columns[1].distribution {
        Distribution::Categories(categories) => categories.entries[0].label.clone(),
        _ => None,
    };
    let open = save(&rows, Redact::None);
    assert!(labels(&open).is_some());
    let closed = open.merge(&save(&rows, Redact::Values), &Toy).unwrap();
    assert_eq!((closed.redact, labels(&closed)), (Redact::Values, None));
}

#[test]
fn ids_and_rare_values_are_left_out() {
    let entry = |count| Category { hash: count, label: Some(format!("{count}")), count };
    let labels = |redact, role| {
        let mut column = empty(plan("c", Type::Text));
        column.distribution =
            Distribution::Categories(Categories { shift: 0, entries: vec![entry(4), entry(5)] });
        column.settle(redact, role);
        match column.distribution {
            Distribution::Categories(categories) => {
                categories.entries.into_iter().map(|entry| entry.label.is_some()).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        }
    };
    assert_eq!(labels(Redact::None, Role::Id), [true, true]);
    assert_eq!(labels(Redact::Rare, Role::Category), [false, true]);
    assert_eq!(labels(Redact::Rare, Role::Id), [false, false]);
    assert_eq!(labels(Redact::Values, Role::Category), [false, false]);
}

#[test]
fn a_profile_says_that_it_was_saved_and_what_is_exact() {
    let profile = golden().to_profile(&Toy).unwrap();
    assert!(profile.saved);
    assert_eq!(profile.source.name, "a \"quoted\" name.csv");
    assert_eq!((profile.table.rows, profile.table.duplicate_rows.value), (6, 4.0));
    let roles: Vec<&str> = profile.columns.iter().map(|column| column.role.id()).collect();
    assert_eq!(roles, ["measure", "category", "measure", "empty"]);
    assert_eq!(profile.columns[0].distinct, model::Estimate::exact(4));
    assert_eq!(profile.columns[0].singletons, Some(3));
    assert_eq!(profile.columns[2].distinct, model::Estimate { value: 3.0, exact: false, error: 1.0 });
    assert_eq!(profile.columns[0].kinds, [("integer", 5)]);
    assert!(profile.columns.iter().all(|column| column.role_reason == "filled"));
}

#[test]
fn a_saved_column_of_many_values_takes_a_few_kilobytes() {
    let rows: Vec<_> = (0..200_000u64).map(|i| (Some(mix(i) as i64 >> 30), (i % 50) as u16)).collect();
    let mut saved = save(&rows, Redact::Rare);
    saved.duplicates.clear();
    saved.columns.pop();
    let bytes = write(&saved).unwrap().len();
    assert!(bytes < 20_000, "{bytes} bytes");
}
