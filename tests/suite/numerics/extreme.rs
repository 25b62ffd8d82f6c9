//! Extremes of values of which some may be missing.

use modewise::numerics::statistics::extreme::{larger, largest, smaller};

#[test]
fn a_missing_value_is_contagious_wherever_it_stands() {
    for values in [[f64::NAN, 1.0, 2.0], [1.0, f64::NAN, 2.0], [2.0, 1.0, f64::NAN]] {
        assert!(largest(values).is_nan(), "{values:?}");
        assert!(values.into_iter().fold(0.0, larger).is_nan(), "{values:?}");
        assert!(values.into_iter().fold(3.0, smaller).is_nan(), "{values:?}");
    }
}

#[test]
fn the_largest_is_one_of_the_values_and_none_of_nothing() {
    assert_eq!(largest([-3.0, -1.0, -2.0]), -1.0);
    assert_eq!(largest([f64::NEG_INFINITY]), f64::NEG_INFINITY);
    assert_eq!(largest([1.0, f64::INFINITY]), f64::INFINITY);
    assert!(largest([]).is_nan());
    // A maximum that begins at 0 stays 0, not -0, which has other bits.
    assert!(larger(0.0, -0.0).is_sign_positive());
    assert_eq!([smaller(-1.0, -3.0), smaller(f64::INFINITY, 2.0)], [-3.0, 2.0]);
}
