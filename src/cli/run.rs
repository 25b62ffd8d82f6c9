//! `modewise run`.

use std::str::FromStr;

use clap::Args;

use super::conclude::{load, plans_to_run, select, workers};
use super::error::CliError;
use super::flags::{Loudness, RunFlags, SelectFlags, SpecFlags};
use super::machine::{Watch, scheduled_shard};
use super::progress::Progress;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::run::{Shard, run};

const EXAMPLES: &str = "\
Examples:
  modewise run                        all cells that the store lacks
  modewise run --shard 2/8            the second of eight shares
  sbatch --array=1-8 --wrap 'modewise run --shard auto --store $HOME/cells'
  modewise run --shard $SLURM_ARRAY_TASK_ID/8    when part of an array is submitted again

A share may go to its own store: `modewise merge` brings them together. Where shares go to one store, \
who is done helps the others.";

/// Compute missing cells, or this machine's share of them.
///
/// A run that was stopped and started again does what is left. `modewise status` says what is missing, and the report
/// has the same bytes for any number of threads and shares.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Run {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    run: RunFlags,
    /// Only share i of n, as i/n; `auto` reads it from the variables of a Slurm job array
    #[arg(long, value_name = "I/N", conflicts_with = "no_store")]
    shard: Option<ShardFlag>,
}

/// A share as the command line says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardFlag {
    /// The scheduler says it.
    Auto,
    /// This one.
    Given(Shard),
}

impl FromStr for ShardFlag {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" { Ok(Self::Auto) } else { text.parse().map(Self::Given) }
    }
}

impl Run {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let watch = Watch::start();
        let shard = match self.shard {
            None => Shard::WHOLE,
            Some(ShardFlag::Given(shard)) => shard,
            Some(ShardFlag::Auto) => scheduled_shard().map_err(CliError::Usage)?,
        };
        let (store, workers) = (self.run.work.open_store(), workers(&self.run.work)?);
        let catalogue = workers.within(|| load(&self.specs, registry))?;
        let claims = select(&catalogue.claims, &self.selection)?;
        let plans = workers.within(|| plans_to_run(&claims, self.run.seed.master()))?;
        let progress = Progress::new(loudness);
        run(&plans, &store, shard, &workers, &|event| progress.tell(&event)).map_err(CliError::Store)?;
        if !loudness.quiet {
            progress.summary(watch.elapsed());
        }
        Ok(Exit::Holds)
    }
}
