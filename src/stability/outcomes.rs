//! Verdicts by master seed.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::judge::verdict::Verdict;

/// Master seeds by the verdict that came out under them, each in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outcomes(pub IndexMap<Verdict, Vec<u64>>);

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
