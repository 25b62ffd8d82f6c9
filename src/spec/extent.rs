//! How much of a claim is run: what a profile decides.

use super::claim::{Axis, Claim};

/// How much of a claim is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    /// The axes of the sweep.
    pub sweep: Vec<Axis>,
    /// Number of replicates at each point.
    pub replicates: u64,
}

impl Claim {
    /// Whether it is resolved for a profile of this extent.
    pub fn has(&self, extent: &Extent) -> bool {
        self.sweep == extent.sweep && self.replicates == extent.replicates
    }

    /// The same claim in a profile of this extent.
    #[must_use]
    pub fn with(&self, extent: &Extent) -> Self {
        Self { sweep: extent.sweep.clone(), replicates: extent.replicates, ..self.clone() }
    }
}
