//! Colours of the terminal. They vanish where standard output is no terminal or `NO_COLOR` is set.

use anstyle::{AnsiColor, Style};

use crate::judge::verdict::Verdict;
use crate::report::words::word;

/// In front of an error.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();

/// What stands out.
pub const STRONG: Style = Style::new().bold();

/// What is of less interest.
pub const FAINT: Style = Style::new().dimmed();

/// A verdict as a coloured word, as wide as the longest.
pub fn verdict(verdict: Verdict) -> String {
    let style = match verdict {
        Verdict::Holds => AnsiColor::Green.on_default(),
        Verdict::Fails | Verdict::Vacuous => AnsiColor::Red.on_default().bold(),
        Verdict::Broken => AnsiColor::Magenta.on_default().bold(),
        Verdict::Inconclusive => AnsiColor::Yellow.on_default().bold(),
        Verdict::Skipped => FAINT,
    };
    format!("{style}{:<12}{style:#}", word(verdict))
}
