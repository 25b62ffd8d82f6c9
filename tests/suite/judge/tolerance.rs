//! Tests of tolerance use.

use modewise::judge::tolerance::{at_least, at_most, two_sided};
use proptest::prelude::*;

use super::fixture::all;

#[test]
fn the_tolerance_used_is_what_the_table_says() {
    let rows = [
        ("in the middle", two_sided(3.0, 3.0, 0.5), 0.0),
        ("at the edge", two_sided(2.5, 3.0, 0.5), 1.0),
        ("twice as far", two_sided(4.0, 3.0, 0.5), 2.0),
        ("no error", at_most(0.0, 0.005), 0.0),
        ("half the error allowed", at_most(0.25, 0.5), 0.5),
        ("the error allowed", at_most(0.005, 0.005), 1.0),
        ("below no error", at_most(-1.0, 0.005), 0.0),
        ("perfect anticorrelation", at_most(-1.0, -0.5), 0.0),
        ("anticorrelation at the bound", at_most(-0.5, -0.5), 1.0),
        ("no correlation", at_most(0.0, -0.5), 2.0),
        ("at most zero, at zero", at_most(0.0, 0.0), 1.0),
        ("a slope at its bound", at_most(-3.0, -3.0), 1.0),
        ("twice the slope", at_most(-6.0, -3.0), 0.5),
        ("a flat line", at_most(0.0, -3.0), 2.0),
        ("all of them", at_least(1.0, 0.95), 0.0),
        ("enough of them", at_least(0.75, 0.75), 1.0),
        ("half of what may be missing", at_least(0.875, 0.75), 0.5),
        ("at least one, at one", at_least(1.0, 1.0), 1.0),
        ("a ratio of twice the bound", at_least(20.0, 10.0), 0.5),
        ("a ratio of none", at_least(0.0, 10.0), 2.0),
        ("at least -0.5, no error", at_least(0.0, -0.5), 0.0),
        ("at least -0.5, half of it", at_least(-0.25, -0.5), 0.5),
    ];
    let wrong = rows.into_iter().filter(|(_, found, expected)| (found - expected).abs() > 1e-12);
    all(wrong.map(|(name, found, expected)| format!("{name}: {found}, expected {expected}")).collect());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the values are finite")]
    fn the_use_of_a_bound_is_finite_rises_and_is_one_at_the_edge(
        bound in prop_oneof![-5.0..5.0, Just(0.0), Just(1.0), Just(-1.0), -1e-300..1e-300],
        one in -1e6..1e6,
        other in -1e6..1e6,
    ) {
        let (low, high) = (f64::min(one, other), f64::max(one, other));
        prop_assert!(at_most(low, bound) <= at_most(high, bound));
        prop_assert!(at_least(low, bound) >= at_least(high, bound));
        prop_assert!((at_most(bound, bound) - 1.0).abs() < 1e-12 && (at_least(bound, bound) - 1.0).abs() < 1e-12);
        for found in [at_most(low, bound), at_least(high, bound), at_most(high, bound)] {
            prop_assert!(found >= 0.0 && found.is_finite());
        }
        // Inside of the band it is at most 1, outside at least.
        prop_assert!((at_most(low, bound) <= 1.0) == (low <= bound));
        prop_assert!((at_least(low, bound) <= 1.0) == (low >= bound));
    }
}
