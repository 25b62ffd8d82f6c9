use faer::Mat;
use modewise::numerics::linear_algebra::svd::singular_values;
use modewise::theory::overlap;
use serde_json::{Value as Json, json};

use super::reference::{cases, number, numbers};
use super::{draw, source};

/// Two categories in 40 objects and 30 features.
fn planted(shuffle: bool, centre: &str) -> Json {
    json!({"planted": {
        "objects": 40, "features": 30, "background": 0.2, "shuffle": shuffle, "centre": centre,
        "categories": [{"objects": 10, "features": 8, "density": 0.7}, {"objects": 5, "features": 12, "density": 1.0}],
    }})
}

/// 0, 1 or 2: the category of an entry before it is shuffled, 0 for none.
fn category(feature: usize, object: usize) -> usize {
    match (feature, object) {
        (0..8, 0..10) => 1,
        (8..20, 10..15) => 2,
        _ => 0,
    }
}

const DENSITIES: [f64; 3] = [0.2, 0.7, 1.0];

#[test]
fn the_clean_table_is_the_mean_of_the_noisy_one_and_the_noise_its_spread() {
    let deviation = (0.2_f64 * 0.8).sqrt();
    for (centre, shift, scale) in [("none", 0.0, 1.0), ("known", 0.2, 1.0 / deviation)] {
        let source = source(&planted(false, centre));
        let replicates = 600;
        let (mut mean, mut square) = (Mat::<f64>::zeros(30, 40), 0.0);
        for replicate in 0..replicates {
            let sample = source.draw(modewise::seed::MasterSeed(1), replicate);
            let clean = sample.clean.unwrap();
            let noise = sample.noise.unwrap();
            assert!((noise - scale * deviation).abs() <= 1e-15, "{centre}");
            for object in 0..40 {
                for feature in 0..30 {
                    let expected = scale * (DENSITIES[category(feature, object)] - shift);
                    assert!((clean[(feature, object)] - expected).abs() <= 1e-14, "{centre}");
                    mean[(feature, object)] += sample.y[(feature, object)] / replicates as f64;
                    if category(feature, object) == 0 {
                        square += (sample.y[(feature, object)] - expected).powi(2) / replicates as f64;
                    }
                }
            }
            assert_eq!(sample.categories.len(), 2);
        }
        let clean = draw(&planted(false, centre), 0).clean.unwrap();
        // 1200 entries: five standard deviations of the mean of a coin.
        let five_sigma = 5.0 * scale * 0.5 / (replicates as f64).sqrt();
        assert!((&mean - &clean).norm_max() <= five_sigma, "{centre}: {}", (&mean - &clean).norm_max());
        let variance = square / (1200.0 - 80.0 - 60.0);
        assert!((variance / (scale * deviation).powi(2) - 1.0).abs() < 0.02, "{centre}: {variance}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn the_estimated_centre_makes_mean_0_and_variance_1() {
    for replicate in 0..20 {
        let sample = draw(&planted(true, "estimated"), replicate);
        let entries: Vec<f64> = sample.y.col_iter().flat_map(|column| column.iter().copied()).collect();
        let mean = entries.iter().sum::<f64>() / 1200.0;
        let variance = entries.iter().map(|entry| entry * entry).sum::<f64>() / 1200.0;
        assert!(mean.abs() <= 1e-13 && (variance - 1.0).abs() <= 1e-12, "{replicate}: {mean} {variance}");
        // Ones and zeros differ by 1/sd here, and the background's noise is that of 0.2.
        let step = entries.iter().copied().fold(f64::MIN, f64::max) - entries.iter().copied().fold(f64::MAX, f64::min);
        assert!((sample.noise.unwrap() - step * 0.4).abs() <= 1e-13, "{replicate}");
    }
}

#[test]
fn shuffling_moves_rows_and_columns_and_the_categories_with_them() {
    let sample = draw(&planted(true, "none"), 0);
    let sizes: Vec<_> = sample.categories.iter().map(|c| (c.items.len(), c.features.len())).collect();
    assert_eq!(sizes, [(10, 8), (5, 12)]);
    let (one, two) = (&sample.categories[0], &sample.categories[1]);
    assert!(one.items.iter().all(|item| !two.items.contains(item)), "categories share no item");
    assert!(one.features.iter().all(|feature| !two.features.contains(feature)), "categories share no feature");
    assert!(one.items.windows(2).all(|pair| pair[0] < pair[1]), "items come in order");
    assert_ne!(one.items, (0..10).collect::<Vec<_>>(), "items are shuffled");
    let clean = sample.clean.unwrap();
    for (object, feature) in (0..40).flat_map(|object| (0..30).map(move |feature| (object, feature))) {
        let of = sample.categories.iter().position(|c| c.items.contains(&object) && c.features.contains(&feature));
        assert_eq!(clean[(feature, object)], DENSITIES[of.map_or(0, |of| of + 1)], "{feature}, {object}");
    }
    // A density of 1 leaves no 0.
    assert!(two.items.iter().all(|&item| two.features.iter().all(|&feature| sample.y[(feature, item)] == 1.0)));
}

#[test]
fn a_table_of_equal_entries_centres_to_0() {
    let data =
        json!({"planted": {"objects": 2, "features": 2, "background": 1e-12, "categories": [], "centre": "estimated"}});
    let sample = draw(&data, 0);
    assert_eq!(sample.y, Mat::<f64>::zeros(2, 2));
    assert_eq!(sample.noise, Some(0.0));
}

/// 40 objects by 60 features with a background of 0.1 and these categories.
fn sharing(categories: &Json, noisy: bool) -> Json {
    json!({"planted": {"objects": 40, "features": 60, "background": 0.1, "categories": categories, "noisy": noisy}})
}

/// As the reference describes them, by members.
fn of_reference(name: &str) -> Json {
    let first = |density: f64| json!({"objects": 20, "features": 30, "density": density});
    let second = json!({"objects": 16, "features": 24, "density": 0.4,
                        "shares": {"with": 1, "objects": 6, "features": 5}});
    match name {
        "overlapping" => json!([first(0.5), second]),
        "nested" => json!([first(0.5), {"objects": 8, "features": 10, "density": 0.4,
                                        "shares": {"with": 1, "objects": 8, "features": 10}}]),
        "objects alone" => json!([first(0.5), {"objects": 16, "features": 24, "density": 0.6,
                                               "shares": {"with": 1, "objects": 10}}]),
        _ => json!([first(0.4), second, {"objects": 12, "features": 10, "density": 0.3,
                                         "shares": {"with": 1, "objects": 4, "features": 2}}]),
    }
}

#[test]
fn tables_without_noise_of_categories_that_share_are_those_of_the_reference() {
    let cases: Vec<_> = cases("data").into_iter().filter(|case| case["kind"] == "planted").collect();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let categories = of_reference(case["name"].as_str().unwrap());
        let sample = draw(&sharing(&categories, false), 0);
        assert!(sample.noise.is_none() && sample.clean.is_none(), "{case}");
        let expected = numbers(&case["singular_values"]);
        let s = singular_values(sample.y.as_ref()).unwrap();
        for (s, expected) in s.iter().zip(&expected) {
            assert!((s - expected).abs() <= 1e-12 * expected, "{case}: {s} {expected}");
        }
        assert!(s[expected.len()] <= 1e-12 * s[0], "{case}: each category is one block");
        let sum: f64 = sample.y.col_iter().map(|column| column.iter().sum::<f64>()).sum();
        assert!((sum - number(&case["sum"])).abs() <= 1e-9, "{case}: {sum}");
    }
}

#[test]
fn categories_have_as_many_members_in_common_as_they_say() {
    for replicate in 0..5 {
        let sample = draw(&sharing(&of_reference("three"), true), replicate);
        let [one, two, three] = &sample.categories[..] else { panic!("three categories") };
        let common = |own: &[usize], others: &[usize]| own.iter().filter(|member| others.contains(member)).count();
        assert_eq!([one, two, three].map(|own| (own.items.len(), own.features.len())), [(20, 30), (16, 24), (12, 10)]);
        assert_eq!([common(&one.items, &two.items), common(&one.features, &two.features)], [6, 5]);
        assert_eq!([common(&one.items, &three.items), common(&one.features, &three.features)], [4, 2]);
        // The last of the first category are members of all three.
        assert_eq!([common(&two.items, &three.items), common(&two.features, &three.features)], [4, 2]);
    }
}

#[test]
fn noise_has_the_density_of_all_categories_that_meet() {
    let replicates = 400;
    let data = sharing(&of_reference("three"), true);
    let source = source(&data);
    let (mut ones, mut entries) = ([0.0; 4], [0.0; 4]);
    for replicate in 0..replicates {
        let sample = source.draw(modewise::seed::MasterSeed(1), replicate);
        for (item, feature) in (0..40).flat_map(|item| (0..60).map(move |feature| (item, feature))) {
            let lies = |number: usize| {
                let own = &sample.categories[number];
                own.items.contains(&item) && own.features.contains(&feature)
            };
            let place = match [lies(0), lies(1), lies(2)] {
                [true, true, false] => 1,
                [true, true, true] => 2,
                [false, false, true] => 3,
                [false, false, false] => 0,
                _ => continue,
            };
            entries[place] += 1.0;
            ones[place] += f64::from(u8::from(sample.y[(feature, item)] > 0.0));
        }
    }
    for (place, density) in [0.1_f64, 0.7, 0.9, 0.3].into_iter().enumerate() {
        let five_sigma = 5.0 * (density * (1.0 - density) / entries[place]).sqrt();
        assert!((ones[place] / entries[place] - density).abs() <= five_sigma, "{place}: {ones:?} {entries:?}");
    }
}

#[test]
fn tables_without_noise_have_the_modes_that_theory_gives_two_overlapping_categories() {
    let scale = (0.1_f64 * 0.9).sqrt();
    for (objects, features) in [(0, 0), (6, 0), (0, 5), (6, 5), (16, 24)] {
        let mut categories = of_reference("overlapping");
        categories[1]["shares"] = json!({"with": 1, "objects": objects, "features": features});
        let s = singular_values(draw(&sharing(&categories, false), 0).y.as_ref()).unwrap();
        let strengths = [0.4 * 600.0_f64.sqrt() / scale, 0.3 * 384.0_f64.sqrt() / scale];
        let expected = overlap::singular_values(
            strengths,
            f64::from(objects) / 320.0_f64.sqrt(),
            f64::from(features) / 720.0_f64.sqrt(),
        );
        for (s, expected) in s.iter().zip(expected) {
            assert!((s - expected).abs() <= 1e-12 * expected, "{objects}, {features}: {s} {expected}");
        }
    }
}

#[test]
fn a_table_without_noise_and_in_order_draws_nothing() {
    let mut data = sharing(&of_reference("overlapping"), false);
    assert!(source(&data).is_random());
    data["planted"]["shuffle"] = json!(false);
    assert!(!source(&data).is_random());
    let y = draw(&data, 0).y;
    assert_eq!(y, draw(&data, 1).y);
    // The value of an entry is that of its density.
    let standard = |density: f64| (density - 0.1) / 0.3;
    for (feature, object, density) in [(0, 0, 0.5), (27, 16, 0.8), (40, 25, 0.4), (59, 39, 0.1), (40, 0, 0.1)] {
        assert!((y[(feature, object)] - standard(density)).abs() <= 1e-12, "{feature}, {object}");
    }
    data["planted"]["centre"] = json!("estimated");
    let y = draw(&data, 0).y;
    let sum: f64 = y.col_iter().map(|column| column.iter().sum::<f64>()).sum();
    assert!(sum.abs() <= 1e-9, "the mean is taken away: {sum}");
}
