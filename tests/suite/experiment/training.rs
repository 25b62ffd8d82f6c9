//! Tests of `experiment::training`: what the theory predicts, end to end.

use serde_json::{Value as Json, json};

use super::{build, column, run, same, train};
use modewise::numerics::statistics::extreme::{larger, largest};
use modewise::seed::MasterSeed;
use modewise::theory::learning::half_time;

/// Data with these singular values on the diagonal, and a rule of learning.
fn diagonal(s: &[f64], linear: &Json, stop: &Json) -> Json {
    let row = |i: usize| (0..s.len()).map(|j| if i == j { s[i] } else { 0.0 }).collect::<Vec<_>>();
    let rows: Vec<_> = (0..s.len()).map(row).collect();
    json!({"data": {"matrix": {"rows": rows}}, "learner": {"linear": linear}, "stop": stop})
}

fn descent(hidden: usize, sigma: f64, rate: f64) -> Json {
    json!({"layers": 2, "hidden": hidden, "start": {"normal": sigma}, "rate": rate})
}

#[test]
fn well_separated_modes_are_on_time_at_any_hidden_size() {
    for hidden in [4, 8, 32] {
        let parameters = diagonal(&[8.0, 4.0, 2.0, 1.0], &descent(hidden, 1e-4, 2e-3), &json!({"learned": 1.0}));
        let tables = train(&parameters, 4);
        let [s, g, m0, free, half] =
            ["s", "g", "m0", "m0_free", "half_time"].map(|name| column(&tables["modes"], name));
        let (mut worst, mut naive) = (0.0_f64, 0.0_f64);
        for row in 0..s.len() {
            worst = larger(worst, (half[row] / half_time(s[row], g[row], free[row]) - 1.0).abs());
            naive = larger(naive, (half[row] / half_time(s[row], g[row], m0[row]) - 1.0).abs());
        }
        assert!(worst < 0.005, "hidden {hidden}: {worst}");
        assert!(naive > 2.0 * worst, "hidden {hidden}: without the used-up directions {naive}, with them {worst}");
    }
}

#[test]
fn the_flow_from_a_balanced_start_follows_the_closed_form_at_every_depth() {
    for (layers, start) in [(1, 1e-3), (2, 1e-3), (3, 0.02), (4, 0.05)] {
        let linear = json!({"layers": layers, "hidden": 5, "start": {"balanced": start},
            "flow": {"tolerance": 1e-9, "every": 0.05}});
        let tables = train(&diagonal(&[3.0, 1.5, 1.0], &linear, &json!({"time": 6.0})), 2);
        let errors = column(&tables["modes"], "closed_form_error");
        assert_eq!(errors.len(), 6, "layers {layers}");
        assert!(errors.iter().all(|&error| error < 1e-6), "layers {layers}: {errors:?}");
        let drift = column(&tables["run"], "balance_drift");
        assert!(layers == 1 || drift.iter().all(|&drift| drift < 1e-7), "layers {layers}: {drift:?}");
    }
}

#[test]
fn the_flow_from_an_unequal_start_follows_its_own_closed_form_and_not_the_sigmoid() {
    for (first, second) in [(0.5, 0.01), (0.01, 0.5), (0.1, 0.1)] {
        let linear = json!({"layers": 2, "hidden": 5, "start": {"unequal": {"first": first, "second": second}},
            "flow": {"tolerance": 1e-9, "every": 0.05}});
        let tables = train(&diagonal(&[3.0, 1.5, 1.0], &linear, &json!({"time": 6.0})), 2);
        let errors = column(&tables["modes"], "closed_form_error");
        assert!(errors.iter().all(|&error| error < 1e-6), "{first} {second}: {errors:?}");
        let [s, time, strength] = ["s", "time", "strength"].map(|name| column(&tables["strengths"], name));
        let sigmoid = |row: usize| modewise::theory::learning::strength(s[row], s[row], first * second, time[row]);
        let off = largest((0..s.len()).map(|row| (strength[row] - sigmoid(row)).abs() / s[row]));
        assert!((off < 1e-6) == (first == second), "{first} {second}: {off} from the sigmoid");
        // Of a start that is no balanced one the matrix solution says nothing.
        let solution = column(&tables["run"], "solution_error");
        assert!(solution.iter().all(|&error| (error < 1e-6) == (first == second)), "{first} {second}: {solution:?}");
    }
}

#[test]
fn the_flow_from_any_balanced_start_follows_the_matrix_solution() {
    let rows = json!([[3.0, 0.1, 0.5], [0.0, 2.0, 0.3], [0.4, 0.0, 1.0], [0.2, 0.2, 0.2]]);
    let with = |start: Json, rule: (&str, Json)| {
        let mut linear = json!({"layers": 2, "hidden": 4, "start": start});
        linear[rule.0] = rule.1;
        train(&json!({"data": {"matrix": {"rows": rows}}, "learner": {"linear": linear}, "stop": {"time": 8.0}}), 2)
    };
    let flow = || ("flow", json!({"tolerance": 1e-9, "every": 0.02}));
    let balanced = with(json!({"unaligned": 0.2}), flow());
    assert!(column(&balanced["run"], "solution_error").iter().all(|&error| error < 1e-6));
    assert!(column(&balanced["modes"], "closed_form_error").iter().all(|&error| error < 1e-6));
    let normal = with(json!({"normal": 0.3}), flow());
    assert!(column(&normal["run"], "solution_error").iter().all(|&error| error > 1e-2));
    let descent = with(json!({"unaligned": 0.2}), ("rate", json!(0.01)));
    assert!(column(&descent["run"], "solution_error").iter().all(|error| error.is_nan()));
    assert!(column(&descent["modes"], "closed_form_error").iter().all(|error| error.is_nan()));
}

#[test]
fn a_balanced_start_ends_with_the_least_weights_at_every_depth() {
    for (layers, start, expected) in
        [(1, 1e-3, 9.0 + 1.0), (2, 1e-3, 2.0 * (3.0 + 1.0)), (4, 0.05, 4.0 * (3.0_f64.sqrt() + 1.0))]
    {
        let linear = json!({"layers": layers, "hidden": 5, "start": {"balanced": start},
            "flow": {"tolerance": 1e-9, "every": 0.5}});
        let tables = train(&diagonal(&[3.0, 1.0], &linear, &json!({"time": 25.0})), 1);
        let [norm, least] = ["weight_norm", "weight_norm_theory"].map(|name| column(&tables["run"], name)[0]);
        assert!((least / expected - 1.0).abs() < 1e-14, "layers {layers}: {least}, not {expected}");
        assert!((norm / expected - 1.0).abs() < 1e-6, "layers {layers}: {norm}, not {expected}");
    }
}

#[test]
fn without_hidden_layer_every_mode_has_half_time_ln_2() {
    let flow = json!({"layers": 1, "start": {"normal": 1e-6}, "flow": {"tolerance": 1e-9, "every": 0.01}});
    let descent = json!({"layers": 1, "start": {"normal": 1e-6}, "rate": 0.05});
    // Decay by 1 - rate in each step, linear between steps.
    let steps = libm::log(0.5) / libm::log(0.95);
    let below = libm::pow(0.95, steps.floor());
    let expected_steps = steps.floor() + (below - 0.5) / (0.05 * below);
    for (linear, expected) in [(flow, std::f64::consts::LN_2), (descent, 0.05 * expected_steps)] {
        let tables = train(&diagonal(&[9.0, 3.0, 1.0], &linear, &json!({"learned": 1.0})), 2);
        for half in column(&tables["modes"], "half_time") {
            assert!((half - expected).abs() < 2e-5, "{linear}: {half}, not {expected}");
        }
        assert!(column(&tables["run"], "gram_error").iter().all(|error| error.is_nan()), "{linear}");
    }
}

#[test]
fn learning_ends_at_the_best_product_that_the_hidden_layer_allows() {
    for (hidden, best) in [(2, (4.0 + 1.0) / 2.0), (3, 0.5), (6, 0.0)] {
        let parameters = diagonal(&[8.0, 4.0, 2.0, 1.0], &descent(hidden, 1e-3, 0.01), &json!({"time": 30.0}));
        let tables = train(&parameters, 2);
        let run = &tables["run"];
        for row in 0..run.rows() {
            assert_eq!(column(run, "best_loss")[row], best, "hidden {hidden}");
            let end = column(run, "final_loss")[row];
            assert!((end - best).abs() < 1e-8, "hidden {hidden}: loss {end}, not {best}");
            assert!(column(run, "product_error")[row] < 1e-7, "hidden {hidden}");
            let gram = column(run, "gram_error")[row];
            assert!(gram < 2e-3, "hidden {hidden}: {gram}");
            let sum: f64 = [8.0, 4.0, 2.0, 1.0][..hidden.min(4)].iter().sum();
            let norm = column(run, "weight_norm")[row];
            let least = column(run, "weight_norm_theory")[row];
            assert!((least / (2.0 * sum) - 1.0).abs() < 1e-14, "hidden {hidden}: least weight norm {least}");
            assert!((norm / (2.0 * sum) - 1.0).abs() < 2e-3, "hidden {hidden}: weight norm {norm}");
            assert_eq!(column(run, "steps")[row], 3000.0, "hidden {hidden}");
        }
        let missing = column(&tables["modes"], "m0_free").iter().filter(|m0| m0.is_nan()).count();
        assert_eq!(missing, 2 * 4_usize.saturating_sub(hidden), "hidden {hidden}");
    }
}

#[test]
fn the_trajectory_visits_the_saddles_more_closely_from_smaller_starts() {
    let s = [8.0, 4.0, 2.0];
    let visits = |sigma: f64| {
        let tables = train(&diagonal(&s, &descent(6, sigma, 2e-3), &json!({"learned": 1.0})), 1);
        tables["saddles"].clone()
    };
    let (near, far) = (visits(1e-6), visits(1e-3));
    for saddle in 0..3 {
        let at = |table: &modewise::table::Table, name: &str| column(table, name)[saddle];
        let expected: f64 = s[saddle..].iter().map(|s| s * s / 2.0).sum();
        assert_eq!(at(&near, "loss_theory"), expected, "saddle {saddle}");
        let plateau = at(&near, "plateau_loss");
        assert!((plateau / expected - 1.0).abs() < 1e-3, "saddle {saddle}: {plateau}, not {expected}");
        for name in ["distance", "gradient_norm"] {
            assert!(at(&near, name) < 0.3 * at(&far, name), "saddle {saddle} {name}");
        }
        assert!(at(&near, "arrival") < at(&near, "departure"), "saddle {saddle}");
        let rate = at(&near, "escape_rate") / at(&near, "rate_theory");
        assert!((rate - 1.0).abs() < 2e-3, "saddle {saddle}: growth {rate} of what was expected");
        let (way_in, way_out) = (at(&near, "arrival_alignment"), at(&near, "departure_alignment"));
        assert!((0.999..=1.0).contains(&way_out), "saddle {saddle}: {way_out}");
        // In by the mode before, up to sqrt(100 m/s) of the next, 0.02 on average at this scale; the origin is a start.
        assert!(saddle == 0 || way_in < 0.1, "saddle {saddle}: {way_in}");
    }
    assert_eq!(column(&near, "arrival")[0], 0.0);
    assert!(column(&near, "arrival").is_sorted() && column(&near, "departure").is_sorted());
}

#[test]
fn only_a_network_of_two_layers_has_ways_into_and_out_of_saddles() {
    for (layers, hidden, known) in [(1, 0, false), (2, 6, true), (3, 6, false)] {
        let mut linear = json!({"layers": layers, "start": {"normal": 0.05}, "rate": 0.01});
        if hidden > 0 {
            linear["hidden"] = json!(hidden);
        }
        let tables = train(&diagonal(&[8.0, 4.0], &linear, &json!({"learned": 1.0})), 1);
        let alignments = column(&tables["saddles"], "departure_alignment");
        assert!(alignments.iter().all(|alignment| alignment.is_nan() != known), "{layers} layers: {alignments:?}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn levels_come_apart_top_first_when_their_modes_are_learned() {
    let parameters = json!({"data": {"nested-splits": {"depth": 4}}, "stop": {"learned": 1.0},
        "learner": {"linear": {"layers": 2, "hidden": 24, "start": {"normal": 1e-5}, "rate": 0.01}}});
    let tables = train(&parameters, 2);
    let (modes, levels) = (&tables["modes"], &tables["levels"]);
    assert!(same(column(levels, "level"), &[1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0]));
    for row in 0..4 {
        let level = (row + 1) as f64;
        let of_modes: Vec<f64> = (0..modes.rows() / 2)
            .filter(|&mode| column(modes, "level")[mode] == level)
            .map(|mode| column(modes, "half_time")[mode])
            .collect();
        assert_eq!(of_modes.len(), 1 << row, "level {level}");
        let [first, last] = [f64::min, f64::max].map(|pick| of_modes.iter().copied().reduce(pick).unwrap());
        for name in ["half_time", "hidden_half_time"] {
            let time = column(levels, name)[row];
            // Because the mean over the nodes of a level rises with the first and is complete with the last.
            assert!(time > 0.8 * first && time < 1.1 * last, "level {level} {name}: {time}, modes {first} to {last}");
        }
        let separation = column(levels, "separation")[row];
        assert!((separation - 1.0).abs() < 0.1, "level {level}: {separation}");
    }
    assert!(column(levels, "half_time")[..4].is_sorted());
}

#[test]
fn the_predicted_level_of_a_mode_follows_the_data_and_not_the_taxonomy() {
    for (m2, expected) in [(4, [1.0, 2.0, 2.0]), (16, [2.0, 1.0, 2.0])] {
        let parameters = json!({"data": {"contrast": {"m1": 4, "m2": m2, "m3": 1}}, "stop": {"learned": 1.0},
            "learner": {"linear": {"layers": 2, "hidden": 6, "start": {"normal": 1e-4}, "rate": 0.01}}});
        let tables = train(&parameters, 1);
        assert_eq!(column(&tables["modes"], "level"), expected, "m2 {m2}");
        assert!(column(&tables["modes"], "half_time").is_sorted(), "m2 {m2}");
        assert_eq!(column(&tables["levels"], "level"), [1.0, 2.0], "m2 {m2}");
    }
}

#[test]
fn hidden_categories_are_found_before_the_noise() {
    let parameters = json!({"data": {"planted": {"objects": 100, "features": 200, "background": 0.1, "categories": [
            {"objects": 24, "features": 40, "density": 0.7}, {"objects": 18, "features": 30, "density": 0.7},
            {"objects": 12, "features": 22, "density": 0.7}]}},
        "learner": {"linear": {"layers": 2, "hidden": 64, "start": {"normal": 1e-5}, "rate": 0.002}},
        "stop": {"time": 0.6}});
    let tables = train(&parameters, 2);
    let (categories, runs) = (&tables["categories"], &tables["run"]);
    for row in 0..6 {
        let values: Vec<_> = categories.columns().map(|(name, values)| (name, values[row])).collect();
        assert_eq!(column(categories, "mode")[row], column(categories, "category")[row], "{values:?}");
        assert!(column(categories, "overlap")[row] > 0.8, "{values:?}");
        assert!(column(categories, "feature_overlap")[row] > 0.75, "{values:?}");
    }
    for row in 0..2 {
        let found: Vec<_> = tables["found"].columns().map(|(name, values)| (name, values[row])).collect();
        let value = |name: &str| column(&tables["found"], name)[row];
        assert_eq!(value("categories"), 3.0, "{found:?}");
        assert!(value("rand_index") > 0.9 && value("feature_rand_index") > 0.9, "{found:?}");
        assert!(value("item_overlap") > 0.9 && value("feature_overlap") > 0.9, "{found:?}");
        assert!(value("item_neighbours").abs() < 4.0 && value("feature_neighbours").abs() < 4.0, "{found:?}");
        let least = column(runs, "clean_error")[row];
        assert!((0.1..0.25).contains(&least), "{least}");
        assert_eq!(column(runs, "clean_modes")[row], 3.0);
        assert!(column(runs, "final_clean_error")[row] > 1.0, "the noise is learned too");
        let third = column(categories, "half_time")[3 * row + 2];
        assert!(column(runs, "clean_time")[row] > third, "after the third category");
    }
}

#[test]
fn a_network_that_has_learned_nothing_finds_no_category_and_a_table_in_order_shows_it() {
    let parameters = json!({"data": {"planted": {"objects": 60, "features": 80, "background": 0.1, "shuffle": false,
            "centre": "estimated", "categories": [{"objects": 20, "features": 30, "density": 0.8}]}},
        "learner": {"linear": {"layers": 2, "hidden": 8, "start": {"normal": 1e-5}, "rate": 0.004}},
        "stop": {"steps": 10}});
    let tables = train(&parameters, 2);
    let found = &tables["found"];
    for row in 0..2 {
        let value = |name: &str| column(found, name)[row];
        assert_eq!([value("categories"), value("rand_index"), value("feature_rand_index")], [0.0; 3]);
        assert!(value("item_neighbours") > 5.0 && value("feature_neighbours") > 5.0, "{found:?}");
        // The table has mean 0 and variance 1 by its own estimate.
        let edge = (60.0_f64.sqrt() + 80.0_f64.sqrt()) * (4800.0_f64 / 4799.0).sqrt();
        assert!((value("threshold") - edge).abs() < 1e-9, "{found:?}");
    }
}

#[test]
fn replicates_are_the_same_in_any_batch() {
    let parameters = json!({"data": {"tree": {"depth": 2, "flip": 0.1, "features": 30}}, "stop": {"steps": 300},
        "learner": {"linear": {"layers": 2, "hidden": 4, "start": {"normal": 0.01}, "rate": 0.005}}});
    let experiment = build("training", &parameters).unwrap();
    let whole = experiment.run(0..4, MasterSeed(1)).unwrap();
    let mut joined = experiment.run(0..1, MasterSeed(1)).unwrap();
    for (name, table) in experiment.run(1..4, MasterSeed(1)).unwrap() {
        joined[&name].append(&table);
    }
    for (name, table) in &whole {
        for ((column, one), (_, other)) in table.columns().zip(joined[name].columns()) {
            assert!(same(one, other), "{name} {column}");
        }
    }
    let half = column(&whole["modes"], "half_time");
    assert!(!same(&half[..4], &half[4..8]), "replicates differ");
}

#[test]
fn curves_are_thinned_to_400_times_and_end_with_the_run() {
    for (steps, times) in [(20, 21), (398, 399), (399, 201), (5000, 314)] {
        let parameters = diagonal(&[2.0, 1.0], &descent(2, 0.1, 1e-3), &json!({"steps": steps}));
        let tables = train(&parameters, 2);
        let (curve, strengths) = (&tables["curve"], &tables["strengths"]);
        let time = column(curve, "time");
        assert_eq!(time.len(), times, "{steps} steps");
        assert!(time.len() <= 400 && time.is_sorted(), "{steps} steps");
        assert!((time[times - 1] - 1e-3 * f64::from(steps)).abs() < 1e-12, "{steps} steps");
        assert!(column(curve, "replicate").iter().all(|&replicate| replicate == 0.0), "{steps} steps");
        let repeated: Vec<f64> = time.iter().flat_map(|&time| [time, time]).collect();
        assert!(same(column(strengths, "time"), &repeated), "{steps} steps");
        let end = column(strengths, "strength")[2 * times - 1];
        assert_eq!(end, column(&tables["modes"], "final_strength")[1], "{steps} steps");
        for name in ["s", "g", "m0_free"] {
            let known = column(&tables["modes"], name)[..2].repeat(times);
            assert!(same(column(strengths, name), &known), "{steps} steps: {name} as in the table of modes");
        }
    }
}

#[test]
fn a_run_ends_when_its_share_of_modes_is_learned() {
    for (share, learned) in [(0.1, 1), (0.5, 2), (0.74, 2), (0.75, 3), (1.0, 4)] {
        let parameters = diagonal(&[8.0, 4.0, 2.0, 1.0], &descent(6, 1e-4, 5e-3), &json!({"learned": share}));
        let tables = train(&parameters, 1);
        let [s, strength] = ["s", "final_strength"].map(|name| column(&tables["modes"], name));
        let reached = s.iter().zip(strength).filter(|(s, strength)| **strength >= 0.95 * **s).count();
        assert_eq!(reached, learned, "share {share}");
    }
}

#[test]
fn failures_say_what_happened_in_which_replicate() {
    let zeros = json!({"data": {"matrix": {"rows": [[0.0, 0.0]]}}, "learner": {"linear": descent(2, 0.1, 0.1)},
        "stop": {"steps": 5}});
    let diverging = diagonal(&[50.0, 1.0], &descent(3, 0.1, 0.5), &json!({"steps": 1000}));
    for (parameters, reason) in [(zeros, "there is nothing to learn"), (diverging, "descent diverged")] {
        let failure = run("training", &parameters, 3).unwrap_err();
        assert_eq!(failure.replicate, 0, "{failure}");
        assert!(failure.reason.contains(reason), "{failure}");
    }
}

#[test]
fn entries_are_the_data_once_each_and_places_put_categories_together() {
    let planted = |objects: usize| {
        json!({"data": {"planted": {"objects": objects, "features": 60, "background": 0.05, "centre": "known",
                "categories": [{"objects": 12, "features": 20, "density": 0.95},
                               {"objects": 9, "features": 14, "density": 0.95}]}},
            "learner": {"linear": {"layers": 2, "hidden": 16, "start": {"normal": 1e-4}, "rate": 4e-3}},
            "stop": {"time": 0.6}})
    };
    let entries = &train(&planted(40), 2)["entries"];
    let [replicate, item, feature, value, item_place, feature_place] =
        ["replicate", "item", "feature", "value", "item_place", "feature_place"].map(|name| column(entries, name));
    assert_eq!(entries.rows(), 40 * 60, "of the first replicate only");
    assert!(replicate.iter().all(|&replicate| replicate == 0.0));
    for (name, numbers, places, count) in [("item", item, item_place, 40), ("feature", feature, feature_place, 60)] {
        let mut pairs: Vec<_> = numbers.iter().zip(places).map(|(&number, &place)| (number, place)).collect();
        pairs.sort_by(|one, other| one.partial_cmp(other).expect("numbers"));
        pairs.dedup();
        let mut sorted: Vec<f64> = pairs.iter().map(|(_, place)| *place).collect();
        sorted.sort_by(f64::total_cmp);
        assert!(same(&sorted, &(1..=count).map(f64::from).collect::<Vec<_>>()), "{name}: one place each");
    }
    let mean = |items: std::ops::Range<f64>, features: std::ops::Range<f64>| {
        let inside = |row: &usize| items.contains(&item_place[*row]) && features.contains(&feature_place[*row]);
        let values: Vec<f64> = (0..value.len()).filter(inside).map(|row| value[row]).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    // In deviations of the noise the density 0.95 lies at (0.95 - 0.05)/sqrt(0.05 0.95) = 4.1.
    for (items, features, expected) in
        [(1.0..13.0, 1.0..21.0, 4.1), (13.0..22.0, 21.0..35.0, 4.1), (1.0..13.0, 21.0..61.0, 0.0)]
    {
        let got = mean(items.clone(), features.clone());
        assert!((got - expected).abs() < 0.4, "items {items:?} features {features:?}: {got}, not {expected}");
    }
    assert_eq!(train(&planted(200), 1)["entries"].rows(), 0, "a table of 12 000 entries is not written down");
}
