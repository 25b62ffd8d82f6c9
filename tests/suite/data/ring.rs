//! Items on a ring.

use modewise::numerics::linear_algebra::svd::{singular_values, thin_svd};
use serde_json::{Value as Json, json};

use super::draw;
use super::reference::{cases, number, numbers};

fn ring(items: usize, width: f64, bumps: usize) -> Json {
    json!({"ring": {"items": items, "width": width, "bumps": bumps}})
}

#[test]
fn the_table_and_its_spectrum_are_those_of_the_reference() {
    for case in cases("ring") {
        let integer = |name: &str| number(&case[name]) as usize;
        let sample = draw(&ring(integer("items"), number(&case["width"]), integer("bumps")), 0);
        let y: Vec<f64> = sample.y.row_iter().flat_map(|row| row.iter().copied().collect::<Vec<_>>()).collect();
        let expected = numbers(&case["table"]);
        assert_eq!(y.len(), expected.len(), "{case}");
        assert!(y.iter().zip(&expected).all(|(y, t)| (y - t).abs() <= 1e-14), "{y:?}");
        let s: Vec<f64> = sample.levels.iter().map(|level| level.s.unwrap()).collect();
        let expected = numbers(&case["singular_values_by_frequency"]);
        assert_eq!(s.len(), expected.len());
        assert!(s.iter().zip(&expected).all(|(s, t)| (s - t).abs() <= 1e-13 * expected[0]), "{s:?} {expected:?}");
    }
}

#[test]
fn every_mode_is_a_wave_of_its_frequency() {
    for (items, width, bumps) in [(2, 0.5, 1), (5, 0.8, 1), (12, 1.0, 1), (13, 0.9, 3), (24, 1.5, 2)] {
        let data = ring(items, width, bumps);
        let sample = draw(&data, 0);
        let mut predicted: Vec<f64> =
            sample.levels.iter().flat_map(|level| std::iter::repeat_n(level.s.unwrap(), level.count)).collect();
        assert_eq!(predicted.len(), items, "{data}");
        predicted.sort_by(|a, b| b.total_cmp(a));
        let svd = thin_svd(sample.y.as_ref()).unwrap();
        for (mode, (s, predicted)) in svd.s.iter().zip(&predicted).enumerate() {
            assert!((s - predicted).abs() <= 1e-12 * svd.s[0], "{data}, mode {}: {s} {predicted}", mode + 1);
        }
        for mode in (0..items).filter(|&mode| svd.s[mode] > 1e-3 * svd.s[0]) {
            let pattern: Vec<f64> = svd.v.col(mode).iter().copied().collect();
            let own = sample.levels.iter().filter(|level| (level.s.unwrap() / svd.s[mode] - 1.0).abs() <= 1e-6);
            let alignment: f64 = own.map(|level| level.projection(&pattern)).sum();
            assert!((alignment - 1.0).abs() <= 1e-9, "{data}, mode {}: {alignment}", mode + 1);
        }
    }
}

#[test]
fn waves_of_all_frequencies_are_an_orthonormal_basis() {
    for items in [2, 3, 8, 9] {
        let levels = draw(&ring(items, 1.0, 1), 0).levels;
        let waves: Vec<&Vec<f64>> = levels.iter().flat_map(|level| &level.patterns).collect();
        assert_eq!(waves.len(), items);
        for (i, one) in waves.iter().enumerate() {
            for (j, other) in waves.iter().enumerate() {
                let product: f64 = one.iter().zip(*other).map(|(x, y)| x * y).sum();
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((product - expected).abs() <= 1e-14, "{items} items, waves {i} and {j}: {product}");
            }
        }
    }
}

#[test]
fn shuffled_features_keep_their_values_and_lose_their_places() {
    let plain = draw(&ring(12, 1.0, 1), 0).y;
    let data = json!({"ring": {"items": 12, "width": 1.0, "shuffled": true}});
    let shuffled = draw(&data, 0).y;
    assert_ne!(shuffled, draw(&data, 1).y);
    let mut moved = 0;
    for feature in 0..12 {
        let sorted = |y: &faer::Mat<f64>| {
            let mut values: Vec<f64> = y.row(feature).iter().copied().collect();
            values.sort_by(f64::total_cmp);
            values
        };
        assert_eq!(sorted(&shuffled), sorted(&plain), "feature {feature}");
        moved += usize::from(shuffled.row(feature) != plain.row(feature));
    }
    assert_eq!(moved, 12);
    let (one, other) = (singular_values(plain.as_ref()).unwrap(), singular_values(shuffled.as_ref()).unwrap());
    assert!((one[1] - other[1]).abs() > 0.1, "{one:?} {other:?}");
}
