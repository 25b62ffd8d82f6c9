//! What a control means.

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::spec::formula::Formula;

/// A control: the claim with something broken on purpose.
#[derive(Clone, Debug)]
pub struct Control {
    /// Its name, unique in the claim.
    pub name: String,
    /// Why the checks must fail; Markdown.
    pub because: String,
    /// Parameters that it changes, by dotted path; an axis of the sweep that sets the same parameter is dropped.
    pub set: IndexMap<String, Json>,
    /// Replicates, where it needs other than the claim.
    pub replicates: Option<u64>,
    /// The checks that must fail, each in every finding that it names.
    pub fails: Vec<MustFail>,
}

/// A check that must fail in a control.
#[derive(Clone, Debug)]
pub struct MustFail {
    /// Name of the check.
    pub check: String,
    /// The points at which it must, a condition on the columns of its `per`; all of them without one.
    pub at: Option<Formula>,
    /// The rows that the check looks at there, a condition in place of its own.
    pub filter: Option<Formula>,
}

impl Control {
    /// Whether a check of that name must fail in it.
    pub fn names(&self, check: &str) -> bool {
        self.fails.iter().any(|fails| fails.check == check)
    }
}
