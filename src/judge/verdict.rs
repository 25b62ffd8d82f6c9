//! The one type of verdict.

use serde::{Deserialize, Serialize};

/// What is concluded, of a finding or of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The interval lies inside the allowed band.
    Holds,
    /// The interval lies outside the allowed band.
    Fails,
    /// The interval straddles the edge of the band: more replicates may decide.
    Inconclusive,
    /// There is no number to judge: no rows, a missing value, a failed cell.
    Broken,
    /// Of a claim: a control did not fail, so its checks prove nothing.
    Vacuous,
    /// Of a claim: not run, with a reason; never counted as holding.
    Skipped,
}
