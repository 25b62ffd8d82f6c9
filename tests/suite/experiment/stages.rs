//! Stages of learning.

use faer::{Mat, mat};
use modewise::data::Level;
use modewise::experiment::common::stages::{STAGES, Stages};
use modewise::numerics::linear_algebra::haar::orthonormal;
use modewise::seed::{MasterSeed, stream};
use modewise::table::Table;
use serde_json::json;

use super::{column, run, train};

/// Four items in two pairs.
fn pairs() -> [Level; 2] {
    let level = |level, nodes| Level { level, s: None, count: 1, nodes, patterns: Vec::new() };
    [level(1, vec![vec![vec![0, 1], vec![2, 3]]]), level(2, vec![vec![vec![0], vec![1]], vec![vec![2], vec![3]]])]
}

/// The table of a run through these representations, seen in these axes.
fn stages(states: &[Mat<f64>], axes: &Mat<f64>) -> Table {
    let mut table = STAGES.table();
    let mut stages = Stages::new(&pairs(), axes.as_ref()).expect("the items have levels");
    for (time, state) in states.iter().enumerate() {
        stages.observe(time as f64, (state * axes).as_ref());
    }
    let last = states.len() - 1;
    stages.write(7, last as f64, (&states[last] * axes).as_ref(), &mut table);
    table
}

#[test]
fn the_middle_is_where_half_of_the_mean_squared_distance_is_gone_and_heights_are_mean_distances() {
    // Beside each its sum of squared distances over the six pairs.
    let states = [
        mat![[0.0, 2.0, 1.0, 3.0]],   // 20; 0 and 2, 1 and 3 are near: pairs across the root
        mat![[0.0, 1.0, 5.0, 6.0]],   // 104, not half of the way
        mat![[0.0, 1.0, 8.0, 10.0]],  // 299
        mat![[0.0, 2.0, 10.0, 14.0]], // 524
    ];
    let table = stages(&states, &Mat::identity(4, 4));
    let of = |name: &str| column(&table, name).to_vec();
    let progress = of("progress");
    assert_eq!((progress[0], progress[2]), (0.0, 1.0));
    assert!((progress[1] - 279.0 / 504.0).abs() < 1e-15, "{progress:?}");
    assert_eq!(of("stage"), [0.0, 1.0, 2.0]);
    assert_eq!(of("time"), [0.0, 2.0, 3.0]);
    assert_eq!(of("replicate"), [7.0; 3]);
    // Means of the four distances across.
    assert_eq!(of("top"), [2.0, 8.5, 11.0]);
    assert_eq!(of("next"), [1.0, 2.0, 4.0]);
    assert_eq!(of("lowest"), [1.0, 1.0, 2.0]);
    assert_eq!(of("at_root"), [0.0, 1.0, 1.0]);
}

#[test]
fn other_axes_show_the_same() {
    let mut rng = stream(MasterSeed(3), "test", &0, 0);
    let states: Vec<Mat<f64>> =
        (0..40).map(|time| Mat::from_fn(3, 4, |i, j| libm::sin((i * 4 + j) as f64) * f64::from(time + 1))).collect();
    let (plain, turned) = (stages(&states, &Mat::identity(4, 4)), stages(&states, &orthonormal(4, 4, &mut rng)));
    for (name, one) in plain.columns() {
        for (one, other) in one.iter().zip(column(&turned, name)) {
            assert!((one - other).abs() < 1e-12, "{name}: {one} {other}");
        }
    }
    // The spread grows with the square of the time.
    assert_eq!(column(&plain, "time")[1], 28.0);
}

#[test]
fn an_observer_is_made_for_items_with_levels_only() {
    let items = |count: usize| Mat::identity(count, count);
    assert!(Stages::new(&[], items(4).as_ref()).is_none());
    let wide =
        Level { level: 1, s: None, count: 1, nodes: vec![vec![vec![0], (1..65).collect()]], patterns: Vec::new() };
    assert!(Stages::new(std::slice::from_ref(&wide), items(65).as_ref()).is_none());
    assert!(Stages::new(&[wide], items(64).as_ref()).is_some());
}

#[test]
fn stages_of_training_are_those_of_the_snapshots_and_of_every_replicate() {
    let parameters = json!({"data": {"living-things": {}}, "stop": {"learned": 1}, "snapshots": 3,
        "learner": {"linear": {"layers": 2, "hidden": 10, "start": {"normal": 1e-3}, "rate": 5e-3}}});
    let tables = train(&parameters, 2);
    let (stages, pairs) = (&tables["stages"], &tables["similarity"]);
    assert_eq!(column(stages, "replicate"), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
    assert_eq!(column(stages, "at_root")[1..3], [1.0; 2]);
    let [time, item, other, distance] = ["time", "item", "other", "distance"].map(|name| column(pairs, name));
    for stage in [0, 2] {
        let at = column(stages, "time")[stage];
        let across = (0..pairs.rows()).filter(|&row| time[row] == at && item[row] <= 4.0 && other[row] > 4.0);
        let apart: Vec<f64> = across.map(|row| distance[row]).collect();
        assert_eq!(apart.len(), 16);
        let mean = apart.iter().sum::<f64>() / 16.0;
        let top = column(stages, "top")[stage];
        // At the end the highest split is that of plants and animals; before it may be any other, which is no lower.
        assert!(if stage == 2 { (top - mean).abs() < 1e-12 } else { top >= mean }, "{stage}: {top} {mean}");
    }
    let shallow = json!({"data": {"living-things": {}}, "stop": {"steps": 10},
        "learner": {"linear": {"layers": 1, "start": {"normal": 1e-3}, "rate": 5e-3}}});
    assert_eq!(train(&shallow, 1)["stages"].rows(), 0, "a network without a hidden layer represents nothing");
}

#[test]
fn rumelharts_network_has_stages_by_epoch() {
    let parameters = json!({"data": {"living-things": {}}, "scale": 0.1, "rate": 0.1, "epochs": 1000});
    let tables = run("semantic", &parameters, 1).unwrap();
    let stages = &tables["stages"];
    let (time, progress) = (column(stages, "time"), column(stages, "progress"));
    assert_eq!((time[0], time[2]), (0.0, 1000.0));
    // Seen every 4 epochs.
    assert!(time[1] % 4.0 == 0.0 && (0.5..0.55).contains(&progress[1]), "{time:?} {progress:?}");
    assert!(column(stages, "top").is_sorted());
}
