//! Tests of `experiment::landscape`.

use faer::Mat;
use modewise::learn::hessian::LossPoint;
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::seed::{MasterSeed, stream};
use serde_json::json;

use super::{column, run};

#[test]
fn dense_hessians_confirm_the_index_of_every_stationary_point() {
    let data = [
        json!({"matrix": {"rows": [[3.0, 0.1, 0.0], [0.0, 2.0, 0.3], [0.4, 0.0, 1.0], [0.2, 0.2, 0.2]]}}),
        json!({"nested-splits": {"depth": 2}}),
        json!({"matrix": {"rows": [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]}}),
    ];
    for (data, points) in data.into_iter().zip([[4, 7, 8], [4, 7, 8], [2, 2, 2]]) {
        for (hidden, points) in [1, 2, 4].into_iter().zip(points) {
            let parameters = json!({"data": data, "hidden": hidden, "subsets": "all"});
            let table = run("landscape", &parameters, 2).unwrap().swap_remove("points").unwrap();
            assert_eq!(table.rows(), 2 * points, "{parameters}");
            for row in 0..table.rows() {
                let at = |name: &str| column(&table, name)[row];
                let place = format!("{parameters} subset {}", at("subset"));
                assert!((at("loss") - at("loss_theory")).abs() < 1e-12 * (1.0 + at("loss")), "{place}");
                assert!(at("gradient_norm") < 1e-12, "{place}");
                assert_eq!(at("index"), at("index_theory"), "{place}");
                assert!((at("lowest") - at("lowest_theory")).abs() < 1e-11, "{place}: {}", at("lowest"));
            }
        }
    }
}

#[test]
fn subsets_are_those_that_are_asked_for() {
    for (subsets, learned) in [
        (json!("all"), vec![0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0]),
        (json!({"up-to": 1}), vec![0.0, 1.0, 1.0, 1.0]),
        (json!({"up-to": 9}), vec![0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0]),
        (json!("leading"), vec![0.0, 1.0, 2.0]),
    ] {
        let parameters = json!({"data": {"nested-splits": {"depth": 2}}, "hidden": 2, "subsets": subsets});
        let tables = run("landscape", &parameters, 1).unwrap();
        assert_eq!(column(&tables["points"], "learned"), learned, "{subsets}");
    }
}

#[test]
fn the_hessian_is_the_second_difference_of_the_loss() {
    let mut rng = stream(MasterSeed(2), "test", &"hessian", 0);
    let (features, hidden, items) = (4, 2, 3);
    let mut random = |rows, columns| normal_matrix(rows, columns, &mut rng);
    let (y, w2, w1) = (random(features, items), random(features, hidden), random(hidden, items));
    let (d2, d1) = (random(features, hidden), random(hidden, items));
    let loss = |x: f64| {
        let (w2, w1) = (&w2 + faer::Scale(x) * &d2, &w1 + faer::Scale(x) * &d1);
        LossPoint::new(y.as_ref(), w1.as_ref(), w2.as_ref()).loss()
    };
    let hessian = LossPoint::new(y.as_ref(), w1.as_ref(), w2.as_ref()).hessian();
    let flat: Vec<f64> = d2.col_iter().chain(d1.col_iter()).flat_map(|column| column.iter().copied()).collect();
    let direction = Mat::from_fn(flat.len(), 1, |i, _| flat[i]);
    let curvature = (direction.transpose() * &hessian * &direction)[(0, 0)];
    let step = 1e-3;
    let difference = (loss(step) - 2.0 * loss(0.0) + loss(-step)) / (step * step);
    // The next term is the fourth derivative, 12 |d2 d1|^2, times step^2 / 12.
    let tolerance = 2.0 * step * step * (&d2 * &d1).squared_norm_l2() + 1e-7;
    assert!((curvature - difference).abs() < tolerance, "{curvature} and {difference}");
    assert!((&hessian - hessian.transpose()).norm_max() < 1e-14);
}
