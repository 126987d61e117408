//! NannyML's own numbers, of columns that Python made by the same formulas.
//!
//! nannyml 0.13.1, pandas 3.1.1, numpy 2.4.6, scipy 1.17.1: the calculators on data frames of the columns of `testing`, once in
//! ten chunks (and a rest) of 1,000 and 505 rows, once in chunks of 1,500 of 12,000 and 4,500 rows.

use super::super::asked::Asked;
use super::super::testing::made;
use super::super::{Options, Tool, compare};
use super::*;
use crate::drift::testing::profile;

const NAN: f64 = f64::NAN;

fn agree(found: f64, expected: f64, what: &str) {
    let near = (found - expected).abs() <= 1e-8 * expected.abs() + 1e-13;
    assert!(near || found.is_nan() && expected.is_nan(), "{what}: expected {expected:e}, found {found:e}");
}

/// The column of a side in chunks of so many rows.
fn chunks(name: &str, side: u64, rows: u64, size: u64) -> Vec<Chunk> {
    let starts = (0..rows).step_by(size as usize);
    let chunk = |from: u64| {
        let to = (from + size).min(rows);
        Chunk { key: format!("[{from}:{}]", to - 1), profile: profile(vec![made(name, side, from, to)]) }
    };
    starts.map(chunk).collect()
}

/// What NannyML says of the column of so many rows, of the methods asked for.
fn said(rows: u64, name: &str, method: &str) -> ColumnSaid {
    let (current, sizes) = if rows == 1000 { (505, (100, 50)) } else { (4500, (1500, 1500)) };
    let (a, b) = (chunks(name, 0, rows, sizes.0), chunks(name, 1, current, sizes.1));
    let asked = [Asked::parse(&format!("all={method}")).expect("a wish")];
    column(&made(name, 0, 0, rows), Chunks { reference: &a, current: &b, rows: &[] }, &Wishes(&asked))
}

fn method<'a>(said: &'a ColumnSaid, name: &str) -> &'a MethodSaid {
    said.methods.iter().find(|it| it.name == name).expect("the method")
}

fn chunk(method: &MethodSaid, at: usize) -> &ChunkSaid {
    method.chunks.iter().filter(|it| !it.reference).nth(at).expect("the chunk")
}

#[test]
fn distances_thresholds_and_alerts_are_nannymls() {
    for (rows, name, id, upper, chunks) in UNIVARIATE {
        let found = said(*rows, name, id);
        let found = method(&found, id);
        let what = format!("{rows} {name} {id}");
        assert_eq!(found.upper.is_some(), upper.is_some(), "{what}");
        agree(found.upper.unwrap_or(0.0), upper.unwrap_or(0.0), &what);
        for (at, value, alert) in *chunks {
            let one = chunk(found, *at);
            agree(one.value.unwrap_or(NAN), *value, &format!("{what} {}", one.key));
            assert_eq!(one.alert, *alert, "{what} {}", one.key);
        }
    }
}

#[test]
fn quality_and_summary_statistics_are_nannymls() {
    for (rows, name, id, lower, upper, chunks) in CALCULATED {
        let found = said(*rows, name, "jensen_shannon");
        let found = method(&found, id);
        let what = format!("{rows} {name} {id}");
        assert_eq!(
            (found.lower.is_some(), found.upper.is_some()),
            (lower.is_some(), upper.is_some()),
            "{what}"
        );
        agree(found.lower.unwrap_or(0.0), lower.unwrap_or(0.0), &what);
        agree(found.upper.unwrap_or(0.0), upper.unwrap_or(0.0), &what);
        for (at, value, error, low, alert) in *chunks {
            let one = chunk(found, *at);
            agree(one.value.unwrap_or(NAN), *value, &what);
            agree(one.sampling_error.unwrap_or(NAN), error.unwrap_or(NAN), &what);
            agree(one.band.map_or(NAN, |it| it.0), low.unwrap_or(NAN), &what);
            assert_eq!(one.alert, *alert, "{what} {}", one.key);
        }
    }
}

#[test]
fn the_count_of_rows_alerts_even_where_it_is_as_always() {
    // SummaryStatsRowCountCalculator: thresholds 1500 and 1500, and 1500 is not between them.
    let (a, b) = (chunks("float", 0, 12_000, 1500), chunks("float", 1, 4500, 1500));
    let found = rows(Chunks { reference: &a, current: &b, rows: &[] });
    assert_eq!((found.lower, found.upper, chunk(&found, 2).alert), (Some(1500.0), Some(1500.0), true));
}

#[test]
fn tables_are_ranked_by_alerts_and_need_chunks() {
    let table = |side: u64, rows: u64| {
        let one = |from: u64| Chunk {
            key: from.to_string(),
            profile: profile(
                ["float", "flag", "ties"].map(|name| made(name, side, from, from + 500)).to_vec(),
            ),
        };
        (0..rows).step_by(500).map(one).collect::<Vec<_>>()
    };
    let whole =
        |side, rows| profile(["float", "flag", "ties"].map(|name| made(name, side, 0, rows)).to_vec());
    let (a, b) = (table(0, 3000), table(1, 1500));
    let chunks = Chunks { reference: &a, current: &b, rows: &[] };
    let (reference, current) = (whole(0, 3000), whole(1, 1500));
    let options = Options::of(Tool::NannyMl);
    let found = compare((&reference, &current), Some(chunks), &[], &options).expect("said");
    assert_eq!(found.ranking.first().map(|it| it.0.as_str()), Some("float"));
    assert_eq!(found.drifted, Some(true));
    assert!(compare((&reference, &current), None, &[], &options).is_err());
}

#[test]
fn constant_and_wider_thresholds_replace_three_deviations() {
    let upper = |wish: &str| said(1000, "float", wish).methods[0].upper;
    assert_eq!(upper("jensen_shannon:0.4"), Some(0.4));
    assert!(upper("jensen_shannon:5sd") > upper("jensen_shannon"));
    assert_eq!(upper("kolmogorov_smirnov:99sd"), Some(1.0));
}

#[test]
fn an_empty_chunk_has_no_value_and_no_alert() {
    let reference = made("float", 0, 0, 100);
    let (a, mut b) = (chunks("float", 0, 100, 10), chunks("float", 1, 20, 10));
    b[1].profile.columns[0] =
        crate::drift::testing::holed(crate::drift::testing::floats_of("float", []), 10, 0);
    let found = column(&reference, Chunks { reference: &a, current: &b, rows: &[] }, &Wishes(&[]));
    let last = chunk(&found.methods[0], 1);
    assert_eq!((last.value, last.alert), (None, false));
}

/// Rows of the reference, column, method, upper threshold, and of some chunks place, value and alert.
type Univariate = (u64, &'static str, &'static str, Option<f64>, &'static [(usize, f64, bool)]);

#[rustfmt::skip]
const UNIVARIATE: &[Univariate] = &[
        (1000, "float", "jensen_shannon", Some(0.18932814400071707), &[(0, 0.2909310258751129, true), (3, 0.23490714583932812, true), (10, 0.6786655614306207, true)]),
        (1000, "float", "hellinger", Some(0.15813894660251981), &[(0, 0.2566407057789303, true), (3, 0.212236646091816, true), (10, 0.6505622087592843, true)]),
        (1000, "float", "kolmogorov_smirnov", Some(0.09005934781908204), &[(0, 0.139, true), (3, 0.126, true), (10, 0.319, true)]),
        (1000, "float", "wasserstein", Some(3.5132567279690625), &[(0, 8.254375, true), (3, 9.365625000000001, true), (10, 12.652625000000004, true)]),
        (1000, "skewed", "jensen_shannon", Some(0.2165697755313615), &[(0, 0.3299364200588575, true), (3, 0.30971137209160093, true), (10, 0.5708637420349998, true)]),
        (1000, "skewed", "hellinger", Some(0.19651214535044445), &[(0, 0.32026952197815123, true), (3, 0.28654987357555717, true), (10, 0.5514253616803069, true)]),
        (1000, "skewed", "kolmogorov_smirnov", Some(0.1944845376949657), &[(0, 0.13, false), (3, 0.137, false), (10, 0.345, true)]),
        (1000, "skewed", "wasserstein", Some(6493.928728244123), &[(0, 6026.8819375, false), (3, 4306.5768124999995, false), (10, 8843.744437500001, true)]),
        (1000, "ints", "jensen_shannon", Some(0.22139216546384116), &[(0, 0.3245054300876685, true), (3, 0.30354480447753973, true), (10, 0.7034830812894753, true)]),
        (1000, "ints", "hellinger", Some(0.1853599477068799), &[(0, 0.2991528076182886, true), (3, 0.27763916773756797, true), (10, 0.6891302585322762, true)]),
        (1000, "ints", "kolmogorov_smirnov", Some(0.18342895962653294), &[(0, 0.121, false), (3, 0.122, false), (10, 0.414, true)]),
        (1000, "ints", "wasserstein", Some(17.688081110065447), &[(0, 10.769000000000002, false), (3, 10.008999999999999, false), (10, 35.805, true)]),
        (1000, "ties", "jensen_shannon", Some(0.20761575505529412), &[(0, 0.17316973692975615, false), (3, 0.23842173339217135, true), (10, 0.6628958395298176, true)]),
        (1000, "ties", "hellinger", Some(0.1748555714652943), &[(0, 0.14478925576440116, false), (3, 0.200474767854909, true), (10, 0.6360939703699872, true)]),
        (1000, "ties", "kolmogorov_smirnov", Some(0.10490055309396115), &[(0, 0.082, false), (3, 0.116, true), (10, 0.278, true)]),
        (1000, "ties", "wasserstein", Some(1.246820871765776), &[(0, 0.57, false), (3, 1.17, false), (10, 2.7540000000000004, true)]),
        (1000, "constant", "jensen_shannon", Some(0.0), &[(0, 0.0, false), (3, 0.0, false), (10, 0.0, false)]),
        (1000, "constant", "hellinger", Some(0.0), &[(0, 0.0, false), (3, 0.0, false), (10, 0.0, false)]),
        (1000, "constant", "kolmogorov_smirnov", Some(0.0), &[(0, 0.0, false), (3, 0.0, false), (10, 0.0, false)]),
        (1000, "constant", "wasserstein", Some(0.0), &[(0, 0.0, false), (3, 0.0, false), (10, 0.0, false)]),
        (1000, "holes", "jensen_shannon", Some(0.27052326065110577), &[(0, 0.3048981421873658, true), (3, 0.25811895316406913, false), (10, 0.663086683213407, true)]),
        (1000, "holes", "hellinger", Some(0.22769094863478773), &[(0, 0.275695026813692, true), (3, 0.21700123880104463, false), (10, 0.6369623337536505, true)]),
        (1000, "holes", "kolmogorov_smirnov", Some(0.15321988776373918), &[(0, 0.12875, false), (3, 0.16875, true), (10, 0.34875, true)]),
        (1000, "holes", "wasserstein", Some(3.0469515739206576), &[(0, 3.1712500000000006, true), (3, 3.1087499999999997, true), (10, 7.72125, true)]),
        (1000, "letters", "jensen_shannon", Some(0.17170506038920297), &[(0, 0.2760155249358908, true), (3, 0.30190826278236677, true), (10, 0.43706248516899665, true)]),
        (1000, "letters", "hellinger", Some(0.14366436338732128), &[(0, 0.2316350533504011, true), (3, 0.2534130508187431, true), (10, 0.40135663588655063, true)]),
        (1000, "letters", "chi2", None, &[(0, 17.83021338854907, true), (3, 24.157854999526208, true), (10, 4.996651639702555, false)]),
        (1000, "letters", "l_infinity", Some(0.13992943968036076), &[(0, 0.28500000000000003, true), (3, 0.28500000000000003, true), (10, 0.274, true)]),
        (1000, "new", "jensen_shannon", Some(0.10489541942189996), &[(0, 0.6028393435932116, true), (3, 0.5809781088085266, true), (10, 0.5194084109332696, true)]),
        (1000, "new", "hellinger", Some(0.08737649017261243), &[(0, 0.6008315967221396, true), (3, 0.5804407952652635, true), (10, 0.5181431591957563, true)]),
        (1000, "new", "chi2", None, &[(0, 398.42541638091507, true), (3, 357.0739002932551, true), (10, 201.78488319078252, true)]),
        (1000, "new", "l_infinity", Some(0.10932090603452951), &[(0, 0.38, true), (3, 0.34, true), (10, 0.331, true)]),
        (1000, "flag", "jensen_shannon", Some(0.09282307990511332), &[(0, 0.12158159586006573, true), (3, 0.0699316191404169, false), (10, 0.10017092889341488, true)]),
        (1000, "flag", "hellinger", Some(0.07730618014591514), &[(0, 0.10133579023208324, true), (3, 0.05824585664158246, false), (10, 0.08351178216475612, true)]),
        (1000, "flag", "chi2", None, &[(0, 3.628257001836545, false), (3, 1.0221962616822426, false), (10, 5.315435389692777e-05, false)]),
        (1000, "flag", "l_infinity", Some(0.09980694827584191), &[(0, 0.138, true), (3, 0.07800000000000001, false), (10, 0.10200000000000009, true)]),
        (12000, "float", "jensen_shannon", Some(0.053936572352335), &[(0, 0.17965773737196114, true), (1, 0.18359205982616342, true), (2, 0.18836360697905752, true)]),
        (12000, "float", "hellinger", Some(0.044919466402850196), &[(0, 0.1702151581356693, true), (1, 0.17487025598487818, true), (2, 0.1802710566055783, true)]),
        (12000, "float", "kolmogorov_smirnov", Some(0.04452043798542869), &[(0, 0.04800000000000003, true), (1, 0.05199999999999916, true), (2, 0.06033333333333202, true)]),
        (12000, "float", "wasserstein", Some(2.601542888281968), &[(0, 4.4016367374998975, true), (1, 4.865367404166586, true), (2, 4.937646495833267, true)]),
        (12000, "skewed", "jensen_shannon", Some(0.06520940412181497), &[(0, 0.2362402408322269, true), (1, 0.22493865920114117, true), (2, 0.23128430340264752, true)]),
        (12000, "skewed", "hellinger", Some(0.054384571333720655), &[(0, 0.23007128518912986, true), (1, 0.21767395728978758, true), (2, 0.22566864940601142, true)]),
        (12000, "skewed", "kolmogorov_smirnov", Some(0.029410477030563993), &[(0, 0.09274999999999922, true), (1, 0.08024999999999949, true), (2, 0.09008333333333263, true)]),
        (12000, "skewed", "wasserstein", Some(597.6164355675871), &[(0, 4203.221530149977, true), (1, 4159.366287079143, true), (2, 4031.231633933311, true)]),
        (12000, "ints", "jensen_shannon", Some(0.054843074870462354), &[(0, 0.22080532750496676, true), (1, 0.22929522105257227, true), (2, 0.2285247545459168, true)]),
        (12000, "ints", "hellinger", Some(0.04567855859252287), &[(0, 0.2188862742066952, true), (1, 0.22622749142876367, true), (2, 0.22523237251154166, true)]),
        (12000, "ints", "kolmogorov_smirnov", Some(0.04501457886852671), &[(0, 0.0979166666666661, true), (1, 0.09633333333333305, true), (2, 0.09824999999999973, true)]),
        (12000, "ints", "wasserstein", Some(3.4220778097434534), &[(0, 9.478914516666645, true), (1, 10.039793433333308, true), (2, 9.353179233333329, true)]),
        (12000, "ties", "jensen_shannon", Some(0.06101265800577908), &[(0, 0.03729582468783557, false), (1, 0.04061046343286824, false), (2, 0.04650089702234106, false)]),
        (12000, "ties", "hellinger", Some(0.05081696680735311), &[(0, 0.031055590499965098, false), (1, 0.033818538270134785, false), (2, 0.03872552348645404, false)]),
        (12000, "ties", "kolmogorov_smirnov", Some(0.027985855106331683), &[(0, 0.020916666666666694, false), (1, 0.02675000000000005, false), (2, 0.015583333333333282, false)]),
        (12000, "ties", "wasserstein", Some(0.28039599413869654), &[(0, 0.2786225999999976, false), (1, 0.3476145999999996, true), (2, 0.17311140000000025, false)]),
        (12000, "constant", "jensen_shannon", Some(0.0), &[(0, 0.0, false), (1, 0.0, false), (2, 0.0, false)]),
        (12000, "constant", "hellinger", Some(0.0), &[(0, 0.0, false), (1, 0.0, false), (2, 0.0, false)]),
        (12000, "constant", "kolmogorov_smirnov", Some(0.0), &[(0, 0.0, false), (1, 0.0, false), (2, 0.0, false)]),
        (12000, "constant", "wasserstein", Some(0.0), &[(0, 0.0, false), (1, 0.0, false), (2, 0.0, false)]),
        (12000, "holes", "jensen_shannon", Some(0.06514863881345104), &[(0, 0.04085366092043527, false), (1, 0.05979451618015239, false), (2, 0.03742711955886894, false)]),
        (12000, "holes", "hellinger", Some(0.05426873033032449), &[(0, 0.03402099735022012, false), (1, 0.0498070897398547, false), (2, 0.031166284812973843, false)]),
        (12000, "holes", "kolmogorov_smirnov", Some(0.03838412530025008), &[(0, 0.029583333333333333, false), (1, 0.03145833333333333, false), (2, 0.01885416666666667, false)]),
        (12000, "holes", "wasserstein", Some(0.8600872785912602), &[(0, 0.5437499999999998, false), (1, 0.6047916666666663, false), (2, 0.3704166666666666, false)]),
        (12000, "letters", "jensen_shannon", Some(0.045141864803363296), &[(0, 0.21892403564850252, true), (1, 0.2233648787904139, true), (2, 0.2309121582527983, true)]),
        (12000, "letters", "hellinger", Some(0.03759149989330686), &[(0, 0.18307080384100569, true), (1, 0.18680793549102825, true), (2, 0.1932360877446015, true)]),
        (12000, "letters", "chi2", None, &[(0, 339.28905389107274, true), (1, 353.1425554030232, true), (2, 364.18030907308304, true)]),
        (12000, "letters", "l_infinity", Some(0.03375946734085467), &[(0, 0.22766666666666666, true), (1, 0.23099999999999998, true), (2, 0.24366666666666664, true)]),
        (12000, "new", "jensen_shannon", Some(0.029133037619759973), &[(0, 0.5696960265761837, true), (1, 0.5787115145043518, true), (2, 0.56952886303363, true)]),
        (12000, "new", "hellinger", Some(0.024256005519367), &[(0, 0.5696816018126707, true), (1, 0.5786919804624902, true), (2, 0.5694759412918673, true)]),
        (12000, "new", "chi2", None, &[(0, 4340.900228369091, true), (1, 4589.037558459377, true), (2, 4333.971586997528, true)]),
        (12000, "new", "l_infinity", Some(0.030346027874517553), &[(0, 0.3283333333333333, true), (1, 0.3413333333333333, true), (2, 0.3283333333333333, true)]),
        (12000, "flag", "jensen_shannon", Some(0.032740240940123524), &[(0, 0.08214240107414916, true), (1, 0.08503501467409516, true), (2, 0.09655815350478728, true)]),
        (12000, "flag", "hellinger", Some(0.027259392009480337), &[(0, 0.06842653047413648, true), (1, 0.07083871520508359, true), (2, 0.08045043945813825, true)]),
        (12000, "flag", "chi2", None, &[(0, 52.252938645543, true), (1, 56.09736405336332, true), (2, 72.81093860697271, true)]),
        (12000, "flag", "l_infinity", Some(0.0351416534949033), &[(0, 0.09175, true), (1, 0.09508333333333341, true), (2, 0.10841666666666672, true)]),
];

/// Of some chunks place, value, sampling error, lower end of the band and alert.
type Chosen = &'static [(usize, f64, Option<f64>, Option<f64>, bool)];

#[rustfmt::skip]
const CALCULATED: &[(u64, &str, &str, Option<f64>, Option<f64>, Chosen)] = &[
        (1000, "holes", "missing_values_rate", Some(0.2), Some(0.2), &[(0, 0.2, Some(0.0565685424949238), Some(0.030294372515228596), false), (10, 0.2, Some(0.17888543819998318), Some(0.0), false)]),
        (1000, "float", "missing_values_rate", Some(0.0), Some(0.0), &[(0, 0.0, Some(0.0), Some(0.0), false), (10, 0.0, Some(0.0), Some(0.0), false)]),
        (1000, "letters", "unseen_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (10, 0.0, None, None, false)]),
        (1000, "new", "unseen_values_rate", None, Some(0.0), &[(0, 0.38, None, None, true), (10, 0.2, None, None, true)]),
        (1000, "flag", "unseen_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (10, 0.0, None, None, false)]),
        (1000, "float", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.04, None, None, true), (10, 0.0, None, None, false)]),
        (1000, "skewed", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.12, None, None, true), (10, 0.0, None, None, false)]),
        (1000, "ints", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.1, None, None, true), (10, 0.2, None, None, true)]),
        (1000, "ties", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (10, 0.0, None, None, false)]),
        (1000, "constant", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (10, 0.0, None, None, false)]),
        (1000, "holes", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (10, 0.0, None, None, false)]),
        (1000, "float", "values_avg", Some(57.3313436354571), Some(66.46240636454291), &[(0, 70.12, Some(5.094624219520575), Some(54.836127341438285), true), (10, 53.425, Some(16.11061635634268), Some(5.093150930971959), true)]),
        (1000, "skewed", "values_avg", Some(7146.528858839365), Some(24604.52076616064), &[(0, 20355.9484375, Some(2472.239329000531), Some(12939.230450498406), false), (10, 7059.703125, Some(7817.907200688044), Some(-16394.01847706413), true)]),
        (1000, "ints", "values_avg", Some(79.51254518226801), Some(119.82145481773199), &[(0, 101.74, Some(8.06292335030868), Some(77.55122994907396), false), (10, 133.4, Some(25.49720238633112), Some(56.908392841006645), true)]),
        (1000, "ties", "values_avg", Some(10.68737878508622), Some(13.564621214913778), &[(0, 11.94, Some(1.0122436056192785), Some(8.903269183142164), false), (10, 12.9, Some(3.2009953406981353), Some(3.2970139779055945), false)]),
        (1000, "constant", "values_avg", Some(5.0), Some(5.0), &[(0, 5.0, Some(0.0), Some(5.0), true), (10, 5.0, Some(0.0), Some(5.0), true)]),
        (1000, "holes", "values_avg", Some(20.097384643086187), Some(27.520115356913813), &[(0, 26.275, Some(2.021943071894577), Some(20.209170784316267), false), (10, 16.25, Some(6.393945406384448), Some(-2.9318362191533467), true)]),
        (1000, "float", "values_std", Some(32.739660109575006), Some(39.53579152665488), &[(0, 34.74666846458456, Some(2.340032985675335), Some(27.726569507558555), false), (10, 28.73948177159776, Some(9.195273203211633), Some(1.1536621619628633), true)]),
        (1000, "skewed", "values_std", Some(11862.270178733335), Some(22583.73469596699), &[(0, 24903.704427036682, Some(1751.065147630314), Some(19650.50898414574), true), (10, 8690.296600582946, Some(6138.288076054961), Some(0.0), true)]),
        (1000, "ints", "values_std", Some(45.3558170546947), Some(68.13573248968791), &[(0, 68.48143201344612, Some(3.722018518585165), Some(57.31537645769063), true), (10, 45.79628805918663, Some(14.600133097256162), Some(1.995888767418144), false)]),
        (1000, "ties", "values_std", Some(6.362703040494227), Some(7.975093365376057), &[(0, 7.435189359816367, Some(0.48443485083971655), Some(5.9818848072972175), false), (10, 5.260703375025055, Some(1.8769690555809087), Some(0.0), true)]),
        (1000, "constant", "values_std", None, Some(0.0), &[(0, 0.0, None, None, true), (10, 0.0, None, None, true)]),
        (1000, "holes", "values_std", Some(13.04758118296588), Some(15.58891294702026), &[(0, 12.81222873383882, None, None, true), (10, 15.195942440884233, None, None, false)]),
        (1000, "float", "values_sum", Some(5733.13436354571), Some(6646.24063645429), &[(0, 3506.0, Some(254.73121097602876), Some(2741.806367071914), true), (10, 267.125, Some(80.5530817817134), Some(25.46575465485978), true)]),
        (1000, "skewed", "values_sum", Some(714652.8858839362), Some(2460452.0766160637), &[(0, 1017797.421875, Some(123611.96645002656), Some(646961.5225249203), false), (10, 35298.515625, Some(39089.536003440226), Some(-81970.09238532068), true)]),
        (1000, "ints", "values_sum", Some(7951.254518226802), Some(11982.1454817732), &[(0, 5087.0, Some(403.146167515434), Some(3877.561497453698), true), (10, 667.0, Some(127.48601193165563), Some(284.54196420503314), true)]),
        (1000, "ties", "values_sum", Some(1068.7378785086219), Some(1356.462121491378), &[(0, 597.0, Some(50.612180280963926), Some(445.1634591571082), true), (10, 64.5, Some(16.00497670349068), Some(16.485069889527963), true)]),
        (1000, "constant", "values_sum", Some(500.0), Some(500.0), &[(0, 250.0, Some(0.0), Some(250.0), true), (10, 25.0, Some(0.0), Some(25.0), true)]),
        (1000, "holes", "values_sum", Some(1607.790771446895), Some(2201.609228553105), &[(0, 1051.0, Some(101.09715359472885), Some(747.7085392158135), true), (10, 65.0, Some(31.969727031922243), Some(-30.909181095766726), true)]),
        (1000, "float", "values_median", Some(53.8079372315811), Some(72.30456276841889), &[(0, 78.5625, Some(8.794012248758278), Some(52.180463253725165), true), (10, 65.625, Some(27.809108477495396), Some(-17.802325432486185), false)]),
        (1000, "skewed", "values_median", Some(-1253.8081343460744), Some(19706.320634346077), &[(0, 6655.0, Some(2695.351097454015), Some(-1431.0532923620449), false), (10, 2109.375, Some(8523.448561789157), Some(-23460.970685367472), false)]),
        (1000, "ints", "values_median", Some(68.26555671292346), Some(133.33444328707654), &[(0, 99.0, Some(14.381398984306172), Some(55.85580304708149), false), (10, 123.0, Some(45.47797673003963), Some(-13.433930190118872), false)]),
        (1000, "ties", "values_median", Some(9.194506036726489), Some(14.20549396327351), &[(0, 10.5, Some(1.6608144674119287), Some(5.517556597764214), false), (10, 13.5, Some(5.251956487981187), Some(-2.2558694639435615), false)]),
        (1000, "holes", "values_median", Some(19.071956918170674), Some(28.728043081829323), &[(0, 28.5, Some(3.236085832567865), Some(18.791742502296405), false), (10, 14.0, Some(10.23340193471675), Some(-16.70020580415025), true)]),
        (12000, "holes", "missing_values_rate", Some(0.2), Some(0.2), &[(0, 0.2, Some(0.010327955589886445), Some(0.16901613323034068), false), (2, 0.2, Some(0.010327955589886445), Some(0.16901613323034068), false)]),
        (12000, "float", "missing_values_rate", Some(0.0), Some(0.0), &[(0, 0.0, Some(0.0), Some(0.0), false), (2, 0.0, Some(0.0), Some(0.0), false)]),
        (12000, "letters", "unseen_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (2, 0.0, None, None, false)]),
        (12000, "new", "unseen_values_rate", None, Some(0.0), &[(0, 0.32066666666666666, None, None, true), (2, 0.32, None, None, true)]),
        (12000, "flag", "unseen_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (2, 0.0, None, None, false)]),
        (12000, "float", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.04133333333333333, None, None, true), (2, 0.050666666666666665, None, None, true)]),
        (12000, "skewed", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.09266666666666666, None, None, true), (2, 0.09, None, None, true)]),
        (12000, "ints", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.092, None, None, true), (2, 0.09466666666666666, None, None, true)]),
        (12000, "ties", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (2, 0.0, None, None, false)]),
        (12000, "constant", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (2, 0.0, None, None, false)]),
        (12000, "holes", "out_of_range_values_rate", None, Some(0.0), &[(0, 0.0, None, None, false), (2, 0.0, None, None, false)]),
        (12000, "float", "values_avg", Some(59.908259304060365), Some(65.86499069593964), &[(0, 67.28808333333333, Some(0.9288819309098575), Some(64.50143754060376), true), (2, 67.82408333333333, Some(0.9288819309098575), Some(65.03743754060376), true)]),
        (12000, "skewed", "values_avg", Some(14746.165057383068), Some(16057.149869700263), &[(0, 19602.15875, Some(449.93181695692704), Some(18252.363299129218), true), (2, 19432.875, Some(449.93181695692704), Some(18083.07954912922), true)]),
        (12000, "ints", "values_avg", Some(95.46843340852324), Some(103.24873325814345), &[(0, 108.78266666666667, Some(1.4775376417867407), Some(104.35005374130645), true), (2, 108.702, Some(1.4775376417867407), Some(104.26938707463978), true)]),
        (12000, "ties", "values_avg", Some(11.681564130821387), Some(12.479185869178613), &[(0, 12.359, Some(0.18781974850303676), Some(11.79554075449089), false), (2, 11.957, Some(0.18781974850303676), Some(11.39354075449089), false)]),
        (12000, "constant", "values_avg", Some(5.0), Some(5.0), &[(0, 5.0, Some(0.0), Some(5.0), true), (2, 5.0, Some(0.0), Some(5.0), true)]),
        (12000, "holes", "values_avg", Some(23.500273921776294), Some(25.62639274489037), &[(0, 24.128333333333334, Some(0.373368357660394), Some(23.00822826035215), false), (2, 24.260833333333334, Some(0.373368357660394), Some(23.14072826035215), false)]),
        (12000, "float", "values_std", Some(34.88374628092289), Some(37.057075062524476), &[(0, 35.59947249193717, Some(0.417466600692956), Some(34.3470726898583), false), (2, 37.065668555057044, Some(0.417466600692956), Some(35.813268752978175), true)]),
        (12000, "skewed", "values_std", Some(16818.877726892293), Some(18037.75266820036), &[(0, 22480.009556931567, Some(311.3586910525097), Some(21545.93348377404), true), (2, 22215.567671879224, Some(311.3586910525097), Some(21281.491598721695), true)]),
        (12000, "ints", "values_std", Some(55.34081483819358), Some(59.105877753394594), &[(0, 64.37419351533181, Some(0.6718173745674386), Some(62.35874139162949), true), (2, 64.65395026490316, Some(0.6718173745674386), Some(62.63849814120084), true)]),
        (12000, "ties", "values_std", Some(7.096667814821236), Some(7.453117179827805), &[(0, 7.24117223822145, Some(0.0847590654590791), Some(6.986895041844213), false), (2, 7.32737638106254, Some(0.0847590654590791), Some(7.073099184685303), false)]),
        (12000, "constant", "values_std", None, Some(0.0), &[(0, 0.0, None, None, true), (2, 0.0, None, None, true)]),
        (12000, "holes", "values_std", Some(14.084854820512057), Some(14.836909604503376), &[(0, 14.168950673622536, None, None, false), (2, 14.451764963642303, None, None, false)]),
        (12000, "float", "values_sum", Some(89862.38895609055), Some(98797.48604390945), &[(0, 100932.125, Some(1393.3228963647862), Some(96752.15631090564), true), (2, 101736.125, Some(1393.3228963647862), Some(97556.15631090564), true)]),
        (12000, "skewed", "values_sum", Some(22119247.586074606), Some(24085724.804550394), &[(0, 29403238.125, Some(674897.7254353906), Some(27378544.948693827), true), (2, 29149312.5, Some(674897.7254353906), Some(27124619.323693827), true)]),
        (12000, "ints", "values_sum", Some(143202.65011278485), Some(154873.09988721515), &[(0, 163174.0, Some(2216.306462680111), Some(156525.08061195968), true), (2, 163053.0, Some(2216.306462680111), Some(156404.08061195968), true)]),
        (12000, "ties", "values_sum", Some(17522.346196232083), Some(18718.778803767917), &[(0, 18538.5, Some(281.7296227545551), Some(17693.311131736336), false), (2, 17935.5, Some(281.7296227545551), Some(17090.311131736336), false)]),
        (12000, "constant", "values_sum", Some(7500.0), Some(7500.0), &[(0, 7500.0, Some(0.0), Some(7500.0), true), (2, 7500.0, Some(0.0), Some(7500.0), true)]),
        (12000, "holes", "values_sum", Some(28200.328706131553), Some(30751.671293868447), &[(0, 28954.0, Some(560.052536490591), Some(27273.842390528225), false), (2, 29113.0, Some(560.052536490591), Some(27432.842390528225), false)]),
        (12000, "float", "values_median", Some(59.1638233501368), Some(66.05492664986319), &[(0, 67.6875, Some(1.6235757033241827), Some(62.81677289002745), true), (2, 68.5, Some(1.6235757033241827), Some(63.62927289002745), true)]),
        (12000, "skewed", "values_median", Some(6743.709633952757), Some(8716.032553547242), &[(0, 9191.328125, Some(537.4915423776812), Some(7578.853497866956), true), (2, 9191.328125, Some(537.4915423776812), Some(7578.853497866956), true)]),
        (12000, "ints", "values_median", Some(92.93990424139328), Some(107.56009575860672), &[(0, 108.0, Some(2.458076834863825), Some(100.62576949540852), true), (2, 106.0, Some(2.458076834863825), Some(98.62576949540852), false)]),
        (12000, "ties", "values_median", Some(12.0), Some(12.0), &[(0, 12.0, Some(0.32254389143361484), Some(11.032368325699155), true), (2, 12.0, Some(0.32254389143361484), Some(11.032368325699155), true)]),
        (12000, "holes", "values_median", Some(23.07656317875773), Some(26.67343682124227), &[(0, 24.0, Some(0.6542992037867287), Some(22.037102388639813), false), (2, 24.0, Some(0.6542992037867287), Some(22.037102388639813), false)]),
];
