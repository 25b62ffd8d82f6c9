use modewise::theory::overlap::singular_values;
use proptest::prelude::*;

use crate::data::reference::{cases, number, numbers};

#[test]
fn two_overlapping_modes_have_the_singular_values_of_the_reference() {
    let cases: Vec<_> = cases("data").into_iter().filter(|case| case["kind"] == "overlap").collect();
    assert_eq!(cases.len(), 7);
    for case in cases {
        let strengths = numbers(&case["strengths"]);
        let found = singular_values([strengths[0], strengths[1]], number(&case["objects"]), number(&case["features"]));
        for (s, expected) in found.iter().zip(numbers(&case["singular_values"])) {
            // That of the reference is known to rounding of the larger one.
            assert!((s - expected).abs() <= 1e-14 * found[0], "{case}: {found:?}");
        }
    }
}

#[test]
fn a_weak_second_mode_keeps_its_digits() {
    let [_, second] = singular_values([4.0, 1e-12], 0.6, 0.8);
    // To first order in the weak one, `b sqrt((1 - p^2) (1 - r^2))`.
    assert!((second / (1e-12 * 0.8 * 0.6) - 1.0).abs() <= 1e-11, "{second}");
}

proptest! {
    #[test]
    fn squares_add_up_to_the_trace_and_multiply_to_the_determinant(
        a in 0.0..10.0, b in 0.0..10.0, objects in -1.0..1.0, features in -1.0..1.0,
    ) {
        let [first, second] = singular_values([a, b], objects, features);
        prop_assert!(first >= second && second >= 0.0);
        let trace = a * a + b * b + 2.0 * a * b * objects * features;
        prop_assert!((first * first + second * second - trace).abs() <= 1e-12 * (a * a + b * b));
        let determinant = (a * b).powi(2) * (1.0 - objects * objects) * (1.0 - features * features);
        prop_assert!(((first * second).powi(2) - determinant).abs() <= 1e-12 * (a * a + b * b).powi(2));
        let swapped = singular_values([b, a], features, objects);
        prop_assert!((first - swapped[0]).abs() + (second - swapped[1]).abs() <= 1e-7 * (a + b));
    }
}
