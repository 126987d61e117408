//! Inks in, ANSI styles out, or none where colours are not wanted.

use anstyle::{AnsiColor, Style};

/// What a text means, not how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ink {
    /// Nothing special.
    #[default]
    Plain,
    /// A heading.
    Strong,
    /// Less important.
    Faint,
    /// Good.
    Good,
    /// Worth a look.
    Warning,
    /// Broken.
    Critical,
}

impl Ink {
    /// The ink of a verdict's or severity's word.
    pub(super) fn of(word: &str) -> Ink {
        match word {
            "critical" => Ink::Critical,
            "warning" => Ink::Warning,
            "ok" | "pass" => Ink::Good,
            "info" => Ink::Plain,
            _ => Ink::Faint,
        }
    }

    fn style(self) -> Style {
        match self {
            Ink::Plain => Style::new(),
            Ink::Strong => Style::new().bold(),
            Ink::Faint => Style::new().dimmed(),
            Ink::Good => AnsiColor::Green.on_default(),
            Ink::Warning => AnsiColor::Yellow.on_default(),
            Ink::Critical => AnsiColor::Red.on_default().bold(),
        }
    }
}

/// Whether colours are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Bare text, for files and pipes.
    Plain,
    /// ANSI styles, for terminals.
    Coloured,
}

impl Paint {
    /// The text in this ink.
    pub(super) fn ink(self, ink: Ink, text: &str) -> String {
        if self == Paint::Plain || ink == Ink::Plain || text.is_empty() {
            return text.to_string();
        }
        let style = ink.style();
        format!("{style}{text}{style:#}")
    }
}
