//! Running what is missing: cells in parallel, each on one thread.
//!
//! Cells are run in the order of their keys. A key is a hash, so that order is a shuffle: the time left can be read off
//! the share that is done.
//!
//! Of several processes with a share each and one store, who is done goes on with what the others have not begun yet,
//! from the end of their shares.

use std::any::Any;
use std::fmt;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::str::FromStr;

use indexmap::IndexMap;

use crate::experiment::{Attempt, Experiment, Failure, Kind};
use crate::plan::Plan;
use crate::plan::cell::{Cell, CellKey};
use crate::seed::MasterSeed;
use crate::store::format::{Outcome, Unusable};
use crate::store::{Lookup, Store};
use crate::table::Tables;
use crate::threads::Workers;

/// The share of a run that one of several processes takes. The cells are dealt in the order of the plans, to and fro
/// (1, 2, 3, 3, 2, 1, 1, ..): those of a point stand together and take equally long, but for a smaller last batch.
/// Cells that are not missing are dealt as well, so that the share is the same whatever the others have done.
///
/// No cell is known to take long before it is run: where processes write to one store, the first that is done helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: u64,
}

/// What a run did for a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Cells computed.
    pub fresh: u64,
    /// Cells that the store had.
    pub stored: u64,
}

/// What a run did by claim, in the order of the plans. A cell that two claims share counts for both.
pub type Shares = IndexMap<String, Share>;

/// What a run tells while it goes on, from any thread.
#[derive(Debug)]
pub enum Event<'a> {
    /// A file of the store is not usable; its cell is computed again.
    Unusable {
        /// The file.
        file: &'a Path,
        /// What is wrong with it.
        reason: &'a Unusable,
    },
    /// It is known what is missing.
    Started {
        /// Number of cells to be computed.
        cells: u64,
        /// The same by claim, and what the store has.
        shares: &'a Shares,
    },
    /// All of the share is there, and cells of others have come to the store meanwhile: what they have not begun comes
    /// next.
    Helping,
    /// A cell was missing, and another process has stored it before its turn came.
    Appeared {
        /// The claims that need it.
        claims: &'a [&'a str],
    },
    /// A cell was computed, and stored unless the machine failed it.
    Finished {
        /// The cell.
        cell: &'a Cell,
        /// The claims that need it.
        claims: &'a [&'a str],
        /// Why it failed, if it did.
        failure: Option<&'a Failure>,
    },
}

/// A cell to be computed.
struct Job<'a> {
    cell: &'a Cell,
    kind: &'a Kind,
    experiment: &'a dyn Experiment,
    claims: Vec<&'a str>,
    /// How many shares further on it was dealt; 0 to this one.
    distance: u64,
}

/// Computes the cells of the plans that the store lacks, and stores each as soon as it is there. A run that was
/// killed and started again does what is left. A share whose store others have written to since it began goes on with
/// what they have not begun.
///
/// # Errors
/// Only if a cell cannot be stored; a cell that fails is a result.
pub fn run(
    plans: &[Plan],
    store: &Store,
    shard: Shard,
    workers: &Workers,
    progress: &(dyn Fn(Event<'_>) + Sync),
) -> io::Result<Shares> {
    let (own, others) = deal(plans, shard);
    let stored = workers.map(&own, |job| match store.check(&job.cell.key) {
        Lookup::Found(()) => true,
        Lookup::Missing => false,
        Lookup::Unusable(file, reason) => {
            progress(Event::Unusable { file: &file, reason: &reason });
            false
        }
    });
    let mut shares: Shares = plans.iter().map(|plan| (plan.claim.clone(), Share::default())).collect();
    for (job, &stored) in own.iter().zip(&stored) {
        for &claim in &job.claims {
            let share = &mut shares[claim];
            *(if stored { &mut share.stored } else { &mut share.fresh }) += 1;
        }
    }
    let missing: Vec<&Job<'_>> = own.iter().zip(&stored).filter(|(_, stored)| !**stored).map(|(job, _)| job).collect();
    let run = Run { store, progress, alone: others.is_empty() };
    let absent: Vec<&Job<'_>> = others.iter().filter(|job| !run.has(job)).collect();

    progress(Event::Started { cells: missing.len() as u64, shares: &shares });
    workers.map(&missing, |job| run.compute(job)).into_iter().collect::<io::Result<()>>()?;
    if absent.iter().any(|job| run.has(job)) {
        progress(Event::Helping);
        let help = untouched(&absent);
        workers.map(&help, |(before, job)| run.help(before, job)).into_iter().collect::<io::Result<()>>()?;
    }
    Ok(shares)
}

/// What computing a cell takes.
struct Run<'a> {
    store: &'a Store,
    progress: &'a (dyn Fn(Event<'_>) + Sync),
    /// No other process has a share.
    alone: bool,
}

impl Run<'_> {
    fn has(&self, job: &Job<'_>) -> bool {
        matches!(self.store.check(&job.cell.key), Lookup::Found(()))
    }

    fn compute(&self, job: &Job<'_>) -> io::Result<()> {
        if !self.alone && self.has(job) {
            (self.progress)(Event::Appeared { claims: &job.claims });
            return Ok(());
        }
        let origin = &job.cell.origin;
        let Attempt { outcome, lasting } = replicates(job.kind, job.experiment, origin.replicates.clone(), origin.seed);
        if lasting {
            self.store.write(job.cell, &outcome)?;
        } else {
            self.store.hold(job.cell, &outcome);
        }
        (self.progress)(Event::Finished { cell: job.cell, claims: &job.claims, failure: outcome.as_ref().err() });
        Ok(())
    }

    /// Computes a cell of another share, unless its owner, who has computed the one before it, is at it.
    fn help(&self, before: &Job<'_>, job: &Job<'_>) -> io::Result<()> {
        if self.has(before) { Ok(()) } else { self.compute(job) }
    }
}

/// The cells of other shares that their owners come to last, with the one that comes before each; from the end. The
/// first of a share is left to its owner.
fn untouched<'a, 'b>(absent: &[&'a Job<'b>]) -> Vec<(&'a Job<'b>, &'a Job<'b>)> {
    let of_one_share = absent.chunk_by(|one, other| one.distance == other.distance);
    of_one_share.flat_map(|jobs| jobs.windows(2).rev().map(|pair| (pair[0], pair[1]))).collect()
}

/// The cells of a share and those of the others, the next share's first; each share's in the order in which it is run.
fn deal(plans: &[Plan], shard: Shard) -> (Vec<Job<'_>>, Vec<Job<'_>>) {
    let mut jobs: Vec<Job<'_>> = jobs(plans).into_values().collect();
    for (place, job) in (0..).zip(&mut jobs) {
        job.distance = shard.distance(place);
    }
    jobs.sort_by_key(|job| (job.distance, &job.cell.key));
    jobs.into_iter().partition(|job| job.distance == 0)
}

/// Every cell once, in the order of the plans, with the claims that need it.
fn jobs(plans: &[Plan]) -> IndexMap<&CellKey, Job<'_>> {
    let mut jobs: IndexMap<&CellKey, Job<'_>> = IndexMap::new();
    for plan in plans {
        for arm in &plan.arms {
            for point in &arm.points {
                for cell in &point.cells {
                    let new = || Job {
                        cell,
                        kind: &arm.kind,
                        experiment: point.experiment.as_ref(),
                        claims: Vec::new(),
                        distance: 0,
                    };
                    let claims = &mut jobs.entry(&cell.key).or_insert_with(new).claims;
                    if !claims.contains(&plan.claim.as_str()) {
                        claims.push(&plan.claim);
                    }
                }
            }
        }
    }
    jobs
}

/// Runs these replicates of an experiment. A panic is a failure like any other: one bad cell must not take the others
/// with it.
///
/// The outcome is an error if a replicate has no numbers, or the experiment panics.
pub fn replicates(kind: &Kind, experiment: &dyn Experiment, replicates: Range<u64>, seed: MasterSeed) -> Attempt {
    // Unwind safe because the experiment is only read and what a panicking run made is dropped.
    let run = AssertUnwindSafe(|| experiment.attempt(replicates.clone(), seed));
    let attempt = catch_unwind(run).unwrap_or_else(|panic| {
        let reason =
            format!("panicked in one of {} replicates: {}", replicates.end - replicates.start, message(&*panic));
        Attempt { outcome: Err(Failure { replicate: replicates.start, reason }), lasting: true }
    });
    Attempt { outcome: attempt.outcome.and_then(|tables| checked(kind, tables)), ..attempt }
}

/// The tables, if they have the form that the kind documents and no infinite value.
fn checked(kind: &Kind, tables: Tables) -> Outcome {
    let expected: Tables = kind.tables.iter().map(|table| (table.name.to_owned(), table.table())).collect();
    let documented = tables.keys().eq(expected.keys())
        && tables.values().zip(expected.values()).all(|(table, form)| table.names().eq(form.names()));
    if !documented {
        let reason = format!("`{}` did not return the tables that it documents", kind.name);
        return Err(Failure { replicate: 0, reason });
    }
    for (name, table) in &tables {
        if let Some((column, row)) = table.infinite() {
            let replicate = table.column("replicate").map_or(0, |replicates| replicates[row] as u64);
            return Err(Failure { replicate, reason: format!("`{column}` in table `{name}` is infinite") });
        }
    }
    Ok(tables)
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

impl Shard {
    /// All cells.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Share `number` (from 1) of `of`; none unless `1 <= number <= of`.
    pub fn new(number: u64, of: u64) -> Option<Self> {
        (1 <= number && number <= of).then_some(Self { number, of })
    }

    /// How many shares further on, around, an item was dealt; 0 to this one.
    fn distance(self, place: u64) -> u64 {
        let place = place % self.of.saturating_mul(2);
        let dealt_to = if place < self.of { place } else { 2 * self.of - 1 - place };
        let own = self.number - 1;
        if dealt_to < own { self.of - own + dealt_to } else { dealt_to - own }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let shard = numbers.and_then(|(number, of)| Self::new(number, of));
        shard.ok_or_else(|| format!("`{text}` is not a share of a run (allowed: i/n with 1 <= i <= n, as in 2/8)"))
    }
}
