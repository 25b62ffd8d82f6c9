//! Statistics: quantiles, moments, rank correlations, lines, crossings, intervals.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not find fails the test")]

use faer::Mat;
use modewise::numerics::statistics::binomial::clopper_pearson;
use modewise::numerics::statistics::bootstrap::{Bootstrap, BootstrapError, Resamples};
use modewise::numerics::statistics::correlation::pearson;
use modewise::numerics::statistics::crossing::crossing;
use modewise::numerics::statistics::least_squares_line::slope;
use modewise::numerics::statistics::moments::{mean, sd};
use modewise::numerics::statistics::neighbours::neighbour_excess;
use modewise::numerics::statistics::quantile::{median, quantile};
use modewise::numerics::statistics::rank_correlation::{kendall_tau_b, spearman};
use modewise::seed::{MasterSeed, stream};
use proptest::prelude::*;
use serde_json::Value as Json;

const NAN: f64 = f64::NAN;

/// Fails once, with every row that failed.
fn all(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

/// Equal to rounding of sums over at most a thousand terms of order one, or both missing.
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-12 * right.abs().max(1.0) || (left.is_nan() && right.is_nan())
}

fn cases(text: &str) -> Vec<Json> {
    let file: Json = serde_json::from_str(text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn statistics() -> Vec<Json> {
    let few = cases(include_str!("../../reference/statistics.json"));
    few.into_iter().chain(cases(include_str!("../../reference/more-statistics.json"))).collect()
}

fn sample(strategy_max: i32, length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((-strategy_max..strategy_max).prop_map(f64::from), length)
}

#[test]
fn statistics_agree_with_scipy() {
    let mut failures = Vec::new();
    let mut compared = 0;
    for case in statistics().iter().filter(|case| case["y"].is_array()) {
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        // Moments and quantiles are of y where the case has its slope on x, else of x.
        let one = if case["slope"].is_number() { &y } else { &x };
        let line = &case["line"];
        let mut row = |name: &str, found: f64, expected: &Json| {
            let Some(expected) = expected.as_f64() else { return };
            compared += 1;
            if !close(found, expected) {
                failures.push(format!("{name} of {} values: {found}, expected {expected}", x.len()));
            }
        };
        row("kendall", kendall_tau_b(&x, &y), &case["kendall"]);
        row("spearman", spearman(&x, &y), &case["spearman"]);
        row("mean", mean(one), &case["mean"]);
        row("sd", sd(one), &case["sd"]);
        row("median", median(one), &case["median"]);
        row("slope", slope(&y, &x), &case["slope"]);
        if line.is_object() {
            row("line", slope(&numbers(&line["y"]), &x), &line["slope"]);
        }
        for (p, expected) in case["quantile"].as_object().into_iter().flatten() {
            row(&format!("quantile {p}"), quantile(one, p.parse().unwrap()), expected);
        }
    }
    all(failures);
    assert_eq!(compared, 66, "a reference was not looked at");
}

#[test]
fn clopper_pearson_agrees_with_scipy() {
    let cases = statistics();
    let rows: Vec<&Json> = cases.iter().filter_map(|case| case["clopper_pearson"].as_array()).flatten().collect();
    assert_eq!(rows.len(), 5);
    let failures = rows.into_iter().filter_map(|row| {
        let [successes, trials] = ["successes", "trials"].map(|name| row[name].as_u64().unwrap());
        let found = clopper_pearson(successes, trials, row["confidence"].as_f64().unwrap());
        let expected = numbers(&row["interval"]);
        // Relative, because the lower end of 1 out of 1000 is 5e-5.
        let same = found.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs());
        (!same).then(|| format!("{row}: {found:?}"))
    });
    all(failures.collect());
}

#[test]
fn clopper_pearson_puts_the_tails_at_its_ends() {
    // The law that defines the interval: at its lower end, k or more successes have probability (1 - confidence) / 2.
    fn at_least(k: u64, n: u64, p: f64) -> f64 {
        let mut term = (0..n).fold(1.0, |product, _| product * (1.0 - p));
        let mut total = 0.0;
        for i in 0..=n {
            if i >= k {
                total += term;
            }
            term *= (n - i) as f64 / (i + 1) as f64 * p / (1.0 - p);
        }
        total
    }
    let mut failures = Vec::new();
    for (k, n, confidence) in
        [(1, 2, 0.9), (3, 16, 0.99), (16, 16, 0.99), (8, 16, 0.95), (31, 32, 0.99), (50, 100, 0.99)]
    {
        let [low, high] = clopper_pearson(k, n, confidence);
        let tail = (1.0 - confidence) / 2.0;
        let upper = if k == n { tail } else { 1.0 - at_least(k + 1, n, high) };
        if !close(at_least(k, n, low), tail) || !close(upper, tail) {
            failures.push(format!("{k} of {n} at {confidence}: [{low}, {high}]"));
        }
    }
    all(failures);
    assert_eq!(clopper_pearson(0, 0, 0.99), [0.0, 1.0]);
}

/// What it is, y, x, level, expected place.
type Curve = (&'static str, &'static [f64], &'static [f64], f64, f64);

#[test]
fn crossings_are_found_by_hand() {
    let rows: [Curve; 9] = [
        ("between neighbours", &[0.1, 0.3, 0.7, 0.9], &[1.0, 2.0, 3.0, 4.0], 0.4, 2.25),
        ("order of rows", &[0.7, 0.1, 0.9, 0.3], &[3.0, 1.0, 4.0, 2.0], 0.4, 2.25),
        ("mean at equal x", &[0.0, 0.2, 0.5, 0.9], &[1.0, 1.0, 2.0, 2.0], 0.4, 1.5),
        ("at a point", &[0.0, 0.4, 0.8], &[1.0, 2.0, 3.0], 0.4, 2.0),
        ("the first of two", &[0.0, 1.0, 0.0, 1.0], &[0.0, 1.0, 2.0, 3.0], 0.5, 0.5),
        ("after a fall", &[1.0, 0.0, 1.0], &[0.0, 1.0, 2.0], 0.5, 1.5),
        ("only falling", &[1.0, 0.0], &[0.0, 1.0], 0.5, NAN),
        ("never", &[0.0, 0.1], &[0.0, 1.0], 0.5, NAN),
        ("one point", &[0.5], &[0.0], 0.5, NAN),
    ];
    let wrong = rows.into_iter().filter(|(_, y, x, level, expected)| !close(crossing(y, x, *level), *expected));
    all(wrong.map(|(name, y, x, level, _)| format!("{name}: {}", crossing(y, x, level))).collect());
    let cases = statistics();
    let case = cases.iter().find_map(|case| case.get("crossing")).unwrap();
    let found = crossing(&numbers(&case["y"]), &numbers(&case["x"]), case["level"].as_f64().unwrap());
    assert_eq!(Some(found), case["at"].as_f64());
}

#[test]
fn what_has_no_value_is_missing() {
    let rows = [
        ("mean of none", mean(&[])),
        ("mean with missing", mean(&[1.0, NAN])),
        ("sd of none", sd(&[])),
        ("sd of one", sd(&[1.0])),
        ("sd with missing", sd(&[1.0, NAN, 2.0])),
        ("quantile of none", quantile(&[], 0.5)),
        ("quantile with missing", quantile(&[1.0, NAN, 2.0], 0.0)),
        ("quantile beyond 1", quantile(&[1.0, 2.0], 1.5)),
        ("quantile at NaN", quantile(&[1.0, 2.0], NAN)),
        ("median of none", median(&[])),
        ("kendall of none", kendall_tau_b(&[], &[])),
        ("kendall of one", kendall_tau_b(&[1.0], &[1.0])),
        ("kendall with missing", kendall_tau_b(&[1.0, 2.0, 3.0], &[1.0, NAN, 2.0])),
        ("kendall of a constant", kendall_tau_b(&[1.0, 1.0], &[1.0, 2.0])),
        ("spearman of none", spearman(&[], &[])),
        ("spearman of one", spearman(&[1.0], &[1.0])),
        ("spearman with missing", spearman(&[NAN, 2.0, 3.0], &[1.0, 2.0, 3.0])),
        ("spearman of a constant", spearman(&[1.0, 2.0], &[0.1, 0.1])),
        ("slope of none", slope(&[], &[])),
        ("slope of one", slope(&[1.0], &[1.0])),
        ("slope on a constant", slope(&[1.0, 2.0, 3.0], &[0.1, 0.1, 0.1])),
        ("slope with missing", slope(&[1.0, NAN], &[1.0, 2.0])),
        ("crossing of none", crossing(&[], &[], 0.5)),
        ("crossing with missing", crossing(&[0.0, 1.0, NAN], &[0.0, 1.0, 2.0], 0.5)),
    ];
    all(rows
        .into_iter()
        .filter(|(_, found)| !found.is_nan())
        .map(|(name, found)| format!("{name}: {found}"))
        .collect());
}

#[test]
fn the_correlation_of_values_is_that_worked_out_by_hand() {
    // For (1, 4, 9) the sums of squares are 2 and 98/3, that of products 8.
    for (x, y, expected) in [
        (vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 1.0, 4.0, 3.0], 0.6),
        (vec![1.0, 2.0, 3.0], vec![1.0, 4.0, 9.0], 8.0 / (196.0_f64 / 3.0).sqrt()),
        (vec![1.0, 2.0, 3.0], vec![7.0, 5.0, 3.0], -1.0),
    ] {
        let observed = pearson(&x, &y);
        assert!((observed - expected).abs() <= 1e-15, "{x:?} {y:?}: {observed}");
    }
    assert!(pearson(&[1.0, 2.0], &[3.0, 3.0]).is_nan() && pearson(&[NAN, 2.0], &[3.0, 4.0]).is_nan());
}

#[test]
fn a_perfect_order_has_a_rank_correlation_of_exactly_one() {
    for n in 2..200 {
        let x: Vec<f64> = (0..n).map(f64::from).collect();
        let squares: Vec<f64> = x.iter().map(|x| x * x).collect();
        let turned: Vec<f64> = x.iter().map(|x| -x).collect();
        assert_eq!(kendall_tau_b(&x, &squares), 1.0, "{n} values");
        assert_eq!(kendall_tau_b(&x, &turned), -1.0, "{n} values, turned");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn kendall_counts_pairs(x in sample(6, 2..30), seed in sample(6, 30..31)) {
        let y = &seed[..x.len()];
        let (mut difference, mut in_x, mut in_y) = (0.0, 0.0, 0.0);
        for i in 0..x.len() {
            for j in 0..i {
                let (dx, dy) = (x[i] - x[j], y[i] - y[j]);
                difference += if dx * dy == 0.0 { 0.0 } else { f64::signum(dx * dy) };
                in_x += f64::from(u8::from(dx != 0.0));
                in_y += f64::from(u8::from(dy != 0.0));
            }
        }
        let expected: f64 = difference / f64::sqrt(in_x * in_y);
        prop_assert!(close(kendall_tau_b(&x, y), expected), "{} {expected}", kendall_tau_b(&x, y));
    }

    #[test]
    fn rank_correlations_see_only_ranks(x in sample(9, 2..30), seed in sample(9, 30..31)) {
        let y = &seed[..x.len()];
        let cubes: Vec<f64> = x.iter().map(|x| x * x * x - 7.0).collect();
        let turned: Vec<f64> = x.iter().map(|x| -x).collect();
        for correlation in [kendall_tau_b, spearman] {
            prop_assert!(close(correlation(&x, y), correlation(&cubes, y)));
            prop_assert!(close(correlation(&x, y), -correlation(&turned, y)));
            prop_assert!(close(correlation(&x, y), correlation(y, &x)));
        }
    }

    #[test]
    fn statistics_follow_shift_scale_and_order(x in sample(100, 2..40), shift in -10.0..10.0, scale in 0.1..10.0) {
        let moved: Vec<f64> = x.iter().rev().map(|x| shift + scale * x).collect();
        let tolerance = 1e-11 * (1.0 + scale * 100.0);
        let near = |a: f64, b: f64| (a - b).abs() < tolerance;
        prop_assert!(near(mean(&moved), shift + scale * mean(&x)));
        prop_assert!(near(sd(&moved), scale * sd(&x)));
        for p in [0.0, 0.3, 0.5, 1.0] {
            prop_assert!(near(quantile(&moved, p), shift + scale * quantile(&x, p)));
        }
        prop_assert!(quantile(&x, 0.0) <= median(&x) && median(&x) <= quantile(&x, 1.0));
    }

    #[test]
    fn slope_finds_the_line_under_noise_that_it_cannot_see(x in sample(20, 3..30), a in -3.0..3.0, b in -3.0..3.0) {
        let mut x = x;
        x.push(50.0);
        let y: Vec<f64> = x.iter().map(|x| a + b * x).collect();
        prop_assert!(f64::abs(slope(&y, &x) - b) < 1e-11, "{}", slope(&y, &x));
        // Each point doubled, once above and once below the line.
        let doubled: Vec<f64> = x.iter().chain(&x).copied().collect();
        let noisy: Vec<f64> = y.iter().map(|y| y + 1.0).chain(y.iter().map(|y| y - 1.0)).collect();
        prop_assert!(f64::abs(slope(&noisy, &doubled) - b) < 1e-11);
    }
}

fn bca(
    resamples: &Resamples,
    confidence: f64,
    statistic: impl FnMut(&[u32]) -> f64,
) -> Result<[f64; 2], BootstrapError> {
    Ok(Bootstrap::new(resamples, statistic)?.bca(confidence))
}

fn picked(x: &[f64], units: &[u32]) -> Vec<f64> {
    units.iter().map(|&unit| x[unit as usize]).collect()
}

fn resamples(units: usize, count: usize) -> Resamples {
    Resamples::draw(units, count, &mut stream(MasterSeed(1), "bootstrap", &"numerics", 0))
}

#[test]
fn the_bootstrap_agrees_with_scipy() {
    let cases = cases(include_str!("../../reference/bootstrap.json"));
    assert_eq!(cases.len(), 12);
    let mut failures = Vec::new();
    for case in &cases {
        let x = numbers(&case["x"]);
        let statistic = if case["statistic"] == "mean" { mean } else { sd };
        let confidence = case["confidence"].as_f64().unwrap();
        let found = bca(&resamples(x.len(), 40_000), confidence, |units| statistic(&picked(&x, units))).unwrap();
        let expected = numbers(&case["interval"]);
        // The farthest end (gamma, sd, 0.95) is the quantile of the resamples with about p = 0.001 above it: its random
        // error is sqrt(p / n) / f(z) = 0.05 standard errors at n = 40000; three of them.
        let tolerance = 0.15 * case["standard_error"].as_f64().unwrap();
        if found.iter().zip(&expected).any(|(a, b)| (a - b).abs() > tolerance) {
            failures
                .push(format!("{} {} {confidence}: {found:?}, expected {expected:?}", case["name"], case["statistic"]));
        }
    }
    all(failures);
}

#[test]
fn the_bootstrap_follows_shift_and_turn() {
    let x: Vec<f64> = (0..20).map(|i| f64::from(i * i % 23)).collect();
    let draws = resamples(x.len(), 2000);
    let interval = |change: fn(f64) -> f64| bca(&draws, 0.99, |units| change(mean(&picked(&x, units)))).unwrap();
    let [low, high] = interval(|mean| mean);
    assert_eq!(interval(|mean| 4.0 * mean), [4.0 * low, 4.0 * high]);
    // Turned around, the ends change places; the jackknife's acceleration changes its sign with rounding only.
    assert_eq!(interval(|mean| -mean), [-high, -low]);
    assert!(low < mean(&x) && mean(&x) < high);
}

#[test]
fn the_bootstrap_is_the_same_for_the_same_seed() {
    let (first, second) = (resamples(16, 100), resamples(16, 100));
    assert!(first.iter().eq(second.iter()));
    assert_eq!(first.iter().count(), 100);
    assert!(first.iter().all(|units| units.len() == first.units() && units.iter().all(|&unit| unit < 16)));
    // Each unit is drawn 100 times on average; 5 standard deviations of the binomial are 48.
    for unit in 0..16 {
        let drawn = first.iter().flatten().filter(|&&drawn| drawn == unit).count();
        assert!((52..=148).contains(&drawn), "unit {unit} was drawn {drawn} times");
    }
}

#[test]
fn degenerate_bootstraps_are_wide_or_refused() {
    let x: Vec<f64> = (0..16).map(f64::from).collect();
    let draws = resamples(16, 2000);
    let interval = |statistic: fn(&[f64]) -> f64| bca(&draws, 0.99, |units| statistic(&picked(&x, units)));
    assert_eq!(interval(|_| 3.0), Ok([3.0, 3.0]), "all resamples equal");
    let [low, high] = interval(|x| quantile(x, 1.0)).unwrap();
    assert!(low < 15.0 && high == 15.0, "the largest never exceeds the sample: [{low}, {high}]");
    // The number of distinct units: 16 in the sample, less in every resample that one meets.
    let distinct = |x: &[f64]| x.iter().enumerate().filter(|(i, value)| !x[..*i].contains(value)).count() as f64;
    let [low, high] = interval(distinct).unwrap();
    assert!(low <= 7.0 && high == 16.0, "an estimate beyond all resamples belongs to the interval: [{low}, {high}]");
    let missing = interval(|x| if x.contains(&0.0) { 1.0 } else { NAN });
    let Err(BootstrapError::Missing { missing, of }) = missing else { panic!("{missing:?}") };
    // A unit is left out of a resample with probability (15/16)^16 = 0.356, and of one of the 16 jackknife samples.
    assert!(of == 2017 && (600..850).contains(&missing), "{missing} of {of}");
    assert_eq!(bca(&resamples(1, 10), 0.99, |_| 1.0), Err(BootstrapError::OneUnit));
    assert_eq!(bca(&resamples(0, 10), 0.99, |_| 1.0), Err(BootstrapError::OneUnit));
}

#[test]
fn over_all_orders_of_the_columns_neighbours_are_as_alike_as_any_two() {
    let columns = [[1.0, 0.0, 2.0], [0.5, 1.5, -1.0], [1.0, 0.5, 2.0], [-3.0, 1.0, 0.0], [0.0, 0.0, 0.25]];
    let mut orders = vec![Vec::new()];
    for _ in 0..columns.len() {
        let longer = |order: &Vec<usize>| {
            let free = (0..columns.len()).filter(|column| !order.contains(column));
            free.map(|column| [&order[..], &[column]].concat()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    assert_eq!(orders.len(), 120);
    let excess =
        |order: &Vec<usize>| neighbour_excess(Mat::from_fn(3, 5, |row, place| columns[order[place]][row]).as_ref());
    let excesses: Vec<f64> = orders.iter().map(excess).collect();
    assert!(mean(&excesses).abs() < 1e-12);
    assert!(excesses.iter().any(|excess| *excess > 0.5));
    assert!(neighbour_excess(Mat::from_fn(2, 2, |row, column| (row + column) as f64).as_ref()).is_nan());
    assert!(neighbour_excess(Mat::from_fn(2, 5, |_, _| 1.0).as_ref()).is_nan(), "all pairs are equally alike");
}
