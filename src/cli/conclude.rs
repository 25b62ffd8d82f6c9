//! The flags of commands as options of the pipeline.

use indexmap::IndexMap;

use super::error::CliError;
use super::flags::{Loudness, RunFlags, SelectFlags, SpecFlags, WorkFlags};
use super::machine::{self, Watch};
use super::progress::Progress;
use crate::experiment::Registry;
use crate::pipeline::{self, Options};
use crate::plan::Plan;
use crate::record::text::RecordText;
use crate::record::{Record, Timing};
use crate::run::Share;
use crate::seed::MasterSeed;
use crate::spec::claim::{Catalogue, Claim};
use crate::threads::Workers;

/// Loads the specs.
pub(super) fn load(flags: &SpecFlags, registry: &Registry) -> Result<Catalogue, CliError> {
    let registry = with_declared(flags, registry)?;
    crate::spec::load(&flags.specs, flags.profile.as_deref(), &registry).map_err(CliError::Specs)
}

/// The registry with the experiments that are declared beside the specs.
pub(super) fn with_declared(flags: &SpecFlags, registry: &Registry) -> Result<Registry, CliError> {
    crate::spec::with_declared(&flags.specs, registry, flags.allow_commands).map_err(CliError::Specs)
}

/// The claims that the flags name.
pub(super) fn select<'a>(claims: &'a [Claim], flags: &SelectFlags) -> Result<Vec<&'a Claim>, CliError> {
    Ok(pipeline::select(claims, &flags.selection())?)
}

/// Plans claims.
pub(super) fn plans(claims: &[&Claim], master: MasterSeed) -> Result<Vec<Plan>, CliError> {
    Ok(pipeline::plans(claims, master)?)
}

/// Plans claims that are to be run.
pub(super) fn plans_to_run(claims: &[&Claim], master: MasterSeed) -> Result<Vec<Plan>, CliError> {
    Ok(pipeline::plans_to_run(claims, master)?)
}

/// Threads to work with.
pub(super) fn workers(flags: &WorkFlags) -> Result<Workers, CliError> {
    Workers::new(flags.threads()).map_err(|error| CliError::Threads(error.to_string()))
}

/// Runs what is missing of the selected claims, and concludes.
pub(super) fn conclude(
    specs: &SpecFlags,
    selection: &SelectFlags,
    flags: &RunFlags,
    registry: &Registry,
    loudness: Loudness,
) -> Result<(Record, RecordText, Timing), CliError> {
    let watch = Watch::start();
    let options = Options {
        specs: specs.specs.clone(),
        profile: specs.profile.clone(),
        selection: selection.selection(),
        master: flags.seed.master(),
        store: flags.work.open_store(),
        jobs: flags.work.threads(),
        registry: with_declared(specs, registry)?,
    };
    let progress = Progress::new(loudness);
    let found = pipeline::conclude(&options, &|event| progress.tell(event))?;
    drop(progress);
    let by_claim = |part: fn(&Share) -> u64| -> IndexMap<String, u64> {
        found.shares.iter().map(|(claim, share)| (claim.clone(), part(share))).collect()
    };
    let timing = Timing {
        finished: machine::now(),
        seconds: watch.elapsed().as_secs_f64(),
        jobs: found.jobs as u64,
        fresh: by_claim(|share| share.fresh),
        stored: by_claim(|share| share.stored),
        cells: found.cells,
    };
    Ok((found.record, found.text, timing))
}
