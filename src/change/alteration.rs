//! What of a claim is not as in the baseline, whatever came out: its parts, its points, its bands.
//!
//! Some of it leaves a claim with **weaker evidence**, whatever its verdict:
//!
//! * a check, a control or a point that is gone;
//! * a check that a control no longer has to break, or at some points only;
//! * a wider band of a check that was rewritten; a band that only follows the data is named, and no more;
//! * fewer replicates, or intervals of a lower confidence.
//!
//! A profile has other replicates and other values of the sweep. So these, and what follows from them, are compared
//! only where the profile is that of the baseline.

use indexmap::IndexMap;

use super::band::{Band, BandMove, Way};
use super::baseline::{BaselineClaim, BaselineFinding};
use super::design::{CONFIDENCE, Design, EVERYWHERE, EXPECT, EXPERIMENT, FAILS, PARAMETER, Parts, REPLICATES, SWEEP};
use super::value::PointName;
use crate::judge::finding::Finding;
use crate::record::ClaimRecord;

/// Something of a claim that is not as in the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Alteration {
    /// Id of the claim.
    pub claim: String,
    /// What of it.
    pub of: Subject,
    /// What became of that.
    pub what: Difference,
    /// Whether it leaves the claim with weaker evidence.
    pub weaker: bool,
}

/// What was altered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The claim itself.
    Claim,
    /// The check of that name.
    Check(String),
    /// The control of that name.
    Control(String),
}

/// How something was altered.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// It is no longer there.
    Gone,
    /// It was not there.
    New,
    /// A part of its [`Design`] is another; none where the part was not there, or is no more.
    Part {
        /// Name of the part.
        name: String,
        /// Its text in the baseline.
        before: Option<String>,
        /// Its text in the record.
        after: Option<String>,
    },
    /// Points that a check no longer looks at.
    PointsGone(Vec<PointName>),
    /// Points that a check did not look at.
    PointsNew(Vec<PointName>),
    /// Bands that changed in the same way, the largest change first.
    Bands(Way, Vec<BandMove>),
}

/// What of a record may be compared with the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whether the profile is the same: what a profile changes is compared only then.
    pub same_profile: bool,
    /// Whether profile and master seed are the same: values are compared only then.
    pub same_draws: bool,
}

/// What of a claim is not as in the baseline, what weakens it first.
pub fn alterations(before: &BaselineClaim, claim: &ClaimRecord, scope: Scope) -> Vec<Alteration> {
    let after = Design::of(claim);
    let known = before.design.clone().unwrap_or_else(|| names_only(before, &after));
    let mut found: Vec<(Subject, Difference)> = Vec::new();
    parts(&known.claim, &after.claim, scope, |what| found.push((Subject::Claim, what)));
    named(&known.checks, &after.checks, scope, |name, what| found.push((Subject::Check(name.to_owned()), what)));
    named(&known.controls, &after.controls, scope, |name, what| found.push((Subject::Control(name.to_owned()), what)));
    let mut rewritten = Vec::new();
    for (name, now) in &after.checks {
        let Some(was) = known.checks.get(name) else { continue };
        let found_before: Vec<_> = before.findings.iter().filter(|finding| finding.check == *name).collect();
        let found_now: Vec<_> = claim.of_check(name).collect();
        let of_check = |what| (Subject::Check(name.clone()), what);
        let mut differs = false;
        parts(was, now, scope, |_| differs = true);
        if before.design.is_some() && differs {
            rewritten.push(name);
        }
        if scope.same_draws {
            found.extend(points(&found_before, &found_now).into_iter().map(of_check));
        }
        if scope.same_draws || rewritten.contains(&name) {
            found.extend(bands(&found_before, &found_now).into_iter().map(of_check));
        }
    }
    let mut alterations: Vec<Alteration> = Vec::new();
    for (of, what) in found {
        let weaker = weakens(&of, &what, |check| rewritten.iter().any(|name| *name == check));
        alterations.push(Alteration { claim: claim.id.clone(), of, what, weaker });
    }
    alterations.sort_by_key(|alteration| !alteration.weaker);
    alterations
}

/// What a baseline that keeps no designs tells of one: the names of the checks that were judged. All else is taken to
/// be as it is now.
fn names_only(before: &BaselineClaim, after: &Design) -> Design {
    if before.findings.is_empty() {
        return after.clone();
    }
    let names = before.findings.iter().map(|finding| &finding.check);
    let checks = names.map(|name| (name.clone(), after.checks.get(name).cloned().unwrap_or_default())).collect();
    Design { checks, ..after.clone() }
}

/// Whether a difference weakens the evidence, given which checks were rewritten.
fn weakens(of: &Subject, what: &Difference, rewritten: impl Fn(&str) -> bool) -> bool {
    match (of, what) {
        (_, Difference::Gone | Difference::PointsGone(_)) => true,
        (Subject::Check(check), Difference::Bands(Way::Wider, _)) => rewritten(check),
        (Subject::Claim, Difference::Part { name, before, after }) if name == REPLICATES || name == CONFIDENCE => {
            let number = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
            number(after) < number(before)
        }
        (Subject::Control(_), Difference::Part { name, before, after }) => {
            name.starts_with(FAILS) && (after.is_none() || before.as_deref() == Some(EVERYWHERE))
        }
        _ => false,
    }
}

/// What is gone, new or has other parts among things with names.
fn named(
    before: &IndexMap<String, Parts>,
    after: &IndexMap<String, Parts>,
    scope: Scope,
    mut tell: impl FnMut(&str, Difference),
) {
    for (name, was) in before {
        match after.get(name) {
            None => tell(name, Difference::Gone),
            Some(now) => parts(was, now, scope, |difference| tell(name, difference)),
        }
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        tell(name, Difference::New);
    }
}

/// The parts that differ, in the order of the record, those that are gone last.
fn parts(before: &Parts, after: &Parts, scope: Scope, mut tell: impl FnMut(Difference)) {
    let parameters = |parts: &Parts| parts.keys().any(|name| name.starts_with(PARAMETER));
    // Another experiment has other parameters, and a claim that was skipped has none.
    let same_kind = before.get(EXPERIMENT) == after.get(EXPERIMENT) && parameters(before) && parameters(after);
    let compared = |name: &str| {
        (scope.same_profile || !(name == REPLICATES || name.starts_with(SWEEP) || name.starts_with(EXPECT)))
            && (same_kind || !name.starts_with(PARAMETER))
    };
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    for name in after.keys().chain(gone).filter(|name| compared(name)) {
        let (was, now) = (before.get(name), after.get(name));
        if was != now {
            tell(Difference::Part { name: name.clone(), before: was.cloned(), after: now.cloned() });
        }
    }
}

/// Points of a check that are gone or new. Nothing is said where a check was looked at nowhere: then its claim has
/// another verdict, or had.
fn points(before: &[&BaselineFinding], after: &[&Finding]) -> Vec<Difference> {
    let nowhere = |point: &PointName, measured: Option<f64>| point.is_none() && measured.is_none();
    if before.is_empty()
        || after.is_empty()
        || before.iter().any(|finding| nowhere(&finding.point, finding.measured))
        || after.iter().any(|finding| nowhere(&finding.point, finding.measured))
    {
        return Vec::new();
    }
    let was: Vec<&PointName> = before.iter().map(|finding| &finding.point).collect();
    let now: Vec<&PointName> = after.iter().map(|finding| &finding.point).collect();
    let without = |these: &[&PointName], those: &[&PointName]| -> Vec<PointName> {
        these.iter().filter(|point| !those.contains(point)).map(|&point| point.clone()).collect()
    };
    let (gone, new) = (without(&was, &now), without(&now, &was));
    let mut found = Vec::new();
    if !gone.is_empty() {
        found.push(Difference::PointsGone(gone));
    }
    if !new.is_empty() {
        found.push(Difference::PointsNew(new));
    }
    found
}

/// Bands of a check that changed, by the way in which they did. What has no number has no band.
fn bands(before: &[&BaselineFinding], after: &[&Finding]) -> Vec<Difference> {
    let moves: Vec<BandMove> = after
        .iter()
        .filter(|finding| finding.measured.is_some())
        .filter_map(|finding| {
            let was: Band = before.iter().find(|known| known.point == finding.point)?.band?;
            BandMove::between(finding.point.clone(), was, finding.band)
        })
        .collect();
    let ways = [Way::Wider, Way::Narrower, Way::Moved].into_iter();
    let of_way = ways.map(|way| {
        let mut moves: Vec<_> = moves.iter().filter(|of| of.way == way).cloned().collect();
        moves.sort_by(|one, other| other.size().total_cmp(&one.size()));
        (way, moves)
    });
    of_way.filter(|(_, moves)| !moves.is_empty()).map(|(way, moves)| Difference::Bands(way, moves)).collect()
}
