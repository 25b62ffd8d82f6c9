use faer::{Mat, mat};
use modewise::parameter::BuildError;
use modewise::seed::MasterSeed;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::prepare;

const ZOO: &str = "name,legs,milk,eggs\nbear,4,1,0\nduck,2,,1\n\"carp, common\",0, 0 ,NA\n";

fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("zoo.csv"), text).expect("a file in it");
    folder
}

fn table(text: &str, more: &Json) -> Result<Mat<f64>, String> {
    let mut fields = json!({"path": "zoo.csv", "orientation": "items-in-rows", "missing": "zero"});
    for (name, value) in more.as_object().expect("fields") {
        fields[name] = value.clone();
    }
    let source = prepare(folder(text).path(), &json!({"csv": fields})).map_err(|error| error.to_string())?;
    Ok(source.draw(MasterSeed(1), 0).y)
}

#[test]
fn a_file_becomes_a_table_of_features_and_items() {
    let cases = [
        (json!({"label": "name"}), mat![[4.0, 2.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
        (json!({"label": "name", "missing": "mean"}), mat![[4.0, 2.0, 0.0], [1.0, 0.5, 0.0], [0.0, 1.0, 0.5]]),
        (
            json!({"label": "name", "missing": "mean", "orientation": "features-in-rows"}),
            mat![[4.0, 1.0, 0.0], [2.0, 1.5, 1.0], [0.0, 0.0, 0.0]],
        ),
        (json!({"columns": ["eggs", "legs"]}), mat![[0.0, 1.0, 0.0], [4.0, 2.0, 0.0]]),
        (json!({"columns": ["legs"], "missing": "refuse"}), mat![[4.0, 2.0, 0.0]]),
    ];
    for (more, expected) in cases {
        assert_eq!(table(ZOO, &more), Ok(expected), "{more}");
    }
}

#[test]
fn a_file_that_makes_no_table_is_refused_with_its_place() {
    let label = json!({"label": "name"});
    let cases = [
        (
            ZOO,
            json!({}),
            "`data.csv.path` names a file with `bear` in line 2 of `zoo.csv`, column `name` (allowed: finite numbers)",
        ),
        (
            ZOO,
            json!({"label": "name", "missing": "refuse"}),
            "`data.csv.missing` is refuse, but there is no value in line 3 of `zoo.csv`, column `milk` (allowed: zero or mean)",
        ),
        (
            ZOO,
            json!({"label": "nam"}),
            "`data.csv.label` names `nam`, which is no column (allowed: `name`, `legs`, `milk`, `eggs`)",
        ),
        (
            ZOO,
            json!({"columns": ["legs", "fins"]}),
            "`data.csv.columns.1` names `fins`, which is no column (allowed: `name`, `legs`, `milk`, `eggs`)",
        ),
        (ZOO, json!({"columns": []}), "`data.csv.columns` leaves no column (allowed: at least one)"),
        (
            "name,a,b,a\nx,1,2,3\n",
            label.clone(),
            "`data.csv.path` names a file with two columns `a` (allowed: columns with different names)",
        ),
        (
            "name,a\nx,inf\n",
            label.clone(),
            "`data.csv.path` names a file with `inf` in line 2 of `zoo.csv`, column `a` (allowed: finite numbers)",
        ),
        (
            "name,a\n",
            label.clone(),
            "`data.csv.path` names a file without numbers (allowed: a line of names, then lines of numbers)",
        ),
        ("", json!({}), "`data.csv.columns` leaves no column (allowed: at least one)"),
        (
            "a\n?\n",
            json!({"missing": "mean"}),
            "`data.csv.missing` is mean, but feature 1 has no value (allowed: zero)",
        ),
        (
            "a,b\n1,2\n3\n",
            json!({}),
            "`data.csv.path` names a file that is no table, `zoo.csv`: CSV error: record 2 (line: 3, byte: 8): found record with 1 fields, but the previous record has 2 fields",
        ),
    ];
    for (text, more, expected) in cases {
        assert_eq!(table(text, &more), Err(expected.to_owned()), "{text:?} {more}");
    }
}

#[test]
fn an_absent_file_is_told_from_a_wrong_one() {
    let folder = tempfile::tempdir().unwrap();
    let csv = |path: &str| json!({"csv": {"path": path, "orientation": "items-in-rows", "missing": "zero"}});
    match prepare(folder.path(), &csv("no.csv")) {
        Err(BuildError::Absent(message)) => assert_eq!(message, "the data file `no.csv` is not there"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(prepare(folder.path(), &csv(".")), Err(BuildError::Parameters(_))));
}

#[test]
fn the_bytes_of_a_file_are_its_identity_not_its_path() {
    let canonical = |text: &str, path: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(path), text).unwrap();
        let csv = json!({"csv": {"path": path, "orientation": "items-in-rows", "missing": "zero"}});
        prepare(folder.path(), &csv).unwrap().canonical()
    };
    assert_eq!(canonical("a\n1\n", "one.csv"), canonical("a\n1\n", "two.csv"));
    assert_ne!(canonical("a\n1\n", "one.csv"), canonical("a\n2\n", "one.csv"));
    let hash = blake3::hash(b"a\n1\n").to_hex().to_string();
    let expected = json!({"csv": {"blake3": hash, "orientation": "items-in-rows", "missing": "zero", "columns": null,
        "label": null, "levels": null, "shuffled": false}});
    assert_eq!(canonical("a\n1\n", "one.csv"), expected);
}

#[test]
fn classes_make_the_levels_and_no_feature() {
    let text = "name,legs,milk,kind\nbear,4,1,mammal\nduck,2,0,bird\ncarp,0,0,fish\nseal,0,1,mammal\n";
    let source = |levels: Json| {
        let fields = json!({"path": "zoo.csv", "orientation": "items-in-rows", "missing": "refuse", "label": "name",
            "levels": levels});
        prepare(folder(text).path(), &json!({"csv": fields})).map_err(|error| error.to_string())
    };
    let splits = json!([[["mammal"], ["bird", "fish"]], [["bird"], ["fish"]]]);
    let sample = source(json!({"class": "kind", "splits": splits})).unwrap().draw(MasterSeed(1), 0);
    assert_eq!(sample.y.shape(), (2, 4));
    let nodes: Vec<_> = sample.levels.iter().map(|level| (level.level, level.nodes.clone())).collect();
    assert_eq!(nodes, [(1, vec![vec![vec![0, 3], vec![1, 2]]]), (2, vec![vec![vec![1], vec![2]]])]);
    for (levels, expected) in [
        (json!({"class": "sort", "splits": []}), "`data.csv.levels.class` names `sort`, which is no column"),
        (
            json!({"class": "kind", "splits": [[["mammal"]]]}),
            "`data.csv.levels.splits.0` has 1 group (allowed: two groups or more)",
        ),
        (
            json!({"class": "kind", "splits": [[["mammal"], []]]}),
            "`data.csv.levels.splits.0.1` is empty (allowed: one class or more)",
        ),
        (
            json!({"class": "kind", "splits": [[["mammal"], ["reptile"]]]}),
            "`data.csv.levels.splits.0.1` names the class `reptile`, which no item has (allowed: `bird`, `fish`, `mammal`)",
        ),
        (
            json!({"class": "kind", "splits": [[["mammal"], ["bird", "mammal"]]]}),
            "`data.csv.levels.splits.0.1` names the class `mammal` again (allowed: once in a level)",
        ),
    ] {
        let message = source(levels).map(|_| ()).unwrap_err();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn a_shuffled_table_keeps_the_values_of_each_feature() {
    let fields = json!({"path": "zoo.csv", "orientation": "items-in-rows", "missing": "zero", "label": "name",
        "shuffled": true});
    let source = prepare(folder(ZOO).path(), &json!({"csv": fields})).unwrap();
    assert!(source.is_random());
    let tables: Vec<Mat<f64>> = (0..8).map(|replicate| source.draw(MasterSeed(1), replicate).y).collect();
    for table in &tables {
        let sorted = |feature: usize| {
            let mut values: Vec<f64> = table.row(feature).iter().copied().collect();
            values.sort_unstable_by(f64::total_cmp);
            values
        };
        assert_eq!([sorted(0), sorted(1), sorted(2)], [[0.0, 2.0, 4.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]);
    }
    assert!(tables.iter().any(|table| *table != tables[0]));
}
