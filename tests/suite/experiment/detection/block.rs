//! The block of the experiment `detection`: its size, its place, and what is refused.

use serde_json::{Value as Json, json};

use super::{message, run};

fn detection(changes: &Json) -> Json {
    let mut fields =
        json!({"objects": 400, "features": 640, "background": 0.2, "density": 0.5, "block": {"area": 900}});
    for (name, value) in changes.as_object().expect("fields") {
        fields[name] = value.clone();
    }
    fields
}

#[test]
fn a_block_by_area_or_coherence_has_the_shape_of_the_table() {
    // Objects and features by hand; snr 0.5625, sqrt(400 640) = 505.96.
    let cases = [
        (json!({"size": {"objects": 7, "features": 11}}), 77.0),
        (json!({"area": 1000}), 25.0 * 40.0),
        (json!({"area": 1}), 1.0),
        (json!({"area": 900}), 24.0 * 38.0),
        (json!({"coherence": 1}), 24.0 * 37.0),
        (json!({"coherence": 4}), 47.0 * 77.0),
        (json!({"area": 256_000}), 256_000.0),
    ];
    for (block, area) in cases {
        let tables = run("detection", &detection(&json!({"block": block})), 0..1);
        let value = |name: &str| tables["run"].column(name).unwrap()[0];
        assert_eq!(value("area"), area, "{block}");
        assert!((value("snr") - 0.5625).abs() <= 1e-15, "{block}");
        let coherence = 0.5625 * area / 256_000.0_f64.sqrt();
        assert!((value("coherence") - coherence).abs() <= 1e-14 * coherence, "{block}");
    }
}

#[test]
fn a_block_is_the_same_however_its_size_is_given() {
    let with = |block: Json| run("detection", &detection(&json!({"block": block})), 0..2);
    let by_area = with(json!({"area": 900}));
    assert_eq!(by_area, with(json!({"size": {"objects": 24, "features": 38}})));
    assert_ne!(by_area, with(json!({"size": {"objects": 24, "features": 37}})));
}

#[test]
fn a_block_without_noise_is_found_whole() {
    let (objects, features, q) = (10, 12, 1e-9_f64);
    let parameters = json!({"objects": objects, "features": features, "background": q, "density": 1.0,
                            "block": {"size": {"objects": 4, "features": 6}}});
    let tables = run("detection", &parameters, 0..1);
    let value = |name: &str| tables["run"].column(name).unwrap()[0];
    let s1 = ((1.0 - q) / q).sqrt() * (24.0 / f64::from(features)).sqrt();
    assert!((value("s1") / s1 - 1.0).abs() <= 1e-8, "{}", value("s1"));
    for overlap in ["object_overlap", "feature_overlap", "object_overlap_theory", "feature_overlap_theory"] {
        assert!((value(overlap) - 1.0).abs() <= 1e-6, "{overlap}: {}", value(overlap));
    }
    assert!((value("edge") - (1.0 + (10.0_f64 / 12.0).sqrt())).abs() <= 1e-15);
}

#[test]
fn parameters_that_are_not_allowed_are_refused_with_their_place() {
    let cases = [
        (json!({"objects": 0}), "`objects` is 0 (allowed: at least 1)"),
        (json!({"features": 0}), "`features` is 0 (allowed: at least 1)"),
        (json!({"background": 0}), "`background` is 0 (allowed: between 0 and 1)"),
        (
            json!({"background": 1.0, "density": 1.0}),
            "`background` is 1 (allowed: between 0 and 1); `density` is 1 (allowed: above the background, 1, up to 1)",
        ),
        (json!({"density": 0.2}), "`density` is 0.2 (allowed: above the background, 0.2, up to 1)"),
        (json!({"density": 1.5}), "`density` is 1.5 (allowed: above the background, 0.2, up to 1)"),
        (json!({"objects": 1_000_000}), "`objects` times features is too large (allowed: up to 100000000 entries)"),
        (json!({"block": {"area": 0}}), "`block.area` is 0 (allowed: greater than 0)"),
        (json!({"block": {"coherence": -1}}), "`block.coherence` is -1 (allowed: greater than 0)"),
        (
            json!({"block": {"size": {"objects": 401, "features": 1}}}),
            "`block` is a block of 401 objects and 1 features (allowed: at least 1 of each, up to the table's 400 and 640)",
        ),
        (
            json!({"block": {"size": {"objects": 1, "features": 0}}}),
            "`block` is a block of 1 objects and 0 features (allowed: at least 1 of each, up to the table's 400 and 640)",
        ),
        (
            json!({"block": {"area": 300_000}}),
            "`block` is a block of 433 objects and 693 features (allowed: at least 1 of each, up to the table's 400 and 640)",
        ),
    ];
    for (changes, expected) in cases {
        assert_eq!(message("detection", &detection(&changes)), expected, "{changes}");
    }
    for (changes, expected) in [
        (json!({"block": {"radius": 3}}), "`block"),
        (json!({"block": {"size": {"objects": 1, "features": 1, "area": 1}}}), "unknown field `area`"),
        (json!({"noise": 3}), "unknown field `noise`"),
        (json!({"centre": "grand-mean"}), "`centre` unknown variant `grand-mean`"),
        (json!({"objects": 1.5}), "`objects` invalid type"),
    ] {
        let observed = message("detection", &detection(&changes));
        assert!(observed.contains(expected), "{changes}: {observed}");
    }
}
