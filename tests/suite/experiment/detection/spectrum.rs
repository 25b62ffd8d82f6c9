//! The experiment `spectrum`.

use std::path::Path;

use modewise::data::Data;
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::seed::MasterSeed;
use serde_json::{Value as Json, json};

use super::{mean, message, run};

/// Rows of `modes`: s, s_theory, level, alignment.
fn modes(parameters: &Json) -> Vec<[f64; 4]> {
    let tables = run("spectrum", parameters, 0..1);
    let column = |name: &str| tables["modes"].column(name).expect("a documented column");
    let rows = 0..tables["modes"].rows();
    assert!(rows.clone().all(|row| column("mode")[row] == (row + 1) as f64));
    rows.map(|row| ["s", "s_theory", "level", "alignment"].map(|name| column(name)[row])).collect()
}

#[test]
fn data_without_chance_have_exactly_the_predicted_modes() {
    let cases = [
        (
            json!({"nested-splits": {"depth": 3}}),
            vec![(8.0, 1.0), (4.0, 2.0), (4.0, 2.0), (2.0, 3.0), (2.0, 3.0), (2.0, 3.0), (2.0, 3.0)],
        ),
        (json!({"contrast": {"m1": 4, "m2": 7, "m3": 1}}), vec![(16.0, 1.0), (14.0, 2.0), (2.0, 2.0)]),
        (json!({"contrast": {"m1": 4, "m2": 9, "m3": 1}}), vec![(18.0, 2.0), (16.0, 1.0), (2.0, 2.0)]),
        // A tie: both places are predicted by both levels.
        (json!({"contrast": {"m1": 4, "m2": 8, "m3": 1}}), vec![(16.0, 1.0), (16.0, 1.0), (2.0, 2.0)]),
    ];
    for (data, expected) in cases {
        for centre in ["none", "grand-mean"] {
            let observed = modes(&json!({"data": data, "centre": centre}));
            assert_eq!(observed.len(), expected.len(), "{data}");
            for ([s, s_theory, level, alignment], &(square, expected)) in observed.iter().zip(&expected) {
                let row = format!("{data}, {centre}: {s} {s_theory} {level} {alignment}");
                assert!((s * s - square).abs() <= 1e-12 * square, "{row}");
                assert!((s_theory * s_theory - square).abs() <= 1e-12 * square, "{row}");
                assert_eq!(*level, expected, "{row}");
                assert!((alignment - 1.0).abs() <= 1e-12, "{row}");
            }
        }
    }
}

#[test]
fn modes_of_a_tree_align_with_its_levels() {
    // Seen in 10 samples: alignment of the first eight modes at least .99, singular values within 5.1 %.
    for depth in [3, 5] {
        let data = json!({"tree": {"depth": depth, "flip": 0.1, "features": 10_000}});
        let observed = modes(&json!({"data": data}));
        assert_eq!(observed.len(), 1 << depth);
        for (mode, [s, s_theory, level, alignment]) in observed.into_iter().enumerate() {
            let row = format!("depth {depth}, mode {}: {s} {s_theory} {level} {alignment}", mode + 1);
            assert_eq!(level, (mode as f64 + 1.0).log2().ceil(), "{row}");
            assert!((s / s_theory - 1.0).abs() < 0.06, "{row}");
            assert!(mode >= 8 || alignment > 0.98, "{row}");
        }
    }
}

#[test]
fn tall_tables_have_the_modes_of_the_full_decomposition() {
    let data = json!({"tree": {"depth": 4, "flip": 0.2, "features": 500}});
    let y =
        serde_json::from_value::<Data>(data.clone()).unwrap().prepare(Path::new("")).unwrap().draw(MasterSeed(1), 0);
    let svd = thin_svd(y.y.as_ref()).unwrap();
    for (mode, [s, _, _, alignment]) in modes(&json!({"data": data})).into_iter().enumerate() {
        assert!((s - svd.s[mode]).abs() <= 1e-13 * svd.s[0], "mode {}: {s} {}", mode + 1, svd.s[mode]);
        let pattern: Vec<f64> = svd.v.col(mode).iter().copied().collect();
        let level = y.levels.iter().find(|level| level.level == (mode as f64 + 1.0).log2().ceil() as usize).unwrap();
        assert!((alignment - level.projection(&pattern)).abs() <= 1e-11, "mode {}: {alignment}", mode + 1);
    }
}

#[test]
fn weak_modes_of_a_tall_table_survive() {
    // The Gram matrix would lose the second mode: 1e-9 squared is below eps.
    let rows: Vec<[f64; 2]> = (0..8).map(|row| [1.0, 1.0 + if row % 2 == 0 { 4e-9 } else { -4e-9 }]).collect();
    let observed = modes(&json!({"data": {"matrix": {"rows": rows}}}));
    assert_eq!(observed.len(), 2);
    let weak = 4e-9 * 4.0_f64.sqrt();
    assert!((observed[1][0] / weak - 1.0).abs() < 1e-6, "{}", observed[1][0]);
}

#[test]
fn where_the_theory_is_silent_its_columns_are_missing() {
    let tables = run("spectrum", &json!({"data": {"matrix": {"rows": [[3, 0], [0, 2], [0, 0]]}}}), 0..1);
    assert_eq!(tables["modes"].column("s").unwrap(), [3.0, 2.0]);
    for column in ["s_theory", "level", "alignment"] {
        assert!(tables["modes"].column(column).unwrap().iter().all(|value| value.is_nan()), "{column}");
    }
    assert_eq!(tables["run"].column("rank").unwrap(), [2.0]);
    assert!(mean(&tables["run"], "edge").is_nan() && mean(&tables["run"], "modes_above_edge").is_nan());
    let zero = run("spectrum", &json!({"data": {"matrix": {"rows": [[0, 0]]}}}), 0..1);
    assert_eq!((zero["modes"].rows(), mean(&zero["run"], "rank")), (0, 0.0));
}

#[test]
fn the_grand_mean_is_taken_from_every_entry() {
    let rows = json!([[1, 2], [3, 6]]);
    let centred = json!([[-2, -1], [0, 3]]);
    let with = modes(&json!({"data": {"matrix": {"rows": rows}}, "centre": "grand-mean"}));
    let by_hand = modes(&json!({"data": {"matrix": {"rows": centred}}}));
    for (one, other) in with.iter().zip(&by_hand) {
        assert!((one[0] - other[0]).abs() <= 1e-14, "{one:?} {other:?}");
    }
}

#[test]
fn three_planted_categories_stand_above_the_edge_of_the_noise() {
    let category = |objects, features| json!({"objects": objects, "features": features, "density": 0.7});
    let data = json!({"planted": {"objects": 100, "features": 200, "background": 0.1,
                                  "categories": [category(24, 40), category(18, 30), category(12, 22)]}});
    let tables = run("spectrum", &json!({"data": data}), 0..10);
    let edge = mean(&tables["run"], "edge");
    assert!((edge - (100.0_f64.sqrt() + 200.0_f64.sqrt())).abs() <= 1e-12, "{edge}");
    let (mode, s) = (tables["modes"].column("mode").unwrap(), tables["modes"].column("s").unwrap());
    let strength = |number: f64| {
        let own: Vec<f64> = mode.iter().zip(s).filter(|(mode, _)| **mode == number).map(|(_, s)| *s).collect();
        own.iter().sum::<f64>() / own.len() as f64
    };
    // Seen with NumPy: 66, 50, 36. The fourth is the noise inside the blocks, which is stronger than outside.
    for (number, expected) in [(1.0, 66.0), (2.0, 50.0), (3.0, 36.5)] {
        assert!((strength(number) / expected - 1.0).abs() < 0.03, "mode {number}: {}", strength(number));
    }
    assert!(strength(4.0) < 1.08 * edge, "{}", strength(4.0));
    let above = tables["run"].column("modes_above_edge").unwrap();
    for (replicate, &above) in above.iter().enumerate() {
        let own = tables["modes"].column("replicate").unwrap().iter().zip(s);
        let counted = own.filter(|&(of, &s)| *of == replicate as f64 && s > edge).count();
        assert!(above >= 3.0 && above == counted as f64, "{replicate}: {above}");
    }
}

#[test]
fn wrong_data_are_refused_with_their_place() {
    let cases = [
        (
            json!({"data": {"tree": {"depth": 3, "flip": 0.6, "features": 4}}}),
            "`data.tree.flip` is 0.6 (allowed: 0 to 0.5)",
        ),
        (json!({"data": {"nested-splits": {"depth": 0}}}), "`data.nested-splits.depth` is 0 (allowed: 1 to 10)"),
        (
            json!({"data": {"csv": {"path": "no/such.csv", "orientation": "items-in-rows", "missing": "zero"}}}),
            "the data file `no/such.csv` is not there",
        ),
    ];
    for (parameters, expected) in cases {
        assert_eq!(message("spectrum", &parameters), expected);
    }
    for (parameters, expected) in [
        (json!({}), "missing field `data`"),
        (json!({"data": {"tree": {"depth": "three", "flip": 0.6, "features": 4}}}), "`data.tree.depth` invalid type"),
        (json!({"data": {"nested-splits": {"depth": 1}}, "centre": "known"}), "`centre` unknown variant `known`"),
        (json!({"data": {"nested-splits": {"depth": 1}}, "center": "none"}), "`center` unknown field `center`"),
    ] {
        let observed = message("spectrum", &parameters);
        assert!(observed.contains(expected), "{parameters}: {observed}");
    }
}
