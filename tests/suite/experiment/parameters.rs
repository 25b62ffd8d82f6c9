//! Tests of the parameters of `training` and `landscape`.

use modewise::parameter::BuildError;
use serde_json::{Value as Json, json};

use super::build;

/// Parameters that are right, with some replaced.
fn training(changes: &[(&str, Json)]) -> Json {
    let mut parameters = json!({"data": {"nested-splits": {"depth": 2}}, "stop": {"steps": 10},
        "learner": {"linear": {"layers": 2, "hidden": 3, "start": {"normal": 0.1}, "rate": 0.1}}});
    for (path, value) in changes {
        let mut place = &mut parameters;
        let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
        for part in parents.split('.').filter(|part| !part.is_empty()) {
            place = &mut place[part];
        }
        if value.is_null() {
            place.as_object_mut().expect("a parent is a map").remove(last);
        } else {
            place[last] = value.clone();
        }
    }
    parameters
}

fn messages(name: &str, parameters: &Json) -> String {
    match build(name, parameters) {
        Ok(_) => "allowed".to_owned(),
        Err(BuildError::Parameters(errors)) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        Err(error) => panic!("{parameters}: {error}"),
    }
}

#[test]
fn wrong_parameters_of_training_are_refused_with_their_place() {
    for (changes, expected) in [
        (vec![], "allowed"),
        (vec![("learner.linear.layers", json!(1))], "allowed"),
        (vec![("learner.linear.layers", json!(1)), ("learner.linear.hidden", Json::Null)], "allowed"),
        (vec![("learner.linear.layers", json!(0))], "`learner.linear.layers` is 0 (allowed: 1 to 64)"),
        (
            vec![("learner.linear.hidden", Json::Null)],
            "`learner.linear.hidden` is missing (needed for more than one layer)",
        ),
        (vec![("learner.linear.hidden", json!(0))], "`learner.linear.hidden` is 0 (allowed: at least 1)"),
        (vec![("learner.linear.rate", json!(-0.5))], "`learner.linear.rate` is -0.5 (allowed: above 0)"),
        (
            vec![("learner.linear.rate", Json::Null)],
            "`learner.linear` has no rule of learning or two (allowed: either `rate` or `flow`)",
        ),
        (
            vec![("learner.linear.flow", json!({"tolerance": 1e-6, "every": 0.1}))],
            "`learner.linear` has no rule of learning or two (allowed: either `rate` or `flow`); \
             `stop.steps` does not go with `flow` (allowed: `time`, `learned`)",
        ),
        (
            vec![
                ("learner.linear.rate", Json::Null),
                ("learner.linear.flow", json!({"tolerance": 0.5, "every": 0.0})),
                ("stop", json!({"time": 1.0})),
            ],
            "`learner.linear.flow.tolerance` is 0.5 (allowed: above 0, at most 0.01); \
             `learner.linear.flow.every` is 0 (allowed: above 0); \
             `stop.time` is inf steps (allowed: up to 10000000 steps)",
        ),
        (
            vec![("learner.linear.start", json!({"balanced": 0.0})), ("stop", json!({"learned": 1.5}))],
            "`learner.linear.start.balanced` is 0 (allowed: above 0); `stop.learned` is 1.5 (allowed: above 0, at most 1)",
        ),
        (
            vec![("learner.linear.start", json!({"unequal": {"first": 0.1, "second": -0.1}}))],
            "`learner.linear.start.unequal.second` is -0.1 (allowed: above 0)",
        ),
        (
            vec![("learner.linear.start", json!({"unaligned": 0.0}))],
            "`learner.linear.start.unaligned` is 0 (allowed: above 0)",
        ),
        (vec![("stop", json!({"steps": 0}))], "`stop.steps` is 0 (allowed: 1 to 10000000)"),
        (
            vec![("learner.linear.hidden", json!(3_000_000))],
            "`learner.linear` is a network of 21000000 weights (allowed: up to 10000000)",
        ),
        (vec![("stop", json!({"epochs": 3}))], "`stop"),
        (vec![("learner.linear.speed", json!(3))], "`learner.linear"),
    ] {
        let got = messages("training", &training(&changes));
        let matches = if expected.contains('(') { got == expected } else { got.starts_with(expected) };
        assert!(matches, "{changes:?}: {got}");
    }
}

#[test]
fn wrong_parameters_of_the_landscape_are_refused_with_their_place() {
    for (depth, hidden, subsets, expected) in [
        (2, 2, json!("all"), "allowed"),
        (3, 7, json!({"up-to": 2}), "allowed"),
        (6, 9, json!("leading"), "allowed"),
        (2, 0, json!("all"), "`hidden` is 0 (allowed: at least 1)"),
        (3, 100, json!("leading"), "`hidden` makes 1500 weights (allowed: up to 1200)"),
        (4, 15, json!("all"), "`subsets` are up to 32768 sets of modes (allowed: up to 5000)"),
    ] {
        let parameters = json!({"data": {"nested-splits": {"depth": depth}}, "hidden": hidden, "subsets": subsets});
        assert_eq!(messages("landscape", &parameters), expected, "{parameters}");
    }
}

#[test]
fn parameters_without_effect_are_not_part_of_the_experiment() {
    let canonical = |changes: &[(&str, Json)]| build("training", &training(changes)).unwrap().canonical();
    let shallow = ("learner.linear.layers", json!(1));
    assert_eq!(
        canonical(std::slice::from_ref(&shallow)),
        canonical(&[shallow.clone(), ("learner.linear.hidden", json!(9))])
    );
    assert_ne!(canonical(&[]), canonical(&[("learner.linear.hidden", json!(9))]));
    assert_ne!(canonical(&[]), canonical(&[shallow]));
    assert_eq!(canonical(&[]), training(&[]));
}
