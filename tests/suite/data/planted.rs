use faer::Mat;
use serde_json::{Value as Json, json};

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
