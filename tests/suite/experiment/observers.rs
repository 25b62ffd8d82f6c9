//! Tests of what the observers of `training` are made of.

use modewise::experiment::common::crossing::Crossing;
use modewise::experiment::common::thinned::Thinned;
use modewise::numerics::statistics::otsu_threshold::otsu_threshold;

use crate::learn::reference::{cases, number, numbers};

#[test]
fn a_crossing_is_interpolated_and_the_first() {
    // observations, level, crossing, crossing from below
    type Row = (&'static [(f64, f64)], f64, Option<f64>, Option<f64>);
    let table: [Row; 6] = [
        (&[(0.0, 0.0), (1.0, 1.0)], 0.25, Some(0.25), Some(0.25)),
        (&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0)], 0.5, Some(0.5), Some(0.5)),
        (&[(0.0, 0.7), (1.0, 0.0), (2.0, 1.0)], 0.5, Some(0.0), None),
        (&[(0.0, 0.0), (2.0, 0.5)], 0.5, Some(2.0), Some(2.0)),
        (&[(0.0, -1.0), (1.0, 0.4)], 0.5, None, None),
        (&[], 0.5, None, None),
    ];
    for (observations, level, at, from_below) in table {
        let mut crossing = Crossing::linear(level);
        observations.iter().for_each(|&(time, value)| crossing.observe(time, value));
        assert_eq!((crossing.at(), crossing.from_below()), (at, from_below), "{observations:?} level {level}");
    }
}

#[test]
fn a_logarithmic_crossing_is_exact_for_exponential_growth_and_linear_from_below_zero() {
    let mut growing = Crossing::logarithmic(1.0);
    for time in [0.0, 3.0, 6.0] {
        growing.observe(time, 1e-2 * libm::exp(time));
    }
    assert!((growing.at().unwrap() - libm::log(100.0)).abs() < 1e-14);
    let mut negative = Crossing::logarithmic(1.0);
    negative.observe(0.0, -1.0);
    negative.observe(1.0, 3.0);
    assert_eq!(negative.at(), Some(0.5));
}

#[test]
fn a_thinned_sequence_keeps_every_nth_item_from_the_first_on() {
    for (capacity, count, expected) in [
        (4, 3, &[0, 1, 2][..]),
        (4, 4, &[0, 1, 2, 3]),
        (4, 5, &[0, 2, 4]),
        (4, 9, &[0, 4, 8]),
        (3, 4, &[0, 2]),
        (3, 7, &[0, 4]),
        (1, 9, &[0]),
    ] {
        let mut thinned = Thinned::new(capacity);
        (0..count).for_each(|item| thinned.push(|| item));
        assert_eq!(thinned.kept(), expected, "{count} items in {capacity}");
    }
}

#[test]
fn the_threshold_agrees_with_the_reference() {
    for case in cases("threshold") {
        let got = otsu_threshold(&numbers(&case["x"]));
        assert!((got - number(&case["threshold"])).abs() < 1e-12, "{}: {got}, not {}", case["name"], case["threshold"]);
    }
}

#[test]
fn the_threshold_lies_in_the_gap_that_separates_the_means_most() {
    for (values, expected) in [
        (&[0.0, 0.0, 1.0, 1.0][..], 0.5),
        (&[5.0, 0.0, 0.1, 5.2, -0.1], 2.55),
        (&[0.0, 0.1, 0.2, 9.0], 4.6),
        (&[3.0, 1.0], 2.0),
    ] {
        let threshold = otsu_threshold(values);
        assert!((threshold - expected).abs() < 1e-12, "{values:?}: {threshold}");
    }
    assert!(otsu_threshold(&[1.0, 1.0]).is_nan() && otsu_threshold(&[]).is_nan());
}
