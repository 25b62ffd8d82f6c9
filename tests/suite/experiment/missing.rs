//! What cannot be compared is missing in the tables, and not a perfect comparison.

use serde_json::json;

use super::{column, run, train};

/// The closed form underflows at a start of 1e-170, in every row of the curve.
#[test]
fn a_closed_form_that_is_missing_everywhere_gives_no_error() {
    let parameters = json!({"coefficients": [1.0, -2.0], "start": 1e-170, "until": 60.0, "every": 1.0});
    let tables = run("diagonal", &parameters, 1).unwrap();
    assert!(column(&tables["curve"], "closed_form").iter().all(|value| value.is_nan()));
    assert!(column(&tables["coordinates"], "closed_form_error").iter().all(|value| value.is_nan()));
}

/// The matrix solution overflows late in a long run: until then it is compared, and one time is enough to miss.
#[test]
fn a_closed_form_that_is_missing_at_last_gives_no_error() {
    let long = |time: f64| {
        train(
            &json!({"data": {"nested-splits": {"depth": 2}}, "stop": {"time": time},
                "learner": {"linear": {"layers": 2, "hidden": 3, "start": {"unaligned": 0.1},
                    "flow": {"tolerance": 1e-8, "every": 1.0}}}}),
            1,
        )
    };
    let (short, long) = (long(20.0), long(2000.0));
    assert!(column(&short["modes"], "closed_form_error").iter().all(|&error| error < 1e-5));
    assert!(column(&long["strengths"], "closed_form").iter().any(|value| value.is_nan()));
    assert!(column(&long["modes"], "closed_form_error").iter().all(|value| value.is_nan()));
}
