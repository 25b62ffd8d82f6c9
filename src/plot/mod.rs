//! Figures as numbers: what a figure of a spec shows.

pub mod model;

use crate::judge::Evidence;
use crate::spec::claim::Claim;
use model::Plot;

/// The figures of a claim. A figure without any point to show (all rows filtered out, no such replicate) is an
/// error that names it.
pub fn plots(_claim: &Claim, _evidence: &Evidence) -> Result<Vec<Plot>, String> {
    unimplemented!()
}
