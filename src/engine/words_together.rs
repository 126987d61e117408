//! What the columns say together → findings, in words.

use crate::finding::{Finding, Severity, Status, Tier};
use crate::report::wire::{ChangedPair, Multivariate, Scalar};
use crate::report::{build, wire};

/// Columns and pairs that are named.
const NAMED: usize = 3;
/// The longest name, in characters.
const SHOWN: usize = 40;
/// A smaller part in telling the files apart is not named.
const PART: f64 = 0.05;

/// One for each of the three looks.
pub(super) fn findings(found: &Multivariate) -> Vec<wire::Finding> {
    let (domain, pca, pairs) = (&found.classifier, &found.reconstruction, &found.structure);
    vec![
        one(DOMAIN, domain.drifted, domain.not_run.as_deref(), classifier(found)),
        one(RECONSTRUCTION, pca.drifted, pca.not_run.as_deref(), reconstruction(found)),
        one(STRUCTURE, pairs.drifted, pairs.not_run.as_deref(), structure(found)),
    ]
}

/// Where nothing could be looked at.
pub(super) fn not_run(why: &str) -> wire::Finding {
    one("multivariate", false, Some(why), String::new())
}

const DOMAIN: &str = "domain-classifier";
const RECONSTRUCTION: &str = "reconstruction-error";
const STRUCTURE: &str = "correlation-change";

fn one(rule: &'static str, drifted: bool, why: Option<&str>, message: String) -> wire::Finding {
    let status = match (why, drifted) {
        (Some(_), _) => Status::NotRun,
        (_, true) => Status::Fail,
        (_, false) => Status::Pass,
    };
    let message = why.map_or(message, |why| format!("columns together: not run: {why}"));
    let severity = if status == Status::Fail { Severity::Warning } else { Severity::Info };
    let reason = why.map(str::to_owned);
    build::finding(&Finding { reason, ..Finding::new(rule, Tier::Drift, severity, status, message) })
}

fn number(value: &Scalar) -> String {
    value.as_f64().map_or_else(|| "–".to_owned(), |it| format!("{it:.3}"))
}

/// A name, cut.
fn quoted(name: &str) -> String {
    let cut: String = name.chars().take(SHOWN).collect();
    let more = if cut.len() < name.len() { "…" } else { "" };
    format!("{:?}", cut + more)
}

fn classifier(found: &Multivariate) -> String {
    let it = &found.classifier;
    let auc = number(&it.auc);
    let sure = it.interval.as_ref().map_or(String::new(), |it| format!(" ({:.3} … {:.3})", it.low, it.high));
    if !it.drifted {
        return format!("a classifier does not tell the rows of both files apart: AUC {auc}{sure}");
    }
    let named = it.attribution.iter().filter(|it| it.share >= PART).take(NAMED);
    let named: Vec<String> =
        named.map(|it| format!("{} ({:.0} %)", quoted(&it.column), it.share * 100.0)).collect();
    let by = if named.is_empty() { String::new() } else { format!(", mostly by {}", named.join(", ")) };
    format!("a classifier tells the rows of both files apart: AUC {auc}{sure}{by}")
}

fn reconstruction(found: &Multivariate) -> String {
    let it = &found.reconstruction;
    let (before, now) = (number(&it.reference), number(&it.current));
    let how = match it.probability.as_f64() {
        _ if !it.drifted => "rows lie as far from the reference's principal components as before",
        Some(chance) if chance < 0.5 => "rows lie nearer to the reference's principal components than before",
        _ => "rows lie further from the reference's principal components than before",
    };
    format!("{how}: {before} then, {now} now")
}

fn structure(found: &Multivariate) -> String {
    let it = &found.structure;
    if !it.drifted {
        let pairs = if it.pairs == 1 { "pair goes" } else { "pairs go" };
        return format!("{} {pairs} together as before", it.pairs);
    }
    let named: Vec<String> = it.largest.iter().filter(|it| it.drifted).take(NAMED).map(pair).collect();
    let more = it.changed.saturating_sub(named.len() as u64);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!(
        "{} of {} pairs of columns go together otherwise: {}{more}",
        it.changed,
        it.pairs,
        named.join("; ")
    )
}

/// `"a" and "b" now go against each other (0.71 → -0.70)`.
fn pair(it: &ChangedPair) -> String {
    let (a, b) = (quoted(&it.first), quoted(&it.second));
    let (before, now) = (it.reference, it.current);
    let (what, sign) = match it.measure.as_str() {
        "cramers-v" => ("tied", "Cramér's V"),
        "correlation-ratio" => ("tied", "η"),
        _ => ("", ""),
    };
    if !what.is_empty() {
        let how = if (now - before).abs() < 0.05 { "otherwise" } else { more(now > before) };
        return format!("{a} and {b} are {how} {what} ({sign} {before:.2} → {now:.2})");
    }
    let word = |rho: f64| match rho {
        rho if rho >= 0.1 => "rise together",
        rho if rho <= -0.1 => "go against each other",
        _ => "do not go together",
    };
    if before.abs().max(now.abs()) < 0.1 {
        return format!("{a} and {b} hardly go together ({before:.2} → {now:.2})");
    }
    if word(before) == word(now) {
        let closer = now.abs() > before.abs();
        return format!("{a} and {b} {} {} closely ({before:.2} → {now:.2})", word(now), more(closer));
    }
    format!("{a} and {b} now {} ({before:.2} → {now:.2})", word(now))
}

fn more(is_more: bool) -> &'static str {
    if is_more { "more" } else { "less" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_told_in_plain_words() {
        let of = |measure: &str, reference, current| {
            pair(&ChangedPair {
                first: "a".into(),
                second: "b".into(),
                measure: measure.into(),
                reference,
                current,
                change: 0.2,
                p_value: 0.0,
                q_value: 0.0,
                drifted: true,
            })
        };
        let table = [
            (of("spearman", 0.7, -0.7), "\"a\" and \"b\" now go against each other (0.70 → -0.70)"),
            (of("spearman", 0.7, 0.2), "\"a\" and \"b\" rise together less closely (0.70 → 0.20)"),
            (of("spearman", -0.4, 0.02), "\"a\" and \"b\" now do not go together (-0.40 → 0.02)"),
            (of("spearman", -0.06, 0.05), "\"a\" and \"b\" hardly go together (-0.06 → 0.05)"),
            (of("correlation-ratio", 0.41, 0.4), "\"a\" and \"b\" are otherwise tied (η 0.41 → 0.40)"),
            (of("cramers-v", 0.1, 0.5), "\"a\" and \"b\" are more tied (Cramér's V 0.10 → 0.50)"),
        ];
        table.into_iter().for_each(|(found, expected)| assert_eq!(found, expected));
    }
}
