//! Sums and products of numbers as they are written in decimal.

use modewise::numerics::statistics::decimal::{product, sum};
use proptest::prelude::*;

const NAN: f64 = f64::NAN;
const INFINITE: f64 = f64::INFINITY;

/// Two numbers and what is expected of them.
type Row = (f64, f64, f64);

fn wrong(rows: &[Row], operation: fn(f64, f64) -> f64) -> Vec<String> {
    let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
    let wrong =
        rows.iter().filter(|&&(a, b, expected)| !same(operation(a, b), expected) || !same(operation(b, a), expected));
    wrong.map(|&(a, b, expected)| format!("{a} and {b}: {}, expected {expected}", operation(a, b))).collect()
}

#[test]
fn sums_are_those_of_the_decimal_numbers() {
    let rows = [
        (0.7, 0.1, 0.8),
        (0.7, -0.1, 0.6),
        (0.1, 0.2, 0.3),
        (1.1, 2.2, 3.3),
        (0.1, -0.1, 0.0),
        (-0.3, 0.1, -0.2),
        (1e20, 1.0, 1e20),
        (1e22, -1e22, 0.0),
        (1e300, 1e-300, 1e300),
        (5e-324, 0.0, 5e-324),
        (0.0, 0.0, 0.0),
        (f64::MAX, f64::MAX, INFINITE),
        (INFINITE, 1.0, INFINITE),
        (INFINITE, -INFINITE, NAN),
        (NAN, 1.0, NAN),
    ];
    let found = wrong(&rows, sum);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn products_are_those_of_the_decimal_numbers() {
    let rows = [
        (3.0, 0.1, 0.3),
        (0.1, 0.7, 0.07),
        (-0.1, 3.0, -0.3),
        (0.05, 1.1, 0.055),
        (0.02, 35.0, 0.7),
        (1e200, 1e200, INFINITE),
        (1e-200, 1e-200, 0.0),
        (0.0, 7.3, 0.0),
        (INFINITE, 0.0, NAN),
        (INFINITE, -2.0, -INFINITE),
        (NAN, 1.0, NAN),
    ];
    let found = wrong(&rows, product);
    assert!(found.is_empty(), "{found:#?}");
}

/// A decimal number of at most eight digits as text, and as an integer of units of the last of `places`.
fn decimal(units: i64, places: u32) -> f64 {
    format!("{units}e-{places}").parse().expect("a number in decimal text")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn sums_and_products_are_read_from_the_decimal_text_of_the_result(
        a in -99_999_999i64..99_999_999, b in -99_999_999i64..99_999_999, places in (0u32..7, 0u32..7),
    ) {
        let (x, y) = (decimal(a, places.0), decimal(b, places.1));
        let common = if places.0 > places.1 { places.0 } else { places.1 };
        let total = a * 10i64.pow(common - places.0) + b * 10i64.pow(common - places.1);
        prop_assert_eq!(sum(x, y), decimal(total, common));
        prop_assert_eq!(product(x, y), decimal(a * b, places.0 + places.1));
    }

    #[test]
    fn sums_and_products_of_any_numbers_differ_from_the_binary_ones_by_rounding(a in any::<f64>(), b in any::<f64>()) {
        prop_assume!(a.is_finite() && b.is_finite());
        // Each number is within half a unit of its decimal text, so that a sum that cancels may lose that much.
        let scale = if a.abs() > b.abs() { a.abs() } else { b.abs() };
        prop_assert!((sum(a, b) - (a + b)).abs() <= 4.0 * f64::EPSILON * scale || !(a + b).is_finite());
        let plain = a * b;
        // The decimal text of a subnormal number may differ from it by half of 5e-324, however large the other factor.
        let subnormal = 5e-324 * (1.0 + a.abs() + b.abs());
        prop_assert!((product(a, b) - plain).abs() <= 4.0 * f64::EPSILON * plain.abs() + subnormal || !plain.is_finite());
    }
}
