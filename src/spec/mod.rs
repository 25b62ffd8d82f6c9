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

use serde_json::Value as Json;

use crate::experiment::Registry;
use claim::Catalogue;
pub use language::schema::schema;
pub use resolved::resolved;
use yaml::problems::Problems;

/// The registry with the kinds that are declared below `folder` as well, in `_experiments/NAME/experiment.yaml`. Their
/// programs run only if that is `allowed`; nothing runs to read them.
///
/// # Errors
///
/// All mistakes of all declarations, each with its place; a name that another kind has.
pub fn with_declared(folder: &Path, registry: &Registry, allowed: bool) -> Result<Registry, Problems> {
    let kinds = compile::catalogue::declared(folder, allowed)?;
    registry.clone().with(kinds).map_err(|error| {
        let folder = folder.join("_experiments").to_string_lossy().into_owned();
        Problems::sorted(vec![yaml::problems::Problem::of_file(&folder, &error.to_string(), None)])
    })
}

/// The value of a text in YAML, such as parameters on the command line; `name` says where the text stands.
///
/// # Errors
///
/// Where it is not YAML.
pub fn value(name: &str, text: &str) -> Result<Json, Problems> {
    let source = yaml::problems::Source::new(name, text);
    let value = yaml::node::parse(&source).map(|node| node.to_json(&source));
    value.ok_or_else(|| Problems::sorted(source.into_problems()))
}

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
