//! Stability: how the verdicts of claims come out under other master seeds than that of the record, measured.
//!
//! [`measuring`] runs the claims under one seed after the other; [`file`](mod@file) keeps what came out, for each profile.

pub mod file;
pub mod measuring;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::judge::finding::PointValue;
use crate::judge::verdict::Verdict;
use crate::record::ClaimRecord;
use crate::versioned::VERSION;
use measuring::Measured;

/// Version of the file's form.
pub const FORMAT: u64 = 1;

/// How verdicts came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// [`FORMAT`].
    pub format: u64,
    /// Version of the program that wrote the file.
    pub version: String,
    /// Claims by profile and id.
    pub profiles: IndexMap<String, IndexMap<String, ClaimStability>>,
}

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

/// Master seeds by the verdict that came out under them, each in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outcomes(pub IndexMap<Verdict, Vec<u64>>);

impl Default for Stability {
    fn default() -> Self {
        Self { format: FORMAT, version: VERSION.to_owned(), profiles: IndexMap::new() }
    }
}

impl Stability {
    /// Takes what was measured in place of what was known of the same claims in the same profile. Other claims keep what
    /// they have, unless all were selected: then those that are no more go.
    pub fn update(&mut self, measured: Measured) {
        let Measured { profile, claims, known } = measured;
        let of_profile = self.profiles.entry(profile).or_default();
        if let Some(known) = known {
            of_profile.retain(|id, _| known.contains(id));
        }
        of_profile.extend(claims);
        of_profile.sort_keys();
        self.profiles.sort_by(|one, _, other, _| (one != "full", one).cmp(&(other != "full", other)));
        self.format = FORMAT;
        VERSION.clone_into(&mut self.version);
    }

    /// What is known of a claim in a profile.
    pub fn of(&self, profile: &str, claim: &str) -> Option<&ClaimStability> {
        self.profiles.get(profile)?.get(claim)
    }
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

impl Outcomes {
    /// Adds the verdict under a seed.
    pub fn add(&mut self, verdict: Verdict, seed: u64) {
        let seeds = self.0.entry(verdict).or_default();
        let place = seeds.partition_point(|&other| other < seed);
        seeds.insert(place, seed);
        self.0.sort_by(|one, _, other, _| other.severity().cmp(&one.severity()));
    }

    /// The seeds under which a verdict came out.
    pub fn under(&self, verdict: Verdict) -> &[u64] {
        self.0.get(&verdict).map_or(&[], Vec::as_slice)
    }

    /// Every seed.
    pub fn seeds(&self) -> BTreeSet<u64> {
        self.0.values().flatten().copied().collect()
    }

    /// The outcomes but for one seed.
    #[must_use]
    pub fn without(&self, seed: u64) -> Self {
        let others = |seeds: &[u64]| seeds.iter().copied().filter(|&other| other != seed).collect::<Vec<_>>();
        let rest = self.0.iter().map(|(&verdict, seeds)| (verdict, others(seeds)));
        Self(rest.filter(|(_, seeds)| !seeds.is_empty()).collect())
    }
}

/// Seeds that a set of claims has in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seeds {
    /// All of them.
    pub all: BTreeSet<u64>,
    /// Those that are clean: every claim holds.
    pub clean: BTreeSet<u64>,
}

impl Seeds {
    /// The seeds that the verdicts of all claims are known under.
    pub fn of<'a>(claims: impl IntoIterator<Item = &'a Outcomes> + Clone) -> Self {
        let common = |sets: &mut dyn Iterator<Item = BTreeSet<u64>>| {
            sets.reduce(|common, of_claim| &common & &of_claim).unwrap_or_default()
        };
        let holding = |claim: &Outcomes| claim.under(Verdict::Holds).iter().copied().collect();
        let all = common(&mut claims.clone().into_iter().map(Outcomes::seeds));
        let clean = common(&mut claims.into_iter().map(holding));
        Self { all, clean }
    }
}
