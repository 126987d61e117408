//! Which method, and which threshold, somebody asked for on which columns; the most specific word wins.

use super::Tool;

/// What a column is to the other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Numbers.
    Numerical,
    /// Values of a set.
    Categorical,
    /// Free text.
    Text,
}

impl Class {
    /// The word of options and reports.
    pub fn id(self) -> &'static str {
        match self {
            Class::Numerical => "numerical",
            Class::Categorical => "categorical",
            Class::Text => "text",
        }
    }
}

/// Columns that a wish is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// One column, by its name.
    Column(String),
    /// All columns of a class.
    Class(Class),
    /// All columns.
    All,
}

/// What a statistic is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// This value.
    Constant(f64),
    /// The mean over the reference's chunks and so many of their standard deviations.
    Deviations(f64),
}

/// A wish.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// For which columns.
    pub scope: Scope,
    /// The method, by the tool's own name for it; `None`: as the tool chooses.
    pub method: Option<String>,
    /// Its threshold; `None`: the tool's own.
    pub limit: Option<Limit>,
}

impl Asked {
    /// Reads `SCOPE=METHOD[:LIMIT]`: a scope is `all`, `numerical`, `categorical`, `text` or a column's name, a method `auto` or a
    /// name, a limit a number or so many deviations, `3sd`.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(text: &str) -> Result<Asked, String> {
        let wrong = || format!("expected COLUMN=METHOD[:THRESHOLD], found {text:?}");
        let (scope, rest) = text.rsplit_once('=').ok_or_else(wrong)?;
        let (method, limit) = match rest.split_once(':') {
            Some((method, limit)) => (method, Some(limit)),
            None => (rest, None),
        };
        if scope.is_empty() || method.is_empty() {
            return Err(wrong());
        }
        let scope = match scope {
            "all" => Scope::All,
            "numerical" | "numeric" | "continuous" => Scope::Class(Class::Numerical),
            "categorical" => Scope::Class(Class::Categorical),
            "text" => Scope::Class(Class::Text),
            name => Scope::Column(name.to_owned()),
        };
        let number = |text: &str| text.parse().ok().filter(|x: &f64| x.is_finite());
        let limit = limit.map(|text| match text.strip_suffix("sd") {
            Some(text) => number(text).filter(|x| *x >= 0.0).map(Limit::Deviations),
            None => number(text).map(Limit::Constant),
        });
        let limit = match limit {
            Some(None) => {
                return Err(format!("expected a number or deviations like 3sd behind \":\" in {text:?}"));
            }
            Some(limit) => limit,
            None => None,
        };
        Ok(Asked { scope, method: (method != "auto").then(|| method.to_owned()), limit })
    }
}

/// The wish for a method that the tool has not, in words, with those that it has.
pub fn unknown_method(asked: &[Asked], tool: Tool) -> Option<(String, String)> {
    let known = tool.methods();
    let wished = asked.iter().filter_map(|it| it.method.as_deref());
    let unknown = wished.into_iter().find(|it| !known.contains(it))?;
    let whose = if tool == Tool::Own { "there is".to_owned() } else { format!("{} has", tool.id()) };
    Some((format!("{whose} no method {unknown:?}"), format!("there are auto, {}", known.join(", "))))
}

/// The wish for a column that is not among these, in words, with the first of those that are.
pub fn unknown_column(asked: &[Asked], known: &[&str]) -> Option<(String, String)> {
    let wished = asked.iter().filter_map(|it| match &it.scope {
        Scope::Column(name) => Some(name.as_str()),
        _ => None,
    });
    let unknown = wished.into_iter().find(|it| !known.contains(it))?;
    let named: Vec<String> = known.iter().take(NAMED).map(|it| format!("{it:?}")).collect();
    let more = if known.len() > NAMED { format!(" and {} more", known.len() - NAMED) } else { String::new() };
    let hint =
        format!("there are the columns {}{more}; and numerical, categorical, text and all", named.join(", "));
    Some((format!("--method: no column {unknown:?} in either file"), hint))
}

/// Columns that a message names.
const NAMED: usize = 12;

/// All wishes, in the order in which they were made.
pub(super) struct Wishes<'a>(pub &'a [Asked]);

impl<'a> Wishes<'a> {
    /// The method asked for, and the limit asked for: of the column's own wishes the last, else of its class's, else of
    /// those for all.
    pub(super) fn of(&self, column: &str, class: Class) -> (Option<&'a str>, Option<Limit>) {
        let last = |wanted: &dyn Fn(&Asked) -> bool| {
            let all = self.by_scope(column, class);
            all.into_iter().find_map(|level| level.into_iter().rev().find(|it| wanted(it)))
        };
        let method = last(&|it| it.method.is_some()).and_then(|it| it.method.as_deref());
        (method, last(&|it| it.limit.is_some()).and_then(|it| it.limit))
    }

    /// The methods asked for where a tool takes several, each with its limit: all of the most specific level.
    pub(super) fn several(&self, column: &str, class: Class) -> Vec<(&'a str, Option<Limit>)> {
        let named = |level: Vec<&'a Asked>| -> Vec<(&'a str, Option<Limit>)> {
            level.into_iter().filter_map(|it| Some((it.method.as_deref()?, it.limit))).collect()
        };
        self.by_scope(column, class).into_iter().map(named).find(|it| !it.is_empty()).unwrap_or_default()
    }

    fn by_scope(&self, column: &str, class: Class) -> [Vec<&'a Asked>; 3] {
        let of = |wanted: &dyn Fn(&Scope) -> bool| self.0.iter().filter(|it| wanted(&it.scope)).collect();
        [
            of(&|scope| matches!(scope, Scope::Column(name) if name == column)),
            of(&|scope| *scope == Scope::Class(class)),
            of(&|scope| *scope == Scope::All),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_a_scope_a_method_and_a_limit() {
        let asked =
            |scope, method: Option<&str>, limit| Asked { scope, method: method.map(str::to_owned), limit };
        let table = [
            ("x=psi", Some(asked(Scope::Column("x".into()), Some("psi"), None))),
            (
                "a=b=ks:0.01",
                Some(asked(Scope::Column("a=b".into()), Some("ks"), Some(Limit::Constant(0.01)))),
            ),
            (
                "numeric=auto:0.2",
                Some(asked(Scope::Class(Class::Numerical), None, Some(Limit::Constant(0.2)))),
            ),
            ("all=chi2:2.5sd", Some(asked(Scope::All, Some("chi2"), Some(Limit::Deviations(2.5))))),
            ("text=x:", None),
            ("x=ks:much", None),
            ("x=ks:-1sd", None),
            ("x=ks:inf", None),
            ("=ks", None),
            ("x=", None),
            ("psi", None),
        ];
        for (text, wanted) in table {
            assert_eq!(Asked::parse(text).ok(), wanted, "{text}");
        }
    }

    #[test]
    fn a_wish_for_what_is_not_there_names_what_is() {
        let asked = |text: &str| [Asked::parse(text).expect("a wish")];
        let table = [
            ("all=foo", Tool::Own, Some("there is no method \"foo\"")),
            ("all=ks", Tool::Own, Some("there is no method \"ks\"")),
            ("all=ks", Tool::Evidently, None),
            ("text=perc_text_content_drift", Tool::Evidently, None),
            ("all=psi", Tool::NannyMl, Some("nannyml has no method \"psi\"")),
            ("x=l_infinity", Tool::NannyMl, None),
            ("x=chi2", Tool::Alibi, None),
            ("x=auto:3", Tool::Alibi, None),
        ];
        for (text, tool, wanted) in table {
            let found = unknown_method(&asked(text), tool);
            assert_eq!(found.as_ref().map(|it| it.0.as_str()), wanted, "{text}");
        }
        assert_eq!(unknown_column(&asked("x=psi"), &["a", "x"]), None);
        assert_eq!(unknown_column(&asked("numerical=psi"), &["a"]), None);
        let many: Vec<String> = (0..14).map(|i| format!("c{i}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let (what, hint) = unknown_column(&asked("y=psi"), &many).expect("it is not there");
        assert_eq!(what, "--method: no column \"y\" in either file");
        assert!(hint.contains("\"c11\" and 2 more"), "{hint}");
    }

    #[test]
    fn the_column_goes_before_its_class_and_that_before_all() {
        let made = ["all=psi:0.3", "numerical=ks", "x=auto:0.01", "numerical=wasserstein"];
        let all: Vec<Asked> = made.iter().map(|it| Asked::parse(it).expect("a wish")).collect();
        let wishes = Wishes(&all);
        assert_eq!(wishes.of("x", Class::Numerical), (Some("wasserstein"), Some(Limit::Constant(0.01))));
        assert_eq!(wishes.of("y", Class::Categorical), (Some("psi"), Some(Limit::Constant(0.3))));
        assert_eq!(wishes.several("x", Class::Numerical), [("ks", None), ("wasserstein", None)]);
        assert_eq!(Wishes(&[]).of("x", Class::Text), (None, None));
    }
}
