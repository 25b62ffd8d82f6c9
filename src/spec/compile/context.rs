//! What the file of a claim is read against.

use indexmap::IndexMap;

use crate::experiment::Registry;
use crate::spec::claim::Reference;

/// What the file of a claim is read against.
pub(in crate::spec) struct Context<'a> {
    /// The kinds of experiments.
    pub(in crate::spec) registry: &'a Registry,
    /// The bibliography; none if it could not be read.
    pub(in crate::spec) sources: Option<&'a IndexMap<String, Reference>>,
    /// The profile to resolve the claim for.
    pub(in crate::spec) profile: Option<&'a str>,
}
