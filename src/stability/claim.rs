//! How the verdicts of a claim and its findings came out.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::outcomes::Outcomes;
use crate::judge::finding::PointValue;
use crate::judge::verdict::Verdict;
use crate::record::ClaimRecord;

/// How the verdict of a claim came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimStability {
    /// Fingerprint of what was judged.
    pub judged: String,
    /// Its verdicts.
    pub verdicts: Outcomes,
    /// The findings that did not come out as they should under every seed, in the order of the record.
    pub findings: Vec<FindingStability>,
}

/// How the verdict of a finding came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingStability {
    /// Name of the check.
    pub check: String,
    /// Name of the control; none for the claim itself.
    pub control: Option<String>,
    /// Values of the check's `per` columns; none if there are no such columns.
    pub point: Option<IndexMap<String, PointValue>>,
    /// Its verdicts. A seed of the claim is missing where there was no such finding.
    pub verdicts: Outcomes,
}

impl ClaimStability {
    /// Whether it is about the claim of a record as that is in a profile, and not about an earlier state.
    pub fn is_about(&self, claim: &ClaimRecord, profile: &str) -> bool {
        // Because a profile that the claim's file does not name is the claim as it is written.
        let judged = claim.judged.get(profile).or_else(|| claim.judged.get("full"));
        judged == Some(&self.judged)
    }

    /// Whether the claim and all of its findings came out as they should under every seed.
    pub fn is_stable(&self) -> bool {
        self.findings.is_empty() && self.verdicts.0.keys().all(|&verdict| verdict == Verdict::Holds)
    }
}

impl FindingStability {
    /// The verdict that it should have.
    pub fn should(&self) -> Verdict {
        if self.control.is_some() { Verdict::Fails } else { Verdict::Holds }
    }
}
