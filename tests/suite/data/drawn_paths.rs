//! Objects that draw their features on the way down a tree.

use modewise::numerics::linear_algebra::svd::thin_svd;
use serde_json::{Value as Json, json};

use super::draw;
use super::reference::{cases, number, numbers};

fn paths(objects: usize, depth: usize, first: f64, coding: &str) -> Json {
    json!({"drawn-paths": {"objects": objects, "depth": depth, "first": first, "coding": coding}})
}

/// The row of the node that is reached by some branches, 0 the first and 1 the second.
fn row(branches: &[usize]) -> usize {
    branches.iter().fold(0, |node, branch| 2 * node + 1 + branch)
}

#[test]
fn each_object_has_the_features_of_its_path_and_no_other() {
    let y = draw(&paths(200, 4, 0.5, "signs"), 0).y;
    assert_eq!(y.shape(), (15, 200));
    for object in 0..200 {
        let mut branches = Vec::new();
        for _ in 0..4 {
            let drawn = y[(row(&branches), object)];
            assert!(drawn == 1.0 || drawn == -1.0, "object {object} after {branches:?}: {drawn}");
            branches.push(usize::from(drawn < 0.0));
        }
        assert_eq!(y.col(object).iter().filter(|&&value| value != 0.0).count(), 4, "object {object}");
    }
}

#[test]
fn the_codings_are_of_the_same_objects() {
    for (first, replicate) in [(0.5, 0), (0.5, 3), (0.7, 0)] {
        let [signs, bits, centred] =
            ["signs", "bits", "centred-bits"].map(|coding| draw(&paths(50, 3, first, coding), replicate));
        assert_eq!(signs.levels, bits.levels);
        assert_eq!(signs.levels, centred.levels);
        for feature in 0..7 {
            let mean = (0..50).map(|object| bits.y[(feature, object)]).sum::<f64>() / 50.0;
            for object in 0..50 {
                let bit = bits.y[(feature, object)];
                assert_eq!(bit, f64::from(u8::from(signs.y[(feature, object)] > 0.0)));
                assert!((centred.y[(feature, object)] - (bit - mean)).abs() <= 1e-15);
            }
        }
    }
}

#[test]
fn every_coin_is_thrown_with_its_probability() {
    let objects = 40_000;
    for first in [0.5, 0.6, 0.05] {
        let y = draw(&paths(objects, 3, first, "signs"), 0).y;
        for feature in 0..7 {
            let thrown = |wanted: f64| (0..objects).filter(|&object| y[(feature, object)] == wanted).count() as f64;
            let (heads, tails) = (thrown(1.0), thrown(-1.0));
            let five_sigma = 5.0 * (first * (1.0 - first) / (heads + tails)).sqrt();
            assert!(
                (heads / (heads + tails) - first).abs() <= five_sigma,
                "{first}, feature {feature}: {heads} {tails}"
            );
        }
    }
}

/// Six objects at 64 leaves leave most nodes with one side or none.
#[test]
fn levels_have_the_nodes_at_which_objects_part_and_no_other() {
    let mut missing = 0;
    for replicate in 0..20 {
        let sample = draw(&paths(6, 6, 0.5, "signs"), replicate);
        let of_feature = |feature: usize, wanted: f64| -> Vec<usize> {
            (0..6).filter(|&object| sample.y[(feature, object)] == wanted).collect()
        };
        let mut parted = Vec::new();
        for level in 1..=6_usize {
            let rows = (1 << (level - 1)) - 1..(1 << level) - 1;
            let nodes = rows.map(|feature| vec![of_feature(feature, 1.0), of_feature(feature, -1.0)]);
            let nodes: Vec<_> = nodes.filter(|sides| sides.iter().all(|side| !side.is_empty())).collect();
            missing += usize::from(nodes.is_empty());
            parted.extend((!nodes.is_empty()).then_some((level, nodes.len(), nodes)));
        }
        let levels: Vec<_> = sample.levels.iter().map(|own| (own.level, own.count, own.nodes.clone())).collect();
        assert_eq!(levels, parted, "{replicate}");
    }
    assert!(missing > 0, "a level without splits was drawn");
}

#[test]
fn modes_of_many_objects_are_those_of_the_limit() {
    // Of 100 000 objects at least 6400 come to each node, so that a singular value scatters by 0.6 %.
    let (objects, tolerance) = (100_000, 0.02);
    for case in cases("data").iter().filter(|case| case["kind"] == "drawn-paths") {
        let depth = usize::try_from(case["depth"].as_u64().unwrap()).unwrap();
        let data = paths(objects, depth, number(&case["first"]), case["coding"].as_str().unwrap());
        let sample = draw(&data, 0);
        let svd = thin_svd(sample.y.as_ref()).unwrap();
        let expected = numbers(&case["singular_values"]);
        assert_eq!(svd.rank(), expected.len(), "{data}");
        for (mode, (s, expected)) in svd.s.iter().zip(&expected).enumerate() {
            let observed = s / (objects as f64).sqrt();
            assert!((observed / expected - 1.0).abs() <= tolerance, "{data}, mode {}: {observed} {expected}", mode + 1);
        }
        let pattern: Vec<f64> = svd.v.col(0).iter().copied().collect();
        let share = sample.levels[0].projection(&pattern);
        let expected = number(&case["root_share"]);
        assert!((share - expected).abs() <= tolerance, "{data}: {share} {expected}");
    }
}

/// `objects / 2^(level - 1)`, as the documentation says.
#[test]
fn signs_of_fair_coins_have_the_spectrum_of_nested_splits() {
    for case in cases("data").iter().filter(|case| case["coding"] == "signs" && case["first"] == 0.5) {
        let depth = u32::try_from(case["depth"].as_u64().unwrap()).unwrap();
        let expected = (0..depth).flat_map(|level| vec![0.5_f64.powi(level as i32).sqrt(); 1 << level]);
        for (s, expected) in numbers(&case["singular_values"]).into_iter().zip(expected) {
            assert!((s - expected).abs() <= 1e-12, "depth {depth}: {s} {expected}");
        }
        assert!((number(&case["root_share"]) - 1.0).abs() <= 1e-12);
    }
}
