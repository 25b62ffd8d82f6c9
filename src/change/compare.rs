//! A record against a baseline.

use super::alteration::{Alteration, Difference, Scope, Subject, alterations};
use super::baseline::{Baseline, BaselineClaim, BaselineFinding};
use super::value::same;
use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};

/// What changed since the baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Claims with a worse verdict, the worst first.
    pub worse: Vec<Turn>,
    /// Claims with a better verdict.
    pub better: Vec<Turn>,
    /// Claims that the baseline does not have; they have no verdict before.
    pub new: Vec<Turn>,
    /// Claims of the baseline that the record does not have: id and title.
    pub gone: Vec<(String, String)>,
    /// Values that moved, the largest move in units of the tolerance first.
    pub moved: Vec<Move>,
    /// What of the claims that both have was altered, what weakens a claim first.
    pub altered: Vec<Alteration>,
    /// What was compared.
    pub scope: Scope,
    /// Whether the baseline is of a format without designs, so that only names, points and values could be compared.
    pub old_baseline: bool,
}

/// A claim whose verdict changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Id of the claim.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// The verdict in the baseline; none of a new claim.
    pub before: Option<Verdict>,
    /// The verdict in the record.
    pub after: Verdict,
}

/// A measured value that is not that of the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Id of the claim.
    pub claim: String,
    /// The finding in the record.
    pub finding: Finding,
    /// Its measured value in the baseline; none if there was none, or no such finding.
    pub before: Option<f64>,
    /// By how much of the tolerance it moved, away from what is expected if positive; none if that is not known.
    pub shift: Option<f64>,
}

impl Change {
    /// What changed from `baseline` to `record`. A baseline that is not there makes every claim new.
    pub fn between(baseline: Option<&Baseline>, record: &Record) -> Self {
        let Some(baseline) = baseline else {
            let new = record.claims.iter().map(|claim| turn(claim, None)).collect();
            return Self { new, ..Self::default() };
        };
        let same_profile = baseline.profile == record.profile;
        let scope = Scope { same_profile, same_draws: same_profile && baseline.seed == record.seed };
        let old_baseline = baseline.claims.values().any(|claim| claim.design.is_none());
        let mut change = Self { scope, old_baseline, ..Self::default() };
        for claim in &record.claims {
            let Some(before) = baseline.claims.get(&claim.id) else {
                change.new.push(turn(claim, None));
                continue;
            };
            let turn = turn(claim, Some(before.verdict));
            match claim.verdict.severity().cmp(&before.verdict.severity()) {
                std::cmp::Ordering::Less => change.worse.push(turn),
                std::cmp::Ordering::Greater => change.better.push(turn),
                std::cmp::Ordering::Equal => {}
            }
            let altered = alterations(before, claim, scope);
            if scope.same_draws {
                change.moved.extend(moves(before, claim, &altered));
            }
            change.altered.extend(altered);
        }
        let here = |id: &str| record.claims.iter().any(|claim| claim.id == id);
        let gone = baseline.claims.iter().filter(|(id, _)| !here(id));
        change.gone = gone.map(|(id, claim)| (id.clone(), claim.title.clone())).collect();
        change.worse.sort_by_key(|turn| turn.after.severity());
        change.altered.sort_by_key(|alteration| !alteration.weaker);
        change.moved.sort_by(|one, other| size(other).total_cmp(&size(one)));
        change
    }

    /// Whether any claim is worse than in the baseline: its verdict, or the evidence for it.
    pub fn is_worse(&self) -> bool {
        !self.worse.is_empty() || self.altered.iter().any(|alteration| alteration.weaker)
    }

    /// Whether everything was compared.
    pub fn is_complete(&self) -> bool {
        self.scope.same_draws && !self.old_baseline
    }

    /// Whether nothing of what was compared has changed.
    pub fn is_none(&self) -> bool {
        self.worse.is_empty()
            && self.better.is_empty()
            && self.new.is_empty()
            && self.gone.is_empty()
            && self.moved.is_empty()
            && self.altered.is_empty()
    }
}

fn turn(claim: &ClaimRecord, before: Option<Verdict>) -> Turn {
    Turn { id: claim.id.clone(), title: claim.title.clone(), before, after: claim.verdict }
}

/// The values of a claim that moved. Those of checks and points that are told to be new did not.
fn moves(before: &BaselineClaim, claim: &ClaimRecord, altered: &[Alteration]) -> Vec<Move> {
    let new = |finding: &Finding| {
        let of_check = |other: &&Alteration| matches!(&other.of, Subject::Check(name) if *name == finding.check);
        altered.iter().filter(of_check).any(|other| match &other.what {
            Difference::New => true,
            Difference::PointsNew(points) => points.contains(&finding.point),
            _ => false,
        })
    };
    let moved = claim.own().filter(|finding| !new(finding)).filter_map(|finding| {
        let known = before.findings.iter().find(|known| known.check == finding.check && known.point == finding.point);
        let old = known.and_then(|known| known.measured);
        (!same(old, finding.measured)).then(|| Move {
            claim: claim.id.clone(),
            finding: finding.clone(),
            before: old,
            shift: known.and_then(|known: &BaselineFinding| Some(finding.tolerance_use? - known.tolerance_use?)),
        })
    });
    moved.collect()
}

/// A value that came or went stands before those that moved.
fn size(of: &Move) -> f64 {
    of.shift.map_or(f64::INFINITY, f64::abs)
}
