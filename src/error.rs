//! The one error type: what stopped us (never odd data, which is an [`crate::issue::Issue`]), where, and what to do.

use std::fmt;

/// Why nothing sensible could be said about a source, a contract or a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: Kind,
    message: String,
    hint: Option<String>,
    place: Option<Place>,
    mistakes: Vec<(Place, String)>,
}

/// A place in a text that a person wrote (a contract), both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
}

/// The families of errors; the host's exit code depends on nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The bytes are not of the wanted or of any known format.
    NotThisFormat,
    /// The container is truncated or contradicts itself.
    Damaged,
    /// A codec or feature that no build, or not this one, has.
    Unsupported,
    /// Parquet or Arrow, in a build without them; the page answers by loading the module that has them.
    NeedsColumnar,
    /// A data contract, in a build without them; likewise.
    NeedsContract,
    /// A limit of [`crate::cell::limits`] was passed.
    Limit,
    /// The host could not read the bytes, or they changed while being read.
    Unreadable,
    /// The contract or an option is wrong.
    Usage,
    /// A saved profile of another version or of other parameters.
    Incompatible,
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of this family with its message: lower case, no final dot, user strings in quotes.
    #[cold]
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error(Box::new(Inner {
            kind,
            message: message.into(),
            hint: None,
            place: None,
            mistakes: Vec::new(),
        }))
    }

    /// Adds what to do about it, printed on its own line.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Error {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds the place in the text that is at fault.
    #[must_use]
    pub fn at(mut self, line: u64, column: u64) -> Error {
        self.0.place = Some(Place { line, column });
        self
    }

    /// Adds every mistake in the text with its place, where the message names only the first of them.
    #[must_use]
    pub fn with_mistakes(mut self, mistakes: Vec<(Place, String)>) -> Error {
        self.0.mistakes = mistakes;
        self
    }

    /// Adds the name of the file that is at fault, where the message does not say it.
    #[must_use]
    pub fn of_file(mut self, name: &str) -> Error {
        let base = format!("{:?}", name.rsplit(['/', '\\']).next().unwrap_or(name));
        if !self.0.message.contains(&base[1..]) {
            self.0.message = format!("{name:?}: {}", self.0.message);
        }
        self
    }

    /// The family.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// A stable code in kebab case, for hosts and reports.
    pub fn code(&self) -> &'static str {
        match self.0.kind {
            Kind::NotThisFormat => "not-this-format",
            Kind::Damaged => "damaged",
            Kind::Unsupported => "unsupported",
            Kind::NeedsColumnar => "needs-columnar",
            Kind::NeedsContract => "needs-contract",
            Kind::Limit => "limit",
            Kind::Unreadable => "unreadable",
            Kind::Usage => "usage",
            Kind::Incompatible => "incompatible",
        }
    }

    /// The message without place and hint.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The place in a contract or an option's text.
    pub fn place(&self) -> Option<Place> {
        self.0.place
    }

    /// Every mistake in the text with its place, in the order of the text; without a place it is at the text's beginning.
    pub fn mistakes(&self) -> Vec<(Place, String)> {
        if !self.0.mistakes.is_empty() {
            return self.0.mistakes.clone();
        }
        let place = self.0.place.unwrap_or(Place { line: 1, column: 1 });
        vec![(place, self.0.message.clone())]
    }

    /// Whether the caller's words are at fault (exit code 2) rather than the data (exit code 3).
    pub fn is_usage(&self) -> bool {
        matches!(self.0.kind, Kind::Usage | Kind::Incompatible)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.0.place {
            write!(f, "line {}, column {}: ", place.line, place.column)?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
