//! Judging: from a claim and its tables to findings and a verdict.
//!
//! **Unit.** Replicates are independent, rows of one replicate are not. So intervals come from resampling replicates:
//! all rows of a replicate that is drawn twice count twice, and every point of a check takes the same draws, so that
//! what is paired stays paired.
//!
//! **Statistic.** A check is a measure `M` and an expectation `E`, both functions of rows. Where `E` is a constant, the
//! interval is that of `M`. Where `E` comes from the rows, only the deviation `M - E` is of interest, since noise in the
//! data that moves both cancels: each resample gives `M - E`, and the interval shown is that of `M - E + E0` with the
//! expected value `E0` over all rows. It is compared with the band around `E0`. For `between`, `E` is the middle of the
//! band; the band's width, and that of a relative tolerance, are those over all rows.
//!
//! **Two stages.** Without `replicate` among the columns of `group`, the first stage is a part of the statistic and made
//! anew in each resample. With it, each replicate is reduced by itself, once, and its row is what is resampled.
//!
//! **Interval.** [`bca`](crate::numerics::statistics::bootstrap::bca) at the claim's confidence from [`RESAMPLES`] draws. A measure
//! that is just `fraction(condition)` takes [`clopper_pearson`](crate::numerics::statistics::binomial::clopper_pearson): with one
//! row a replicate, or where the fraction is 0 or 1 over all rows. A claim with one replicate is deterministic and has
//! none. If any resample has no value, there is no interval and the finding is
//! broken. How often intervals cover the truth has been measured: [`coverage::COVERAGE`].
//!
//! A bootstrap never leaves the sample: the interval of `max(x)` ends at the largest `x` seen. Such a measure speaks
//! about the replicates that ran; for all that could run, ask for the `fraction` within a bound.
//!
//! **Verdict of a finding.** Interval inside the band: holds. Outside: fails. Straddling an edge: inconclusive.
//! No number or no interval: broken.
//!
//! **Verdict of a claim**, the first that applies: broken, if one of its findings is; fails, if one does; vacuous, if a
//! check that a control names does not fail there at any point, or is broken there; inconclusive, if one of its
//! findings is; holds, if all do. A claim that would be inconclusive or hold is broken if its figures cannot be drawn,
//! because it must not pass for one that shows what it says. Nothing but evidence gives holds: no findings at all are broken.

mod check;
pub mod coverage;
pub mod decision;
pub mod finding;
mod goal;
mod interval;
mod over_replicates;
pub mod repeat;
mod selection;
mod statistic;
pub mod tolerance;
pub mod verdict;

pub use crate::evidence::Evidence;
use crate::seed::MasterSeed;
use crate::spec::claim::{Claim, Control};
use check::{Arm, findings};
use finding::Finding;
use verdict::Verdict;

/// Resamples of an interval. At confidence 0.99 an end of the interval is the eighth value from the outside at 100
/// replicates and the second or third at 16. Its random error `sqrt(p (1 - p) / n) / f(z)` (`f` the normal density at its
/// `p`-quantile `z`) is then 4 % and 6 % of the half width, below the relative error of a standard deviation estimated
/// from as many replicates (`1 / sqrt(2 (n - 1))`: 7 % and 18 %), which no number of resamples can lower.
pub const RESAMPLES: usize = 2000;

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

impl Judgement {
    /// Of a claim that was not run: none of its controls has failed.
    pub fn skipped(claim: &Claim, reason: String) -> Self {
        let controls_failed = vec![false; claim.controls.len()];
        Self { verdict: Verdict::Skipped, reason: Some(reason), findings: Vec::new(), controls_failed }
    }
}

/// Judges a claim; `evidence` holds the claim's own, then that of each control, in order, and `figures` why its figures
/// cannot be drawn, if so. A claim whose data are absent is skipped, whatever the evidence.
///
/// # Panics
///
/// If the evidence of the claim or of a control is not given.
pub fn judge(claim: &Claim, master: MasterSeed, evidence: &[Evidence], figures: Result<(), &str>) -> Judgement {
    if let Some(reason) = &claim.absent {
        return Judgement::skipped(claim, reason.clone());
    }
    assert_eq!(evidence.len(), 1 + claim.controls.len(), "evidence of the claim and of each control");
    let arm = |evidence, control| Arm { claim, control, evidence, master };
    let own = arm(&evidence[0], None);
    let mut all: Vec<Finding> = claim.checks.iter().flat_map(|check| findings(&own, check)).collect();
    let (verdict, reason) = own_verdict(&all);
    let mut unbroken = Vec::new();
    for (control, evidence) in claim.controls.iter().zip(&evidence[1..]) {
        let arm = arm(evidence, Some(control));
        let named = claim.checks.iter().filter(|check| control.fails.contains(&check.name));
        let found: Vec<Finding> = named.flat_map(|check| findings(&arm, check)).collect();
        unbroken.push(unbroken_reason(control, &found));
        all.extend(found);
    }
    let controls_failed = unbroken.iter().map(Option::is_none).collect();
    let vacuous = unbroken.into_iter().flatten().next().map(|reason| (Verdict::Vacuous, Some(reason)));
    let (verdict, reason) = match verdict {
        Verdict::Inconclusive | Verdict::Holds => vacuous.unwrap_or((verdict, reason)),
        _ => (verdict, reason),
    };
    let (verdict, reason) = match (verdict, figures) {
        (Verdict::Inconclusive | Verdict::Holds, Err(error)) => (Verdict::Broken, Some(error.to_owned())),
        _ => (verdict, reason),
    };
    Judgement { verdict, reason, findings: all, controls_failed }
}

/// The verdict of the claim's own findings, controls left aside: the most severe that any of them
/// has, with the first such finding as the reason.
fn own_verdict(findings: &[Finding]) -> (Verdict, Option<String>) {
    for verdict in Verdict::BY_SEVERITY.into_iter().filter(|&verdict| verdict != Verdict::Holds) {
        let found: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict == verdict).collect();
        let Some(first) = found.first() else { continue };
        let what = match (verdict, &first.note) {
            (Verdict::Broken, Some(note)) => format!("is broken: {note}"),
            (Verdict::Fails, _) => "fails".to_owned(),
            _ => "is inconclusive".to_owned(),
        };
        let more = if found.len() > 1 { format!(" (and {} more)", found.len() - 1) } else { String::new() };
        return (verdict, Some(format!("check `{}` {what}{more}", first.check)));
    }
    if findings.is_empty() { (Verdict::Broken, Some("nothing was checked".to_owned())) } else { (Verdict::Holds, None) }
}

/// Why a control proves nothing: the first check that it names and that does not fail in it at any point.
fn unbroken_reason(control: &Control, findings: &[Finding]) -> Option<String> {
    if control.fails.is_empty() {
        return Some(format!("control `{}` names no check that must fail", control.name));
    }
    control.fails.iter().find_map(|name| {
        let mut of_check = findings.iter().filter(|finding| &finding.check == name);
        let broken = of_check.clone().find(|finding| finding.verdict == Verdict::Broken);
        let reason = match broken {
            Some(broken) => format!("is broken: {}", broken.note.as_deref().unwrap_or("no number")),
            None if of_check.any(|finding| finding.verdict == Verdict::Fails) => return None,
            None => "does not fail".to_owned(),
        };
        Some(format!("check `{name}` {reason} in the control `{}`", control.name))
    })
}
