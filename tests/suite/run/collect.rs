//! From cells to tables.

use modewise::evidence::{Missing, collect};
use modewise::plan::{Plan, plan};
use modewise::run::{Shard, run};
use modewise::seed::MasterSeed;
use modewise::spec::claim::Claim;
use modewise::store::Store;
use modewise::threads::Workers;
use serde_json::json;

use super::fake;

fn computed(claim: &Claim, shard: Shard) -> (Plan, Store) {
    let (plans, store) = (vec![plan(claim, MasterSeed(7)).expect("the parameters are right")], Store::memory());
    let workers = Workers::new(2).expect("there are threads");
    run(&plans, &store, shard, &workers, &|_| ()).expect("memory takes every cell");
    (plans.into_iter().next().expect("there is one plan"), store)
}

#[test]
fn tables_hold_the_axes_then_the_columns_of_the_experiment_in_order_of_points_and_replicates() {
    let (plan, store) = computed(&fake::claim("a", &[3, 2], 18), Shard::WHOLE);
    let evidence = collect(&plan, &store).expect("every cell is there");
    assert_eq!(evidence.len(), 2, "the claim and its control");
    let table = &evidence[0].tables["run"];
    assert_eq!(table.names().collect::<Vec<_>>(), ["size", "replicate", "s1", "gap"]);
    let sizes = table.column("size").expect("the axis has a column");
    let replicates = table.column("replicate").expect("every table has it");
    let rows: Vec<(f64, f64)> = sizes.iter().copied().zip(replicates.iter().copied()).collect();
    let expected: Vec<(f64, f64)> =
        [3.0, 2.0].iter().flat_map(|&size| (0..18).map(move |replicate| (size, f64::from(replicate)))).collect();
    assert_eq!(rows, expected);
    assert!(evidence.iter().all(|evidence| evidence.failures.is_empty()));
}

#[test]
fn a_control_meets_the_same_draws() {
    let (plan, store) = computed(&fake::claim("a", &[3], 16), Shard::WHOLE);
    let evidence = collect(&plan, &store).expect("every cell is there");
    let s1 = |arm: usize| evidence[arm].tables["run"].column("s1").expect("documented").to_vec();
    for (own, loud) in s1(0).iter().zip(s1(1)) {
        assert!(
            (loud / own - 10.0).abs() < 1e-12,
            "{own} and {loud}: the control is the same matrix, ten times larger"
        );
    }
}

#[test]
fn failed_cells_are_named_with_their_point_and_leave_the_columns_in_place() {
    let mut claim = fake::claim("a", &[2, 3], 3);
    claim.controls.clear();
    claim.parameters = json!({"size": 0, "mood": "fails"});
    let (plan, store) = computed(&claim, Shard::WHOLE);
    let evidence = collect(&plan, &store).expect("a failed cell is there");
    let reason = "replicate 2: loss 1e300 at step 7";
    assert_eq!(evidence[0].failures, [format!("at size = 2: {reason}"), format!("at size = 3: {reason}")]);
    let table = &evidence[0].tables["run"];
    assert_eq!(table.rows(), 0);
    assert_eq!(table.names().collect::<Vec<_>>(), ["size", "replicate", "s1", "gap"]);
}

#[test]
fn missing_cells_are_counted() {
    let claim = fake::claim("a", &[2, 3, 4], 16);
    let (plan, store) = computed(&claim, Shard::new(2, 3).expect("2 is one of 3"));
    let missing = collect(&plan, &store).expect_err("two shards of three are missing");
    assert_eq!(missing, Missing { claim: "a".to_owned(), missing: 4, of: 6 });
    assert_eq!(missing.to_string(), "a: 4 of 6 cells are missing");
}
