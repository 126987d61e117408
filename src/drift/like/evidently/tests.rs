//! Evidently's own numbers, of columns that Python made by the same formulas.
//!
//! evidently 0.7.23, pandas 2.3.3, numpy 2.4.6, scipy 1.17.1: `Report([DataDriftPreset()])` on data frames of the columns of
//! `testing`, and each registered test called by itself.

use super::super::asked::Asked;
use super::super::testing::{NAMES, made};
use super::super::{Options, Tool, compare};
use super::*;
use crate::drift::testing::{floats_of, holed, integers, profile, texts};

/// Agree to so many digits, or this close: p-values that are 1 less something have what rounding leaves of them.
fn agree(found: f64, expected: f64, (digits, close): (f64, f64), what: &str) {
    let near = (found - expected).abs() <= digits * expected.abs() + close;
    assert!(near || found.is_nan() && expected.is_nan(), "{what}: expected {expected:e}, found {found:e}");
}

#[test]
fn methods_and_scores_are_evidentlys() {
    for (n, m, name, method, score) in AUTOMATIC {
        let found = column(&made(name, 0, 0, *n), &made(name, 1, 0, *m), &Wishes(&[]));
        let what = format!("{name} {n} {m} {method}");
        assert_eq!(found.methods[0].name, *method, "{what}");
        agree(found.methods[0].value.unwrap_or(f64::NAN), *score, (1e-8, 5e-16), &what);
    }
}

#[test]
fn every_method_asked_for_has_evidentlys_score_and_verdict() {
    for (n, m, name, method, score, drifted) in ASKED {
        let wish = [Asked::parse(&format!("{name}={method}")).expect("a wish")];
        let found = column(&made(name, 0, 0, *n), &made(name, 1, 0, *m), &Wishes(&wish));
        let what = format!("{name} {n} {m} {method}");
        // It sums the exact law of few rows in 32-bit floats, and a long series for many.
        let near = match (*method, *n) {
            ("cramer_von_mises", ..=20) => (1e-6, 0.0),
            ("cramer_von_mises", _) => (1e-8, 1e-14),
            _ => (1e-8, 5e-16),
        };
        agree(found.methods[0].value.unwrap_or(f64::NAN), *score, near, &what);
        assert_eq!(found.drifted, Some(*drifted), "{what}");
    }
}

#[test]
fn constants_and_huge_values_have_evidentlys_score() {
    // evidently 0.7.23: 40 × 3.5 and 40 × 4.0; 200 values of some 1e300, whose standard deviation is infinite.
    let constant = |x: f64, n: usize| floats_of("x", std::iter::repeat_n(x, n));
    let huge = |by: f64| floats_of("x", (0..200).map(move |i| f64::from(i - 100) * by));
    let table = [
        (constant(3.5, 40), constant(4.0, 40), "t_test", Some(0.0), Some(true)),
        (constant(3.5, 40), constant(3.5, 40), "t_test", None, Some(false)),
        (huge(1e298), huge(1.5e298), "wasserstein", Some(0.0), Some(false)),
    ];
    for (a, b, method, score, drifted) in table {
        let wish = [Asked::parse(&format!("x={method}")).expect("a wish")];
        let found = column(&a, &b, &Wishes(&wish));
        assert_eq!(
            (found.methods[0].value.filter(|it| !it.is_nan()), found.drifted),
            (score, drifted),
            "{method}"
        );
    }
}

#[test]
fn the_table_has_drifted_from_half_of_its_columns_on() {
    // DriftedColumnsCount of the same frames.
    for (n, m, count, drifted) in
        [(500, 120, 7, true), (30, 12, 5, false), (3000, 400, 9, true), (2000, 30, 12, true)]
    {
        let table = |side, rows| profile(NAMES.iter().map(|name| made(name, side, 0, rows)).collect());
        let (a, b) = (table(0, n), table(1, m));
        let said = compare((&a, &b), None, &[], &Options::of(Tool::Evidently)).expect("said");
        assert_eq!((said.score, said.drifted), (Some(f64::from(count) / 14.0), Some(drifted)), "{n} {m}");
    }
}

#[test]
fn what_evidently_cannot_say_is_not_run() {
    let rest = |found: ColumnSaid| {
        let first = found.methods.first().and_then(|it| it.reason.clone());
        (found.drifted, found.left_out.or(first).unwrap_or_default())
    };
    let said = |a: &Column, b: &Column, wish: &str| {
        let asked: Vec<Asked> = Asked::parse(wish).into_iter().collect();
        rest(column(a, b, &Wishes(&asked)))
    };
    let texts_of = |n: u64| {
        texts(
            "x",
            &(0..n)
                .map(|i| i.to_string())
                .collect::<Vec<_>>()
                .iter()
                .map(|it| (it.as_str(), 1))
                .collect::<Vec<_>>(),
        )
    };
    let (a, b) = (integers("x", 0..100), integers("x", 0..50));
    let table = [
        (said(&texts_of(9), &texts_of(7), ""), "needs the rows"),
        (said(&a, &integers("x", []), ""), "no value is left in the current frame"),
        (said(&texts("x", &[("a", 30), ("b", 1)]), &b, ""), "holds no numbers"),
        (said(&a, &b, "x=chisquare"), "chisquare is not for numerical columns"),
        (said(&a, &b, "x=nothing"), "has no method"),
        (said(&a, &b, "x=empirical_mmd"), "drawn anew"),
        (said(&made("two", 0, 0, 50), &made("two", 1, 0, 40), "all=g_test"), "differ in length"),
        (said(&made("two", 0, 0, 50), &made("two", 1, 0, 40), "all=TVD"), "generator"),
        (said(&a, &b, "x=ks:3sd"), "takes a number"),
        (said(&made("holes", 0, 0, 20), &holed(made("flag", 1, 0, 20), 1, 0), ""), "unknown type"),
    ];
    for ((drifted, reason), part) in table {
        assert!(drifted.is_none() && reason.contains(part), "{reason}, expected {part}");
    }
}

#[test]
fn a_column_that_is_not_run_leaves_the_verdict_open_only_where_it_matters() {
    let text = |n: u64| {
        texts(
            "t",
            &(0..n)
                .map(|i| i.to_string())
                .collect::<Vec<_>>()
                .iter()
                .map(|it| (it.as_str(), 1))
                .collect::<Vec<_>>(),
        )
    };
    let verdict = |moved: &[bool]| {
        let side = |side: u64| {
            let mut all: Vec<Column> = moved
                .iter()
                .enumerate()
                .map(|(i, moved)| Column {
                    name: i.to_string(),
                    ..made(if *moved { "moved" } else { "constant" }, side, 0, 50)
                })
                .collect();
            all.push(text(50));
            profile(all)
        };
        compare((&side(0), &side(1)), None, &[], &Options::of(Tool::Evidently)).expect("said").drifted
    };
    assert_eq!(verdict(&[true, true, false]), Some(true));
    assert_eq!(verdict(&[true, false, false]), None);
    assert_eq!(verdict(&[false, false, false, true]), Some(false));
}

#[test]
fn a_threshold_replaces_evidentlys_own() {
    let (a, b) = (made("float", 0, 0, 3000), made("float", 1, 0, 400));
    let verdict = |wish: &str| column(&a, &b, &Wishes(&[Asked::parse(wish).expect("a wish")])).drifted;
    assert_eq!((verdict("float=auto:0.2"), verdict("numeric=auto:0.15")), (Some(false), Some(true)));
}

#[rustfmt::skip]
const AUTOMATIC: &[(u64, u64, &str, &str, f64)] = &[
        (500, 120, "float", "ks", 0.5962689304567259),
        (500, 120, "same", "ks", 0.40677897296963417),
        (500, 120, "skewed", "ks", 0.06112807006682391),
        (500, 120, "ints", "ks", 0.05035328496963338),
        (500, 120, "four", "chisquare", 5.414705915421967e-10),
        (500, 120, "constant", "z", 1.0),
        (500, 120, "moved", "z", 0.0),
        (500, 120, "holes", "ks", 0.6412203239725783),
        (500, 120, "ties", "ks", 0.6514735966976498),
        (500, 120, "few ints", "chisquare", 6.793945715668829e-13),
        (500, 120, "two", "z", 0.0026999076346307938),
        (500, 120, "letters", "chisquare", 2.389915793676407e-10),
        (500, 120, "new", "chisquare", 0.0),
        (500, 120, "flag", "z", 0.019435588678167415),
        (30, 12, "float", "ks", 0.9989699308557354),
        (30, 12, "same", "ks", 0.5928997585578787),
        (30, 12, "skewed", "ks", 0.8344173831272311),
        (30, 12, "ints", "ks", 0.30487749877725834),
        (30, 12, "four", "chisquare", 0.01032990855195395),
        (30, 12, "constant", "z", 1.0),
        (30, 12, "moved", "z", 9.127343325587844e-11),
        (30, 12, "holes", "ks", 0.9813420246790658),
        (30, 12, "ties", "ks", 0.6786512267874303),
        (30, 12, "few ints", "chisquare", 5.819356952768718e-07),
        (30, 12, "two", "z", 0.9116316521678209),
        (30, 12, "letters", "chisquare", 0.047681913980051074),
        (30, 12, "new", "chisquare", 0.0),
        (30, 12, "flag", "z", 0.09126094513096561),
        (3000, 400, "float", "wasserstein", 0.15142288634483247),
        (3000, 400, "same", "wasserstein", 0.04183353320994147),
        (3000, 400, "skewed", "wasserstein", 0.2650884599903082),
        (3000, 400, "ints", "wasserstein", 0.1494951325801707),
        (3000, 400, "four", "jensenshannon", 0.18682001048803354),
        (3000, 400, "constant", "jensenshannon", 0.0),
        (3000, 400, "moved", "jensenshannon", 0.8325546111576977),
        (3000, 400, "holes", "wasserstein", 0.03613822243020438),
        (3000, 400, "ties", "wasserstein", 0.046330522582244384),
        (3000, 400, "few ints", "jensenshannon", 0.2230951158138026),
        (3000, 400, "two", "jensenshannon", 0.14282825038310443),
        (3000, 400, "letters", "jensenshannon", 0.19668093208214946),
        (3000, 400, "new", "jensenshannon", 0.48403889026940694),
        (3000, 400, "flag", "jensenshannon", 0.07473074036931804),
        (2000, 30, "float", "wasserstein", 0.3205855091737026),
        (2000, 30, "same", "wasserstein", 0.18510937724398704),
        (2000, 30, "skewed", "wasserstein", 0.38114752494960646),
        (2000, 30, "ints", "wasserstein", 0.18771982900315695),
        (2000, 30, "four", "jensenshannon", 0.2470754385021384),
        (2000, 30, "constant", "jensenshannon", 0.0),
        (2000, 30, "moved", "jensenshannon", 0.8325546111576977),
        (2000, 30, "holes", "wasserstein", 0.24910390864739704),
        (2000, 30, "ties", "wasserstein", 0.11793297933277637),
        (2000, 30, "few ints", "jensenshannon", 0.383427008267673),
        (2000, 30, "two", "jensenshannon", 0.018997596736451),
        (2000, 30, "letters", "jensenshannon", 0.270683055155447),
        (2000, 30, "new", "jensenshannon", 0.481228212376168),
        (2000, 30, "flag", "jensenshannon", 0.11775129895937497),
];

#[rustfmt::skip]
const ASKED: &[(u64, u64, &str, &str, f64, bool)] = &[
        (500, 120, "float", "ks", 0.5962689304567259, false),
        (500, 120, "float", "wasserstein", 0.0695970664103677, false),
        (500, 120, "float", "psi", 0.13767238442359703, true),
        (500, 120, "float", "jensenshannon", 0.1297198250900588, true),
        (500, 120, "float", "kl_div", 0.07277998740503736, false),
        (500, 120, "float", "hellinger", 0.10403378773193346, true),
        (500, 120, "float", "anderson", 0.25, false),
        (500, 120, "float", "cramer_von_mises", 0.7800146786927484, false),
        (500, 120, "float", "ed", 0.4104757740855252, true),
        (500, 120, "float", "es", 0.17330767042624087, false),
        (500, 120, "float", "mannw", 0.29764503448689644, false),
        (500, 120, "float", "t_test", 0.5688005197576933, false),
        (500, 120, "ties", "ks", 0.6514735966976498, false),
        (500, 120, "ties", "wasserstein", 0.06402024165433835, false),
        (500, 120, "ties", "psi", 0.13395512636096732, true),
        (500, 120, "ties", "jensenshannon", 0.1285908140920995, true),
        (500, 120, "ties", "kl_div", 0.0669755146310103, false),
        (500, 120, "ties", "hellinger", 0.06995098193278583, false),
        (500, 120, "ties", "anderson", 0.25, false),
        (500, 120, "ties", "cramer_von_mises", 0.027781852609142232, true),
        (500, 120, "ties", "ed", 0.18288794383446935, true),
        (500, 120, "ties", "es", 0.8161623026790107, false),
        (500, 120, "ties", "mannw", 0.6819239549317677, false),
        (500, 120, "ties", "t_test", 0.6422179261542503, false),
        (500, 120, "skewed", "ks", 0.06112807006682391, false),
        (500, 120, "skewed", "wasserstein", 0.3671351058916224, true),
        (500, 120, "skewed", "psi", 0.6739629211511848, true),
        (500, 120, "skewed", "jensenshannon", 0.21501801137723556, true),
        (500, 120, "skewed", "kl_div", 0.158950433140707, true),
        (500, 120, "skewed", "hellinger", 0.2315673561389268, true),
        (500, 120, "skewed", "anderson", 0.0042211637769169145, true),
        (500, 120, "skewed", "cramer_von_mises", 0.06340158503476101, true),
        (500, 120, "skewed", "ed", 34.652901429600135, true),
        (500, 120, "skewed", "es", 0.0004781839462412137, true),
        (500, 120, "skewed", "mannw", 0.1662569629176548, false),
        (500, 120, "skewed", "t_test", 0.002880895448719529, true),
        (500, 120, "ints", "ks", 0.05035328496963338, false),
        (500, 120, "ints", "wasserstein", 0.19945709582690638, true),
        (500, 120, "ints", "psi", 0.4922559385115585, true),
        (500, 120, "ints", "jensenshannon", 0.2319384127931185, true),
        (500, 120, "ints", "kl_div", 0.19302220635121212, true),
        (500, 120, "ints", "hellinger", 0.18672417631321594, true),
        (500, 120, "ints", "anderson", 0.0031743797941298497, true),
        (500, 120, "ints", "cramer_von_mises", 0.09254378880021463, true),
        (500, 120, "ints", "ed", 1.248191402701436, true),
        (500, 120, "ints", "es", 0.00047594764147396325, true),
        (500, 120, "ints", "mannw", 0.4231632454146902, false),
        (500, 120, "ints", "t_test", 0.8297776142741226, false),
        (500, 120, "few ints", "psi", 0.43276295607438603, true),
        (500, 120, "few ints", "jensenshannon", 0.2274891576517223, true),
        (500, 120, "few ints", "kl_div", 0.20758850802593795, true),
        (500, 120, "few ints", "hellinger", 0.22997722603659887, true),
        (500, 120, "few ints", "chisquare", 6.793945715668829e-13, true),
        (500, 120, "few ints", "z", 2.105586816014693e-10, true),
        (500, 120, "letters", "psi", 0.4728673235254342, true),
        (500, 120, "letters", "jensenshannon", 0.23887054978495034, true),
        (500, 120, "letters", "kl_div", 0.254077796591242, true),
        (500, 120, "letters", "hellinger", 0.2409544827816039, true),
        (500, 120, "letters", "chisquare", 2.389915793676407e-10, true),
        (500, 120, "letters", "z", 0.183574809731327, false),
        (500, 120, "two", "psi", 0.08580911085281863, false),
        (500, 120, "two", "jensenshannon", 0.10322217597823792, true),
        (500, 120, "two", "kl_div", 0.04095738113239787, false),
        (500, 120, "two", "hellinger", 0.10339390732120007, true),
        (500, 120, "two", "chisquare", 0.0005281595338662197, true),
        (500, 120, "two", "z", 0.0026999076346307938, true),
        (500, 120, "new", "psi", 5.441431774249315, true),
        (500, 120, "new", "jensenshannon", 0.48241784823636413, true),
        (500, 120, "new", "kl_div", 2.613742685576089, true),
        (500, 120, "new", "hellinger", 0.5792433091666228, true),
        (500, 120, "new", "chisquare", 0.0, true),
        (500, 120, "new", "z", 0.4510150953463088, false),
        (30, 12, "float", "ks", 0.9989699308557354, false),
        (30, 12, "float", "wasserstein", 0.15040276797217028, true),
        (30, 12, "float", "psi", 0.1084457420203892, true),
        (30, 12, "float", "jensenshannon", 0.11567651113082962, true),
        (30, 12, "float", "kl_div", 0.0579596866991691, false),
        (30, 12, "float", "hellinger", 0.1160494461146684, true),
        (30, 12, "float", "anderson", 0.25, false),
        (30, 12, "float", "cramer_von_mises", 0.9986000742732769, false),
        (30, 12, "float", "ed", 0.8616038017041887, true),
        (30, 12, "float", "es", 0.9475045189837364, false),
        (30, 12, "float", "mannw", 0.6308559352641951, false),
        (30, 12, "float", "t_test", 0.6980905975344831, false),
        (30, 12, "ties", "ks", 0.6786512267874303, false),
        (30, 12, "ties", "wasserstein", 0.2798528019321773, true),
        (30, 12, "ties", "psi", 4.6054654191277535, true),
        (30, 12, "ties", "jensenshannon", 0.5095196328512827, true),
        (30, 12, "ties", "kl_div", 2.6205971242337656, true),
        (30, 12, "ties", "hellinger", 0.14481493763857606, true),
        (30, 12, "ties", "anderson", 0.25, false),
        (30, 12, "ties", "cramer_von_mises", 0.5447648633966217, false),
        (30, 12, "ties", "ed", 0.7582875444051551, true),
        (30, 12, "ties", "es", 0.08195377136529579, false),
        (30, 12, "ties", "mannw", 0.73522638981166, false),
        (30, 12, "ties", "t_test", 0.5064799677160465, false),
        (30, 12, "ints", "ks", 0.30487749877725834, false),
        (30, 12, "ints", "wasserstein", 0.3779279806984927, true),
        (30, 12, "ints", "psi", 0.8970447547666467, true),
        (30, 12, "ints", "jensenshannon", 0.2802927338929561, true),
        (30, 12, "ints", "kl_div", 0.6184086608634242, true),
        (30, 12, "ints", "hellinger", 0.3000520075998656, true),
        (30, 12, "ints", "anderson", 0.25, false),
        (30, 12, "ints", "cramer_von_mises", 0.4238630878538344, false),
        (30, 12, "ints", "ed", 2.494326896512698, true),
        (30, 12, "ints", "es", 0.08902635200691976, false),
        (30, 12, "ints", "mannw", 0.24754139577819168, false),
        (30, 12, "ints", "t_test", 0.505949120652253, false),
        (30, 12, "few ints", "psi", 3.7463232343963857, true),
        (30, 12, "few ints", "jensenshannon", 0.48518705284921243, true),
        (30, 12, "few ints", "kl_div", 2.7513300726537437, true),
        (30, 12, "few ints", "hellinger", 0.5465841110742075, true),
        (30, 12, "few ints", "chisquare", 5.819356952768718e-07, true),
        (30, 12, "few ints", "z", 0.0012343314605165467, true),
        (30, 12, "letters", "psi", 0.6347191821161842, true),
        (30, 12, "letters", "jensenshannon", 0.27573720158810416, true),
        (30, 12, "letters", "kl_div", 0.31185221764603127, true),
        (30, 12, "letters", "hellinger", 0.27863491398599743, true),
        (30, 12, "letters", "chisquare", 0.047681913980051074, true),
        (30, 12, "letters", "z", 0.48566719633510047, false),
        (30, 12, "two", "psi", 0.0014501896164938308, false),
        (30, 12, "two", "jensenshannon", 0.013462889248778684, false),
        (30, 12, "two", "kl_div", 0.0007301780118426221, false),
        (30, 12, "two", "hellinger", 0.013463340717395989, false),
        (30, 12, "two", "chisquare", 0.8961247779728453, false),
        (30, 12, "two", "z", 0.9116316521678209, false),
        (30, 12, "new", "psi", 2.2301368781799193, true),
        (30, 12, "new", "jensenshannon", 0.3292927983521183, true),
        (30, 12, "new", "kl_div", 1.0102295815010518, true),
        (30, 12, "new", "hellinger", 0.3930227179710133, true),
        (30, 12, "new", "chisquare", 0.0, true),
        (30, 12, "new", "z", 0.5508678704577776, false),
        (18, 12, "float", "anderson", 0.25, false),
        (18, 12, "float", "cramer_von_mises", 0.994098424911499, false),
        (18, 12, "float", "es", 0.9297588697304411, false),
        (18, 12, "float", "mannw", 0.550535442431226, false),
        (18, 12, "ties", "anderson", 0.25, false),
        (18, 12, "ties", "cramer_von_mises", 0.8497112989425659, false),
        (18, 12, "ties", "es", 0.5786929368478423, false),
        (18, 12, "ties", "mannw", 0.7242082026774492, false),
        (18, 12, "skewed", "anderson", 0.25, false),
        (18, 12, "skewed", "cramer_von_mises", 0.6876301169395447, false),
        (18, 12, "skewed", "es", 0.6583417813211809, false),
        (18, 12, "skewed", "mannw", 0.424441988146033, false),
        (18, 12, "ints", "anderson", 0.25, false),
        (18, 12, "ints", "cramer_von_mises", 0.28859633207321167, false),
        (18, 12, "ints", "es", 0.3874710324027341, false),
        (18, 12, "ints", "mannw", 0.1547606222068454, false),
        (3000, 400, "float", "ks", 0.07808089701183106, false),
        (3000, 400, "float", "wasserstein", 0.15142288634483247, true),
        (3000, 400, "float", "psi", 0.13243294577458042, true),
        (3000, 400, "float", "jensenshannon", 0.12373445830019196, true),
        (3000, 400, "float", "kl_div", 0.07835994276966449, false),
        (3000, 400, "float", "hellinger", 0.09280871651750015, false),
        (3000, 400, "float", "anderson", 0.0013915514647963932, true),
        (3000, 400, "float", "cramer_von_mises", 0.013935957939713028, true),
        (3000, 400, "float", "ed", 0.6958879768963456, true),
        (3000, 400, "float", "es", 3.0249215606837635e-07, true),
        (3000, 400, "float", "mannw", 0.002666718925896337, true),
        (3000, 400, "float", "t_test", 0.0044280021459727125, true),
        (3000, 400, "ties", "ks", 0.5386062125610542, false),
        (3000, 400, "ties", "wasserstein", 0.046330522582244384, false),
        (3000, 400, "ties", "psi", 0.05416123945647069, false),
        (3000, 400, "ties", "jensenshannon", 0.08202575205401044, false),
        (3000, 400, "ties", "kl_div", 0.027986993973548216, false),
        (3000, 400, "ties", "hellinger", 0.04128388835307018, false),
        (3000, 400, "ties", "anderson", 0.25, false),
        (3000, 400, "ties", "cramer_von_mises", 6.270326480262156e-10, true),
        (3000, 400, "ties", "ed", 0.12255134978176829, true),
        (3000, 400, "ties", "es", 0.6442492811491453, false),
        (3000, 400, "ties", "mannw", 0.2590867319839063, false),
        (3000, 400, "ties", "t_test", 0.5259450685686222, false),
        (3000, 400, "skewed", "ks", 0.00320181590976077, true),
        (3000, 400, "skewed", "wasserstein", 0.2650884599903082, true),
        (3000, 400, "skewed", "psi", 0.4756848171684419, true),
        (3000, 400, "skewed", "jensenshannon", 0.17228615357274832, true),
        (3000, 400, "skewed", "kl_div", 0.08878219811974059, false),
        (3000, 400, "skewed", "hellinger", 0.18425973217217592, true),
        (3000, 400, "skewed", "anderson", 0.001, true),
        (3000, 400, "skewed", "cramer_von_mises", 0.0021018597556152763, true),
        (3000, 400, "skewed", "ed", 25.11624295724435, true),
        (3000, 400, "skewed", "es", 1.6775407081880994e-06, true),
        (3000, 400, "skewed", "mannw", 0.006278686336841036, true),
        (3000, 400, "skewed", "t_test", 1.8804304599141047e-06, true),
        (3000, 400, "ints", "ks", 0.0007342214847737122, true),
        (3000, 400, "ints", "wasserstein", 0.1494951325801707, true),
        (3000, 400, "ints", "psi", 0.5630170852093208, true),
        (3000, 400, "ints", "jensenshannon", 0.17701385399304778, true),
        (3000, 400, "ints", "kl_div", 0.09392428630632828, false),
        (3000, 400, "ints", "hellinger", 0.1447237588993962, true),
        (3000, 400, "ints", "anderson", 0.001, true),
        (3000, 400, "ints", "cramer_von_mises", 0.0031584213141772066, true),
        (3000, 400, "ints", "ed", 1.0610312069973353, true),
        (3000, 400, "ints", "es", 8.807983807338652e-08, true),
        (3000, 400, "ints", "mannw", 0.016109345969595866, true),
        (3000, 400, "ints", "t_test", 0.0184052097709588, true),
        (3000, 400, "few ints", "psi", 0.41362200488764866, true),
        (3000, 400, "few ints", "jensenshannon", 0.2230951158138026, true),
        (3000, 400, "few ints", "kl_div", 0.19642875683028493, true),
        (3000, 400, "few ints", "hellinger", 0.22519497040121364, true),
        (3000, 400, "few ints", "chisquare", 7.757591176940499e-45, true),
        (3000, 400, "few ints", "z", 0.0, true),
        (3000, 400, "letters", "psi", 0.31610605257786717, true),
        (3000, 400, "letters", "jensenshannon", 0.19668093208214946, true),
        (3000, 400, "letters", "kl_div", 0.16608671094043678, true),
        (3000, 400, "letters", "hellinger", 0.19771796084102014, true),
        (3000, 400, "letters", "chisquare", 2.723139996563734e-24, true),
        (3000, 400, "letters", "z", 1.2151859859255154e-05, true),
        (3000, 400, "two", "psi", 0.16527398467432985, true),
        (3000, 400, "two", "jensenshannon", 0.14282825038310443, true),
        (3000, 400, "two", "kl_div", 0.07753382657987126, false),
        (3000, 400, "two", "hellinger", 0.14327719020349927, true),
        (3000, 400, "two", "chisquare", 1.113039936665267e-19, true),
        (3000, 400, "two", "z", 2.220446049250313e-16, true),
        (3000, 400, "new", "psi", 5.480445101742367, true),
        (3000, 400, "new", "jensenshannon", 0.48403889026940694, true),
        (3000, 400, "new", "kl_div", 2.630198980868328, true),
        (3000, 400, "new", "hellinger", 0.5811444012334585, true),
        (3000, 400, "new", "chisquare", 0.0, true),
        (3000, 400, "new", "z", 0.7205774579460591, false),
        (120, 120, "float", "psi", 0.13398200206913236, true),
        (120, 120, "float", "hellinger", 0.1290079191236811, true),
        (120, 120, "float", "mannw", 0.2393232183468988, false),
        (120, 120, "ties", "psi", 0.3119400778267673, true),
        (120, 120, "ties", "hellinger", 0.10942566059242484, true),
        (120, 120, "ties", "mannw", 0.7349687800918332, false),
        (120, 120, "skewed", "psi", 0.6717908850183714, true),
        (120, 120, "skewed", "hellinger", 0.24340558730622713, true),
        (120, 120, "skewed", "mannw", 0.4515269845374507, false),
        (120, 120, "ints", "psi", 0.3756498633702176, true),
        (120, 120, "ints", "hellinger", 0.2118086830651428, true),
        (120, 120, "ints", "mannw", 0.49480703769219403, false),
        (120, 120, "few ints", "psi", 0.5532707295420717, true),
        (120, 120, "few ints", "hellinger", 0.2593491289934587, true),
        (120, 120, "few ints", "g_test", 7.179061001111099e-13, true),
        (120, 120, "letters", "psi", 0.5825211102428259, true),
        (120, 120, "letters", "hellinger", 0.2670499674235024, true),
        (120, 120, "letters", "g_test", 3.511368400755831e-13, true),
        (120, 120, "two", "psi", 0.039324597172516185, false),
        (120, 120, "two", "hellinger", 0.07006327550807645, false),
        (120, 120, "two", "fisher_exact", 0.1635133183062833, false),
        (120, 120, "two", "g_test", 0.02770890969704372, true),
        (120, 120, "new", "psi", 4.827004871876367, true),
        (120, 120, "new", "hellinger", 0.5495906094847888, true),
        (120, 120, "new", "g_test", 0.0, true),
];
