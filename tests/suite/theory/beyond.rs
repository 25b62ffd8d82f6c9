//! Tests of `theory::attention` and `theory::regression`.

use modewise::learn::attention::{Keys, LinearAttention};
use modewise::theory::attention::plateau_loss;
use modewise::theory::regression::test_error;

use crate::learn::reference::{cases, number};

#[test]
fn test_errors_agree_with_the_adaptive_integral() {
    let mut compared = 0;
    for case in cases("beyond").iter().filter(|case| case["kind"] == "test-error") {
        let [load, time, noise, value] = ["load", "time", "noise", "value"].map(|name| number(&case[name]));
        let got = test_error(load, time, 1.0, noise);
        assert!((got - value).abs() < 1e-7 * value, "load {load} time {time}: {got}, not {value}");
        compared += 1;
    }
    assert_eq!(compared, 12);
}

#[test]
fn a_regression_that_has_learned_nothing_pays_for_signal_and_noise() {
    for load in [0.2, 1.0, 3.0] {
        let got = test_error(load, 0.0, 2.0, 0.3);
        assert!((got - 2.3).abs() < 1e-12, "load {load}: {got}");
    }
}

/// With `v = 1` and `k_d q_d` where it is best, each head alone on its axis; the gradient vanishes there.
#[test]
fn plateaus_are_the_losses_of_stationary_heads() {
    let (variances, context): ([f64; 3], usize) = ([1.0, 0.5, 0.2], 7);
    let trace: f64 = variances.iter().sum();
    for learned in 0..=3 {
        let layer = LinearAttention::new(&variances, context, 3, Keys::Separate);
        let mut parameters = vec![0.0; layer.parameters()];
        for (axis, l) in variances.iter().enumerate().take(learned) {
            let best = 1.0 / (l * (1.0 + (1.0 + trace / l) / context as f64));
            (parameters[7 * axis], parameters[7 * axis + 1 + axis], parameters[7 * axis + 4 + axis]) = (1.0, 1.0, best);
        }
        let (loss, theory) = (layer.loss(&parameters), plateau_loss(&variances, context as f64, learned));
        assert!((loss - theory).abs() < 1e-13, "{learned} learned: {loss}, not {theory}");
        let mut slope = vec![1.0; parameters.len()];
        layer.slope(&parameters, &mut slope);
        assert!(slope.iter().all(|slope| slope.abs() < 1e-13), "{learned} learned: {slope:?}");
    }
}
