//! Judging: findings and verdicts.

pub mod verdict;

use crate::seed::MasterSeed;
use crate::spec::claim::Claim;
use crate::table::Tables;
use verdict::{Finding, Verdict};

/// What an arm of a claim (the claim itself or one of its controls) has to show.
pub struct Evidence {
    /// Its tables, over all points and replicates: the columns of the axes, then those of the experiment.
    pub tables: Tables,
    /// The cells that failed, each with its point and reason. Any failure breaks the checks of the arm.
    pub failures: Vec<String>,
}

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
