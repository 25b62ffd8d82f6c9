//! Judging: findings and verdicts.

pub mod verdict;

pub use crate::evidence::Evidence;
use crate::seed::MasterSeed;
use crate::spec::claim::Claim;
use verdict::{Finding, Verdict};

/// What is concluded about a claim.
pub struct Judgement {
    /// The verdict of the claim.
    pub verdict: Verdict,
    /// In a sentence, where the verdict needs one.
    pub reason: Option<String>,
    /// Findings of the claim, then of each control (only of the checks that it must fail).
    pub findings: Vec<Finding>,
    /// For each control, whether it failed as it must.
    pub controls_failed: Vec<bool>,
}

/// Judges a claim; `evidence` holds the claim's own, then that of each control, in order.
pub fn judge(_claim: &Claim, _master: MasterSeed, _evidence: &[Evidence]) -> Judgement {
    unimplemented!()
}
