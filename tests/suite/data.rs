//! Tests of `data`.

pub(crate) mod reference;

mod csv;
mod drawn_paths;
mod fixed;
mod living_things;
mod planted;
mod refusals;
mod ring;
mod tree;

use std::path::Path;

use modewise::data::{Data, Sample, Source};
use modewise::parameter::{BuildError, read};
use modewise::seed::MasterSeed;
use serde_json::{Value as Json, json};

/// The source of a data set as a spec gives it, seen from the folder `base`.
fn prepare(base: &Path, data: &Json) -> Result<Source, BuildError> {
    read::<Data>(data)?.prepare(base)
}

fn source(data: &Json) -> Source {
    prepare(Path::new(""), data).unwrap_or_else(|error| panic!("{data}: {error}"))
}

fn draw(data: &Json, replicate: u64) -> Sample {
    source(data).draw(MasterSeed(1), replicate)
}

/// One of each kind that needs no file.
fn one_of_each() -> [Json; 15] {
    [
        json!({"tree": {"depth": 3, "flip": 0.1, "features": 70}}),
        json!({"nested-splits": {"depth": 3}}),
        json!({"contrast": {"m1": 2, "m2": 3, "m3": 1}}),
        json!({"planted": {"objects": 20, "features": 30, "background": 0.1,
                           "categories": [{"objects": 5, "features": 6, "density": 0.7}]}}),
        json!({"matrix": {"rows": [[1, 2.5], [0, -1], [3, 4]]}}),
        json!({"living-things": {}}),
        json!({"living-things": {"shuffled": true}}),
        json!({"living-things": {"relations": ["is", "can", "has"]}}),
        json!({"nested-splits": {"depth": 2, "features": [1, 3]}}),
        json!({"ring": {"items": 7, "width": 1}}),
        json!({"ring": {"items": 7, "width": 1, "bumps": 2, "shuffled": true}}),
        json!({"drawn-paths": {"objects": 9, "depth": 3}}),
        json!({"drawn-paths": {"objects": 9, "depth": 3, "first": 0.7, "coding": "centred-bits"}}),
        json!({"planted": {"objects": 20, "features": 30, "background": 0.1, "noisy": false, "categories": [
            {"objects": 5, "features": 6, "density": 0.7},
            {"objects": 4, "features": 7, "density": 0.3, "shares": {"with": 1, "objects": 2}}]}}),
        json!({"contrast": {"m1": 2, "m2": 3, "m3": 1, "fish": 3, "birds": 2}}),
    ]
}

#[test]
fn a_sample_has_the_shape_that_its_source_says() {
    for data in one_of_each() {
        let (source, sample) = (source(&data), draw(&data, 0));
        assert_eq!((sample.y.nrows(), sample.y.ncols()), (source.features(), source.items()), "{data}");
    }
}

#[test]
fn a_draw_depends_on_the_master_seed_the_replicate_and_the_parameters_only() {
    for data in one_of_each() {
        let shuffled = data["living-things"]["shuffled"] == true || data["ring"]["shuffled"] == true;
        let random = shuffled || ["tree", "planted", "drawn-paths"].iter().any(|kind| data.get(kind).is_some());
        let source = source(&data);
        let first = source.draw(MasterSeed(1), 0).y;
        assert_eq!(first, source.clone().draw(MasterSeed(1), 0).y, "{data}");
        assert_eq!(first != source.draw(MasterSeed(1), 1).y, random, "{data}");
        assert_eq!(first != source.draw(MasterSeed(2), 0).y, random, "{data}");
    }
}

#[test]
fn canonical_parameters_have_every_default_and_make_the_same_data() {
    let defaults = [
        json!({"tree": {"depth": 3, "branching": 2, "flip": 0.1, "features": 70}}),
        json!({"nested-splits": {"depth": 3}}),
        json!({"contrast": {"m1": 2, "m2": 3, "m3": 1, "plants": 1}}),
        json!({"planted": {"objects": 20, "features": 30, "background": 0.1,
                           "categories": [{"objects": 5, "features": 6, "density": 0.7}],
                           "shuffle": true, "centre": "known"}}),
        json!({"matrix": {"rows": [[1.0, 2.5], [0.0, -1.0], [3.0, 4.0]]}}),
        json!({"living-things": {"relations": ["is-a", "is", "can", "has"], "shuffled": false}}),
        json!({"living-things": {"relations": ["is-a", "is", "can", "has"], "shuffled": true}}),
        json!({"living-things": {"relations": ["is", "can", "has"], "shuffled": false}}),
        json!({"nested-splits": {"depth": 2, "features": [1, 3]}}),
        json!({"ring": {"items": 7, "width": 1.0, "bumps": 1, "shuffled": false}}),
        json!({"ring": {"items": 7, "width": 1.0, "bumps": 2, "shuffled": true}}),
        json!({"drawn-paths": {"objects": 9, "depth": 3, "first": 0.5, "coding": "signs"}}),
        json!({"drawn-paths": {"objects": 9, "depth": 3, "first": 0.7, "coding": "centred-bits"}}),
        json!({"planted": {"objects": 20, "features": 30, "background": 0.1, "categories": [
            {"objects": 5, "features": 6, "density": 0.7},
            {"objects": 4, "features": 7, "density": 0.3, "shares": {"with": 1, "objects": 2, "features": 0}}],
            "shuffle": true, "centre": "known", "noisy": false}}),
        json!({"contrast": {"m1": 2, "m2": 3, "m3": 1, "plants": 1, "fish": 3, "birds": 2}}),
    ];
    for (data, expected) in one_of_each().iter().zip(defaults) {
        assert_eq!(source(data).canonical().to_string(), expected.to_string());
        assert_eq!(source(&expected).draw(MasterSeed(1), 3).y, draw(data, 3).y, "{data}");
    }
}
