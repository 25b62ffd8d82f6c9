//! The line from specs to record, as the flags say it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use indexmap::IndexMap;

use super::error::CliError;
use super::flags::{Loudness, RunFlags, SelectFlags, SpecFlags};
use super::machine::{self, Watch};
use super::progress::Progress;
use super::select::select;
use crate::evidence::collect;
use crate::experiment::Registry;
use crate::judge::judge;
use crate::judge::verdict::Verdict;
use crate::plan::cell::CellKey;
use crate::plan::{Plan, plan};
use crate::plot::plots;
use crate::record::assemble::{Conclusion, assemble, skipped};
use crate::record::file::WriteError;
use crate::record::provenance::provenance;
use crate::record::text::RecordText;
use crate::record::{CellTiming, Record, Timing};
use crate::run::{Event, Shard, run};
use crate::seed::MasterSeed;
use crate::spec::claim::{Catalogue, Claim};
use crate::store::Store;
use crate::threads::{Workers, both, in_parallel};

/// Loads the specs.
pub fn load(flags: &SpecFlags) -> Result<Catalogue, CliError> {
    crate::spec::load(&flags.specs, flags.profile.as_deref(), &Registry::built_in()).map_err(CliError::Specs)
}

/// Plans claims.
pub fn plans(claims: &[&Claim], master: MasterSeed) -> Result<Vec<Plan>, CliError> {
    in_parallel(claims, |claim| plan(claim, master).map_err(CliError::from)).into_iter().collect()
}

/// Threads to work with.
pub fn workers(flags: &RunFlags) -> Result<Workers, CliError> {
    Workers::new(flags.threads()).map_err(|error| CliError::Threads(error.to_string()))
}

/// Runs what is missing of the selected claims, and concludes.
pub fn conclude(
    specs: &SpecFlags,
    selection: &SelectFlags,
    flags: &RunFlags,
    loudness: Loudness,
) -> Result<(Record, RecordText, Timing), CliError> {
    let watch = Watch::start();
    let (master, store, workers) = (flags.seed.master(), flags.open_store(), workers(flags)?);
    let catalogue = workers.within(|| load(specs))?;
    let claims = select(&catalogue.claims, selection)?;
    let plans = workers.within(|| plans(&claims, master))?;
    let progress = Progress::new(loudness);
    let computed = Mutex::new(BTreeSet::new());
    let tell = |event: Event<'_>| {
        if let Event::Finished { cell, .. } = &event {
            computed.lock().unwrap_or_else(PoisonError::into_inner).insert(cell.key.clone());
        }
        progress.tell(&event);
    };
    let shares = run(&plans, &store, Shard::WHOLE, &workers, &tell).map_err(CliError::Store)?;
    drop(progress);
    let pairs: Vec<(&Claim, &Plan)> = claims.iter().copied().zip(&plans).collect();
    let (conclusions, provenance) = workers.within(|| {
        both(
            || in_parallel(&pairs, |(claim, plan)| conclusion(claim, plan, &store, master)),
            || provenance(&specs.specs, claims.iter().map(|claim| &*claim.kind)),
        )
    });
    let conclusions = conclusions.into_iter().collect::<Result<Vec<_>, _>>()?;
    let folder = folder_name(&specs.specs);
    let (record, text) = workers
        .within(|| assemble(&catalogue, conclusions, &folder, specs.profile_name(), master, provenance))
        .map_err(WriteError::NotFinite)?;
    let by_claim = |part: fn(&crate::run::Share) -> u64| -> IndexMap<String, u64> {
        shares.iter().map(|(claim, share)| (claim.clone(), part(share))).collect()
    };
    let timing = Timing {
        finished: machine::now(),
        seconds: watch.elapsed().as_secs_f64(),
        jobs: workers.jobs() as u64,
        fresh: by_claim(|share| share.fresh),
        stored: by_claim(|share| share.stored),
        cells: cells(&plans, &computed.into_inner().unwrap_or_else(PoisonError::into_inner)),
    };
    Ok((record, text, timing))
}

/// Every cell of the plans, with whether it was computed.
fn cells(plans: &[Plan], computed: &BTreeSet<CellKey>) -> Vec<CellTiming> {
    let mut cells = Vec::new();
    for plan in plans {
        for arm in &plan.arms {
            let with_points = arm.points.iter().flat_map(|point| point.cells.iter().map(move |cell| (point, cell)));
            cells.extend(with_points.map(|(point, cell)| CellTiming {
                claim: plan.claim.clone(),
                control: arm.control.clone(),
                point: point.text.clone(),
                replicates: [cell.origin.replicates.start, cell.origin.replicates.end],
                key: cell.key.to_string(),
                fresh: computed.contains(&cell.key),
            }));
        }
    }
    cells
}

/// What is concluded about one claim, from the cells of the store.
pub fn conclusion<'a>(
    claim: &'a Claim,
    plan: &Plan,
    store: &Store,
    master: MasterSeed,
) -> Result<Conclusion<'a>, CliError> {
    if let Some(reason) = &plan.skipped {
        return Ok(skipped(claim, reason.clone()));
    }
    let evidence = collect(plan, store)?;
    let mut judgement = judge(claim, master, &evidence);
    let plots = plots(claim, &evidence[0]).unwrap_or_else(|error| {
        // A claim that cannot show what it shows must not pass for one that does; a worse verdict stays.
        if matches!(judgement.verdict, Verdict::Holds | Verdict::Inconclusive) {
            judgement.verdict = Verdict::Broken;
            judgement.reason = Some(error);
        }
        Vec::new()
    });
    Ok(Conclusion { claim, points: plan.points() as u64, evidence, judgement, plots })
}

/// Name of the folder of the specs, without the way to it.
fn folder_name(specs: &Path) -> String {
    let whole = specs.canonicalize().unwrap_or_else(|_| specs.to_owned());
    whole.file_name().map_or_else(|| "specs".to_owned(), |name| name.to_string_lossy().into_owned())
}
