//! The list of all methods: what each answers, of which columns, and where its formula stands.

/// Columns that a method is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Ordered values: numbers, dates and times.
    Ordered,
    /// Categories, or bins of any values.
    Counted,
    /// Two categories.
    TwoCategories,
}

/// One method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodKind {
    /// Its name in options and reports, and that of its file but where two share one.
    pub id: &'static str,
    /// Its name for a person.
    pub name: &'static str,
    /// The question that its number answers.
    pub answers: &'static str,
    /// Columns that it is meant for.
    pub columns: Columns,
    /// Whether it has a p-value.
    pub tests: bool,
    /// Whether a larger number is more drift; of signed or two-tailed statistics only the p-value says.
    pub larger_is_more: bool,
    /// Where the formula stands.
    pub source: &'static str,
}

macro_rules! methods {
    ($($id:literal, $name:literal, $columns:ident, $tests:literal, $larger:literal, $answers:literal, $source:literal;)*) => {
        /// All methods, by id.
        pub const METHODS: &[MethodKind] = &[$(MethodKind {
            id: $id,
            name: $name,
            answers: $answers,
            columns: Columns::$columns,
            tests: $tests,
            larger_is_more: $larger,
            source: $source,
        }),*];
    };
}

#[rustfmt::skip]
methods! {
    "anderson-darling", "Anderson–Darling", Ordered, true, true, "do the distributions differ, in the tails too", "Scholz & Stephens 1987";
    "chi-square", "Chi-square test of homogeneity", Counted, true, true, "do the shares of the categories differ", "Pearson 1900";
    "cramer-von-mises", "Cramér–von Mises", Ordered, true, true, "do the distributions differ anywhere", "Anderson 1962";
    "cramers-v", "Cramér's V", Counted, false, true, "how strongly do the shares depend on the file", "Cramér 1946";
    "cramers-v-corrected", "Cramér's V, bias corrected", Counted, false, true, "how strongly do the shares depend on the file, less chance", "Bergsma 2013";
    "energy", "Energy distance", Ordered, false, true, "how far apart are the distributions", "Székely & Rizzo 2013";
    "epps-singleton", "Epps–Singleton", Ordered, true, true, "do the characteristic functions differ", "Epps & Singleton 1986";
    "fisher-exact", "Fisher's exact test", TwoCategories, true, false, "do two shares differ, with few rows too", "Fisher 1935";
    "g-test", "G-test", Counted, true, true, "do the shares of the categories differ", "Sokal & Rohlf 1981";
    "hellinger", "Hellinger distance", Counted, false, true, "how far apart are the shares", "Hellinger 1909";
    "jensen-shannon-distance", "Jensen–Shannon distance", Counted, false, true, "how far apart are the shares, 0 to 1", "Endres & Schindelin 2003";
    "jensen-shannon-divergence", "Jensen–Shannon divergence", Counted, false, true, "how many bits does a row tell of its file", "Lin 1991";
    "kolmogorov-smirnov", "Kolmogorov–Smirnov", Ordered, true, true, "how far apart are the distribution functions at most", "Simard & L'Ecuyer 2011";
    "kolmogorov-smirnov-exact", "Kolmogorov–Smirnov, exact", Ordered, true, true, "how far apart are the distribution functions at most, with few rows too", "Hodges 1958";
    "kullback-leibler", "Kullback–Leibler divergence", Counted, false, true, "how badly does the current law code the reference", "Kullback & Leibler 1951";
    "l-infinity", "L∞ distance", Counted, false, true, "how much did one category's share change at most", "max |p − q|";
    "mann-whitney", "Mann–Whitney U", Ordered, true, false, "are the values of one side larger", "Mann & Whitney 1947";
    "maximum-mean-discrepancy", "Maximum mean discrepancy", Ordered, true, true, "do the distributions differ to a Gaussian kernel", "Gretton et al. 2012";
    "proportions", "z-test of two proportions", TwoCategories, true, false, "do two shares differ", "pooled normal approximation";
    "psi", "Population stability index", Counted, false, true, "how much did the shares change", "Yurdakul 2018";
    "student", "Student's t-test", Ordered, true, false, "do the means differ, at equal variances", "Student 1908";
    "total-variation", "Total variation distance", Counted, false, true, "what share of the rows moved", "½ Σ |p − q|";
    "wasserstein", "Wasserstein distance", Ordered, false, true, "how far did the values move", "Vallender 1974";
    "wasserstein-normalised", "Wasserstein distance, normalised", Ordered, false, true, "how many standard deviations did the values move", "Vallender 1974";
    "welch", "Welch's t-test", Ordered, true, false, "do the means differ", "Welch 1947";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_order_and_once() {
        assert!(METHODS.windows(2).all(|pair| pair[0].id < pair[1].id));
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(
            METHODS.iter().all(|m| m.id.chars().all(plain) && !m.answers.is_empty() && !m.source.is_empty())
        );
    }
}
