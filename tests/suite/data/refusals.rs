use std::path::Path;

use serde_json::{Value as Json, json};

use super::prepare;

/// A planted table with these fields changed.
fn planted(changes: &Json) -> Json {
    let mut fields = json!({"objects": 20, "features": 30, "background": 0.1,
                            "categories": [{"objects": 5, "features": 6, "density": 0.7}]});
    for (name, value) in changes.as_object().expect("fields") {
        fields[name] = value.clone();
    }
    json!({"planted": fields})
}

/// Two categories, of which the second, of `more` objects above 5, shares these with the first.
fn sharing(more: usize, with: usize, objects: usize, features: usize, density: f64) -> Json {
    let shares = json!({"with": with, "objects": objects, "features": features});
    planted(&json!({"categories": [
        {"objects": 5, "features": 6, "density": 0.7},
        {"objects": 5 + more, "features": 6, "density": density, "shares": shares},
    ]}))
}

fn message(data: &Json) -> String {
    prepare(Path::new(""), data).map(|_| "nothing".to_owned()).unwrap_or_else(|error| error.to_string())
}

#[test]
fn numbers_that_are_not_allowed_are_refused_with_their_place() {
    let tree = |depth, branching: usize, flip, features| json!({"tree": {"depth": depth, "branching": branching, "flip": flip, "features": features}});
    let category = |objects, features, density| {
        planted(&json!({"categories": [{"objects": objects, "features": features, "density": density}]}))
    };
    let large = "makes a table of more than 10000000 entries (allowed: branching^depth times features up to that)";
    let cases = [
        (tree(0, 2, 0.1, 5), "`data.tree.depth` is 0 (allowed: 1 to 20)".to_owned()),
        (tree(2, 1, 0.1, 5), "`data.tree.branching` is 1 (allowed: at least 2)".to_owned()),
        (
            tree(21, 2, 0.7, 0),
            "`data.tree.depth` is 21 (allowed: 1 to 20); `data.tree.flip` is 0.7 (allowed: 0 to 0.5); \
             `data.tree.features` is 0 (allowed: at least 1)"
                .to_owned(),
        ),
        (tree(20, 2, 0.1, 10), format!("`data.tree` {large}")),
        (tree(20, usize::MAX, 0.1, 10), format!("`data.tree` {large}")),
        (json!({"nested-splits": {"depth": 11}}), "`data.nested-splits.depth` is 11 (allowed: 1 to 10)".to_owned()),
        (
            json!({"nested-splits": {"depth": 2, "features": [1]}}),
            "`data.nested-splits.features` is 1 numbers (allowed: one for each level)".to_owned(),
        ),
        (
            json!({"nested-splits": {"depth": 2, "features": [1, 0]}}),
            "`data.nested-splits.features.1` is 0 (allowed: 1 to 625000)".to_owned(),
        ),
        (
            json!({"drawn-paths": {"objects": 1, "depth": 11, "first": 1.0}}),
            "`data.drawn-paths.objects` is 1 (allowed: at least 2); `data.drawn-paths.depth` is 11 (allowed: 1 to 10); \
             `data.drawn-paths.first` is 1 (allowed: between 0 and 1)"
                .to_owned(),
        ),
        (
            json!({"drawn-paths": {"objects": 10_000, "depth": 10}}),
            "`data.drawn-paths` makes a table of more than 10000000 entries \
             (allowed: 2^depth - 1 times objects up to that)"
                .to_owned(),
        ),
        (
            json!({"living-things": {"relations": []}}),
            "`data.living-things.relations` is empty (allowed: at least one of is-a, is, can, has)".to_owned(),
        ),
        (
            json!({"living-things": {"relations": ["can", "is"]}}),
            "`data.living-things.relations` is out of order (allowed: each at most once, in the order is-a, is, can, has)"
                .to_owned(),
        ),
        (
            json!({"ring": {"items": 1, "width": 0, "bumps": 0}}),
            "`data.ring.items` is 1 (allowed: 2 to 1000); \
             `data.ring.width` is 0 (allowed: above 0, at most the number of items); \
             `data.ring.bumps` is 0 (allowed: 1 to 10)"
                .to_owned(),
        ),
        (json!({"contrast": {"m1": 1, "m2": 0, "m3": 1}}), "`data.contrast.m2` is 0 (allowed: 1 to 833333)".to_owned()),
        (
            json!({"contrast": {"m1": 1, "m2": 1, "m3": 1, "plants": 0}}),
            "`data.contrast.plants` is 0 (allowed: 1 to 833333)".to_owned(),
        ),
        (
            json!({"contrast": {"m1": 1, "m2": 1, "m3": 1, "fish": 0, "birds": 900_000}}),
            "`data.contrast.fish` is 0 (allowed: 1 to 833333); `data.contrast.birds` is 900000 (allowed: 1 to 833333)"
                .to_owned(),
        ),
        (
            json!({"contrast": {"m1": 9000, "m2": 1, "m3": 1, "plants": 9000}}),
            "`data.contrast` is too large (allowed: items times features up to 10000000)".to_owned(),
        ),
        (
            planted(&json!({"background": 0.0, "categories": []})),
            "`data.planted.background` is 0 (allowed: between 0 and 1)".to_owned(),
        ),
        (
            planted(&json!({"objects": 4})),
            "`data.planted.categories` have 5 objects together (allowed: the table's 4, because none is shared)"
                .to_owned(),
        ),
        (
            planted(&json!({"objects": 100_000, "features": 100_000})),
            "`data.planted` is too large (allowed: objects times features up to 10000000)".to_owned(),
        ),
        (
            category(1, 1, 0.1),
            "`data.planted.categories.0.density` is 0.1 (allowed: above the background, 0.1, up to 1)".to_owned(),
        ),
        (
            category(1, 1, 1.1),
            "`data.planted.categories.0.density` is 1.1 (allowed: above the background, 0.1, up to 1)".to_owned(),
        ),
        (category(0, 1, 0.7), "`data.planted.categories.0.objects` is 0 (allowed: at least 1)".to_owned()),
        (
            category(5, 31, 0.7),
            "`data.planted.categories` have 31 features together (allowed: the table's 30, because none is shared)"
                .to_owned(),
        ),
        (
            sharing(1, 2, 1, 1, 0.5),
            "`data.planted.categories.1.shares.with` is 2 (allowed: the number of an earlier category, from 1)".to_owned(),
        ),
        (
            sharing(0, 0, 6, 5, 0.5),
            "`data.planted.categories.1.shares.with` is 0 (allowed: the number of an earlier category, from 1)".to_owned(),
        ),
        (
            sharing(0, 1, 6, 5, 0.5),
            "`data.planted.categories.1.shares.objects` is 6 (allowed: up to 5, the size of the smaller)".to_owned(),
        ),
        (
            sharing(30, 1, 1, 1, 0.35),
            "`data.planted.categories` have 39 objects together (allowed: the table's 20, because no more are shared)"
                .to_owned(),
        ),
        (
            sharing(0, 1, 1, 1, 0.75),
            "`data.planted.categories` have a density of 1.35 where they meet (allowed: up to 1, because what they add to \
             the background adds up)"
                .to_owned(),
        ),
        (
            json!({"matrix": {"rows": []}}),
            "`data.matrix.rows` holds no numbers (allowed: at least one row with at least one number)".to_owned(),
        ),
        (
            json!({"matrix": {"rows": [[1, 2], [3]]}}),
            "`data.matrix.rows.1` is 1 numbers long (allowed: as long as the first, 2)".to_owned(),
        ),
    ];
    for (data, expected) in cases {
        assert_eq!(message(&data), expected, "{data}");
    }
}

#[test]
fn fields_that_do_not_exist_are_refused() {
    for (data, expected) in [
        (json!({"tree": {"depth": 2, "flip": 0.1, "features": 5, "flips": 0.2}}), "unknown field `flips`"),
        (json!({"nested-splits": {"depth": 2, "deep": 1}}), "unknown field `deep`"),
        (json!({"drawn-paths": {"objects": 9, "depth": 2, "second": 0.5}}), "unknown field `second`"),
        (json!({"drawn-paths": {"objects": 9, "depth": 2, "coding": "bit"}}), "unknown variant `bit`"),
        (json!({"contrast": {"m1": 1, "m2": 1, "m3": 1, "m4": 1}}), "unknown field `m4`"),
        (planted(&json!({"noise": 1})), "unknown field `noise`"),
        (planted(&json!({"categories": [{"objects": 1, "features": 1, "density": 1, "p": 1}]})), "unknown field `p`"),
        (json!({"matrix": {"rows": [[1]], "columns": 1}}), "unknown field `columns`"),
        (
            json!({"csv": {"path": "a", "orientation": "items-in-rows", "missing": "zero", "sep": ";"}}),
            "unknown field `sep`",
        ),
        (json!({"trees": {}}), "unknown variant `trees`"),
        (planted(&json!({"centre": "mean"})), "unknown variant `mean`"),
        (json!({"tree": {"depth": -1, "flip": 0.1, "features": 5}}), "invalid value: integer `-1`"),
    ] {
        let observed = message(&data);
        assert!(observed.contains(expected), "{data}: {observed}");
    }
}
