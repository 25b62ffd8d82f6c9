//! The spec language: what the YAML says and what it means.
//!
//! Text is read into a tree of nodes with their places ([`yaml`]); the tree is read section by section into the types
//! of [`claim`]. Every mistake in every file is reported with its place, all of them at once.

pub mod axis;
pub mod id;
pub mod nearest;
pub mod yaml;

pub mod formula;

pub mod check;
pub mod control;
pub mod extent;
pub mod language;

pub mod claim;

pub mod resolved;
pub mod setting;

mod compile;

use std::path::Path;

use crate::experiment::Registry;
use claim::Catalogue;
pub use language::schema::schema;
pub use resolved::resolved;
use yaml::problems::Problems;

/// Loads and checks every spec below `folder` for a profile (`None`: as written), with the kinds of experiments of a
/// registry.
///
/// Every profile of every claim is checked, whichever is asked for.
///
/// # Errors
///
/// All mistakes of all files, each with its place.
pub fn load(folder: &Path, profile: Option<&str>, registry: &Registry) -> Result<Catalogue, Problems> {
    compile::catalogue::catalogue(folder, profile, registry)
}
