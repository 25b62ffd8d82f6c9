//! Mistakes in specs, with their place.

/// All mistakes that were found in the specs of a folder.
#[derive(Debug)]
pub struct Problems(pub Vec<Problem>);

/// A mistake in a spec.
#[derive(Clone, Debug)]
pub struct Problem {
    /// File as it was found.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what is allowed, lowercase, no final dot.
    pub message: String,
    /// Did you mean ...
    pub help: Option<String>,
    /// The whole, with the line and a caret, without colour.
    pub rendered: String,
}
