//! The whole line as one library function: from a folder of specs to a record.
//!
//! Begin with [`Options::new`] and [`conclude`]. The steps are public too, for who wants only some of them:
//! [`select()`], [`plans`], [`judged`] and [`conclusion`]. Nothing here reads a clock, an environment or a terminal.

pub mod selection;

pub mod error;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::Value as Json;

use crate::evidence::{Evidence, Missing, collect};
use crate::experiment::Registry;
use crate::judge::fingerprint::fingerprints;
use crate::judge::{Judgement, judge};
use crate::plan::cell::CellKey;
use crate::plan::{Plan, PlanError, plan};
use crate::plot::model::Plot;
use crate::plot::plots;
use crate::record::assemble::{Conclusion, assemble};
use crate::record::provenance::provenance;
use crate::record::text::RecordText;
use crate::record::{CellTiming, Record};
use crate::run::{Event, Shard, Shares, run};
use crate::seed::MasterSeed;
use crate::spec::claim::{Catalogue, Claim};
use crate::store::Store;
use crate::threads::{Workers, both, in_parallel};
pub use error::PipelineError;
pub use selection::{Selection, select};

/// What is concluded, and with what.
pub struct Options {
    /// Folder of the specs.
    pub specs: PathBuf,
    /// Profile of replicates and sweeps; none for the specs as they are written.
    pub profile: Option<String>,
    /// Which claims.
    pub selection: Selection,
    /// The seed that every number follows from.
    pub master: MasterSeed,
    /// Where cells are kept.
    pub store: Store,
    /// Number of threads. No number depends on it.
    pub jobs: usize,
    /// The kinds of experiments that specs may name.
    pub registry: Registry,
}

impl Options {
    /// Every claim below a folder, as it is written, from the default seed, on one thread, with its cells in memory.
    pub fn new(specs: impl Into<PathBuf>) -> Self {
        Self {
            specs: specs.into(),
            profile: None,
            selection: Selection::default(),
            master: MasterSeed::default(),
            store: Store::memory(),
            jobs: 1,
            registry: Registry::built_in(),
        }
    }
}

/// What a run came to.
pub struct Conclusions {
    /// The record.
    pub record: Record,
    /// The record as it is written.
    pub text: RecordText,
    /// By claim, how many cells were computed and how many were stored before.
    pub shares: Shares,
    /// Every cell, with whether it was computed.
    pub cells: Vec<CellTiming>,
    /// Number of threads that worked.
    pub jobs: usize,
}

/// Runs what the store lacks of the selected claims, and concludes. `tell` hears of every cell, from any thread.
///
/// # Errors
///
/// Where a spec has mistakes, the selection selects nothing, or the store or the threads cannot be used. That a cell
/// fails or a figure cannot be drawn is no error: its claim is broken.
pub fn conclude(options: &Options, tell: &(dyn Fn(&Event<'_>) + Sync)) -> Result<Conclusions, PipelineError> {
    let Options { specs, master, store, .. } = options;
    let workers = Workers::new(options.jobs).map_err(|error| PipelineError::Threads(error.to_string()))?;
    let profile = options.profile.as_deref();
    let catalogue =
        workers.within(|| crate::spec::load(specs, profile, &options.registry)).map_err(PipelineError::Specs)?;
    let claims = select(&catalogue.claims, &options.selection)?;
    let plans = workers.within(|| plans_to_run(&claims, *master))?;
    let computed = Mutex::new(BTreeSet::new());
    let note = |event: Event<'_>| {
        if let Event::Finished { cell, .. } = &event {
            computed.lock().unwrap_or_else(PoisonError::into_inner).insert(cell.key.clone());
        }
        tell(&event);
    };
    let shares = run(&plans, store, Shard::WHOLE, &workers, &note).map_err(PipelineError::Store)?;
    let pairs: Vec<(&Claim, &Plan)> = claims.iter().copied().zip(&plans).collect();
    let (record, text) = workers.within(|| record(options, &catalogue, &pairs))?;
    let cells = cells(&plans, &computed.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok(Conclusions { record, text, shares, cells, jobs: workers.jobs() })
}

/// The record of claims whose cells are in the store.
fn record(
    options: &Options,
    catalogue: &Catalogue,
    pairs: &[(&Claim, &Plan)],
) -> Result<(Record, RecordText), PipelineError> {
    let Options { specs, master, store, .. } = options;
    let (conclusions, provenance) = both(
        || in_parallel(pairs, |(claim, plan)| conclusion(claim, plan, store, *master)),
        || provenance(specs, pairs.iter().map(|(claim, _)| &*claim.kind)),
    );
    let conclusions = conclusions.into_iter().collect::<Result<Vec<_>, _>>()?;
    let profile = options.profile.as_deref().unwrap_or("full");
    Ok(assemble(catalogue, conclusions, &folder_name(specs), profile, *master, provenance)?)
}

/// Plans claims.
///
/// # Errors
/// If an experiment of a claim cannot be built.
pub fn plans(claims: &[&Claim], master: MasterSeed) -> Result<Vec<Plan>, PlanError> {
    in_parallel(claims, |claim| plan(claim, master)).into_iter().collect()
}

/// Plans claims that are to be run. What their kinds take is made ready first; claims about a kind that lacks it on this
/// machine are skipped.
///
/// # Errors
/// If an experiment of a claim cannot be built.
pub fn plans_to_run(claims: &[&Claim], master: MasterSeed) -> Result<Vec<Plan>, PlanError> {
    let mut ready: BTreeMap<&str, Result<(), String>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.absent.is_none()) {
        ready.entry(claim.kind.name).or_insert_with(|| claim.kind.prepare());
    }
    let plan = |claim: &&Claim| match ready.get(claim.kind.name) {
        Some(Err(reason)) => Ok(Plan::skipped(claim, reason.clone())),
        _ => plan(claim, master),
    };
    in_parallel(claims, plan).into_iter().collect()
}

/// What is concluded about one claim, from the cells of the store.
///
/// # Errors
/// If a cell of the plan is not in the store.
pub fn conclusion<'a>(
    claim: &'a Claim,
    plan: &Plan,
    store: &Store,
    master: MasterSeed,
) -> Result<Conclusion<'a>, Missing> {
    let (judgement, evidence, plots) = judged(claim, plan, store, master)?;
    let first = plan.arms.first().and_then(|own| own.points.first());
    Ok(Conclusion {
        claim,
        points: plan.points() as u64,
        parameters: first.map_or(Json::Null, |point| point.experiment.canonical()),
        evidence,
        judgement,
        plots,
        judged: fingerprints(claim, plan),
    })
}

/// Findings and verdict of a claim, with the evidence and the figures that they rest on, from the cells of the store.
///
/// # Errors
/// If a cell of the plan is not in the store.
pub fn judged(
    claim: &Claim,
    plan: &Plan,
    store: &Store,
    master: MasterSeed,
) -> Result<(Judgement, Vec<Evidence>, Vec<Plot>), Missing> {
    if let Some(reason) = &plan.skipped {
        return Ok((Judgement::skipped(claim, reason.clone()), Vec::new(), Vec::new()));
    }
    let evidence = collect(plan, store)?;
    let plots = plots(claim, &evidence[0]);
    let judgement = judge(claim, master, &evidence, plots.as_ref().map(|_| ()).map_err(String::as_str));
    Ok((judgement, evidence, plots.unwrap_or_default()))
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

/// Name of the folder of the specs, without the way to it.
fn folder_name(specs: &Path) -> String {
    let whole = specs.canonicalize().unwrap_or_else(|_| specs.to_owned());
    whole.file_name().map_or_else(|| "specs".to_owned(), |name| name.to_string_lossy().into_owned())
}
