//! The spec language: what the YAML says and what it means.
//!
//! Text is read into a tree of nodes that know where they stand ([`node`](self)), the tree section by section into
//! the types of [`claim`], and every mistake of every file is noted with its place, so that all come at once.

pub mod claim;
mod compile;
pub mod formula;
pub mod language;
pub mod nearest;
pub mod setting;
pub mod yaml;

use std::path::Path;

use crate::experiment::{KINDS, Kind};
use claim::Catalogue;
pub use language::resolved::resolved;
pub use language::schema::schema;
use yaml::problems::Problems;

/// Loads and checks every spec below `folder` for a profile (`None`: as written).
///
/// Every profile of every claim is checked, whichever is asked for.
pub fn load(folder: &Path, profile: Option<&str>) -> Result<Catalogue, Problems> {
    load_with(KINDS, folder, profile)
}

/// The same with other kinds of experiments.
pub fn load_with(kinds: &'static [Kind], folder: &Path, profile: Option<&str>) -> Result<Catalogue, Problems> {
    compile::catalogue::catalogue(folder, profile, kinds)
}
