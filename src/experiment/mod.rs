//! Experiments: each a kind of numerical experiment with typed parameters that returns tables.
//!
//! There is one file per kind. Those listed in `KINDS` are built in; a [`Registry`] of them, and of kinds from
//! elsewhere, is handed to whatever reads specs, and help, schema, error messages and checks of columns are made from
//! it.

pub mod common;
pub mod kinds;
mod registry;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use schemars::Schema;
use serde_json::Value as Json;

use crate::parameter::BuildError;
use crate::seed::MasterSeed;
use crate::table::{Table, Tables};
pub use registry::{Registry, RegistryError};

/// Every built-in kind of experiment, in the order of the documentation.
const KINDS: &[Kind] = &[
    kinds::spectrum::KIND,
    kinds::training::KIND,
    kinds::landscape::KIND,
    kinds::minima::KIND,
    kinds::scalar::KIND,
    kinds::detection::KIND,
    kinds::semantic::KIND,
    kinds::development::KIND,
    kinds::depth::KIND,
    kinds::imbalance::KIND,
    kinds::frequency::KIND,
    kinds::diagonal::KIND,
    kinds::kernel::KIND,
    kinds::regression::KIND,
    kinds::relu::KIND,
    kinds::attention::KIND,
];

/// Parameters to experiment; relative paths in them are seen from the folder `base`.
pub type Build = fn(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError>;

/// What is known about a kind of experiment before any of it runs.
#[derive(Clone)]
pub struct Kind {
    /// Its name in a spec.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// JSON Schema of its parameters, with a description (and unit) on each.
    pub parameters: fn() -> Schema,
    /// The tables it returns.
    pub tables: &'static [TableDoc],
    /// How it is made.
    pub build: Build,
    /// Hash of the sources and locked dependencies that its numbers come from.
    pub fingerprint: &'static str,
}

/// A table that an experiment returns.
pub struct TableDoc {
    /// Its name in a spec.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Columns that say which row it is (beside the axes and `replicate`), in order.
    pub keys: &'static [ColumnDoc],
    /// Measured and predicted columns, in order.
    pub columns: &'static [ColumnDoc],
}

/// A column of a table.
pub struct ColumnDoc {
    /// Its name in formulas.
    pub name: &'static str,
    /// Its unit; empty for a pure number.
    pub unit: &'static str,
    /// What it holds, and when it is missing.
    pub about: &'static str,
    /// Which values it takes; decides how an interval of its mean is made.
    pub values: Values,
}

/// Which values a measured column takes from replicate to replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values {
    /// A continuum, with no value that many replicates share.
    Continuous,
    /// Few values, or many replicates at an end: a rank correlation, a Rand index, a share. All lie in this range.
    Bounded([f64; 2]),
    /// Few values without a range that is known beforehand: a count.
    Few,
}

/// A column of that name with continuous values.
pub const fn column(name: &'static str, unit: &'static str, about: &'static str) -> ColumnDoc {
    ColumnDoc { name, unit, about, values: Values::Continuous }
}

impl ColumnDoc {
    /// The same column with few values, or many replicates at an end, all from `low` to `high`.
    pub const fn bounded(self, low: f64, high: f64) -> Self {
        Self { values: Values::Bounded([low, high]), ..self }
    }

    /// The same column with few values.
    pub const fn few(self) -> Self {
        Self { values: Values::Few, ..self }
    }
}

impl Kind {
    /// Empty tables of this kind, all of them, in order.
    pub fn tables(&self) -> Tables {
        self.tables.iter().map(|table| (table.name.to_owned(), table.table())).collect()
    }

    /// The tables of these replicates; `add` adds the rows of one replicate to the tables of the kind.
    ///
    /// # Errors
    /// If a replicate has no numbers.
    pub fn run(
        &self,
        replicates: Range<u64>,
        mut add: impl FnMut(u64, &mut Tables) -> Result<(), Reason>,
    ) -> Result<Tables, Failure> {
        let mut tables = self.tables();
        for replicate in replicates {
            add(replicate, &mut tables).map_err(|Reason(reason)| Failure { replicate, reason })?;
        }
        Ok(tables)
    }

    /// The table of that name.
    pub fn table(&self, name: &str) -> Option<&'static TableDoc> {
        self.tables.iter().find(|table| table.name == name)
    }
}

impl TableDoc {
    /// Keys and columns, in the order in which the table has them.
    pub fn all(&self) -> impl Iterator<Item = &'static ColumnDoc> {
        self.keys.iter().chain(self.columns)
    }

    /// An empty table of this form: `replicate`, the keys, the columns.
    pub fn table(&self) -> Table {
        Table::new(std::iter::once("replicate").chain(self.all().map(|column| column.name)))
    }
}

/// An experiment with its parameters, ready to run.
pub trait Experiment: Send + Sync {
    /// The parameters with every default filled in and every file replaced by the hash of what it holds: equal
    /// exactly where the experiments are the same.
    fn canonical(&self) -> Json;

    /// What these parameters leave to chance, in words: `the data (tree)`, `the start`. Nothing, if every replicate gives the
    /// same numbers up to rounding: then one replicate is evidence.
    fn draws(&self) -> Vec<String>;

    /// Runs these replicates. The tables are those of the kind, all of them, in order, with the columns of
    /// [`TableDoc::table`]; rows in order of replicate and keys.
    ///
    /// # Errors
    /// If a replicate has no numbers; the first of them is named.
    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure>;
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

/// Names that no column may have, because every table gets them or formulas need them.
pub fn reserved() -> BTreeSet<&'static str> {
    BTreeSet::from(["replicate", "count", "and", "or", "not"])
}
