//! Tests of `experiment`.

mod beyond;
mod development;
mod landscape;
mod missing;
mod observers;
mod original;
mod parameters;
mod scalar;
mod semantic;
mod snapshots;
mod training;

use std::path::Path;

use modewise::experiment::{Experiment, Failure, kind};
use modewise::parameter::BuildError;
use modewise::seed::MasterSeed;
use modewise::table::{Table, Tables};
use serde_json::Value as Json;

/// An experiment of a kind.
fn build(name: &str, parameters: &Json) -> Result<Box<dyn Experiment>, BuildError> {
    (kind(name).expect("the kind is in the list").build)(parameters, Path::new("."))
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

#[test]
fn every_kind_returns_the_tables_that_it_documents() {
    let examples = [
        (
            "training",
            serde_json::json!({
                "data": {"planted": {"objects": 12, "features": 15, "background": 0.2,
                    "categories": [{"objects": 5, "features": 6, "density": 0.9}]}},
                "learner": {"linear": {"layers": 2, "hidden": 4, "start": {"normal": 0.01}, "rate": 0.01}},
                "stop": {"steps": 20},
            }),
        ),
        (
            "development",
            serde_json::json!({
                "data": {"tree": {"depth": 2, "flip": 0.2, "features": 6}},
                "learner": {"linear": {"layers": 2, "hidden": 4, "start": {"normal": 0.01}, "rate": 0.01}},
                "stop": {"steps": 20}, "stages": [0.5],
            }),
        ),
        ("landscape", serde_json::json!({"data": {"nested-splits": {"depth": 2}}, "hidden": 2, "subsets": "all"})),
    ];
    for (name, parameters) in examples {
        let kind = kind(name).unwrap();
        let tables = run(name, &parameters, 2).unwrap();
        let documented: Vec<_> = kind.tables.iter().map(|table| table.name).collect();
        assert_eq!(tables.keys().collect::<Vec<_>>(), documented, "{name}");
        for doc in kind.tables {
            let table = &tables[doc.name];
            assert!(table.names().eq(doc.table().names()), "{name} {}", doc.name);
            let replicates = column(table, "replicate");
            assert!(replicates.is_sorted(), "{name} {}", doc.name);
            assert_eq!(table.infinite(), None, "{name} {}", doc.name);
        }
    }
}
