//! Terms with what is to be said about them.

use serde::Serialize;

/// A term and what is to be said about it.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// Text.
    pub text: String,
}

impl Fact {
    /// A term and a text.
    pub fn new(term: &str, text: impl Into<String>) -> Self {
        Self { term: term.to_owned(), text: text.into() }
    }
}
