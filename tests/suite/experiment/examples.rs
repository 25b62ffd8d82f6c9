//! Right and quick parameters of every kind of experiment. Together the examples of a kind fill all of its tables and
//! name all of its parameters; what one of them has is of effect there.

use std::sync::Arc;

use modewise::experiment::{Kind, Registry};
use serde_json::{Value as Json, json};

/// Every kind with its examples.
pub(super) fn kinds_with_examples() -> Vec<(Arc<Kind>, Vec<Json>)> {
    let mut examples = examples();
    let with_examples = |kind: &Arc<Kind>| {
        let (own, others) = std::mem::take(&mut examples).into_iter().partition(|(name, _)| *name == kind.name);
        examples = others;
        let own: Vec<_> = own;
        assert!(!own.is_empty(), "there is no example of the experiment `{}`", kind.name);
        (Arc::clone(kind), own.into_iter().map(|(_, parameters)| parameters).collect())
    };
    Registry::built_in().kinds().map(with_examples).collect()
}

/// The first example of a kind with one parameter replaced.
pub(super) fn changed(name: &str, parameter: &str, value: Json) -> Json {
    let found = examples().into_iter().find(|(other, _)| *other == name);
    let (_, mut parameters) = found.expect("there is an example of every kind");
    parameters[parameter] = value;
    parameters
}

fn linear(rule: (&str, Json)) -> Json {
    let mut linear = json!({"layers": 2, "hidden": 4, "start": {"normal": 0.05}});
    linear[rule.0] = rule.1;
    json!({"linear": linear})
}

fn examples() -> Vec<(&'static str, Json)> {
    let matrix = json!({"matrix": {"rows": [[2.0, 0.0, 0.5], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]}});
    let planted = json!({"planted": {"objects": 12, "features": 15, "background": 0.2,
        "categories": [{"objects": 5, "features": 6, "density": 0.9}]}});
    vec![
        ("spectrum", json!({"data": {"tree": {"depth": 2, "flip": 0.1, "features": 40}}, "centre": "none"})),
        ("spectrum", json!({"data": {"living-things": {"relations": ["is", "has"]}}})),
        (
            "training",
            json!({"data": planted, "learner": linear(("rate", json!(0.01))), "stop": {"steps": 300}, "snapshots": 5}),
        ),
        (
            "training",
            json!({"data": {"nested-splits": {"depth": 2}}, "stop": {"time": 2.0},
                "learner": linear(("flow", json!({"tolerance": 1e-6, "every": 0.1})))}),
        ),
        (
            "training",
            json!({"data": {"living-things": {"relations": ["can"]}}, "learner": linear(("rate", json!(0.01))), "stop": {"steps": 20}}),
        ),
        ("landscape", json!({"data": {"nested-splits": {"depth": 2}}, "hidden": 2, "subsets": "all"})),
        ("minima", json!({"data": matrix, "units": "linear", "hidden": 3, "start": 0.5, "rate": 0.02, "steps": 20})),
        ("scalar", json!({"s": 2.0, "radius": 0.05, "layers": 2, "tolerance": 1e-6, "every": 0.05})),
        (
            "detection",
            json!({"objects": 60, "features": 40, "background": 0.2, "density": 0.5, "block": {"coherence": 1.5}}),
        ),
        (
            "semantic",
            json!({"data": {"living-things": {"relations": ["is", "has"]}}, "representation": 4, "hidden": 6, "scale": 0.3, "rate": 0.1,
                "epochs": 20, "snapshots": 4}),
        ),
        (
            "semantic",
            json!({"data": {"living-things": {"relations": ["can"]}}, "scale": 0.3, "descent": "online", "rate": 0.1, "epochs": 5}),
        ),
        (
            "development",
            json!({"data": {"tree": {"depth": 2, "flip": 0.2, "features": 6}}, "stop": {"steps": 20}, "stages": [0.1],
                "learner": linear(("rate", json!(0.01)))}),
        ),
        (
            "development",
            json!({"data": planted, "learner": linear(("rate", json!(0.01))), "stop": {"steps": 20}, "stages": [0.5]}),
        ),
        ("depth", json!({"data": matrix, "layers": 3, "hidden": 5, "start": {"orthogonal": 1.0}, "share": 0.01})),
        ("imbalance", json!({"data": matrix, "strength": 0.01, "imbalance": 1.0, "until": 3.0, "every": 0.01})),
        (
            "frequency",
            json!({"data": {"living-things": {"relations": ["is", "has"]}}, "hidden": 10, "start": {"normal": 1e-3},
                "frequencies": [1.5, 1.25, 0.75, 1.5, 0.5, 0.75, 1.25, 0.5], "until": 6.0, "every": 0.02}),
        ),
        ("diagonal", json!({"coefficients": [2.0, -1.0], "start": 1e-3, "until": 12.0, "every": 0.01})),
        ("kernel", json!({"data": matrix, "hidden": 6, "start": 1e-3, "until": 6.0, "every": 0.05})),
        ("regression", json!({"features": 12, "load": 0.5, "noise": 0.2, "until": 10.0, "lessons": 2})),
        (
            "relu",
            json!({"inputs": 2, "samples": 4, "mirrored": true, "hidden": 12, "slope": 2.0, "start": 1e-3,
                "rate": 0.02, "until": 4.0}),
        ),
        (
            "attention",
            json!({"variances": [1.0, 0.5], "context": 8, "heads": 2, "start": 0.05, "until": 200.0, "every": 1.0}),
        ),
    ]
}
