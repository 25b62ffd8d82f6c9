//! Tests of `experiment::development`.

use faer::Mat;
use modewise::data::Level;
use modewise::experiment::kinds::development::levels::{parting, within_less_between};
use modewise::parameter::BuildError;
use modewise::seed::MasterSeed;
use modewise::table::Table;
use modewise::theory;
use serde_json::{Value as Json, json};

use super::{build, column, run};
use crate::learn::reference::{cases, matrix, number, numbers};

fn development(data: Json, linear: Json, stop: Json, stages: Json) -> Json {
    json!({"data": data, "learner": {"linear": linear}, "stop": stop, "stages": stages})
}

/// Two layers of 8 hidden units from small weights.
fn small(sigma: f64, rate: f64) -> Json {
    json!({"layers": 2, "hidden": 8, "start": {"normal": sigma}, "rate": rate})
}

/// Rows with these values of key columns.
fn rows(table: &Table, keys: &[(&str, f64)]) -> Vec<usize> {
    (0..table.rows()).filter(|&row| keys.iter().all(|(key, value)| column(table, key)[row] == *value)).collect()
}

/// Every pair of items that parts at a level, from nodes.
fn level(number: usize, nodes: Vec<Vec<Vec<usize>>>) -> Level {
    Level { level: number, s: None, count: nodes.len(), nodes, patterns: Vec::new() }
}

#[test]
fn summed_similarity_within_less_between_is_the_eigenvalue_of_a_tree() {
    for (depth, branching, flip) in [(3, 2, 0.1), (2, 3, 0.2), (4, 2, 0.05)] {
        let items = usize::pow(branching, depth as u32);
        let q = (1.0_f64 - 2.0 * flip) * (1.0 - 2.0 * flip);
        let height = |i: usize, j: usize| (0..).find(|&h| i / branching.pow(h) == j / branching.pow(h)).unwrap();
        let similarity = Mat::from_fn(items, items, |i, j| q.powi(height(i, j) as i32));
        for expected in theory::tree::levels(depth, branching, flip) {
            let nodes = match expected.level {
                0 => Vec::new(),
                number => modewise::data::tree::splits(items, branching, number),
            };
            let observed = within_less_between(&level(expected.level, nodes), similarity.as_ref());
            assert!((observed - expected.eigenvalue).abs() <= 1e-13 * items as f64, "{expected:?}: {observed}");
        }
    }
}

#[test]
fn items_part_where_their_paths_do() {
    let levels =
        [level(1, vec![vec![vec![0, 1], vec![2, 3]]]), level(2, vec![vec![vec![0], vec![1]], vec![vec![2], vec![3]]])];
    let expected = faer::mat![[0.0, 2.0, 1.0, 1.0], [2.0, 0.0, 1.0, 1.0], [1.0, 1.0, 0.0, 2.0], [1.0, 1.0, 2.0, 0.0]];
    assert_eq!(parting(&levels, 4), expected);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn two_modes_of_opposite_sign_lead_one_belief_astray_and_none_without_hidden_layer() {
    // 4 p p^T - 3 q q^T with p = (cos, sin) and q = (-sin, cos) of 30 degrees. The last entry is 1 - 2.25: the strong mode
    // alone believes +1, which is 0.8 of the truth on the wrong side.
    let off = 7.0 * 3.0_f64.sqrt() / 4.0;
    let data = json!({"matrix": {"rows": [[2.25, off], [off, -1.25]]}});
    let stop = json!({"time": 8.0});
    let deep = run("development", &development(data.clone(), small(1e-5, 0.005), stop.clone(), json!([])), 2).unwrap();
    let shallow = json!({"layers": 1, "start": {"normal": 1e-5}, "rate": 0.005});
    let shallow = run("development", &development(data, shallow, stop, json!([])), 2).unwrap();
    for replicate in 0..2 {
        let worst = column(&deep["run"], "worst")[replicate];
        assert!(worst > 0.5 && worst < 0.8, "{worst}");
        assert!((column(&deep["run"], "worst_theory")[replicate] - worst).abs() < 0.05, "{:?}", deep["run"]);
        assert!(column(&deep["run"], "loss_rises")[replicate] == 0.0);
        assert!(column(&shallow["run"], "worst")[replicate] < 1e-3, "{:?}", shallow["run"]);
    }
    for row in rows(&deep["beliefs"], &[]) {
        assert_eq!(column(&deep["beliefs"], "share")[row], 0.25);
        assert_eq!(column(&deep["beliefs"], "share_theory")[row], 0.25);
        assert_eq!(column(&shallow["beliefs"], "share")[row], 0.0);
    }
    // The course is that of the belief that goes wrong.
    let lowest = column(&deep["course"], "belief").iter().copied().fold(0.0, f64::min);
    // Thinned to every other look, so that the lowest point may lie between.
    let missed = lowest + column(&deep["run"], "worst")[0];
    assert!((0.0..0.01).contains(&missed), "{missed}");
}

#[test]
fn a_member_is_known_by_its_typicality_and_answered_with_the_prototype() {
    let data = json!({"planted": {"objects": 40, "features": 60, "background": 0.1,
        "categories": [{"objects": 16, "features": 24, "density": 0.7}]}});
    let tables = run("development", &development(data, small(1e-3, 4e-3), json!({"time": 0.9}), json!([])), 1).unwrap();
    let items = &tables["items"];
    assert_eq!(items.rows(), 16);
    let square: f64 = column(items, "typicality").iter().map(|v| v * v).sum();
    assert!(square > 0.8 && square <= 1.0, "the members hold most of the pattern: {square}");
    assert!(column(items, "prototype_match").iter().all(|&cosine| cosine > 0.99), "{items:?}");
    assert!(column(items, "own_match").iter().all(|&cosine| cosine < 0.95), "{items:?}");
    let share = column(items, "had").iter().sum::<f64>() / 16.0;
    assert!((share - 0.7).abs() < 0.1, "{share}");
}

#[test]
fn stages_of_a_balanced_start_are_those_of_the_reference() {
    for case in cases("development") {
        let y = matrix(&case["y"]);
        let row = |row: usize| y.row(row).iter().copied().collect::<Vec<f64>>();
        let data = json!({"matrix": {"rows": (0..y.nrows()).map(row).collect::<Vec<_>>()}});
        let linear = json!({"layers": 2, "hidden": 6, "start": {"balanced": number(&case["m0"])}, "rate": number(&case["rate"])});
        let stages = numbers(&case["stages"]);
        let parameters = development(data, linear, json!({"time": number(&case["time"])}), json!(stages));
        let tables = run("development", &parameters, 1).unwrap();
        let individuals = &tables["individuals"];
        assert_eq!(individuals.rows(), stages.len());
        // Balanced starts differ by a rotation of the hidden layer only.
        for row in 0..stages.len() {
            assert!((column(individuals, "similarity_correlation")[row] - 1.0).abs() < 1e-9);
            assert!(column(individuals, "weight_correlation")[row] < 0.9);
            assert_eq!(column(individuals, "delay")[row], 0.0);
        }
        let run = &tables["run"];
        for name in ["worst", "worst_theory"] {
            let (observed, expected) = (column(run, name)[0], number(&case[name]));
            assert!((observed - expected).abs() < 1e-8, "{name}: {observed} {expected}");
        }
    }
}

#[test]
fn what_a_new_feature_spreads_to_is_the_similarity_of_the_stage() {
    let data = json!({"nested-splits": {"depth": 2}});
    let stages = json!([0.49, 0.9999]);
    let tables =
        run("development", &development(data.clone(), small(1e-5, 5e-3), json!({"time": 14.0}), stages.clone()), 1)
            .unwrap();
    // Singular values 2, sqrt 2, sqrt 2: half of the data is the root split, whose items of one side are alike and those of
    // the other opposite. In the end similarities are those of V S V^T: 2/4 + sqrt(2)/2 with itself.
    let itself = 0.5 + 0.5_f64.sqrt();
    let (sibling, opposite) = (0.5 - 0.5_f64.sqrt(), -0.5);
    let projections = &tables["projections"];
    for (stage, level, expected, within) in [
        (0.49, 1.0, -1.0, 0.05),
        (0.49, 2.0, 1.0, 0.05),
        (0.9999, 1.0, opposite / itself, 0.05),
        (0.9999, 2.0, sibling / itself, 0.1),
    ] {
        let row = rows(projections, &[("stage", stage), ("level", level)])[0];
        for name in ["spread", "kernel", "spread_theory"] {
            let observed = column(projections, name)[row];
            assert!(
                (observed - expected).abs() < within,
                "stage {stage}, level {level}, {name}: {observed} {expected}"
            );
        }
    }
    // All of the representation is in the splits, and at the first stage in that at the root.
    let representation = &tables["representation"];
    let share =
        |stage, level| column(representation, "share")[rows(representation, &[("stage", stage), ("level", level)])[0]];
    assert!(share(0.49, 1.0) > 0.95, "{representation:?}");
    assert!((share(0.9999, 1.0) + share(0.9999, 2.0) - 1.0).abs() < 1e-3, "{representation:?}");
    assert!((share(0.9999, 1.0) - 2.0 / (2.0 + 8.0_f64.sqrt())).abs() < 0.02, "{representation:?}");

    let shallow = json!({"layers": 1, "start": {"normal": 1e-5}, "rate": 0.01});
    let tables = run("development", &development(data, shallow, json!({"time": 6.0}), stages), 1).unwrap();
    assert!(column(&tables["projections"], "spread").iter().all(|spread| spread.abs() < 1e-12));
}

#[test]
fn stages_that_are_not_reached_are_missing() {
    let parameters =
        development(json!({"nested-splits": {"depth": 2}}), small(1e-4, 5e-3), json!({"steps": 10}), json!([0.5]));
    let tables = run("development", &parameters, 1).unwrap();
    for (table, name, count) in
        [("individuals", "similarity_correlation", 1), ("projections", "spread", 2), ("representation", "share", 2)]
    {
        let values = column(&tables[table], name);
        assert!(values.len() == count && values.iter().all(|value| value.is_nan()), "{table}: {values:?}");
    }
}

#[test]
fn a_replicate_does_not_depend_on_the_others() {
    let data = json!({"tree": {"depth": 2, "flip": 0.1, "features": 20}});
    let parameters = development(data, small(1e-2, 5e-3), json!({"learned": 1.0}), json!([0.5, 0.9]));
    let experiment = build("development", &parameters).unwrap_or_else(|error| panic!("{error}"));
    let run = |replicates| experiment.run(replicates, MasterSeed(1)).unwrap();
    let (all, third) = (run(0..4), run(2..3));
    for (name, table) in third.iter().filter(|(name, _)| *name != "course") {
        let own = rows(&all[name], &[("replicate", 2.0)]);
        assert_eq!(format!("{:?}", all[name].select(&own)), format!("{table:?}"), "{name}");
    }
}

#[test]
fn wrong_stages_are_refused_with_their_place() {
    for (stages, expected) in [
        (json!([0.5, 0.5]), "`stages.1` is 0.5 (allowed: above 0.5, below 1)"),
        (json!([0.0, 1.0]), "`stages.0` is 0 (allowed: above 0, below 1); `stages.1` is 1 (allowed: above 0, below 1)"),
        (json!([0.2, 0.1]), "`stages.1` is 0.1 (allowed: above 0.2, below 1)"),
    ] {
        let parameters =
            development(json!({"nested-splits": {"depth": 2}}), small(0.1, 0.01), json!({"steps": 1}), stages);
        let message = match build("development", &parameters) {
            Err(BuildError::Parameters(errors)) => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Err(error) => panic!("{error}"),
            Ok(_) => "allowed".to_owned(),
        };
        assert_eq!(message, expected);
    }
}
