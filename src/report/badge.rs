//! Badges: endpoints as shields.io reads them, and the same as pictures.

use serde_json::{Value, json};

use crate::judge::verdict::Verdict;
use crate::report::figure::advance::width;
use crate::report::html::escaped;
use crate::report::words::word;

/// A badge: on the left what it is about, on the right what is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    label: String,
    message: String,
    colour: &'static str,
    /// The colour behind white text.
    paint: &'static str,
}

/// Size of the text of a badge, in pixels.
const TEXT: f64 = 11.0;
/// Room beside a text.
const ROOM: f64 = 6.0;

impl Badge {
    /// The badge of a verdict.
    pub fn of(label: &str, verdict: Verdict) -> Self {
        Self::new(label, word(verdict), Some(verdict))
    }

    /// The badge of all claims together: how many of those that ran hold, and how many did not run.
    pub fn overall(verdicts: &[Verdict]) -> Self {
        let ran = verdicts.iter().filter(|&&verdict| verdict != Verdict::Skipped).count();
        let holding = verdicts.iter().filter(|&&verdict| verdict == Verdict::Holds).count();
        let worst = Verdict::BY_SEVERITY
            .into_iter()
            .filter(|&verdict| verdict != Verdict::Skipped)
            .find(|verdict| verdicts.contains(verdict));
        let message = match (ran, verdicts.len() - ran) {
            (_, 0) => format!("{holding} of {ran} hold"),
            (0, skipped) => format!("{skipped} skipped"),
            (_, skipped) => format!("{holding} of {ran} hold, {skipped} skipped"),
        };
        Self::new("claims", &message, worst)
    }

    fn new(label: &str, message: &str, verdict: Option<Verdict>) -> Self {
        let (colour, paint) = verdict.map_or(("lightgrey", "#5b6067"), colours);
        Self { label: label.to_owned(), message: message.to_owned(), colour, paint }
    }

    /// The endpoint that shields.io reads.
    pub fn endpoint(&self) -> Value {
        json!({"schemaVersion": 1, "label": self.label, "message": self.message, "color": self.colour})
    }

    /// The badge as a picture that needs nobody.
    pub fn svg(&self) -> String {
        let label: String = shortened(&self.label);
        let (left, right) = (room(&label), room(&self.message));
        let (all, middle, end) = (left + right, 0.5 * left, left + 0.5 * right);
        let (title, label) = (escaped(&format!("{}: {}", self.label, self.message)), escaped(&label));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" viewBox=\"0 0 {all} 20\" \
             role=\"img\" aria-label=\"{title}\"><title>{title}</title>\
             <rect width=\"{all}\" height=\"20\" rx=\"3\" fill=\"#454a51\"/>\
             <path d=\"M{left} 0h{inner}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{inner}z\" fill=\"{paint}\"/>\
             <g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Helvetica,Arial,sans-serif\" font-size=\"{TEXT}\">\
             <text x=\"{middle}\" y=\"14\">{label}</text><text x=\"{end}\" y=\"14\">{message}</text></g></svg>\n",
            inner = right - 3.0,
            paint = self.paint,
            message = escaped(&self.message),
        )
    }
}

/// Width of a text with room on both sides, in whole pixels.
fn room(text: &str) -> f64 {
    (width(text, TEXT) + 2.0 * ROOM).ceil()
}

/// A title that fits a badge.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words} ...")
}

/// The colour by the name that shields.io knows, and one behind white text (contrast at least 4.5 : 1).
fn colours(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Holds => ("brightgreen", "#1b7a4b"),
        Verdict::Fails | Verdict::Vacuous => ("red", "#b3261e"),
        Verdict::Broken => ("critical", "#9c2a7b"),
        Verdict::Inconclusive => ("yellow", "#8a6100"),
        Verdict::Skipped => ("lightgrey", "#5b6067"),
    }
}
