//! Tests of the learners of later results: `attention`, `diagonal`, `kernel`, `regression` and `relu`.

use faer::{Mat, Scale};
use modewise::learn::attention::{Keys, LinearAttention};
use modewise::learn::diagonal::DiagonalNetwork;
use modewise::learn::kernel::TangentKernel;
use modewise::learn::regression::RegressionFlow;
use modewise::learn::relu::{Activation, HiddenNet};
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::ode::dormand_prince::{DormandPrince, Tolerance};
use modewise::seed::{MasterSeed, stream};
use serde_json::Value as Json;

use super::reference::{cases, matrix, number, numbers};

/// The cases of a kind; a number of them.
fn of_kind(kind: &str, count: usize) -> Vec<Json> {
    let cases: Vec<Json> = cases("beyond").into_iter().filter(|case| case["kind"] == kind).collect();
    assert_eq!(cases.len(), count, "{kind}");
    cases
}

fn size(value: &Json) -> usize {
    value.as_u64().expect("a size is a whole number") as usize
}

#[test]
fn the_mean_loss_of_attention_is_that_of_sampled_contexts() {
    for case in of_kind("attention", 2) {
        let keys = if case["keys"] == "merged" { Keys::Merged } else { Keys::Separate };
        let layer =
            LinearAttention::new(&numbers(&case["variances"]), size(&case["context"]), size(&case["heads"]), keys);
        let loss = layer.loss(&numbers(&case["parameters"]));
        let (sampled, error) = (number(&case["loss"]), number(&case["standard_error"]));
        assert!(error < 0.01 * sampled, "{keys:?}: the sample says too little, {error} of {sampled}");
        assert!((loss - sampled).abs() < 4.0 * error, "{keys:?}: {loss}, not {sampled} +- {error}");
    }
}

#[test]
fn the_slope_of_attention_is_that_of_its_loss() {
    for case in of_kind("attention", 2) {
        let keys = if case["keys"] == "merged" { Keys::Merged } else { Keys::Separate };
        let layer =
            LinearAttention::new(&numbers(&case["variances"]), size(&case["context"]), size(&case["heads"]), keys);
        let parameters = numbers(&case["parameters"]);
        assert_eq!(parameters.len(), layer.parameters());
        let mut slope = vec![0.0; parameters.len()];
        layer.slope(&parameters, &mut slope);
        for (number, slope) in slope.into_iter().enumerate() {
            let moved = |by: f64| {
                let mut moved = parameters.clone();
                moved[number] += by;
                layer.loss(&moved)
            };
            // The error of the central difference is of the order of h^2 + eps/h, 1e-9 here.
            let difference = (moved(-1e-5) - moved(1e-5)) / 2e-5;
            assert!((slope - difference).abs() < 1e-7, "{keys:?} parameter {number}: {slope}, not {difference}");
        }
    }
}

#[test]
fn diagonal_networks_follow_the_integrated_reference() {
    for case in of_kind("diagonal", 2) {
        let network = DiagonalNetwork::new(&numbers(&case["target"]), number(&case["correlation"]));
        let start = network.start(number(&case["start"]));
        let mut weights = start.clone();
        let tolerance = Tolerance { relative: 1e-11, absolute: 1e-13 };
        let mut solution = DormandPrince::new(|at: &[f64], out: &mut [f64]| network.slope(at, out), start, tolerance);
        let expected = matrix(&case["coefficients"]);
        for (row, t) in numbers(&case["times"]).into_iter().enumerate() {
            solution.advance_to(t).expect("the equation is smooth");
            solution.state_at(t, &mut weights);
            for (column, got) in network.coefficients(&weights).into_iter().enumerate() {
                let wanted = expected[(row, column)];
                assert!((got - wanted).abs() < 1e-8, "{} t {t}: {got}, not {wanted}", case["correlation"]);
            }
        }
    }
}

#[test]
fn kernels_align_as_those_formed_in_full() {
    for case in of_kind("kernel", 2) {
        let kernel = |name: &str| TangentKernel::new(matrix(&case[name][0]).as_ref(), matrix(&case[name][1]).as_ref());
        let (one, other) = (kernel("one"), kernel("other"));
        let expected = number(&case["alignment"]);
        assert!((one.alignment(&other) - expected).abs() < 1e-13, "{}, not {expected}", one.alignment(&other));
        assert!((other.alignment(&one) - expected).abs() < 1e-13);
        assert!((one.alignment(&one) - 1.0).abs() < 1e-14);
    }
}

#[test]
fn regression_reaches_the_weights_of_the_flow() {
    for case in of_kind("regression", 2) {
        let learner = RegressionFlow::new(matrix(&case["inputs"]).as_ref()).expect("inputs are finite");
        let lesson = learner.task(matrix(&case["teacher"]).as_ref(), matrix(&case["noise"]).as_ref());
        for at in case["at"].as_array().expect("a case has times") {
            let (t, expected) = (number(&at[0]), number(&at[1]));
            let got = lesson.distance(t);
            assert!((got - expected).abs() < 1e-10 * (1.0 + expected), "t {t}: {got}, not {expected}");
        }
    }
}

/// Random weights and samples, 3 inputs, 4 hidden units, 5 samples.
fn small() -> [Mat<f64>; 4] {
    let mut rng = stream(MasterSeed(3), "test", &"relu", 0);
    [(4, 3), (1, 4), (3, 5), (1, 5)].map(|(rows, columns)| normal_matrix(rows, columns, &mut rng))
}

#[test]
fn the_slope_of_a_net_is_that_of_its_loss() {
    let [w1, w2, x, y] = small();
    for unit in [Activation::Linear, Activation::Rectified] {
        let net = |w1: &Mat<f64>, w2: &Mat<f64>| HiddenNet::new(unit, w1.as_ref(), w2.as_ref(), x.as_ref(), y.as_ref());
        let [in_w1, in_w2] = net(&w1, &w2).slope();
        for (i, j) in (0..4).flat_map(|i| (0..3).map(move |j| (i, j))) {
            let moved = |by: f64| {
                let mut moved = w1.clone();
                moved[(i, j)] += by;
                net(&moved, &w2).loss()
            };
            let difference = (moved(-1e-6) - moved(1e-6)) / 2e-6;
            assert!((in_w1[(i, j)] - difference).abs() < 1e-8, "{unit:?} first layer, {i} {j}");
        }
        for j in 0..4 {
            let moved = |by: f64| {
                let mut moved = w2.clone();
                moved[(0, j)] += by;
                net(&w1, &moved).loss()
            };
            let difference = (moved(-1e-6) - moved(1e-6)) / 2e-6;
            assert!((in_w2[(0, j)] - difference).abs() < 1e-8, "{unit:?} second layer, {j}");
        }
    }
}

#[test]
fn linear_units_multiply_and_rectified_ones_in_opposite_pairs_do_too() {
    let [w1, w2, x, y] = small();
    let linear = HiddenNet::new(Activation::Linear, w1.as_ref(), w2.as_ref(), x.as_ref(), y.as_ref());
    let product = &w2 * &w1 * &x;
    assert!((linear.output() - &product).norm_max() < 1e-14);
    let both = Mat::from_fn(8, 3, |i, j| if i < 4 { w1[(i, j)] } else { -w1[(i - 4, j)] });
    let signs = Mat::from_fn(1, 8, |_, j| if j < 4 { w2[(0, j)] } else { -w2[(0, j - 4)] });
    let pairs = HiddenNet::new(Activation::Rectified, both.as_ref(), signs.as_ref(), x.as_ref(), y.as_ref());
    assert!((pairs.output() - &product).norm_max() < 1e-14);
}

#[test]
fn opposite_pairs_of_rectified_units_learn_exactly_at_half_speed() {
    let [w1, w2, x, y] = small();
    let mirrored = |a: &Mat<f64>| Mat::from_fn(a.nrows(), 10, |i, j| if j < 5 { a[(i, j)] } else { -a[(i, j - 5)] });
    let (x, y) = (mirrored(&x), mirrored(&y));
    let both = Mat::from_fn(8, 3, |i, j| if i < 4 { w1[(i, j)] } else { -w1[(i - 4, j)] });
    let signs = Mat::from_fn(1, 8, |_, j| if j < 4 { w2[(0, j)] } else { -w2[(0, j - 4)] });
    let mut rectified = HiddenNet::new(Activation::Rectified, both.as_ref(), signs.as_ref(), x.as_ref(), y.as_ref());
    let half = Scale(std::f64::consts::FRAC_1_SQRT_2);
    let mut linear =
        HiddenNet::new(Activation::Linear, (both * half).as_ref(), (signs * half).as_ref(), x.as_ref(), y.as_ref());
    for step in 0..200 {
        let apart = (rectified.output() - linear.output()).norm_max();
        assert!(apart < 1e-11, "step {step}: {apart}");
        rectified.step(0.1);
        linear.step(0.05);
    }
}
