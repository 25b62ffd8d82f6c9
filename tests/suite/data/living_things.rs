//! The living things.

use modewise::data::living_things::{ATTRIBUTES, ITEMS, RELATIONS, Relation};
use modewise::numerics::linear_algebra::svd::singular_values;
use serde_json::json;

use super::draw;
use super::reference::{cases, numbers};

#[test]
fn the_table_is_that_of_the_reference() {
    let sample = draw(&json!({"living-things": {}}), 0);
    let case = &cases("rumelhart")[0];
    assert_eq!(case["items"], json!(ITEMS));
    assert_eq!(case["relations"], json!(RELATIONS.map(Relation::word)));
    let names: Vec<&str> = case["attributes"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let mut seen = Vec::new();
    for (row, (relation, attribute, _)) in ATTRIBUTES.iter().enumerate() {
        let name = format!("{} {attribute}", relation.word());
        let place = names.iter().position(|&other| other == name).unwrap_or_else(|| panic!("{name}"));
        let observed: Vec<f64> = sample.y.row(row).iter().copied().collect();
        assert_eq!(observed, numbers(&case["table"][place]), "{name}");
        assert!(sample.relations[*relation as usize].contains(&row), "{name}");
        seen.push(place);
    }
    seen.sort_unstable();
    assert!(seen.into_iter().eq(0..names.len()));
    assert_eq!(sample.relations.iter().map(|rows| rows.len()).collect::<Vec<_>>(), [15, 6, 5, 10]);
    let (observed, expected) = (singular_values(sample.y.as_ref()).unwrap(), numbers(&case["singular_values"]));
    assert!(observed.iter().zip(&expected).all(|(s, t)| (s - t).abs() <= 1e-13 * expected[0]), "{observed:?}");
}

#[test]
fn levels_are_the_kinds_the_subkinds_and_the_items() {
    let named = |items: &[usize]| items.iter().map(|&item| ITEMS[item]).collect::<Vec<_>>().join(" ");
    let levels = draw(&json!({"living-things": {}}), 0).levels;
    let nodes = levels.iter().map(|level| {
        let node = |node: &Vec<Vec<usize>>| node.iter().map(|child| named(child)).collect::<Vec<_>>().join(" | ");
        level.nodes.iter().map(node).collect::<Vec<_>>()
    });
    let expected = [
        vec!["pine oak rose daisy | robin canary sunfish salmon"],
        vec!["pine oak | rose daisy", "robin canary | sunfish salmon"],
        vec!["pine | oak", "rose | daisy", "robin | canary", "sunfish | salmon"],
    ];
    assert!(nodes.eq(expected), "{levels:?}");
    assert!(levels.iter().all(|level| level.s.is_none()));
}

#[test]
fn without_is_a_nothing_in_the_table_names_a_group_or_an_item() {
    let sample = draw(&json!({"living-things": {"relations": ["is", "can", "has"]}}), 0);
    assert_eq!(sample.y.shape(), (21, 8));
    assert_eq!(sample.relations, [0..6, 6..11, 11..21]);
    let all = draw(&json!({"living-things": {}}), 0);
    assert_eq!(sample.y, all.y.subrows(15, 21), "the other rows stay");
    assert_eq!(sample.levels, all.levels);
    let can = draw(&json!({"living-things": {"relations": ["can"]}}), 0).relations;
    assert_eq!((can.len(), can[0].clone()), (1, 0..5));
}

#[test]
fn shuffled_attributes_are_as_frequent_as_before_but_elsewhere() {
    let plain = draw(&json!({"living-things": {}}), 0).y;
    let shuffled = [0, 1].map(|replicate| draw(&json!({"living-things": {"shuffled": true}}), replicate).y);
    assert_ne!(shuffled[0], shuffled[1]);
    for table in &shuffled {
        let moved = (0..36).filter(|&row| {
            let ones = |y: &faer::Mat<f64>| y.row(row).iter().sum::<f64>();
            assert_eq!(ones(table), ones(&plain), "row {row}");
            table.row(row) != plain.row(row)
        });
        // An attribute of one item stays where it is in one of 8 draws, others less often but for those of all items.
        assert!(moved.count() >= 20);
    }
}
