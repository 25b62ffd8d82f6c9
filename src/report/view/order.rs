//! The order of lists: what needs attention most comes first.

use std::cmp::Ordering;

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::ClaimRecord;

/// From this share of its tolerance on, a claim that holds is a close call.
pub const CLOSE: f64 = 0.8;
/// A check that would not notice a relative error as large as this sees little.
pub const BLIND: f64 = 0.1;

/// From this margin on a control is a straw man: it fails whatever the tolerance.
pub const STRAW: f64 = 100.0;

/// Claims by severity of the verdict, then by tolerance use, the largest first, then by id.
pub fn by_need(claims: &[ClaimRecord]) -> Vec<&ClaimRecord> {
    let mut claims: Vec<_> = claims.iter().collect();
    claims.sort_by(|one, other| {
        need(one.verdict, one.tolerance_use, other.verdict, other.tolerance_use).then_with(|| one.id.cmp(&other.id))
    });
    claims
}

/// Findings in the same order; equals stay as they were.
pub fn findings_by_need<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut findings: Vec<_> = findings.into_iter().collect();
    findings.sort_by(|one, other| need(one.verdict, one.tolerance_use, other.verdict, other.tolerance_use));
    findings
}

/// The worst of these verdicts; none of none.
pub fn worst(verdicts: impl Iterator<Item = Verdict>) -> Option<Verdict> {
    verdicts.min_by_key(|&verdict| verdict.severity())
}

fn need(one: Verdict, one_use: Option<f64>, other: Verdict, other_use: Option<f64>) -> Ordering {
    let share = |value: Option<f64>| value.unwrap_or(0.0);
    one.severity().cmp(&other.severity()).then_with(|| share(other_use).total_cmp(&share(one_use)))
}
