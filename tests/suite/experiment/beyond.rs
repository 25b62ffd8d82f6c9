//! Tests of the experiments of later results.

use modewise::experiment::kind;
use modewise::parameter::BuildError;
use serde_json::{Value as Json, json};

use super::{build, column, run};

/// Right and quick parameters of each kind.
fn examples() -> Vec<(&'static str, Json)> {
    let data = json!({"matrix": {"rows": [[2.0, 0.0, 0.5], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]}});
    vec![
        ("depth", json!({"data": data, "layers": 3, "hidden": 5, "start": {"orthogonal": 1.0}, "share": 0.01})),
        ("imbalance", json!({"data": data, "strength": 0.01, "imbalance": 1.0, "until": 3.0, "every": 0.01})),
        ("diagonal", json!({"coefficients": [2.0, -1.0], "start": 1e-3, "until": 12.0, "every": 0.01})),
        ("kernel", json!({"data": data, "hidden": 6, "start": 1e-3, "until": 6.0, "every": 0.05})),
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

fn changed(parameters: &Json, name: &str, value: Json) -> Json {
    let mut parameters = parameters.clone();
    parameters[name] = value;
    parameters
}

#[test]
fn every_later_kind_returns_the_tables_that_it_documents() {
    for (name, parameters) in examples() {
        let kind = kind(name).expect("the kind is in the list");
        let tables = run(name, &parameters, 2).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let documented: Vec<_> = kind.tables.iter().map(|table| table.name).collect();
        assert_eq!(tables.keys().collect::<Vec<_>>(), documented, "{name}");
        for doc in kind.tables {
            let table = &tables[doc.name];
            assert!(table.names().eq(doc.table().names()), "{name} {}", doc.name);
            assert!(table.rows() > 0 && column(table, "replicate").is_sorted(), "{name} {}", doc.name);
            assert_eq!(table.infinite(), None, "{name} {}", doc.name);
        }
    }
}

#[test]
fn wrong_parameters_of_later_kinds_are_refused_with_their_place() {
    let examples = examples();
    for (name, parameter, value, expected) in [
        ("depth", "layers", json!(0), "`layers` is 0 (allowed: 1 to 64)"),
        ("depth", "share", json!(1.0), "`share` is 1 (allowed: above 0 and below 1)"),
        ("imbalance", "imbalance", json!(-1.0), "`imbalance` is -1 (allowed: at least 0)"),
        ("imbalance", "strength", json!(0.0), "`strength` is 0 (allowed: above 0)"),
        ("diagonal", "coefficients", json!([1.0, 0.0]), "`coefficients.1` is 0 (allowed: numbers other than 0)"),
        ("diagonal", "correlation", json!(1.0), "`correlation` is 1 (allowed: 0 to below 1)"),
        ("kernel", "hidden", json!(0), "`hidden` is 0 (allowed: at least 1)"),
        ("regression", "load", json!(0.0), "`load` is 0 (allowed: above 0, at most 20)"),
        ("relu", "samples", json!(1), "`samples` is 1 (allowed: at least as many as inputs, 2)"),
        (
            "attention",
            "variances",
            json!([0.5, 1.0]),
            "`variances` is out of order or range (allowed: numbers above 0, largest first)",
        ),
    ] {
        let (_, parameters) = examples.iter().find(|(other, _)| *other == name).expect("there is an example");
        let message = match build(name, &changed(parameters, parameter, value)) {
            Ok(_) => "allowed".to_owned(),
            Err(BuildError::Parameters(errors)) => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Err(error) => panic!("{name}: {error}"),
        };
        assert_eq!(message, expected, "{name}");
    }
}

/// One layer without hidden units: each step of rate `r` leaves `1 - r` of the error, so that one step of rate 1 is all
/// it takes.
#[test]
fn a_net_of_one_layer_needs_one_step_at_its_best_rate() {
    let (_, parameters) = examples().swap_remove(0);
    let tables = run("depth", &changed(&parameters, "layers", json!(1)), 2).unwrap();
    assert_eq!(column(&tables["run"], "best_rate"), [1.0, 1.0]);
    assert!(column(&tables["run"], "steps").iter().all(|&steps| (0.0..=1.0).contains(&steps)));
}

#[test]
fn imbalanced_nets_follow_their_closed_form_and_keep_their_imbalance() {
    let (_, parameters) = examples().swap_remove(1);
    for imbalance in [0.0, 0.3, 5.0] {
        let tables = run("imbalance", &changed(&parameters, "imbalance", json!(imbalance)), 2).unwrap();
        for name in ["closed_form_error", "drift"] {
            let worst = column(&tables["modes"], name).iter().copied().fold(0.0, f64::max);
            assert!(worst < 1e-6, "imbalance {imbalance}, {name}: {worst}");
        }
    }
    let turned = run("imbalance", &changed(&parameters, "aligned", json!(false)), 2).unwrap();
    assert!(column(&turned["modes"], "drift").iter().all(|&drift| drift < 1e-6));
    assert!(column(&turned["modes"], "closed_form_error").iter().any(|&error| error > 0.05));
}

#[test]
fn starts_of_all_scales_meet_the_same_regression() {
    let (_, parameters) = examples().swap_remove(4);
    let errors = |noise: f64| {
        let tables = run("regression", &changed(&parameters, "noise", json!(noise)), 3).unwrap();
        column(&tables["run"], "test_error").to_vec()
    };
    let (none, little) = (errors(0.0), errors(1e-12));
    assert!(none.iter().zip(&little).all(|(none, little)| (none - little).abs() < 1e-4), "{none:?} {little:?}");
}
