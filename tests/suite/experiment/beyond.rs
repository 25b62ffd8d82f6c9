//! Tests of the experiments of later results.

use modewise::numerics::statistics::extreme::largest;
use modewise::parameter::BuildError;
use serde_json::json;

use super::examples::changed;
use super::{build, column, run};

#[test]
fn wrong_parameters_of_later_kinds_are_refused_with_their_place() {
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
        let message = match build(name, &changed(name, parameter, value)) {
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
    let tables = run("depth", &changed("depth", "layers", json!(1)), 2).unwrap();
    assert_eq!(column(&tables["run"], "best_rate"), [1.0, 1.0]);
    assert!(column(&tables["run"], "steps").iter().all(|&steps| (0.0..=1.0).contains(&steps)));
}

#[test]
fn imbalanced_nets_follow_their_closed_form_and_keep_their_imbalance() {
    for imbalance in [0.0, 0.3, 5.0] {
        let tables = run("imbalance", &changed("imbalance", "imbalance", json!(imbalance)), 2).unwrap();
        for name in ["closed_form_error", "drift"] {
            let worst = column(&tables["modes"], name).iter().copied();
            let worst = largest(worst);
            assert!(worst < 1e-6, "imbalance {imbalance}, {name}: {worst}");
        }
    }
    let turned = run("imbalance", &changed("imbalance", "aligned", json!(false)), 2).unwrap();
    assert!(column(&turned["modes"], "drift").iter().all(|&drift| drift < 1e-6));
    assert!(column(&turned["modes"], "closed_form_error").iter().any(|&error| error > 0.05));
}

#[test]
fn starts_of_all_scales_meet_the_same_regression() {
    let errors = |noise: f64| {
        let tables = run("regression", &changed("regression", "noise", json!(noise)), 3).unwrap();
        column(&tables["run"], "test_error").to_vec()
    };
    let (none, little) = (errors(0.0), errors(1e-12));
    assert!(none.iter().zip(&little).all(|(none, little)| (none - little).abs() < 1e-4), "{none:?} {little:?}");
}
