use modewise::theory::detection::{
    area, coherence, coherence_of_overlap, critical_area, edge, expected_triplet, noise_edge, signal_to_noise,
};
use proptest::prelude::*;

use crate::data::reference;

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn the_leading_triplet_is_that_of_the_reference() {
    for row in reference::cases("detection")[0]["theory"].as_array().unwrap() {
        let value = |name: &str| reference::number(&row[name]);
        let found = expected_triplet(value("coherence"), value("objects_over_features"));
        for (observed, expected) in
            [(found.s1, value("s1")), (found.objects, value("objects")), (found.features, value("features"))]
        {
            assert!((observed - expected).abs() <= 1e-14 * expected.max(1.0), "{row}: {observed} {expected}");
        }
    }
}

#[test]
fn coherence_is_that_of_the_reference() {
    let case = &reference::cases("detection")[1];
    let value = |name: &str| reference::number(&case[name]);
    let snr = signal_to_noise(value("density"), value("background"));
    let block = reference::numbers(&case["block"]);
    let observed = coherence(snr, block[0] * block[1], 40.0, 60.0);
    assert!((observed - value("coherence")).abs() <= 1e-15 * observed, "{observed}");
}

#[test]
fn the_coherence_of_an_overlap_is_that_of_the_reference() {
    for row in reference::cases("detection")[2]["coherence_of_overlap"].as_array().unwrap() {
        let value = |name: &str| reference::number(&row[name]);
        let observed = coherence_of_overlap(value("overlap"), value("objects_over_features")).unwrap();
        assert!((observed / value("coherence") - 1.0).abs() <= 1e-12, "{row}: {observed}");
    }
}

#[test]
fn overlaps_outside_0_to_1_have_no_coherence() {
    for overlap in [-0.1, 1.0, 1.5, f64::NAN, f64::INFINITY] {
        assert_eq!(coherence_of_overlap(overlap, 0.5), None, "{overlap}");
    }
    for ratio in [f64::NAN, 0.0, -1.0] {
        assert_eq!(coherence_of_overlap(0.5, ratio), None, "{ratio}");
    }
}

#[test]
fn noise_of_variance_one_ends_at_the_edge_in_both_units() {
    for (features, objects) in [(100, 50), (50, 100), (1, 7)] {
        let in_units = edge(objects as f64 / features as f64) * (features as f64).sqrt();
        assert!((noise_edge(1.0, features, objects) - in_units).abs() <= 1e-14 * in_units);
    }
    assert_eq!(noise_edge(0.3, 64, 36), 4.2);
}

proptest! {
    #[test]
    fn swapping_objects_and_features_swaps_the_overlaps(coherence in 0.0..50.0, ratio in 0.01..100.0) {
        let (one, other) = (expected_triplet(coherence, ratio), expected_triplet(coherence, 1.0 / ratio));
        prop_assert!((one.objects - other.features).abs() <= 1e-12);
        prop_assert!((one.features - other.objects).abs() <= 1e-12);
        // In units of sqrt(objects) instead of sqrt(features).
        prop_assert!((one.s1 - other.s1 * ratio.sqrt()).abs() <= 1e-12 * one.s1);
    }

    #[test]
    fn nothing_jumps_at_the_threshold(ratio in 0.01..100.0) {
        let above = expected_triplet(1.0 + 1e-9, ratio);
        prop_assert!((above.s1 - edge(ratio)).abs() <= 1e-12 * edge(ratio));
        prop_assert!(above.objects.abs() <= 1e-8 && above.features.abs() <= 1e-8);
    }

    #[test]
    fn overlaps_and_singular_value_rise_with_coherence(low in 1.0..20.0, more in 0.01..5.0, ratio in 0.01..100.0) {
        let (weak, strong) = (expected_triplet(low, ratio), expected_triplet(low + more, ratio));
        prop_assert!(weak.objects < strong.objects && weak.features < strong.features && weak.s1 < strong.s1);
        prop_assert!(strong.objects < 1.0 && weak.features >= 0.0);
    }

    #[test]
    fn the_coherence_of_an_overlap_gives_that_overlap(overlap in 0.001..0.999, ratio in 0.01..100.0) {
        let found = expected_triplet(coherence_of_overlap(overlap, ratio).unwrap(), ratio);
        prop_assert!(((found.objects * found.features).sqrt() - overlap).abs() <= 1e-12);
    }

    #[test]
    fn in_a_square_table_the_overlap_is_1_less_the_inverse_coherence(overlap in 0.0..0.999) {
        let coherence = coherence_of_overlap(overlap, 1.0).unwrap();
        prop_assert!((coherence - 1.0 / (1.0 - overlap)).abs() <= 1e-12 * coherence);
    }

    #[test]
    fn area_and_coherence_are_inverse_and_the_critical_area_has_coherence_1(
        value in 0.1..30.0, snr in 0.01..9.0, objects in 1.0..1e4, features in 1.0..1e4,
    ) {
        let there = area(value, snr, objects, features);
        prop_assert!((coherence(snr, there, objects, features) - value).abs() <= 1e-13 * value);
        prop_assert!((critical_area(snr, objects, features) * value - there).abs() <= 1e-13 * there);
    }
}
