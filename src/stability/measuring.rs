//! Running and judging the same claims under one master seed after the other.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{ClaimStability, FindingStability, Outcomes};
use crate::judge::Judgement;
use crate::judge::finding::Finding;
use crate::judge::fingerprint::fingerprint;
use crate::judge::verdict::Verdict;
use crate::pipeline::selection::SelectionError;
use crate::pipeline::{Options, PipelineError, Selection, judged, plans_to_run, select};
use crate::plan::Plan;
use crate::run::{Event, Shard, run};
use crate::seed::MasterSeed;
use crate::spec::claim::Claim;
use crate::store::Store;
use crate::threads::{Workers, in_parallel};

/// A measurement of stability, seed by seed. Of each seed only verdicts are kept: at no time is there more in memory
/// than the evidence of the claims that are being judged and, where the store is in memory, the cells of one seed.
pub struct Measuring<'a> {
    options: &'a Options,
    workers: Workers,
    claims: Vec<Claim>,
    tallies: Vec<Tally>,
    /// Ids of all claims of the specs.
    known: BTreeSet<String>,
    /// Claims that are skipped, with the reason.
    skipped: Vec<(String, String)>,
}

/// What was measured of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The profile.
    pub profile: String,
    /// Claims by id.
    pub claims: IndexMap<String, ClaimStability>,
    /// The ids of all claims that there are, if all were selected.
    pub known: Option<BTreeSet<String>>,
}

/// What is known of a claim so far.
#[derive(Default)]
struct Tally {
    judged: String,
    verdicts: Outcomes,
    /// Findings by control, check and point.
    findings: IndexMap<String, FindingStability>,
}

impl<'a> Measuring<'a> {
    /// Loads the specs and selects claims. The master seed of the options plays no part.
    ///
    /// # Errors
    ///
    /// Where a spec has mistakes, nothing is selected or all of it is skipped, or threads cannot be started.
    pub fn begin(options: &'a Options) -> Result<Self, PipelineError> {
        let workers = Workers::new(options.jobs).map_err(|error| PipelineError::Threads(error.to_string()))?;
        let profile = options.profile.as_deref();
        let catalogue = workers
            .within(|| crate::spec::load(&options.specs, profile, &options.registry))
            .map_err(PipelineError::Specs)?;
        let known = catalogue.claims.iter().map(|claim| claim.id.clone()).collect();
        let (mut claims, mut skipped) = (Vec::new(), Vec::new());
        for claim in select(&catalogue.claims, &options.selection)? {
            match &claim.absent {
                Some(reason) => skipped.push((claim.id.clone(), reason.clone())),
                None => claims.push(claim.clone()),
            }
        }
        if let (true, Some((id, reason))) = (claims.is_empty(), skipped.first()) {
            let reason = format!("all claims that are selected would be skipped; of `{id}`, {reason}");
            return Err(SelectionError::Nothing(reason).into());
        }
        let tallies = claims.iter().map(|_| Tally::default()).collect();
        Ok(Self { options, workers, claims, tallies, known, skipped })
    }

    /// Claims that are selected but skipped, with the reason.
    pub fn skipped(&self) -> &[(String, String)] {
        &self.skipped
    }

    /// Runs what the store lacks under a master seed, judges, and gives the verdicts of the claims. `tell` hears of
    /// every cell.
    ///
    /// # Errors
    ///
    /// Where the store cannot be used, or a file was changed since [`Self::begin`].
    pub fn under(
        &mut self,
        seed: u64,
        tell: &(dyn Fn(&Event<'_>) + Sync),
    ) -> Result<Vec<(String, Verdict)>, PipelineError> {
        let master = MasterSeed(seed);
        // Because the cells of one seed are of no use to the next.
        let memory = Store::memory();
        let store = if matches!(self.options.store, Store::Memory(_)) { &memory } else { &self.options.store };
        let claims: Vec<&Claim> = self.claims.iter().collect();
        let plans = self.workers.within(|| plans_to_run(&claims, master))?;
        let tell = |event: Event<'_>| tell(&event);
        run(&plans, store, Shard::WHOLE, &self.workers, &tell).map_err(PipelineError::Store)?;
        let pairs: Vec<(&Claim, &Plan)> = claims.iter().copied().zip(&plans).collect();
        // The evidence goes as soon as a claim is judged.
        let judge = |(claim, plan): &(&Claim, &Plan)| {
            judged(claim, plan, store, master).map(|(judgement, ..)| (judgement, fingerprint(claim, plan)))
        };
        let found = self.workers.within(|| in_parallel(&pairs, judge));
        let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut verdicts = Vec::new();
        for ((claim, tally), (judgement, fingerprint)) in self.claims.iter().zip(&mut self.tallies).zip(found) {
            verdicts.push((claim.id.clone(), judgement.verdict));
            tally.add(seed, judgement, fingerprint);
        }
        Ok(verdicts)
    }

    /// What came out.
    pub fn end(self) -> Measured {
        let everything = self.options.selection == Selection::default();
        let ids = self.claims.into_iter().map(|claim| claim.id);
        Measured {
            profile: self.options.profile.clone().unwrap_or_else(|| "full".to_owned()),
            claims: ids.zip(self.tallies.into_iter().map(Tally::end)).collect(),
            known: everything.then_some(self.known),
        }
    }
}

impl Tally {
    fn add(&mut self, seed: u64, judgement: Judgement, fingerprint: String) {
        self.judged = fingerprint;
        self.verdicts.add(judgement.verdict, seed);
        for finding in judgement.findings {
            let verdict = finding.verdict;
            let known = self.findings.entry(name(&finding)).or_insert_with(|| FindingStability {
                check: finding.check,
                control: finding.control,
                point: finding.point,
                verdicts: Outcomes::default(),
            });
            known.verdicts.add(verdict, seed);
        }
    }

    fn end(self) -> ClaimStability {
        let seeds = self.verdicts.seeds().len();
        let as_it_should = |finding: &FindingStability| finding.verdicts.under(finding.should()).len() == seeds;
        let findings = self.findings.into_values().filter(|finding| !as_it_should(finding)).collect();
        ClaimStability { judged: self.judged, verdicts: self.verdicts, findings }
    }
}

/// What a finding has in common under all seeds.
fn name(finding: &Finding) -> String {
    serde_json::to_string(&(&finding.control, &finding.check, &finding.point)).expect("a point has text keys")
}
