//! What a profile decides: how much of a claim is run, and what is expected of it.

use crate::spec::axis::Axis;
use crate::spec::check::Expectation;

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
