//! Figures of one run over time: items in a representation, weights in a landscape.

use std::collections::BTreeSet;

use modewise::plot::model::Item;
use modewise::spec::language::figure_options::Moments;

use super::*;

/// The places of four items at three times: at one point, in two pairs, apart.
const PLACES: [[f64; 4]; 3] = [[0.0; 4], [-2.0, 2.0, -2.0, 2.0], [-3.0, 2.0, -2.0, 3.5]];

pub(super) fn moments(items: Option<&[&str]>) -> Moments {
    let items = items.map(|items| items.iter().map(|&item| item.to_owned()).collect());
    Moments { replicate: 0, point: IndexMap::new(), items }
}

/// Tables of a run in which four items move along a line, and of one in a landscape, at one point of the sweep.
pub(super) fn learned() -> Evidence {
    let mut pairs: Vec<[f64; 7]> = Vec::new();
    let mut places: Vec<[f64; 7]> = Vec::new();
    for (time, places_now) in PLACES.iter().enumerate() {
        for (one, x) in places_now.iter().enumerate() {
            places.push([32.0, 0.0, time as f64, (one + 1) as f64, *x, 0.5 * x, 0.0]);
            for (other, y) in places_now.iter().enumerate().skip(one) {
                pairs.push([32.0, 0.0, time as f64, (one + 1) as f64, (other + 1) as f64, x * y, (x - y).abs()]);
            }
        }
    }
    let of = |names: [&str; 7], rows: &[[f64; 7]]| {
        let columns = names.iter().enumerate().map(|(at, &name)| (name, rows.iter().map(|row| row[at]).collect()));
        table(&columns.collect::<Vec<(&str, Vec<f64>)>>())
    };
    let similarity = of(["hidden", "replicate", "time", "item", "other", "similarity", "distance"], &pairs);
    let embedding = of(["hidden", "replicate", "time", "item", "axis1", "axis2", "axis3"], &places);
    let run = table(&[("hidden", vec![32.0]), ("replicate", vec![0.0]), ("target", vec![1.0])]);
    let trajectory = table(&[
        ("hidden", vec![32.0; 4]),
        ("replicate", vec![0.0; 4]),
        ("way", vec![1.0, 1.0, 2.0, 2.0]),
        ("time", vec![0.0, 1.0, 0.0, 1.0]),
        ("w1", vec![0.1, 1.0, -0.8, 1.0]),
        ("w2", vec![0.2, 1.0, 0.9, 1.0]),
    ]);
    let mut all = modes();
    for (name, table) in
        [("similarity", similarity), ("embedding", embedding), ("run", run), ("trajectory", trajectory)]
    {
        all.tables.insert(name.to_owned(), table);
    }
    all
}

fn drawn(kind: FigureKind) -> Plot {
    plots(&swept(kind), &learned()).expect("the figure can be drawn").remove(0)
}

#[test]
fn dendrograms_join_what_is_near_at_each_time() {
    let plot = drawn(FigureKind::Dendrograms(moments(Some(&["a", "b", "c", "d"]))));
    assert_eq!(outline(&plot), ["tree before 0 3", "tree middle 1 3", "tree end 2 3"]);
    let Layer::Tree { leaves, forks, .. } = &plot.layers[2] else { panic!("{:?}", plot.layers[2]) };
    // In the tree a and c, b and d are siblings; all four are groups of their own.
    let names: Vec<(&str, usize)> = leaves.iter().map(|Item { name, series }| (name.as_str(), *series)).collect();
    assert_eq!(names, [("a", 0), ("c", 1), ("b", 2), ("d", 3)]);
    let distances: Vec<f64> = forks.iter().map(|fork| fork.distance).collect();
    // The last: the mean of 5, 6.5, 4 and 5.5.
    assert_eq!(distances, [1.0, 1.5, 5.25]);
    assert_eq!((forks[2].places, forks[2].from, forks[2].series), ([0.5, 2.5], [1.0, 1.5], None));
    let Layer::Tree { forks, .. } = &plot.layers[0] else { panic!("{:?}", plot.layers[0]) };
    assert!(forks.iter().all(|fork| fork.distance == 0.0), "{forks:?}");
}

#[test]
fn items_have_the_names_of_the_data_at_the_first_point() {
    let names = |data: Json, axis: &str| {
        let mut claim = swept(FigureKind::Dendrograms(moments(None)));
        claim.parameters = json!({ "data": data });
        claim.sweep[0].parameters[0].path = axis.to_owned();
        claim.sweep[0].values = vec![vec![json!(32)]];
        let plot = plots(&claim, &learned()).expect("the figure can be drawn").remove(0);
        let Layer::Tree { leaves, .. } = &plot.layers[0] else { panic!("{:?}", plot.layers[0]) };
        leaves.iter().map(|Item { name, .. }| name.clone()).collect::<BTreeSet<_>>()
    };
    let contrast = json!({"contrast": {"m1": 1, "m3": 1}});
    assert_eq!(names(contrast, "data.contrast.m2"), ["fish", "bird", "tree", "flower"].map(str::to_owned).into());
    let tree = json!({"tree": {"depth": 2, "flip": 0.1, "features": 10}});
    let numbers = ["1", "2", "3", "4"].map(str::to_owned).into();
    assert_eq!(names(tree, "data.tree.features"), numbers);
    // Eight names for four items are those of other data.
    assert_eq!(names(json!({"living-things": {}}), "learner.hidden"), numbers);
}

#[test]
fn similarities_stand_in_the_order_of_the_tree() {
    let plot = drawn(FigureKind::Similarity(moments(None)));
    assert_eq!(outline(&plot), ["matrix before 0 4", "matrix early 1 4", "matrix end 2 4"]);
    let Layer::Matrix { items, z, .. } = &plot.layers[2] else { panic!("{:?}", plot.layers[2]) };
    assert_eq!(items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["1", "3", "2", "4"]);
    assert_eq!(z[0], [9.0, 6.0, -6.0, -10.5]);
    assert_eq!(z[3], [-10.5, -7.0, 7.0, 12.25]);
}

#[test]
fn embeddings_follow_each_item_along_columns_or_formulas() {
    let plot =
        drawn(FigureKind::Embedding(Embedding { moments: moments(None), x: None, y: Some(scale("axis1 + axis2")) }));
    assert_eq!(outline(&plot), ["path 1 0 3", "path 2 2 3", "path 3 1 3", "path 4 3 3"]);
    let Layer::Path { points, .. } = &plot.layers[3] else { panic!("{:?}", plot.layers[3]) };
    assert_eq!(*points, [[0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [2.0, 3.5, 5.25]]);
}

#[test]
fn a_landscape_has_its_contours_and_ways() {
    let plot = drawn(FigureKind::Landscape(OneRun { replicate: 0, point: IndexMap::new() }));
    let outline = outline(&plot);
    assert_eq!(outline.iter().filter(|layer| layer.starts_with("line minima 0 Theory")).count(), 2);
    for expected in
        ["arrows downhill 169", "place saddle [0.0, 0.0]", "path from beside the saddle 0 2", "path from the ridge 1 2"]
    {
        assert!(outline.iter().any(|layer| layer == expected), "{expected}: {outline:?}");
    }
    for layer in &plot.layers {
        let Layer::Contour { height, points } = layer else { continue };
        for [w1, w2] in points {
            let loss = 0.5 * (1.0 - w1 * w2) * (1.0 - w1 * w2);
            assert!((loss - height).abs() < 1e-12, "loss {loss} on the contour {height}");
        }
    }
}

#[test]
fn the_names_of_the_items_are_as_many_as_they() {
    let kind = FigureKind::Dendrograms(moments(Some(&["a", "b"])));
    let error = plots(&swept(kind), &learned()).unwrap_err();
    assert_eq!(error, "figure 1 (`dendrograms`) names 2 items, but table `similarity` has 4");
    let nothing = plots(&swept(FigureKind::Similarity(moments(None))), &curves()).unwrap_err();
    assert_eq!(nothing, "figure 1 (`similarity`) needs the table `similarity`, which the experiment does not have");
}
