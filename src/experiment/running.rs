//! An experiment that is ready to run, and what comes of it.

use std::ops::Range;

use serde_json::Value as Json;

use crate::seed::MasterSeed;
use crate::table::Tables;

/// An experiment with its parameters, ready to run.
pub trait Experiment: Send + Sync {
    /// The parameters with every default filled in and every file replaced by the hash of what it holds: equal
    /// exactly where the experiments are the same.
    fn canonical(&self) -> Json;

    /// What these parameters leave to chance, in words: `the data (tree)`, `the start`. Nothing, if every replicate gives the
    /// same numbers up to rounding: then one replicate is evidence.
    fn draws(&self) -> Vec<String>;

    /// Runs these replicates. The tables are those of the kind, all of them, in order, with the columns
    /// that it documents; rows in order of replicate and keys.
    ///
    /// # Errors
    /// If a replicate has no numbers; the first of them is named.
    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure>;

    /// Runs these replicates, for an experiment that the machine may fail: [`run`](Self::run) and whether what came of it
    /// follows from the cell.
    fn attempt(&self, replicates: Range<u64>, master: MasterSeed) -> Attempt {
        Attempt { outcome: self.run(replicates, master), lasting: true }
    }
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The tables, or why there are none.
    pub outcome: Result<Tables, Failure>,
    /// Whether the same would come of it at another time. Not so where the machine lacked memory or time: this breaks the
    /// claim today, but no store keeps it.
    pub lasting: bool,
}

/// Why a run has no numbers: divergence, a decomposition that did not converge, an infinite value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[error("replicate {replicate}: {reason}")]
pub struct Failure {
    /// The replicate it happened in.
    pub replicate: u64,
    /// What happened, with the number that shows it.
    pub reason: String,
}

/// Why there are no numbers, whichever the replicate is. Any error becomes one by `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub String);

impl Reason {
    /// In words.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl<E: std::error::Error> From<E> for Reason {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}
