//! Tests of the experiments `detection` and `spectrum`.

mod block;
mod category;
mod spectrum;

use std::path::Path;

use modewise::experiment::{Experiment, Registry};
use modewise::parameter::BuildError;
use modewise::seed::MasterSeed;
use modewise::table::{Table, Tables};
use serde_json::{Value as Json, json};

fn build(name: &str, parameters: &Json) -> Result<Box<dyn Experiment>, BuildError> {
    Registry::built_in().kind(name).expect("a kind").build(parameters, Path::new(""))
}

fn run(name: &str, parameters: &Json, replicates: std::ops::Range<u64>) -> Tables {
    let experiment = build(name, parameters).unwrap_or_else(|error| panic!("{parameters}: {error}"));
    experiment.run(replicates, MasterSeed(1)).expect("numbers")
}

fn message(name: &str, parameters: &Json) -> String {
    build(name, parameters).map_or_else(|error| error.to_string(), |_| "nothing is wrong".to_owned())
}

fn mean(table: &Table, column: &str) -> f64 {
    let values = table.column(column).expect("a documented column");
    values.iter().sum::<f64>() / values.len() as f64
}

fn examples() -> [(&'static str, Json); 3] {
    [
        ("spectrum", json!({"data": {"tree": {"depth": 2, "flip": 0.1, "features": 100}}})),
        (
            "spectrum",
            json!({"data": {"planted": {"objects": 30, "features": 20, "background": 0.2, "categories": []}}}),
        ),
        (
            "detection",
            json!({"objects": 60, "features": 40, "background": 0.2, "density": 0.5, "block": {"coherence": 1.5}}),
        ),
    ]
}

#[test]
fn batches_join_to_the_whole() {
    for (name, parameters) in examples() {
        let whole = run(name, &parameters, 3..8);
        let mut joined = run(name, &parameters, 3..5);
        for (table, more) in run(name, &parameters, 5..8) {
            joined[&table].append(&more);
        }
        // As text, because a missing value differs from itself.
        assert_eq!(format!("{whole:?}"), format!("{joined:?}"), "{name}");
    }
}

#[test]
fn canonical_parameters_have_every_default_and_make_the_same_experiment() {
    let canonical = [
        json!({"data": {"tree": {"depth": 2, "branching": 2, "flip": 0.1, "features": 100}}, "centre": "none"}),
        json!({"data": {"planted": {"objects": 30, "features": 20, "background": 0.2, "categories": [],
                                    "shuffle": true, "centre": "known"}}, "centre": "none"}),
        json!({"objects": 60, "features": 40, "background": 0.2, "density": 0.5, "block": {"coherence": 1.5},
               "centre": "known", "tables": 1}),
    ];
    for ((name, parameters), expected) in examples().iter().zip(canonical) {
        assert_eq!(build(name, parameters).unwrap().canonical().to_string(), expected.to_string(), "{name}");
        let (one, other) = (run(name, parameters, 0..2), run(name, &expected, 0..2));
        assert_eq!(format!("{one:?}"), format!("{other:?}"), "{name}");
    }
}
