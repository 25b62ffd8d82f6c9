//! Tests of `experiment`.

mod beyond;
mod detection;
mod development;
mod examples;
mod frequency;
mod kinds;
mod landscape;
mod minima;
mod missing;
mod observation;
mod observers;
mod original;
mod parameters;
mod rows;
mod scalar;
mod semantic;
mod snapshots;
mod stages;
mod training;

use std::path::Path;

use modewise::experiment::{Experiment, Failure, Registry};
use modewise::parameter::BuildError;
use modewise::seed::MasterSeed;
use modewise::table::{Table, Tables};
use serde_json::Value as Json;

/// An experiment of a kind.
fn build(name: &str, parameters: &Json) -> Result<Box<dyn Experiment>, BuildError> {
    Registry::built_in().kind(name).expect("the kind is in the list").build(parameters, Path::new("."))
}

/// The tables of the first replicates.
fn run(name: &str, parameters: &Json, replicates: u64) -> Result<Tables, Failure> {
    let experiment = build(name, parameters).unwrap_or_else(|error| panic!("{parameters}: {error}"));
    experiment.run(0..replicates, MasterSeed(1))
}

/// The tables of the first replicates of `training`.
fn train(parameters: &Json, replicates: u64) -> Tables {
    run("training", parameters, replicates).unwrap_or_else(|failure| panic!("{parameters}: {failure}"))
}

/// A column, which there is.
fn column<'a>(table: &'a Table, name: &str) -> &'a [f64] {
    table.column(name).unwrap_or_else(|| panic!("no column `{name}`"))
}

/// Equal, missing values included.
fn same(one: &[f64], other: &[f64]) -> bool {
    one.iter().map(|x| x.to_bits()).eq(other.iter().map(|x| x.to_bits()))
}
