use modewise::data::Level;
use modewise::numerics::linear_algebra::svd::singular_values;
use modewise::seed::{MasterSeed, stream};
use proptest::prelude::*;
use rand::RngExt;
use serde_json::{Value as Json, json};

use super::draw;

fn tree(depth: usize, branching: usize, flip: f64, features: usize) -> Json {
    json!({"tree": {"depth": depth, "branching": branching, "flip": flip, "features": features}})
}

#[test]
fn singular_values_come_near_their_level_as_features_grow() {
    // Seen with NumPy at 10000 features: within 3 %.
    for (depth, branching, flip) in [(3, 2, 0.1), (5, 2, 0.1), (2, 3, 0.2)] {
        let sample = draw(&tree(depth, branching, flip, 10_000), 0);
        let expected = sample.levels.iter().flat_map(|level| std::iter::repeat_n(level.s.unwrap(), level.count));
        for (mode, (s, expected)) in singular_values(sample.y.as_ref()).unwrap().iter().zip(expected).enumerate() {
            assert!((s / expected - 1.0).abs() < 0.05, "depth {depth}, mode {}: {s} {expected}", mode + 1);
        }
    }
}

#[test]
fn the_similarity_of_two_items_falls_with_the_height_at_which_they_meet() {
    let (flip, features) = (0.15, 40_000);
    let y = draw(&tree(3, 2, flip, features), 2).y;
    for one in 0..8_usize {
        for other in 0..8_usize {
            let height = (0..=3).find(|h| one >> h == other >> h).unwrap();
            let observed = (0..features).map(|f| y[(f, one)] * y[(f, other)]).sum::<f64>() / features as f64;
            let expected = (1.0 - 2.0 * flip).powi(2 * height);
            let five_sigma = 5.0 * ((1.0 - expected * expected) / features as f64).sqrt();
            assert!((observed - expected).abs() <= five_sigma, "{one}, {other}: {observed} {expected}");
        }
    }
}

#[test]
fn values_are_signs_balanced_over_features_of_any_number() {
    for features in [1, 63, 64, 65, 1000] {
        let y = draw(&tree(2, 3, 0.3, features), 0).y;
        assert!(y.col_iter().all(|column| column.iter().all(|&value| value == 1.0 || value == -1.0)), "{features}");
    }
    let y = draw(&tree(1, 2, 0.3, 10_000), 0).y;
    let sum: f64 = y.col(0).iter().sum();
    assert!(sum.abs() < 5.0 * 100.0, "{sum}");
}

#[test]
fn without_flips_all_items_are_equal() {
    let y = draw(&tree(3, 2, 0.0, 100), 0).y;
    for item in 1..8 {
        assert_eq!(y.col(item), y.col(0), "item {item}");
    }
}

#[test]
fn nodes_divide_the_items_among_their_children() {
    let nodes = |depth, branching, level: usize| -> Vec<Vec<Vec<usize>>> {
        draw(&tree(depth, branching, 0.1, 1), 0).levels[level].nodes.clone()
    };
    assert_eq!(nodes(2, 2, 0), Vec::<Vec<Vec<usize>>>::new());
    assert_eq!(nodes(2, 2, 1), [[[0, 1], [2, 3]]]);
    assert_eq!(nodes(2, 2, 2), [[[0], [1]], [[2], [3]]]);
    assert_eq!(nodes(1, 3, 1), [[[0], [1], [2]]]);
    assert_eq!(nodes(2, 3, 1), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]]);
}

proptest! {
    #[test]
    fn projections_on_the_levels_add_up_to_the_pattern(depth in 1_usize..5, branching in 2_usize..4, seed in 0_u64..100) {
        let levels = draw(&tree(depth, branching, 0.1, 1), 0).levels;
        let mut rng = stream(MasterSeed(seed), "pattern", &0, 0);
        let pattern: Vec<f64> = (0..branching.pow(depth as u32)).map(|_| rng.random::<f64>() - 0.3).collect();
        let square: f64 = pattern.iter().map(|x| x * x).sum();
        let projections: Vec<f64> = levels.iter().map(|level| level.projection(&pattern)).collect();
        prop_assert!(projections.iter().all(|&projection| projection >= -1e-13));
        prop_assert!((projections.iter().sum::<f64>() - square).abs() <= 1e-12 * square);
    }
}

#[test]
fn a_split_of_unequal_children_projects_on_their_contrast() {
    let level =
        Level { level: 1, s: Some(1.0), count: 1, nodes: vec![vec![vec![0], vec![1, 2]]], patterns: Vec::new() };
    let contrast = [2.0, -1.0, -1.0, 0.0].map(|x: f64| x / 6.0_f64.sqrt());
    let cases = [
        (contrast, 1.0),
        ([0.5; 4], 0.0),
        ([0.0, 0.5_f64.sqrt(), -(0.5_f64.sqrt()), 0.0], 0.0),
        ([0.0, 0.0, 0.0, 1.0], 0.0),
    ];
    for (pattern, expected) in cases {
        assert!((level.projection(&pattern) - expected).abs() <= 1e-15, "{pattern:?}");
    }
}
