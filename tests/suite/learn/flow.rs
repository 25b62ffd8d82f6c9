//! Tests of `learn::flow`.

use std::ops::ControlFlow;

use faer::Mat;
use modewise::learn::descent::descend;
use modewise::learn::flow::flow;
use modewise::learn::linear_network::LinearNetwork;
use modewise::learn::rotation::{Rotated, rotate};
use modewise::numerics::linear_algebra::svd::thin_svd;

use super::reference::{cases, difference, matrix, number};

fn rotated(case: &serde_json::Value) -> Rotated {
    let data = thin_svd(matrix(&case["y"]).as_ref()).expect("the data are finite");
    rotate(&data, &[matrix(&case["w1"]), matrix(&case["w2"])])
}

fn until(end: f64) -> impl Fn(f64) -> ControlFlow<()> {
    move |time| if time >= end - 1e-9 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

#[test]
fn the_flow_agrees_with_the_reference() {
    for case in cases("flow") {
        let rotated = rotated(&case);
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let mut products = Vec::new();
        flow(&mut chain, 1e-9, 0.1, |time, chain| {
            products.push(rotated.unrotated(chain.product()));
            until(4.0)(time)
        })
        .unwrap();
        for (time, expected) in case["times"].as_array().unwrap().iter().zip(case["products"].as_array().unwrap()) {
            let observation = (number(time) / 0.1).round() as usize;
            let off = difference(&products[observation], &matrix(expected));
            assert!(off < 2e-8, "time {time}: off by {off}");
        }
    }
}

#[test]
fn the_flow_from_a_balanced_start_is_the_matrix_solution() {
    for case in cases("matrix-solution") {
        let rotated = rotated(&case);
        for at in case["at"].as_array().unwrap() {
            let time = number(&at["t"]);
            let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
            flow(&mut chain, 1e-10, time, |now, _| until(time)(now)).unwrap();
            let expected = matrix(&at["qqt"]);
            let product = expected.submatrix(4, 0, 4, 4).to_owned();
            let off = difference(&rotated.unrotated(chain.product()), &product);
            assert!(off < 1e-8, "time {time}: off by {off}");
        }
    }
}

/// `W2^T W2 - W1 W1^T`.
fn balance(chain: &LinearNetwork) -> Mat<f64> {
    let (w1, w2) = (chain.weight(0), chain.weight(1));
    w2.transpose() * w2 - w1 * w1.transpose()
}

#[test]
fn the_flow_conserves_the_balance_to_its_tolerance() {
    let rotated = rotated(&cases("flow")[0]);
    let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
    let start = balance(&chain);
    flow(&mut chain, 1e-9, 0.5, |time, chain| {
        let drift = difference(&balance(chain), &start);
        assert!(drift < 2e-8, "time {time}: {drift}");
        until(4.0)(time)
    })
    .unwrap();
}

#[test]
fn descent_approaches_the_flow_as_its_steps_shrink() {
    let rotated = rotated(&cases("flow")[0]);
    let mut exact = LinearNetwork::new(&rotated.s, &rotated.weights);
    flow(&mut exact, 1e-10, 1.0, |time, _| until(1.0)(time)).unwrap();
    let error = |rate: f64| {
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        descend(&mut chain, rate, |time, _| until(1.0)(time)).unwrap();
        difference(&chain.product().to_owned(), &exact.product().to_owned())
    };
    let ratio = error(2e-3) / error(1e-3);
    assert!((1.9..2.1).contains(&ratio), "halving the step divides the error by {ratio}");
}

#[test]
fn a_flow_at_rest_stays_there() {
    let rotated = Rotated {
        s: vec![2.0, 1.0],
        u: Mat::identity(2, 2),
        v: Mat::identity(2, 2),
        weights: vec![Mat::zeros(3, 2), Mat::zeros(2, 3)],
    };
    let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
    flow(&mut chain, 1e-6, 10.0, |time, _| until(20.0)(time)).unwrap();
    assert_eq!((chain.loss(), chain.gradient_norm()), (2.5, 0.0));
}
