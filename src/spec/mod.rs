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

/// JSON Schema of a claim's file.
pub fn schema() -> serde_json::Value {
    unimplemented!()
}

/// The spec with every default and the profile.
pub fn resolved(_claim: &claim::Claim) -> String {
    unimplemented!()
}
