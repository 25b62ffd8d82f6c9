//! The spec language: what the YAML says and what it means.

pub mod claim;
pub mod formula;
mod nearest;
pub mod problems;

use std::path::Path;

use claim::Catalogue;
use problems::Problems;

/// Loads and checks every spec below `folder` for a profile (`None`: as written).
pub fn load(_folder: &Path, _profile: Option<&str>) -> Result<Catalogue, Problems> {
    unimplemented!()
}
