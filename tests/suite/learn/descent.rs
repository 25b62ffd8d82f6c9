//! Tests of `learn::{rotation, chain, descent}`.

use std::ops::ControlFlow;

use faer::Mat;
use modewise::learn::descent::descend;
use modewise::learn::directions::start_strengths;
use modewise::learn::linear_network::LinearNetwork;
use modewise::learn::rotation::{Rotated, rotate};
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::linear_algebra::reductions::{norm, squared_distance};
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::seed::{MasterSeed, stream};
use modewise::theory::learning::half_time;

use super::naive::Naive;
use super::reference::{cases, difference, matrix, number, numbers};

/// Layer sizes from items to features, and the rank of the data.
const SHAPES: [(&[usize], usize); 9] = [
    (&[6, 4, 9], 6),
    (&[6, 8, 9], 3),
    (&[9, 4, 6], 6),
    (&[9, 3, 6], 2),
    (&[5, 3, 60], 5),
    (&[60, 3, 5], 4),
    (&[7, 9], 7),
    (&[9, 7], 3),
    (&[6, 4, 5, 3, 9], 5),
];

/// Data of a given rank and normal weights.
fn problem(sizes: &[usize], rank: usize, scale: f64) -> Naive {
    let mut rng = stream(MasterSeed(3), "test", &sizes, 0);
    let (items, features) = (sizes[0], sizes[sizes.len() - 1]);
    let y = normal_matrix(features, rank, &mut rng) * normal_matrix(rank, items, &mut rng);
    let weights = sizes.windows(2).map(|pair| faer::Scale(scale) * normal_matrix(pair[1], pair[0], &mut rng)).collect();
    Naive { y, weights }
}

fn rotated(problem: &Naive) -> Rotated {
    rotate(&thin_svd(problem.y.as_ref()).expect("the data are finite"), &problem.weights)
}

#[test]
fn the_rotated_chain_equals_the_naive_one_step_by_step() {
    for (sizes, rank) in SHAPES {
        let mut naive = problem(sizes, rank, 0.3);
        let rotated = rotated(&naive);
        assert_eq!(rotated.s.len(), rank, "{sizes:?}");
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        for step in 0..200 {
            let row = format!("{sizes:?} rank {rank} step {step}");
            assert!(difference(&rotated.unrotated(chain.product()), &naive.product()) < 1e-10, "{row}");
            assert!((chain.loss() - naive.loss()).abs() < 1e-10 * (1.0 + naive.loss()), "{row}");
            let gradient = naive.gradient().iter().map(Mat::squared_norm_l2).sum::<f64>().sqrt();
            assert!((chain.gradient_norm() - gradient).abs() < 1e-10 * (1.0 + gradient), "{row}");
            naive.step(2e-3);
            chain.step(2e-3);
        }
    }
}

#[test]
fn a_large_chain_equals_the_naive_one_without_its_product() {
    for (sizes, rank) in [([200, 5, 220], 150), ([40, 40, 80], 30)] {
        let mut naive = problem(&sizes, rank, 0.1);
        naive.y = faer::Scale(1.0 / 700.0) * naive.y;
        let rotated = rotated(&naive);
        let start = || LinearNetwork::new(&rotated.s, &rotated.weights);
        let (mut chain, mut seen) = (start(), start());
        let mut watched = LinearNetwork::with_product(&rotated.s, &rotated.weights);
        for step in 0..300 {
            if step % 50 == 0 {
                let place = format!("{sizes:?}, step {step}");
                assert!(difference(&rotated.unrotated(seen.product()), &naive.product()) < 1e-12, "{place}");
                assert!((seen.loss() - naive.loss()).abs() < 1e-12 * naive.loss(), "{place}");
                let gradient = naive.gradient().iter().map(Mat::squared_norm_l2).sum::<f64>().sqrt();
                assert!((chain.gradient_norm() - gradient).abs() < 1e-12 * (1.0 + gradient), "{place}");
            }
            naive.step(0.1);
            chain.step(0.1);
            seen.step(0.1);
            watched.step(0.1);
        }
        assert_eq!(chain.weights(), seen.weights(), "{sizes:?}");
        let apart = squared_distance(chain.weights(), watched.weights()).sqrt();
        assert!(apart < 1e-12 * norm(chain.weights()), "{sizes:?}: {apart}");
    }
}

#[test]
fn outer_weights_are_compressed_to_the_rank_and_one_direction_a_hidden_unit() {
    for (sizes, rank) in SHAPES {
        let rotated = rotated(&problem(sizes, rank, 0.3));
        let (items, features) = (sizes[0], sizes[sizes.len() - 1]);
        let outputs = features.min(rank + sizes[sizes.len() - 2]);
        assert_eq!(rotated.u.ncols(), outputs, "{sizes:?} outputs");
        let next = if sizes.len() == 2 { outputs } else { sizes[1] };
        assert_eq!(rotated.v.ncols(), items.min(rank + next), "{sizes:?} inputs");
    }
}

#[test]
fn strengths_and_the_rest_make_up_the_product() {
    for (sizes, rank) in SHAPES {
        let rotated = rotated(&problem(sizes, rank, 0.5));
        let chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let strengths: f64 = (0..rank).map(|mode| chain.strength(mode) * chain.strength(mode)).sum();
        let whole = chain.product().squared_norm_l2();
        assert!((strengths + chain.off_diagonal() - whole).abs() < 1e-12 * whole, "{sizes:?} rank {rank}");
    }
}

#[test]
fn descent_agrees_with_the_reference() {
    for case in cases("descent") {
        let name = &case["name"];
        let (w1, w2, eta) = (matrix(&case["w1"]), matrix(&case["w2"]), number(&case["eta"]));
        let mut data = thin_svd(matrix(&case["y"]).as_ref()).unwrap();
        start_strengths(&mut data, w1.as_ref(), w2.as_ref()).unwrap();
        let rotated = rotate(&data, &[w1, w2]);
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let kept = case["kept"].as_array().unwrap();
        let mut next = 0;
        let steps = descend(&mut chain, eta, |time, chain| {
            let expected = &kept[next];
            if (time - eta * number(&expected["step"])).abs() < eta / 2.0 {
                for (mode, strength) in numbers(&expected["strengths"]).into_iter().enumerate() {
                    let off = (chain.strength(mode) - strength).abs();
                    assert!(off < 1e-10, "{name} step {} mode {mode}: off by {off}", expected["step"]);
                }
                assert!((chain.loss() - number(&expected["loss"])).abs() < 1e-10, "{name} step {}", expected["step"]);
                next += 1;
            }
            if next == kept.len() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(steps, Ok(case["steps"].as_u64().unwrap()), "{name}");
    }
}

#[test]
fn half_times_follow_from_the_free_directions() {
    for case in cases("descent") {
        let predicted = numbers(&case["predicted"]);
        let columns = ["s", "g", "m0_free"].map(|name| numbers(&case[name]));
        for (mode, &expected) in predicted.iter().enumerate() {
            let got = half_time(columns[0][mode], columns[1][mode], columns[2][mode]);
            assert!((got - expected).abs() < 1e-12, "{} mode {mode}: {got}, not {expected}", case["name"]);
        }
    }
}

#[test]
fn a_chain_of_four_layers_agrees_with_the_reference() {
    for case in cases("deep") {
        let y = matrix(&case["y"]);
        let weights: Vec<_> = case["weights"].as_array().unwrap().iter().map(matrix).collect();
        let rotated = rotate(&thin_svd(y.as_ref()).unwrap(), &weights);
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let mut step = 0;
        for kept in case["kept"].as_array().unwrap() {
            while step < kept["step"].as_u64().unwrap() {
                chain.step(number(&case["eta"]));
                step += 1;
            }
            let off = difference(&rotated.unrotated(chain.product()), &matrix(&kept["product"]));
            assert!(off < 1e-10, "step {step}: off by {off}");
            assert!((chain.loss() - number(&kept["loss"])).abs() < 1e-10, "step {step}");
        }
    }
}

#[test]
fn the_drift_of_the_balance_is_of_second_order_in_each_step() {
    let drift = |rate: f64| {
        let mut naive = problem(&[6, 4, 9], 6, 0.3);
        let start = naive.balance();
        for _ in 0..(0.4 / rate) as usize {
            naive.step(rate);
        }
        difference(&naive.balance(), &start)
    };
    let ratio = drift(2e-3) / drift(1e-3);
    assert!((1.8..2.2).contains(&ratio), "halving the step divides the drift by {ratio}");
}

#[test]
fn permuting_the_items_changes_no_strength() {
    let problem = problem(&[6, 4, 9], 6, 1e-2);
    let order = [3, 0, 5, 1, 4, 2];
    let shuffle = |a: &Mat<f64>| Mat::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, order[j])]);
    let shuffled =
        Naive { y: shuffle(&problem.y), weights: vec![shuffle(&problem.weights[0]), problem.weights[1].clone()] };
    let run = |problem: &Naive| {
        let rotated = rotated(problem);
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        (0..300).for_each(|_| chain.step(2e-3));
        (0..6).map(|mode| chain.strength(mode)).collect::<Vec<_>>()
    };
    for (mode, (one, other)) in run(&problem).into_iter().zip(run(&shuffled)).enumerate() {
        assert!((one - other).abs() < 1e-10, "mode {mode}: {one} and {other}");
    }
}

#[test]
fn steps_that_are_too_large_end_in_an_error_that_says_when() {
    let rotated = rotated(&problem(&[6, 4, 9], 6, 0.3));
    let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
    let diverged = descend(&mut chain, 1.0, |_, _| ControlFlow::Continue(())).unwrap_err();
    assert!((2..20).contains(&diverged.steps), "{diverged}");
}
