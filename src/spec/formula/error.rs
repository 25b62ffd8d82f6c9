//! Mistakes in formulas.

use std::ops::Range;

/// A mistake in a formula.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    /// Where, in bytes of the formula's text.
    pub span: Range<usize>,
    /// What is wrong and what is allowed.
    pub message: String,
    /// Did you mean ...
    pub help: Option<String>,
}

impl FormulaError {
    /// At a place, without help.
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }
}
