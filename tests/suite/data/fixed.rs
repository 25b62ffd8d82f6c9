//! Data sets without chance: nested splits, the contrast, matrices in the spec.

use faer::mat;
use modewise::numerics::linear_algebra::svd::{singular_values, thin_svd};
use serde_json::{Value as Json, json};

use super::draw;
use super::reference::{cases, matrix, number, numbers};

#[test]
fn nested_splits_of_eight_items_are_the_haar_basis() {
    let sample = draw(&json!({"nested-splits": {"depth": 3}}), 0);
    let expected = mat![
        [1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0],
        [1.0, 1.0, -1.0, -1.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, -1.0, -1.0],
        [1.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, -1.0],
    ];
    assert_eq!(sample.y, expected);
}

#[test]
fn levels_of_data_without_chance_are_their_spectrum() {
    let mut sets: Vec<_> = (1..=8).map(|depth| json!({"nested-splits": {"depth": depth}})).collect();
    for (m1, m2, m3) in [(4, 7, 1), (4, 8, 1), (4, 9, 1), (1, 1, 1), (5, 3, 3), (2, 4, 4)] {
        sets.push(json!({"nested-splits": {"depth": 3, "features": [m1, m2, m3]}}));
        sets.push(json!({"contrast": {"m1": m1, "m2": m2, "m3": m3}}));
    }
    for data in sets {
        let sample = draw(&data, 0);
        let mut predicted: Vec<f64> =
            sample.levels.iter().flat_map(|level| std::iter::repeat_n(level.s.unwrap(), level.count)).collect();
        predicted.sort_by(|a, b| b.total_cmp(a));
        let svd = thin_svd(sample.y.as_ref()).unwrap();
        assert_eq!(svd.rank(), predicted.len(), "{data}");
        for (s, predicted) in svd.s.iter().zip(&predicted) {
            assert!((s - predicted).abs() <= 1e-13 * svd.s[0], "{data}: {s} {predicted}");
        }
        // Each mode lies in the levels with its singular value.
        for (mode, s) in svd.s.iter().enumerate().take(svd.rank()) {
            let pattern: Vec<f64> = svd.v.col(mode).iter().copied().collect();
            let own = sample.levels.iter().filter(|level| (level.s.unwrap() - s).abs() <= 1e-9);
            let alignment: f64 = own.map(|level| level.projection(&pattern)).sum();
            assert!((alignment - 1.0).abs() <= 1e-12, "{data}, mode {}: {alignment}", mode + 1);
        }
    }
}

#[test]
fn trees_and_flowers_strengthen_the_splits_that_they_take_part_in_and_no_other() {
    for (plants, [root, animals, below]) in [(1, [16.0, 14.0, 6.0]), (2, [24.0, 14.0, 12.0]), (5, [48.0, 14.0, 30.0])] {
        let sample = draw(&json!({"contrast": {"m1": 4, "m2": 7, "m3": 3, "plants": plants}}), 0);
        assert_eq!(sample.y.ncols(), 2 + 2 * plants, "{plants}");
        let predicted: Vec<f64> = sample.levels.iter().map(|level| level.s.unwrap()).collect();
        let mut expected = [root, animals, below].map(f64::sqrt);
        assert_eq!(predicted, expected, "{plants}");
        expected.sort_by(|a, b| b.total_cmp(a));
        let svd = thin_svd(sample.y.as_ref()).unwrap();
        assert_eq!(svd.rank(), 3, "{plants}");
        for (s, expected) in svd.s.iter().zip(expected) {
            assert!((s - expected).abs() <= 1e-13 * svd.s[0], "{plants}: {s}, not {expected}");
        }
        // Everything but the root's mode, which has a mean where plants outnumber animals, lies in its level.
        for level in &sample.levels[1..] {
            let mode = svd.s.iter().position(|s| (s - level.s.unwrap()).abs() < 1e-9).unwrap();
            let pattern: Vec<f64> = svd.v.col(mode).iter().copied().collect();
            assert!((level.projection(&pattern) - 1.0).abs() <= 1e-12, "{plants}: {level:?}");
        }
    }
    let tied = draw(&json!({"contrast": {"m1": 4, "m2": 6, "m3": 3, "plants": 2}}), 0);
    assert_eq!(tied.levels.iter().map(|level| level.count).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn more_fish_and_birds_make_the_table_and_the_modes_of_the_reference() {
    let cases: Vec<_> = cases("data").into_iter().filter(|case| case["kind"] == "contrast").collect();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let names = ["m1", "m2", "m3", "fish", "birds", "plants"];
        let parameters: Json = names.iter().map(|&name| (name.to_owned(), case[name].clone())).collect();
        let sample = draw(&json!({ "contrast": parameters }), 0);
        assert_eq!(sample.y, matrix(&case["rows"]), "{case}");
        let mut predicted: Vec<f64> =
            sample.levels.iter().flat_map(|level| std::iter::repeat_n(level.s.unwrap(), level.count)).collect();
        predicted.sort_by(|a, b| b.total_cmp(a));
        for (predicted, expected) in predicted.iter().zip(numbers(&case["singular_values"])) {
            assert!((predicted - expected).abs() <= 1e-12 * expected, "{case}: {predicted} {expected}");
        }
        let (fish, birds) = (number(&case["fish"]) as usize, number(&case["birds"]) as usize);
        let (animals, items) = (fish + birds, sample.y.ncols());
        let trees = animals + (items - animals) / 2;
        let range = |start: usize, end: usize| (start..end).collect::<Vec<_>>();
        assert_eq!(sample.levels[0].nodes, [[range(0, animals), range(animals, items)]], "{case}");
        assert_eq!(sample.levels[1].nodes, [[range(0, fish), range(fish, animals)]], "{case}");
        assert_eq!(sample.levels[2].nodes, [[range(animals, trees), range(trees, items)]], "{case}");
    }
}

/// At `n m2 = (n + k) m1`.
#[test]
fn the_order_of_the_contrast_flips_with_the_number_of_fish_and_birds() {
    for (plants, animals, first) in [(1, 3, 1), (1, 5, 2), (2, 7, 1), (2, 9, 2)] {
        let data =
            json!({"contrast": {"m1": 4, "m2": 5, "m3": 1, "plants": plants, "fish": animals, "birds": animals}});
        let strongest = draw(&data, 0).levels.into_iter().max_by(|a, b| a.s.unwrap().total_cmp(&b.s.unwrap())).unwrap();
        assert_eq!(strongest.level, first, "{data}");
    }
    let tie = draw(&json!({"contrast": {"m1": 4, "m2": 5, "m3": 10, "plants": 2, "fish": 4, "birds": 4}}), 0);
    assert_eq!(tie.levels.iter().map(|level| level.count).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn the_order_of_the_contrast_flips_where_the_split_below_has_twice_the_features() {
    for (m2, first) in [(7, 1), (9, 2)] {
        let sample = draw(&json!({"contrast": {"m1": 4, "m2": m2, "m3": 1}}), 0);
        let strongest = sample.levels.iter().max_by(|a, b| a.s.unwrap().total_cmp(&b.s.unwrap())).unwrap();
        assert_eq!(strongest.level, first, "m2 = {m2}");
    }
    let tie = draw(&json!({"contrast": {"m1": 4, "m2": 8, "m3": 1}}), 0).y;
    let s = singular_values(tie.as_ref()).unwrap();
    assert!((s[0] - s[1]).abs() <= 1e-13 && (s[0] - 4.0).abs() <= 1e-13, "{s:?}");
}

#[test]
fn a_matrix_keeps_its_orientation() {
    let sample = draw(&json!({"matrix": {"rows": [[1, 2, 3], [4, 5, 6]]}}), 0);
    assert_eq!(sample.y, mat![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    assert!(sample.levels.is_empty() && sample.categories.is_empty() && sample.noise.is_none());
}
