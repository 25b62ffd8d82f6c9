//! Judging: from a claim and its tables to findings and a verdict.
//!
//! **Unit.** Replicates are independent, rows of one replicate are not. So intervals come from resampling replicates:
//! all rows of a replicate that is drawn twice count twice, and every point of a check takes the same draws, so that
//! what is paired stays paired.
//!
//! **Statistic.** A check is a measure `M` and an expectation `E`, both functions of rows. Where `E` is a constant, the
//! interval is that of `M`. Where `E` comes from the rows, only the deviation `M - E` is of interest, since noise in
//! the data that moves both cancels: each resample gives `M - E`, and the interval shown is that of `M - E + E0` with
//! the expected value `E0` over all rows. It is compared with the band around `E0`. For `between`, `E` is the middle of
//! the band; the band's width, and that of a relative tolerance, are those over all rows.
//!
//! **Two stages.** Without `replicate` among the columns of `group`, the first stage is a part of the statistic and
//! made anew in each resample. With it, each replicate is reduced by itself, once, and its row is what is resampled.
//!
//! **Interval.** How it is made follows from the formulas of the check and from what the columns of the experiment
//! declare ([`Values`](crate::experiment::Values)), never from the numbers that came out:
//!
//! | measure | interval at the claim's confidence | fewest replicates |
//! |---|---|---|
//! | anything, where nothing is drawn | none: the value is judged | 1 |
//! | with `min` or `max` over replicates | none: the sample is judged, and one counterexample fails | 1 |
//! | `fraction(c)`, one row for each replicate | [Clopper and Pearson] | 1 |
//! | `fraction(c)` of several rows; `mean(x)` of few values, or of many at an end, in a known range | [bets] | 1 |
//! | `median(x)`, `quantile(x, p)`, one row for each replicate | [order statistics] | 8; 51 for 0.1 or 0.9 |
//! | other functions of quantiles | [BCa] | 16, and those above |
//! | any other function of continuous columns | [bootstrap] | 16 |
//! | any other function of columns with few values | none is known to cover | none |
//!
//! [Clopper and Pearson]: crate::numerics::statistics::binomial::clopper_pearson
//! [bets]: crate::numerics::statistics::betting::bounded_mean
//! [order statistics]: crate::numerics::statistics::order_statistic::quantile_interval
//! [BCa]: crate::numerics::statistics::bootstrap::Bootstrap::bca
//! [bootstrap]: crate::numerics::statistics::bootstrap::Bootstrap::interval
//!
//! With fewer replicates, or without a method, a finding is inconclusive. The bootstrap takes [`RESAMPLES`] draws, from
//! a stream that is named by what is judged. If any resample has no value, there is no interval and the finding is
//! broken. How often intervals cover the truth has been measured: [`coverage::COVERAGE`].
//!
//! **Verdict of a finding.** Interval inside the band: holds. Outside: fails. Straddling an edge: inconclusive.
//! No number: broken. Edges are decimal numbers, and a value that differs from an edge by rounding only lies on it.
//!
//! **Verdict of a claim**, the first that applies: broken, if one of its findings is; fails, if one does; vacuous, if a
//! finding that a control names does not fail, or is broken there; inconclusive, if one of its findings is; holds, if
//! all do. Nothing but evidence gives holds: no findings at all are broken. Since every interval has to lie inside its
//! band, a claim that is false at one point holds with the probability at most that this one interval misses the truth
//! on that side.

pub mod coverage;
pub mod fingerprint;
pub mod goal;
mod value;
pub mod verdict;

pub mod decision;
pub mod finding;
mod selection;

mod measure;
mod over_replicates;
mod statistic;

mod interval;

mod check;

pub use crate::evidence::Evidence;
use crate::seed::MasterSeed;
use crate::spec::check::Check;
use crate::spec::claim::Claim;
use crate::spec::control::{Control, MustFail};
pub use check::RESAMPLES;
use check::{Arm, findings};
use finding::Finding;
use verdict::Verdict;

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
    let mut all: Vec<Finding> = claim.checks.iter().flat_map(|check| findings(&own, check, None)).collect();
    let (verdict, reason) = own_verdict(&all);
    let mut unbroken = Vec::new();
    for (control, evidence) in claim.controls.iter().zip(&evidence[1..]) {
        let arm = arm(evidence, Some(control));
        let at = |check: &Check| control.fails.iter().find(|fails| fails.check == check.name);
        let named = claim.checks.iter().filter_map(|check| Some((check, at(check)?)));
        let of_check = |(check, fails): (&Check, &MustFail)| {
            let filter = fails.filter.clone().or_else(|| check.filter.clone());
            findings(&arm, &Check { filter, ..check.clone() }, fails.at.as_ref())
        };
        let found: Vec<Finding> = named.flat_map(of_check).collect();
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

/// Why a control proves nothing: the first finding that it names and that does not fail in it.
fn unbroken_reason(control: &Control, findings: &[Finding]) -> Option<String> {
    if control.fails.is_empty() {
        return Some(format!("control `{}` names no check that must fail", control.name));
    }
    control.fails.iter().find_map(|MustFail { check, .. }| {
        let of_check: Vec<&Finding> = findings.iter().filter(|finding| &finding.check == check).collect();
        let other: Vec<&&Finding> = of_check.iter().filter(|finding| finding.verdict != Verdict::Fails).collect();
        let reason = match other.iter().find(|finding| finding.verdict == Verdict::Broken) {
            Some(broken) => format!("is broken: {}", broken.note.as_deref().unwrap_or("no number")),
            None if of_check.is_empty() => "is looked at nowhere".to_owned(),
            None if other.is_empty() => return None,
            None if other.len() == of_check.len() => "does not fail".to_owned(),
            None => format!("does not fail in {} of {} findings", other.len(), of_check.len()),
        };
        Some(format!("check `{check}` {reason} in the control `{}`", control.name))
    })
}
