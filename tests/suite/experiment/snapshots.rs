//! Snapshots of the representation over learning.

use modewise::table::Tables;
use serde_json::json;

use super::{build, column, run, same, train};

fn living_things(changes: &[(&str, serde_json::Value)]) -> serde_json::Value {
    let mut parameters = json!({"data": {"living-things": {}}, "stop": {"steps": 1000}, "snapshots": 12,
        "learner": {"linear": {"layers": 2, "hidden": 10, "start": {"normal": 1e-3}, "rate": 5e-3}}});
    for (name, value) in changes {
        parameters[*name] = value.clone();
    }
    parameters
}

/// Rows of `similarity` at the last time: item, other, similarity, distance.
fn end(tables: &Tables) -> Vec<[f64; 4]> {
    let table = &tables["similarity"];
    let time = column(table, "time");
    let columns = ["item", "other", "similarity", "distance"].map(|name| column(table, name));
    (0..time.len()).filter(|&row| time[row] == time[time.len() - 1]).map(|row| columns.map(|of| of[row])).collect()
}

#[test]
fn snapshots_hold_every_pair_at_few_times_of_replicate_0() {
    let tables = train(&living_things(&[]), 2);
    let table = &tables["similarity"];
    assert!(column(table, "replicate").iter().all(|&replicate| replicate == 0.0));
    let mut times = column(table, "time").to_vec();
    times.dedup();
    assert!(times.is_sorted() && (6..=12).contains(&times.len()), "{times:?}");
    assert_eq!((times[0], times[times.len() - 1]), (0.0, 5.0));
    assert_eq!(table.rows(), times.len() * 36);
    assert_eq!(tables["embedding"].rows(), times.len() * 8);
}

#[test]
fn distances_belong_to_similarities_and_the_end_is_that_of_the_theory() {
    let tables = train(&living_things(&[("stop", json!({"steps": 6000}))]), 1);
    let end = end(&tables);
    let own = |item: f64| end.iter().find(|row| row[0] == item && row[1] == item).expect("a pair with itself")[2];
    for &[item, other, similarity, distance] in &end {
        let square = own(item) + own(other) - 2.0 * similarity;
        assert!((distance * distance - square).abs() < 1e-12, "{item} {other}");
    }
    // From a small start the squared weights of the first layer sum to the sum of the singular values.
    let trace: f64 = (1..=8).map(|item| own(f64::from(item))).sum();
    let s: f64 = column(&tables["modes"], "s").iter().sum();
    assert!((trace / s - 1.0).abs() < 1e-3, "{trace} {s}");
}

#[test]
fn places_keep_no_more_than_the_distances_and_their_mean_is_0() {
    let tables = train(&living_things(&[]), 1);
    let places = &tables["embedding"];
    let [time, x, y, z] = ["time", "axis1", "axis2", "axis3"].map(|name| column(places, name));
    let last: Vec<usize> = (0..time.len()).filter(|&row| time[row] == 5.0).collect();
    for of in [x, y, z] {
        assert!(last.iter().map(|&row| of[row]).sum::<f64>().abs() < 1e-12);
    }
    for [item, other, _, distance] in end(&tables) {
        let (one, two) = (last[item as usize - 1], last[other as usize - 1]);
        let square: f64 = [x, y, z].iter().map(|of| (of[one] - of[two]) * (of[one] - of[two])).sum();
        assert!(square.sqrt() <= distance + 1e-12, "{item} {other}");
    }
    // The first axis parts plants from animals.
    let signs: Vec<bool> = last.iter().map(|&row| x[row] > 0.0).collect();
    assert!(signs[..4].iter().all(|sign| *sign == signs[0]) && signs[4..].iter().all(|sign| *sign != signs[0]));
}

#[test]
fn nobody_pays_for_snapshots_that_nobody_asked_for() {
    let without = json!({"data": {"living-things": {}}, "stop": {"steps": 100},
        "learner": {"linear": {"layers": 2, "hidden": 10, "start": {"normal": 1e-3}, "rate": 5e-3}}});
    let shallow =
        living_things(&[("learner", json!({"linear": {"layers": 1, "start": {"normal": 1e-3}, "rate": 5e-3}}))]);
    for parameters in [&without, &shallow] {
        let tables = train(parameters, 1);
        assert_eq!((tables["similarity"].rows(), tables["embedding"].rows()), (0, 0), "{parameters}");
    }
    let canonical = build("training", &without).unwrap().canonical();
    assert!(canonical.get("snapshots").is_none(), "{canonical}");
    assert_eq!(build("training", &shallow).unwrap().canonical()["snapshots"], 12);
    let with = train(&living_things(&[("stop", json!({"steps": 100}))]), 1);
    let plain = train(&without, 1);
    for ((name, one), (_, other)) in with["modes"].columns().zip(plain["modes"].columns()) {
        assert!(same(one, other), "they change nothing else: {name}");
    }
}

#[test]
fn rumelharts_network_has_them_by_epoch() {
    let parameters = json!({"data": {"living-things": {}}, "scale": 0.3, "rate": 0.1, "epochs": 40, "snapshots": 9});
    let tables = run("semantic", &parameters, 2).unwrap();
    let mut epochs = column(&tables["similarity"], "time").to_vec();
    epochs.dedup();
    assert_eq!(epochs, [0.0, 8.0, 16.0, 24.0, 32.0, 40.0]);
    assert!(column(&tables["similarity"], "similarity").iter().all(|similarity| (0.0..8.0).contains(similarity)));
}

#[test]
fn the_level_of_a_split_that_is_a_mode_has_its_singular_value() {
    let parameters = json!({"data": {"nested-splits": {"depth": 3}}, "stop": {"steps": 5},
        "learner": {"linear": {"layers": 2, "hidden": 8, "start": {"normal": 1e-3}, "rate": 1e-2}}});
    let tables = train(&parameters, 1);
    let s = column(&tables["levels"], "s");
    for (found, expected) in s.iter().zip([8.0_f64, 4.0, 2.0]) {
        assert!((found - expected.sqrt()).abs() < 1e-12, "{s:?}");
    }
}
