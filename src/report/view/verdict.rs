//! Verdicts in words.

use serde::Serialize;

use crate::judge::verdict::Verdict;
use crate::report::words::{meaning, word};

/// A verdict for a page.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictView {
    /// In a word; also its CSS class.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

impl VerdictView {
    /// The verdict in words.
    pub fn new(verdict: Verdict) -> Self {
        Self { word: word(verdict), meaning: meaning(verdict) }
    }
}
