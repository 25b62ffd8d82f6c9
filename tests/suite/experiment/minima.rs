//! Tests of `experiment::minima`.

use modewise::parameter::BuildError;
use serde_json::{Value as Json, json};

use super::{build, column, run};
use crate::learn::reference::{cases, number};

fn minima(changes: &[(&str, Json)]) -> Json {
    let mut parameters = json!({"data": {"nested-splits": {"depth": 2}}, "hidden": 4, "start": 0.5, "rate": 0.05,
        "steps": 1000});
    for (name, value) in changes {
        parameters[*name] = value.clone();
    }
    parameters
}

#[test]
fn linear_units_end_at_the_best_product_and_at_rest() {
    // Singular values 2, sqrt 2, sqrt 2.
    for (hidden, best) in [(1, 2.0), (2, 1.0), (3, 0.0), (4, 0.0)] {
        let tables = run("minima", &minima(&[("hidden", json!(hidden))]), 32).unwrap();
        for replicate in 0..32 {
            let of = |name: &str| column(&tables["run"], name)[replicate];
            assert!((of("best_loss") - best).abs() < 1e-12, "{hidden} units");
            assert!((of("final_loss") - best).abs() < 1e-9, "{hidden} units: {}", of("final_loss"));
            assert!(of("start_loss") > best && of("gradient_norm") < 1e-4, "{hidden} units: {}", of("gradient_norm"));
            assert_eq!(of("silent_items"), 0.0);
        }
    }
}

#[test]
fn as_many_starts_of_rectified_units_are_caught_as_in_numpy() {
    let case = &cases("rectified")[0];
    let parameters = json!({"data": {"matrix": {"rows": case["y"]}}, "units": "rectified", "hidden": 8,
        "start": case["start"], "rate": case["rate"], "steps": case["steps"]});
    let tables = run("minima", &parameters, 200).unwrap();
    let of = |name: &str| column(&tables["run"], name);
    let share = |name: &str, above: f64| of(name).iter().filter(|x| **x > above).count() as f64 / 200.0;
    for (found, expected) in
        [(share("final_loss", 1e-6), number(&case["caught"])), (share("silent_items", 0.5), number(&case["silent"]))]
    {
        // Four standard errors of a share of 200.
        let reach = 4.0 * (expected * (1.0 - expected) / 200.0).sqrt();
        assert!((found - expected).abs() < reach, "{found} {expected} {reach}");
    }
    // Nothing is learned of an item that no unit answers to.
    for replicate in 0..200 {
        if of("silent_items")[replicate] > 0.0 {
            assert!(of("final_loss")[replicate] > 1.0, "replicate {replicate}");
        }
    }
    assert_eq!(of("best_loss").iter().filter(|best| **best != 0.0).count(), 0, "one unit for each item is enough");
}

#[test]
fn linear_and_rectified_units_share_their_start_and_one_step_is_a_step_down_the_slope() {
    // All weights positive: rectified units pass everything on for a while.
    let rows = json!([[1.0, 0.5], [0.25, 2.0]]);
    let ends = |units: &str, steps: usize| {
        let parameters = json!({"data": {"matrix": {"rows": rows}}, "units": units, "hidden": 64, "start": 0.1,
            "rate": 1e-3, "steps": steps});
        let tables = run("minima", &parameters, 4).unwrap();
        ["start_loss", "final_loss", "gradient_norm"].map(|name| column(&tables["run"], name).to_vec())
    };
    for units in ["linear", "rectified"] {
        let [start, one, slope] = ends(units, 1);
        let [_, two, _] = ends(units, 2);
        for replicate in 0..4 {
            // The loss falls by rate x |gradient|^2, up to terms of second order in the rate.
            let fall = one[replicate] - two[replicate];
            let expected = 1e-3 * slope[replicate] * slope[replicate];
            assert!((fall / expected - 1.0).abs() < 0.02, "{units}: {fall} {expected}");
            assert!(start[replicate] > one[replicate]);
        }
    }
}

#[test]
fn wrong_parameters_of_minima_are_refused_with_their_place() {
    for (name, value, expected) in [
        ("hidden", json!(0), "`hidden` is 0 (allowed: 1 to 256)"),
        ("start", json!(0.0), "`start` is 0 (allowed: above 0)"),
        ("rate", json!(-1.0), "`rate` is -1 (allowed: above 0)"),
        ("steps", json!(0), "`steps` is 0 (allowed: 1 to 1000000)"),
        (
            "data",
            json!({"tree": {"depth": 2, "flip": 0.1, "features": 300}}),
            "`data` is a table of 300 x 4 (allowed: up to 256 x 256)",
        ),
    ] {
        let message = match build("minima", &minima(&[(name, value.clone())])) {
            Err(BuildError::Parameters(errors)) => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Err(error) => panic!("{name}: {error}"),
            Ok(_) => "allowed".to_owned(),
        };
        assert_eq!(message, expected, "{name} {value}");
    }
}

#[test]
fn a_loss_without_numbers_is_a_failure() {
    let huge = json!({"matrix": {"rows": [[1e160, 0.0], [0.0, 1e160]]}});
    for changes in
        [[("units", json!("linear")), ("rate", json!(50.0))], [("units", json!("rectified")), ("data", huge)]]
    {
        let failure = run("minima", &minima(&changes), 1).unwrap_err();
        assert!(failure.reason.contains("descent diverged"), "{changes:?}: {failure}");
    }
}
