//! Points, cells and their names.

use std::collections::BTreeSet;

use modewise::plan::cell::{CellKey, Origin};
use modewise::plan::plan;
use modewise::seed::MasterSeed;
use modewise::spec::axis::Axis;
use modewise::spec::claim::Claim;
use serde_json::json;

use super::fake::{self, control, parameter};

const MASTER: MasterSeed = MasterSeed(7);

/// Keys of all cells of a claim, arm by arm.
fn keys(claim: &Claim, master: MasterSeed) -> Vec<CellKey> {
    let plan = plan(claim, master).expect("the parameters are right");
    plan.cells().map(|(_, cell)| cell.key.clone()).collect()
}

#[test]
fn replicates_are_cut_into_batches_of_sixteen() {
    let cases: [(u64, &[(u64, u64)]); 5] = [
        (1, &[(0, 1)]),
        (15, &[(0, 15)]),
        (16, &[(0, 16)]),
        (17, &[(0, 16), (16, 17)]),
        (100, &[(0, 16), (16, 32), (32, 48), (48, 64), (64, 80), (80, 96), (96, 100)]),
    ];
    for (replicates, expected) in cases {
        let plan = plan(&fake::claim("a", &[2], replicates), MASTER).expect("the parameters are right");
        let cells = &plan.arms[0].points[0].cells;
        let found: Vec<(u64, u64)> =
            cells.iter().map(|cell| (cell.origin.replicates.start, cell.origin.replicates.end)).collect();
        assert_eq!(found, expected, "{replicates} replicates");
    }
}

#[test]
fn more_replicates_only_add_cells() {
    let (few, many) = (keys(&fake::claim("a", &[2, 3], 32), MASTER), keys(&fake::claim("a", &[2, 3], 64), MASTER));
    let many: BTreeSet<_> = many.into_iter().collect();
    assert_eq!(few.len(), 8);
    assert_eq!(many.len(), 16);
    assert!(few.iter().all(|key| many.contains(key)));
}

#[test]
fn a_point_more_changes_no_other_cell() {
    let fewer: BTreeSet<_> = keys(&fake::claim("a", &[2, 4], 16), MASTER).into_iter().collect();
    let more: BTreeSet<_> = keys(&fake::claim("a", &[1, 2, 3, 4], 16), MASTER).into_iter().collect();
    assert!(fewer.is_subset(&more));
}

#[test]
fn claims_with_the_same_experiment_share_cells() {
    let mut other = fake::claim("b", &[3, 2], 16);
    other.checks.clear();
    let a: BTreeSet<_> = keys(&fake::claim("a", &[2, 3], 16), MASTER).into_iter().collect();
    let b: BTreeSet<_> = keys(&other, MASTER).into_iter().collect();
    assert_eq!(a, b);
}

#[test]
fn the_points_are_the_product_of_the_axes_and_the_last_moves_fastest() {
    let mut claim = fake::claim("a", &[2, 3], 1);
    claim.sweep.push(Axis {
        parameters: vec![parameter("scale", None), parameter("nested.mode", Some(&["flat", "steep"]))],
        values: vec![vec![json!(0.5), json!("flat")], vec![json!(1.5), json!("steep")]],
    });
    let plan = plan(&claim, MASTER).expect("the parameters are right");
    let points: Vec<&str> = plan.arms[0].points.iter().map(|point| point.text.as_str()).collect();
    let expected = [
        "size = 2, scale = 0.5, mode = flat",
        "size = 2, scale = 1.5, mode = steep",
        "size = 3, scale = 0.5, mode = flat",
        "size = 3, scale = 1.5, mode = steep",
    ];
    assert_eq!(points, expected);
    let last = &plan.arms[0].points[3];
    let axes = [("size".to_owned(), 3.0), ("scale".to_owned(), 1.5), ("mode".to_owned(), 1.0)];
    assert_eq!(last.axes, axes);
    let canonical = json!({"size": 3, "scale": 1.5, "mood": "", "nested": {"mode": "steep"}});
    assert_eq!(last.experiment.canonical(), canonical);
}

#[test]
fn a_control_drops_the_axes_that_it_sets_and_keeps_their_columns() {
    let mut claim = fake::claim("a", &[2, 3], 1);
    claim.sweep.push(Axis {
        parameters: vec![parameter("nested.mode", Some(&["flat", "steep"]))],
        values: vec![vec![json!("flat")], vec![json!("steep")]],
    });
    let cases = [
        (
            "scale",
            json!(9),
            vec!["size = 2, mode = flat", "size = 2, mode = steep", "size = 3, mode = flat", "size = 3, mode = steep"],
        ),
        ("size", json!(9), vec!["size = 9, mode = flat", "size = 9, mode = steep"]),
        ("nested.mode", json!("steep"), vec!["size = 2, mode = steep", "size = 3, mode = steep"]),
        ("nested", json!({"mode": "flat"}), vec!["size = 2, mode = flat", "size = 3, mode = flat"]),
        ("nested.mode.deeper", json!(1), vec!["size = 2, mode = {\"deeper\":1}", "size = 3, mode = {\"deeper\":1}"]),
    ];
    for (path, value, expected) in cases {
        claim.controls = vec![control("c", &[(path, value)])];
        let plan = plan(&claim, MASTER).expect("the parameters are right");
        let found: Vec<&str> = plan.arms[1].points.iter().map(|point| point.text.as_str()).collect();
        assert_eq!(found, expected, "control sets {path}");
        assert_eq!(plan.arms[0].points.len(), 4, "the claim itself is as it was");
        let columns = plan.arms[1].points.iter().all(|point| point.axes[0].0 == "size" && point.axes[1].0 == "mode");
        assert!(columns, "control sets {path}");
    }
}

#[test]
fn a_control_may_have_its_own_replicates() {
    let mut claim = fake::claim("a", &[2], 40);
    claim.controls[0].replicates = Some(4);
    let plan = plan(&claim, MASTER).expect("the parameters are right");
    let ends: Vec<u64> = plan.cells().map(|(_, cell)| cell.origin.replicates.end).collect();
    assert_eq!(ends, [16, 32, 40, 4]);
}

#[test]
fn everything_that_numbers_follow_from_is_in_the_key() {
    let origin = Origin {
        experiment: "fake".to_owned(),
        parameters: "{}".to_owned(),
        replicates: 0..16,
        seed: MASTER,
        fingerprint: "f".to_owned(),
    };
    let changes: [fn(&mut Origin); 7] = [
        |_| {},
        |origin| origin.experiment = "fakes".to_owned(),
        |origin| origin.parameters = "{\"size\":1}".to_owned(),
        |origin| origin.replicates.start = 1,
        |origin| origin.replicates.end = 17,
        |origin| origin.seed = MasterSeed(8),
        |origin| origin.fingerprint = "g".to_owned(),
    ];
    let keys: BTreeSet<CellKey> = changes
        .iter()
        .map(|change| {
            let mut changed = origin.clone();
            change(&mut changed);
            changed.key()
        })
        .collect();
    assert_eq!(keys.len(), changes.len());
    // The boundary between two pieces is part of the name.
    let moved = Origin { experiment: "fake{".to_owned(), parameters: "}".to_owned(), ..origin.clone() };
    assert_ne!(moved.key(), origin.key());
}

#[test]
fn only_hexadecimal_names_are_keys() {
    let key = "0123456789abcdef".repeat(4);
    assert_eq!(CellKey::parse(&key).expect("it is a key").to_string(), key);
    for text in ["", "0123", &key[1..], &format!("{key}0"), &key.to_uppercase(), &key.replace('0', "g")] {
        assert_eq!(CellKey::parse(text), None, "{text}");
    }
}

#[test]
fn a_claim_without_its_data_is_skipped_with_the_reason() {
    let mut claim = fake::claim("a", &[2], 1);
    claim.parameters = json!({"size": 1, "mood": "absent"});
    let plan = plan(&claim, MASTER).expect("absent data are no error");
    assert_eq!(plan.skipped.as_deref(), Some("`zoo.csv` is not there"));
    assert_eq!(plan.cells().count(), 0);
}

#[test]
fn parameters_that_went_bad_name_the_claim() {
    let mut claim = fake::claim("chapter/a", &[2], 1);
    claim.parameters = json!({"size": 1, "mood": "bad"});
    let error = plan(&claim, MASTER).err().expect("the parameters are bad");
    assert_eq!(error.to_string(), "chapter/a: `mood` is bad (allowed: good)");
}
