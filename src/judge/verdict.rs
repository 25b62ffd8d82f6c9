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

impl Verdict {
    /// Every verdict, the worst first. Broken is worst, because nothing can be concluded from what has no number. Exit
    /// codes alone order otherwise; their module tells why.
    pub const BY_SEVERITY: [Self; 6] =
        [Self::Broken, Self::Fails, Self::Vacuous, Self::Inconclusive, Self::Skipped, Self::Holds];

    /// Place in [`Self::BY_SEVERITY`], 0 the worst.
    pub fn severity(self) -> usize {
        match self {
            Self::Broken => 0,
            Self::Fails => 1,
            Self::Vacuous => 2,
            Self::Inconclusive => 3,
            Self::Skipped => 4,
            Self::Holds => 5,
        }
    }
}
