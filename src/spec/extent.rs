//! What a profile decides: how much of a claim is run, and what is expected of it.

use super::claim::{Axis, Check, Claim, Expectation};

/// How much of a claim is run, and what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    /// The axes of the sweep.
    pub sweep: Vec<Axis>,
    /// Number of replicates at each point.
    pub replicates: u64,
    /// What is expected of each check, in the order of the checks.
    pub expected: Vec<Expectation>,
}

impl Claim {
    /// Whether it is resolved for a profile of this extent.
    pub fn has(&self, extent: &Extent) -> bool {
        let expected = self.checks.iter().map(|check| &check.expect);
        self.sweep == extent.sweep && self.replicates == extent.replicates && expected.eq(&extent.expected)
    }

    /// The same claim in a profile of this extent.
    #[must_use]
    pub fn with(&self, extent: &Extent) -> Self {
        let checks = self.checks.iter().zip(&extent.expected);
        let checks = checks.map(|(check, expect)| Check { expect: expect.clone(), ..check.clone() }).collect();
        Self { sweep: extent.sweep.clone(), replicates: extent.replicates, checks, ..self.clone() }
    }
}
