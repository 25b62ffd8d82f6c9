//! Tests of the network whose items are presented with different frequencies.

use faer::Mat;
use modewise::learn::weighted::WeightedNetwork;
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::ode::dormand_prince::{DormandPrince, Tolerance};
use modewise::seed::{MasterSeed, stream};

use super::reference::{cases, difference, matrix, numbers};

#[test]
fn weighted_networks_follow_the_integrated_reference() {
    let cases: Vec<_> = cases("frequency").into_iter().filter(|case| case["kind"] == "flow").collect();
    assert_eq!(cases.len(), 3);
    for (number, case) in cases.iter().enumerate() {
        let [y, w1, w2] = ["y", "w1", "w2"].map(|name| matrix(&case[name]));
        let network = WeightedNetwork::new(y.as_ref(), &numbers(&case["frequencies"]), w1.nrows());
        let start = WeightedNetwork::flat(w1.as_ref(), w2.as_ref());
        let mut weights = start.clone();
        let mut learner = network.clone();
        let slope = |at: &[f64], out: &mut [f64]| learner.slope(at, out);
        // The reference takes steps of 0.001 of order 4: its error is of the order of 1e-12.
        let mut solution = DormandPrince::new(slope, start, Tolerance { relative: 1e-11, absolute: 1e-14 });
        for (at, time) in numbers(&case["times"]).into_iter().enumerate() {
            solution.advance_to(time).expect("the equation is smooth");
            solution.state_at(time, &mut weights);
            let off = difference(&network.product(&weights), &matrix(&case["products"][at]));
            assert!(off < 1e-8, "case {number}, time {time}: {off}");
        }
    }
}

/// The gradient of the sum of two tables is the sum of the gradients, so that an item presented twice counts twice.
#[test]
fn an_item_that_is_presented_twice_has_twice_the_weight() {
    let mut rng = stream(MasterSeed(1), "test", &"twice", 0);
    let (y, w1, w2) = (normal_matrix(3, 4, &mut rng), normal_matrix(2, 4, &mut rng), normal_matrix(3, 2, &mut rng));
    let weights = WeightedNetwork::flat(w1.as_ref(), w2.as_ref());
    let slope = |frequencies: &[f64]| {
        let mut slope = vec![0.0; weights.len()];
        WeightedNetwork::new(y.as_ref(), frequencies, 2).slope(&weights, &mut slope);
        slope
    };
    // All items once and the second once more; a frequency of 0 is allowed here.
    let (twice, once, again) = (slope(&[1.0, 2.0, 1.0, 1.0]), slope(&[1.0; 4]), slope(&[0.0, 1.0, 0.0, 0.0]));
    for ((twice, once), again) in twice.iter().zip(once).zip(again) {
        assert!((twice - once - again).abs() < 1e-13, "{twice}, not {once} + {again}");
    }
}

#[test]
fn the_slope_is_that_of_the_loss() {
    let mut rng = stream(MasterSeed(1), "test", &"slope", 0);
    let (y, w1, w2) = (normal_matrix(3, 4, &mut rng), normal_matrix(2, 4, &mut rng), normal_matrix(3, 2, &mut rng));
    let frequencies = [0.5, 2.0, 1.0, 3.0];
    let mut network = WeightedNetwork::new(y.as_ref(), &frequencies, 2);
    let weights = WeightedNetwork::flat(w1.as_ref(), w2.as_ref());
    let mut slope = vec![0.0; weights.len()];
    network.slope(&weights, &mut slope);
    let loss = |weights: &[f64]| -> f64 {
        let error: Mat<f64> = &y - network.product(weights);
        (0..4).map(|item| frequencies[item] * error.col(item).squared_norm_l2() / 2.0).sum()
    };
    for (number, slope) in slope.into_iter().enumerate() {
        let moved = |by: f64| {
            let mut moved = weights.clone();
            moved[number] += by;
            loss(&moved)
        };
        // The error of the central difference is of the order of h^2 + eps/h, 1e-9 here.
        let difference = (moved(-1e-5) - moved(1e-5)) / 2e-5;
        assert!((slope - difference).abs() < 1e-7, "weight {number}: {slope}, not {difference}");
    }
}

#[test]
fn the_layers_of_a_vector_of_weights_are_those_that_it_was_made_of() {
    let mut rng = stream(MasterSeed(1), "test", &"layers", 0);
    let (w1, w2) = (normal_matrix(2, 4, &mut rng), normal_matrix(3, 2, &mut rng));
    let weights = WeightedNetwork::flat(w1.as_ref(), w2.as_ref());
    let network = WeightedNetwork::new(Mat::zeros(3, 4).as_ref(), &[1.0; 4], 2);
    assert_eq!(network.layers(&weights), [w1.as_ref(), w2.as_ref()]);
    assert_eq!(difference(&network.product(&weights), &(&w2 * &w1)), 0.0);
}
