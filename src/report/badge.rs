//! Badges: endpoints as shields.io reads them.

use serde_json::{Value, json};

use crate::judge::verdict::Verdict;
use crate::report::words::word;

/// The badge of a verdict.
pub fn badge(label: &str, verdict: Verdict) -> Value {
    of(label, word(verdict), colour(verdict))
}

/// The badge of all claims together: how many of those that ran hold, and how many did not run.
pub fn overall(verdicts: &[Verdict]) -> Value {
    let ran = verdicts.iter().filter(|&&verdict| verdict != Verdict::Skipped).count();
    let holding = verdicts.iter().filter(|&&verdict| verdict == Verdict::Holds).count();
    let worst = crate::report::words::BY_SEVERITY
        .into_iter()
        .filter(|&verdict| verdict != Verdict::Skipped)
        .find(|verdict| verdicts.contains(verdict));
    let message = match (ran, verdicts.len() - ran) {
        (_, 0) => format!("{holding} of {ran} hold"),
        (0, skipped) => format!("{skipped} skipped"),
        (_, skipped) => format!("{holding} of {ran} hold, {skipped} skipped"),
    };
    of("claims", &message, worst.map_or("lightgrey", colour))
}

fn of(label: &str, message: &str, colour: &str) -> Value {
    json!({"schemaVersion": 1, "label": label, "message": message, "color": colour})
}

fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "brightgreen",
        Verdict::Fails | Verdict::Vacuous => "red",
        Verdict::Broken => "critical",
        Verdict::Inconclusive => "yellow",
        Verdict::Skipped => "lightgrey",
    }
}
