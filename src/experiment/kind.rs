//! What is known about a kind of experiment before any of it runs.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use schemars::Schema;
use serde_json::Value as Json;

use crate::experiment::running::{Experiment, Failure, Reason};
use crate::parameter::BuildError;
use crate::table::{Table, Tables};

/// An experiment, or why its parameters make none.
pub type Built = Result<Box<dyn Experiment>, BuildError>;

/// How the JSON Schema of a kind's parameters comes about, with a description (and unit) on each.
#[derive(Clone)]
pub enum Parameters {
    /// Made from a type.
    Typed(fn() -> Schema),
    /// Written down.
    Written(Arc<Json>),
}

/// How parameters become an experiment; relative paths in them are seen from the folder that comes second.
#[derive(Clone)]
pub enum Build {
    /// By a function.
    Function(fn(&Json, &Path) -> Built),
    /// By a value that holds what it takes, as a program outside of this one does.
    Value(Arc<dyn Builder>),
}

/// A value that turns parameters into experiments of a kind.
pub trait Builder: Send + Sync {
    /// The experiment with these parameters; relative paths in them are seen from the folder `base`.
    ///
    /// # Errors
    /// If a parameter is not allowed, or a file that one names is not there.
    fn build(&self, parameters: &Json, base: &Path) -> Built;

    /// Makes ready what its experiments take before the first of them runs. Called before every run, and never to read a spec.
    ///
    /// # Errors
    /// What is missing on this machine: claims about the kind are skipped with this reason.
    fn prepare(&self) -> Result<(), String> {
        Ok(())
    }
}

/// What is known about a kind of experiment before any of it runs. Names and docs live as long as the program.
#[derive(Clone)]
pub struct Kind {
    /// Its name in a spec.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// JSON Schema of its parameters.
    pub parameters: Parameters,
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
    /// The JSON Schema of its parameters.
    pub fn schema(&self) -> Json {
        match &self.parameters {
            Parameters::Typed(schema) => schema().to_value(),
            Parameters::Written(schema) => (**schema).clone(),
        }
    }

    /// The experiment with these parameters; relative paths in them are seen from the folder `base`.
    ///
    /// # Errors
    /// If a parameter is not allowed, or a file that one names is not there.
    pub fn build(&self, parameters: &Json, base: &Path) -> Built {
        match &self.build {
            Build::Function(build) => build(parameters, base),
            Build::Value(builder) => builder.build(parameters, base),
        }
    }

    /// Makes ready what its experiments take before the first of them runs; see [`Builder::prepare`].
    ///
    /// # Errors
    /// What is missing on this machine.
    pub fn prepare(&self) -> Result<(), String> {
        match &self.build {
            Build::Function(_) => Ok(()),
            Build::Value(builder) => builder.prepare(),
        }
    }

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

/// Names that no column may have, because every table gets them or formulas need them.
pub fn reserved() -> BTreeSet<&'static str> {
    BTreeSet::from(["replicate", "count", "and", "or", "not"])
}
