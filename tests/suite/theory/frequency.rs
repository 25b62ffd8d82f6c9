//! Tests of the modes of tables whose items are presented with different frequencies.

use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::theory::frequency::{WeightedMode, weighted};

use crate::learn::reference::{cases, matrix, number, numbers};

#[test]
fn modes_of_items_of_different_frequency_agree_with_the_reference() {
    let cases: Vec<_> = cases("frequency").into_iter().filter(|case| case["kind"] == "escape").collect();
    assert_eq!(cases.len(), 2);
    for case in cases {
        let frequencies = numbers(&case["frequencies"]);
        let svd = thin_svd(weighted(matrix(&case["y"]).as_ref(), &frequencies).as_ref()).expect("finite");
        let pattern: Vec<f64> = svd.v.col(0).iter().copied().collect();
        let mode = WeightedMode::new(svd.s[0], &pattern, &frequencies);
        for (name, got) in [("s", svd.s[0]), ("ceiling", mode.ceiling), ("end", mode.end)] {
            let expected = number(&case[name]);
            assert!((got / expected - 1.0).abs() < 1e-12, "{name}: {got}, not {expected}");
        }
        assert!(mode.turn > 1.0 && !mode.is_straight());
        // The pull of the ceiling slows the growth between 1e-4 and 1e-3 of it; what is left out is of the second order.
        let rate = number(&case["rate"]) / svd.s[0];
        assert!((rate - (1.0 - 9e-4 / std::f64::consts::LN_10)).abs() < 1e-6, "{rate}");
    }
}

/// Items that are not part of a mode may be seen as often as they like.
#[test]
fn a_mode_of_items_seen_equally_often_does_not_turn() {
    let half = 0.5_f64.sqrt();
    let straight = WeightedMode::new(4.0, &[half, 0.0, -half], &[2.0, 9.0, 2.0]);
    assert!(straight.is_straight());
    assert!((straight.end - 2.0).abs() < 1e-12 && (straight.ceiling - 2.0).abs() < 1e-12, "{straight:?}");
    // (2 + 1)/2 and (1/2 + 1)/2
    let turning = WeightedMode::new(4.0, &[half, 0.0, -half], &[2.0, 9.0, 1.0]);
    assert!((turning.turn - 1.5 * 0.75).abs() < 1e-12, "{turning:?}");
}
