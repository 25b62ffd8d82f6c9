//! Tests of `experiment::semantic`.

use modewise::parameter::BuildError;
use serde_json::{Value as Json, json};

use super::{build, column, run, same};

/// Parameters that are right, with one replaced.
fn semantic(name: &str, value: Json) -> Json {
    let mut parameters = json!({"data": {"living-things": {}}, "scale": 0.3, "rate": 0.1, "epochs": 1500});
    parameters[name] = value;
    parameters
}

#[test]
fn living_things_are_learned_and_come_apart_from_the_root_down() {
    let tables = run("semantic", &semantic("scale", json!(0.3)), 2).unwrap();
    let (totals, levels, distances) = (&tables["run"], &tables["levels"], &tables["distances"]);
    for replicate in 0..2 {
        assert!(column(totals, "final_loss")[replicate] < 3.0, "{totals:?}");
        // 93 of 1152 targets are on: a network that answers nothing has 0.92.
        assert!(column(totals, "accuracy")[replicate] > 0.99, "{totals:?}");
    }
    assert!(same(column(levels, "level"), &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0]));
    let half_times = column(levels, "half_time");
    assert!(half_times[..3].is_sorted() && half_times[3..].is_sorted(), "{half_times:?}");

    // The half times of replicate 0 are those of the distances that are shown, up to the epochs between.
    let rows: Vec<usize> = (0..distances.rows()).collect();
    for (number, level) in [1.0, 2.0, 3.0].into_iter().enumerate() {
        let of_level = rows.iter().filter(|&&row| column(distances, "level")[row] == level);
        let reached = of_level.clone().find(|&&row| column(distances, "progress")[row] >= 0.5).unwrap();
        let late = column(distances, "epoch")[*reached] - half_times[number];
        assert!((0.0..=2.0).contains(&late), "level {level}: {late}");
        let first = of_level.clone().next().unwrap();
        assert_eq!(column(distances, "progress")[*first], 0.0);
        assert_eq!(column(distances, "epoch")[*first], 0.0);
    }
    assert!(column(distances, "replicate").iter().all(|&replicate| replicate == 0.0));
}

#[test]
fn a_replicate_does_not_depend_on_the_others() {
    let parameters = semantic("epochs", json!(20));
    let experiment = build("semantic", &parameters).unwrap_or_else(|error| panic!("{error}"));
    let run = |replicates| experiment.run(replicates, modewise::seed::MasterSeed(1)).unwrap();
    let (all, third) = (run(0..4), run(2..3));
    assert_eq!(all["run"].select(&[2]), third["run"]);
    assert_eq!(all["levels"].select(&[6, 7, 8]), third["levels"]);
    assert_eq!(third["distances"].rows(), 0);
}

#[test]
fn one_pattern_at_a_time_is_nearly_the_same_course_and_every_replicate_has_its_own_orders() {
    let parameters = |descent: &str| json!({"data": {"living-things": {}}, "scale": 0.9, "rate": 0.1, "epochs": 400, "descent": descent});
    let batch = run("semantic", &parameters("batch"), 3).unwrap();
    let online = run("semantic", &parameters("online"), 3).unwrap();
    let half_times = |tables: &modewise::table::Tables| column(&tables["levels"], "half_time").to_vec();
    let (batch_times, online_times) = (half_times(&batch), half_times(&online));
    for (one, other) in batch_times.iter().zip(&online_times) {
        // The same gradient but for terms of the order of the rate times the 32 patterns' pull.
        assert!(one != other && (one / other - 1.0).abs() < 0.2, "{batch_times:?} {online_times:?}");
    }
    let implied = run("semantic", &semantic("epochs", json!(400)), 1).unwrap();
    let named = run(
        "semantic",
        &{
            let mut named = semantic("epochs", json!(400));
            named["descent"] = json!("batch");
            named
        },
        1,
    );
    assert_eq!(implied["run"], named.unwrap()["run"], "batch is the default");
    let draws = |descent| build("semantic", &parameters(descent)).unwrap().draws();
    assert_eq!(draws("batch"), ["the start"]);
    assert_eq!(draws("online"), ["the start", "the order of the patterns"]);
}

#[test]
fn data_without_relations_have_one_and_data_without_levels_have_no_distances() {
    let parameters = json!({"data": {"matrix": {"rows": [[1, 0], [0, 1], [0.5, 0.5]]}}, "representation": 2,
        "hidden": 3, "scale": 0.5, "rate": 1.0, "epochs": 4000});
    let tables = run("semantic", &parameters, 1).unwrap();
    assert!(column(&tables["run"], "final_loss")[0] < 1e-2, "{tables:?}");
    assert_eq!((tables["levels"].rows(), tables["distances"].rows()), (0, 0));
}

#[test]
fn other_numbers_than_0_to_1_are_brought_there() {
    let parameters = |rows: Json| {
        json!({"data": {"matrix": {"rows": rows}}, "representation": 2, "hidden": 3, "scale": 0.5, "rate": 0.5,
            "epochs": 50})
    };
    let signs = run("semantic", &parameters(json!([[-1, 1], [1, 0]])), 2).unwrap();
    let shares = run("semantic", &parameters(json!([[0, 1], [1, 0.5]])), 2).unwrap();
    assert_eq!(signs["run"], shares["run"]);
}

#[test]
fn any_hierarchy_is_learned_and_its_levels_have_the_strengths_of_its_table() {
    let parameters = json!({"data": {"nested-splits": {"depth": 2}}, "representation": 6, "hidden": 8, "scale": 0.5,
        "attribute-bias": 0, "rate": 0.2, "epochs": 3000});
    let tables = run("semantic", &parameters, 1).unwrap();
    // The singular values of the splits are 2 and sqrt 2; between 0 and 1 the table is half as large.
    let s = column(&tables["levels"], "s");
    assert!((s[0] - 1.0).abs() < 1e-12 && (s[1] - 0.5f64.sqrt()).abs() < 1e-12, "{s:?}");
    assert!(column(&tables["levels"], "half_time").is_sorted());
    // What is neither true nor false of an item is answered by 1/2 and counts on neither side.
    assert_eq!(column(&tables["run"], "accuracy"), [1.0]);
}

#[test]
fn wrong_parameters_of_semantic_are_refused_with_their_place() {
    for (name, value, expected) in [
        ("scale", json!(0.0), "`scale` is 0 (allowed: above 0)"),
        ("rate", json!(-0.1), "`rate` is -0.1 (allowed: above 0)"),
        ("epochs", json!(0), "`epochs` is 0 (allowed: 1 to 1000000)"),
        ("representation", json!(0), "`representation` is 0 (allowed: 1 to 1000000)"),
        ("hidden", json!(2_000_000), "`hidden` is 2000000 (allowed: 1 to 1000000)"),
        ("hidden", json!(100_000), "`data` makes a network of 3600000 numbers (allowed: up to 1000000)"),
        (
            "data",
            json!({"matrix": {"rows": [[1.5, 1.5]]}}),
            "`data` is a table of 1.5 only (allowed: numbers that differ, or numbers from 0 to 1)",
        ),
    ] {
        let message = match build("semantic", &semantic(name, value.clone())) {
            Err(BuildError::Parameters(errors)) => {
                errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Err(error) => panic!("{name}: {error}"),
            Ok(_) => "allowed".to_owned(),
        };
        assert_eq!(message, expected, "{name} {value}");
    }
}
