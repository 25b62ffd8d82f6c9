//! The spec language: what the YAML says and what it means.
//!
//! Text is read into a tree of nodes that know where they stand ([`node`](self)), the tree section by section into
//! the types of [`claim`], and every mistake of every file is noted with its place, so that all come at once.

mod axes;
mod catalogue;
mod checks;
pub mod claim;
mod controls;
mod document;
mod expectation;
pub mod figure;
mod figures;
pub mod formula;
mod json_schema;
mod nearest;
mod node;
mod parameters;
pub mod problems;
mod profiles;
mod read;
mod resolved;
pub mod schema;
pub mod section;
mod serde_words;
pub mod setting;
mod sweep;

use std::path::Path;

use crate::experiment::{KINDS, Kind};
use claim::Catalogue;
use problems::Problems;
pub use resolved::resolved;
pub use schema::schema;

/// Loads and checks every spec below `folder` for a profile (`None`: as written).
///
/// Every profile of every claim is checked, whichever is asked for.
pub fn load(folder: &Path, profile: Option<&str>) -> Result<Catalogue, Problems> {
    load_with(KINDS, folder, profile)
}

/// The same with other kinds of experiments.
pub fn load_with(kinds: &'static [Kind], folder: &Path, profile: Option<&str>) -> Result<Catalogue, Problems> {
    catalogue::catalogue(folder, profile, kinds)
}
