//! How much a record rests on.

use super::Record;
use crate::judge::verdict::Verdict;

/// Numbers of what was run and judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Findings of the claims themselves that have an interval.
    pub intervals: u64,
    /// Findings of the claims themselves that have none.
    pub values: u64,
    /// Replicates of the claims themselves, at all points.
    pub replicates: u64,
    /// Controls of the claims that were run.
    pub controls: u64,
    /// Those of them that failed, as they must.
    pub failed: u64,
    /// Checks that controls name, each as often as one does.
    pub must_fail: u64,
}

impl Totals {
    /// Findings of the claims themselves.
    pub fn findings(&self) -> u64 {
        self.intervals + self.values
    }
}

impl Record {
    /// How much it rests on.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for claim in &self.claims {
            let intervals = claim.own().filter(|finding| finding.interval.is_some()).count() as u64;
            totals.intervals += intervals;
            totals.values += claim.own().count() as u64 - intervals;
            totals.replicates += claim.replicates * claim.points;
            totals.must_fail += claim.controls.iter().map(|control| control.fails.len() as u64).sum::<u64>();
            if claim.verdict != Verdict::Skipped {
                totals.controls += claim.controls.len() as u64;
                totals.failed += claim.controls.iter().filter(|control| control.failed).count() as u64;
            }
        }
        totals
    }
}
