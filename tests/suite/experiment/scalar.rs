//! The scalar network.

use modewise::parameter::BuildError;
use serde_json::{Value as Json, json};

use super::{build, column, run};

fn scalar(name: &str, value: Json) -> Json {
    let mut parameters = json!({"s": 2.0, "radius": 0.05, "tolerance": 1e-9, "every": 0.01});
    parameters[name] = value;
    parameters
}

#[test]
fn the_origin_is_a_saddle_and_the_valley_a_minimum() {
    let tables = run("scalar", &scalar("s", json!(3.0)), 2).unwrap();
    let points = &tables["points"];
    // At the minimum the square of a root is right to a rounding error.
    assert!(column(points, "gradient_norm").iter().all(|norm| *norm < 1e-14));
    let [lowest, highest] = ["lowest", "highest"].map(|name| column(points, name));
    assert!((lowest[0] + 3.0).abs() < 1e-14 && (highest[0] - 3.0).abs() < 1e-14);
    // At (sqrt s, sqrt s) the Hessian is s [[1, 1], [1, 1]].
    assert!(lowest[1].abs() < 1e-14 && (highest[1] - 6.0).abs() < 1e-14);
    let one = run("scalar", &scalar("layers", json!(1)), 1).unwrap();
    assert_eq!(column(&one["points"], "gradient_norm"), [2.0, 0.0]);
    assert_eq!(column(&one["points"], "lowest"), [1.0, 1.0]);
}

#[test]
fn the_flow_waits_as_long_as_predicted_and_conserves_the_imbalance() {
    let tables = run("scalar", &scalar("radius", json!(0.01)), 16).unwrap();
    let run = &tables["run"];
    let [m0, half, drift, product] =
        ["m0", "half_time", "imbalance_drift", "final_product"].map(|name| column(run, name));
    for replicate in 0..16 {
        let predicted = libm::log(2.0 / m0[replicate] - 1.0) / 4.0;
        assert!((half[replicate] / predicted - 1.0).abs() < 1e-4, "replicate {replicate}");
        assert!(drift[replicate] < 1e-7, "replicate {replicate}: {}", drift[replicate]);
        assert!((0.999..1.001).contains(&(product[replicate] / 2.0)), "replicate {replicate}");
    }
    let (along, end) = (column(run, "along"), column(run, "final_w1"));
    assert!(along.iter().zip(end).all(|(along, end)| along * end > 0.0), "no way crosses the ridge");
    assert!(along.iter().any(|along| *along > 0.0) && along.iter().any(|along| *along < 0.0));
}

#[test]
fn one_weight_learns_at_once() {
    let tables = run("scalar", &scalar("layers", json!(1)), 4).unwrap();
    let (m0, half) = (column(&tables["run"], "m0"), column(&tables["run"], "half_time"));
    for (m0, half) in m0.iter().zip(half) {
        // w = s - (s - w0) e^-t reaches s/2 at ln(2 (s - w0)/s); a straight line between observations `h` apart errs by h^2/8.
        assert!((half - libm::log(2.0 - m0)).abs() < 1.01 * 0.01 * 0.01 / 8.0, "{m0} {half}");
    }
    assert!(column(&tables["run"], "imbalance").iter().all(|imbalance| imbalance.is_nan()));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn trajectories_are_those_of_replicate_0_with_one_from_the_ridge() {
    let tables = run("scalar", &scalar("s", json!(2.0)), 3).unwrap();
    let trajectory = &tables["trajectory"];
    assert!(column(trajectory, "replicate").iter().all(|&replicate| replicate == 0.0));
    let [way, time, w1, w2, loss] = ["way", "time", "w1", "w2", "loss"].map(|name| column(trajectory, name));
    assert_eq!((way[0], way[way.len() - 1]), (1.0, 2.0));
    for row in 0..time.len() {
        assert!((loss[row] - 0.5 * (2.0 - w1[row] * w2[row]) * (2.0 - w1[row] * w2[row])).abs() < 1e-12);
    }
    let ridge: Vec<usize> = (0..way.len()).filter(|&row| way[row] == 2.0).collect();
    let near = ridge.iter().map(|&row| w1[row].abs().max(w2[row].abs())).fold(f64::INFINITY, f64::min);
    assert!(w1[ridge[0]] < -1.0 && w2[ridge[0]] > 1.0);
    // The conserved difference of the squares is that of the nearest point, which lies on an axis.
    let imbalance = w2[ridge[0]] * w2[ridge[0]] - w1[ridge[0]] * w1[ridge[0]];
    assert!((near / imbalance.sqrt() - 1.0).abs() < 1e-2, "it passes the saddle at {near}");
}

#[test]
fn wrong_parameters_of_scalar_are_refused_with_their_place() {
    for (name, value, expected) in [
        ("s", json!(0.0), "`s` is 0 (allowed: above 0)"),
        ("radius", json!(-1.0), "`radius` is -1 (allowed: above 0)"),
        ("layers", json!(3), "`layers` is 3 (allowed: 1, 2)"),
        ("tolerance", json!(0.5), "`tolerance` is 0.5 (allowed: above 0, at most 0.01)"),
        ("every", json!(1e-6), "`every` is 0.000001 (allowed: 0.00005 or more, with this `s`)"),
    ] {
        let message = match build("scalar", &scalar(name, value.clone())) {
            Err(BuildError::Parameters(errors)) => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Err(error) => panic!("{name}: {error}"),
            Ok(_) => "allowed".to_owned(),
        };
        assert_eq!(message, expected, "{name} {value}");
    }
}
