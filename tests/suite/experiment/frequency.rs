//! Tests of the experiment with items of different frequency.

use modewise::numerics::statistics::extreme::largest;
use modewise::parameter::BuildError;
use modewise::theory::learning::half_time;
use serde_json::{Value as Json, json};

use super::{build, column, run, train};
use crate::learn::reference::{cases, number};

/// A table of two modes, each of one item.
fn two_items(frequencies: Json, start: Json) -> Json {
    json!({"data": {"matrix": {"rows": [[2.0, 0.0], [0.0, 1.0]]}}, "hidden": 3, "start": start,
        "frequencies": frequencies, "until": 14.0, "every": 0.01})
}

/// Animals that are seen twice as often as plants, with one parameter replaced.
fn animals_often(parameter: &str, value: Json) -> Json {
    let mut parameters = json!({"data": {"contrast": {"m1": 3, "m2": 2, "m3": 1}}, "hidden": 5,
        "start": {"normal": 1e-3}, "frequencies": [1.5, 1.5, 0.75, 0.75], "until": 12.0, "every": 0.02});
    parameters[parameter] = value;
    parameters
}

#[test]
fn wrong_parameters_are_refused_with_their_place() {
    for (parameter, value, expected) in [
        ("hidden", json!(0), "`hidden` is 0 (allowed: 1 to 2000)"),
        ("hidden", json!(2001), "`hidden` is 2001 (allowed: 1 to 2000)"),
        ("start", json!({"normal": 0.0}), "`start.normal` is 0 (allowed: above 0)"),
        ("frequencies", json!([1.0, 1.0]), "`frequencies` is 2 numbers (allowed: 4 numbers, one for each item)"),
        ("frequencies", json!([1.0, 0.0, 1.0, 1.0]), "`frequencies.1` is 0 (allowed: above 0)"),
        ("until", json!(-1.0), "`until` is -1 (allowed: above 0)"),
    ] {
        let message = match build("frequency", &animals_often(parameter, value)) {
            Ok(_) => "allowed".to_owned(),
            Err(BuildError::Parameters(errors)) => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(message, expected);
    }
}

#[test]
fn a_table_without_features_is_no_table_to_learn() {
    let mut parameters = two_items(json!([1.0, 1.0]), json!({"normal": 0.1}));
    parameters["data"] = json!({"matrix": {"rows": [[0.0, 0.0]]}});
    let failure = run("frequency", &parameters, 1).expect_err("there are no modes");
    assert_eq!(failure.reason, "there is nothing to learn: every entry of the data is 0");
}

/// Where each mode is one item, a frequency is a change of its rate: modes of strength 2 and 1, at the rates 2 f and f'.
#[test]
fn modes_of_one_item_are_learned_at_the_rate_of_their_own_frequency() {
    let parameters = two_items(json!([0.25, 3.0]), json!({"balanced": 1e-5}));
    let tables = run("frequency", &parameters, 1).expect("numbers");
    let times = [half_time(2.0, 0.5, 1e-5), half_time(1.0, 3.0, 1e-5)];
    // The order of the modes is that of their rates, that of the items is theirs.
    for (table, name, expected) in [
        ("modes", "s", [3.0, 0.5]),
        ("modes", "end", [1.0, 2.0]),
        ("modes", "ceiling", [1.0, 2.0]),
        ("modes", "turn", [1.0, 1.0]),
        ("modes", "m0_free", [1e-5, 1e-5]),
        ("modes", "half_time", [times[1], times[0]]),
        ("items", "frequency", [0.25, 3.0]),
        ("items", "half_time", times),
    ] {
        for (got, expected) in column(&tables[table], name).iter().zip(expected) {
            // Half times are read between observations 0.01 apart: off by (0.01 s)^2/8 of a time, 1e-4 at most.
            assert!((got / expected - 1.0).abs() < 1e-4, "{table} {name}: {got}, not {expected}");
        }
    }
    let left = 1.0 - modewise::theory::learning::strength(2.0, 0.5, 1e-5, 14.0) / 2.0;
    let errors = column(&tables["items"], "final_error");
    assert!((errors[0] - left).abs() < 1e-6 && left > 0.05 && errors[1] < 1e-6, "{errors:?}, not {left}");
    assert!((column(&tables["run"], "product_error")[0] - left * (4.0_f64 / 5.0).sqrt()).abs() < 1e-6);
}

#[test]
fn equal_frequencies_are_the_training_without_them() {
    let data = json!({"contrast": {"m1": 5, "m2": 3, "m3": 1}});
    let start = json!({"normal": 1e-3});
    let linear = json!({"layers": 2, "hidden": 4, "start": start, "flow": {"tolerance": 1e-9, "every": 0.01}});
    let trained = train(&json!({"data": data, "learner": {"linear": linear}, "stop": {"time": 9.0}}), 2);
    let parameters = json!({"data": data, "hidden": 4, "start": start, "frequencies": [1.0, 1.0, 1.0, 1.0],
        "until": 9.0, "every": 0.01});
    let tables = run("frequency", &parameters, 2).expect("numbers");
    for (name, within) in [("s", 1e-12), ("m0", 1e-9), ("m0_free", 1e-9), ("half_time", 1e-6)] {
        let (expected, got) = (column(&trained["modes"], name), column(&tables["modes"], name));
        assert_eq!(got.len(), 6);
        assert!(
            expected.iter().zip(got).all(|(expected, got)| (got / expected - 1.0).abs() < within),
            "{name}: {got:?}, not {expected:?}"
        );
    }
    let rates = column(&trained["saddles"], "escape_rate").iter().zip(column(&tables["modes"], "escape_rate"));
    let compared = rates.filter(|(expected, _)| expected.is_finite());
    let off: Vec<f64> = compared.map(|(expected, got)| (got / expected - 1.0).abs()).collect();
    assert!(off.len() == 6 && off.iter().all(|&off| off < 1e-5), "{off:?}");
}

#[test]
fn the_origin_is_left_at_the_rate_of_the_reference() {
    for case in cases("frequency").into_iter().filter(|case| case["kind"] == "escape") {
        let parameters = json!({"data": {"matrix": {"rows": case["y"]}}, "hidden": 8, "start": {"normal": 1e-7},
            "frequencies": case["frequencies"], "until": 8.0, "every": 0.01});
        let tables = run("frequency", &parameters, 1).expect("numbers");
        let (got, expected) = (column(&tables["modes"], "escape_rate")[0], number(&case["rate"]));
        assert!((got / expected - 1.0).abs() < 2e-5, "{got}, not {expected}");
    }
}

#[test]
fn the_flow_conserves_the_balance_of_the_layers_and_ends_at_the_table() {
    let parameters = two_items(json!([0.4, 1.6]), json!({"normal": 0.3}));
    let tables = run("frequency", &parameters, 4).expect("numbers");
    for (name, within) in [("drift", 1e-6), ("product_error", 0.01)] {
        let worst = largest(column(&tables["run"], name).iter().copied());
        assert!(worst < within, "{name}: {worst}");
    }
    // What a single unit holds is the mode that costs the most: 0.4 x 4 and 1.6 x 1 are as much, but the rates differ.
    let mut one_unit = parameters.clone();
    one_unit["hidden"] = json!(1);
    let error = column(&run("frequency", &one_unit, 4).expect("numbers")["run"], "product_error").to_vec();
    assert!(error.iter().all(|&error| error > 0.4), "{error:?}");
}

#[test]
fn splits_are_told_apart_when_the_mode_that_they_are_is_learned() {
    let tables = run("frequency", &animals_often("every", json!(0.01)), 2).expect("numbers");
    let splits = &tables["splits"];
    let (times, theory) = (column(splits, "half_time"), column(splits, "half_time_theory"));
    assert_eq!(column(splits, "level"), [1.0, 2.0, 2.0, 1.0, 2.0, 2.0]);
    for (split, (time, theory)) in times.iter().zip(theory).enumerate() {
        // Animals and plants are not seen equally often, so that the mode of the root turns.
        assert_eq!(theory.is_nan(), split % 3 == 0, "{theory}");
        assert!(theory.is_nan() || (time / theory - 1.0).abs() < 0.02, "{time}, not {theory}");
        let is_same = |mode: &usize| {
            let of = |name: &str| column(&tables["modes"], name)[*mode];
            let closed_form = half_time(of("end"), of("s"), of("m0_free"));
            (closed_form - theory).abs() < 1e-12 && of("turn") < 1.0 + 1e-9
        };
        let own = 3 * (split / 3)..3 * (split / 3) + 3;
        assert!(theory.is_nan() || own.clone().filter(is_same).count() == 1, "{theory}");
    }
    assert!(column(splits, "final_share").iter().all(|share| (share - 1.0).abs() < 0.01));
    // The curve goes through one half at the half time.
    let curve = &tables["curve"];
    let rows =
        |split: f64| column(curve, "split").iter().zip(column(curve, "share")).filter(move |row| *row.0 == split);
    let below = rows(2.0).filter(|row| *row.1 < 0.5).count();
    let at = column(curve, "time")[3 * below];
    let step = column(curve, "time")[3];
    assert!((at - times[1]).abs() <= step, "{at}, not {}", times[1]);
}
