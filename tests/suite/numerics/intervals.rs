//! Intervals that hold for every distribution on a range, of quantiles, and of resampled statistics.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not find fails the test")]

use modewise::numerics::statistics::betting::bounded_mean;
use modewise::numerics::statistics::bootstrap::{
    Bootstrap, BootstrapError, LEAST_UNITS, MOST_UNITS, Resamples, grouped, grouped_jackknife, interval,
};
use modewise::numerics::statistics::extreme::{larger, smaller};
use modewise::numerics::statistics::moments::{mean, sd};
use modewise::numerics::statistics::order_statistic::{least_values, quantile_interval};
use modewise::seed::{MasterSeed, stream};
use serde_json::Value as Json;

/// Fails once, with every row that failed.
fn all(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

fn cases(kind: &str) -> Vec<Json> {
    let file: Json = serde_json::from_str(include_str!("../../reference/intervals.json")).unwrap();
    file["cases"].as_array().unwrap().iter().filter(|case| case["kind"] == kind).cloned().collect()
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn picked(x: &[f64], units: &[u32]) -> Vec<f64> {
    units.iter().map(|&unit| x[unit as usize]).collect()
}

fn resamples(units: usize, count: usize) -> Resamples {
    Resamples::draw(units, count, &mut stream(MasterSeed(1), "bootstrap", &"numerics", 0))
}

#[test]
fn bounded_means_agree_with_scipy() {
    let cases = cases("betting");
    assert_eq!(cases.len(), 18);
    let mut failures = Vec::new();
    for case in &cases {
        let (x, range) = (numbers(&case["x"]), numbers(&case["range"]));
        let [low, high] = bounded_mean(&x, [range[0], range[1]], case["confidence"].as_f64().unwrap());
        let expected = numbers(&case["interval"]);
        let width = range[1] - range[0];
        // The bisection stops at 1e-12 of the range.
        if (low - expected[0]).abs() > 1e-11 * width || (high - expected[1]).abs() > 1e-11 * width {
            failures.push(format!("{}: [{low}, {high}], expected {expected:?}", case["name"]));
        }
    }
    all(failures);
}

#[test]
fn a_bounded_mean_of_equal_values_is_nearly_the_rule_of_three() {
    for n in [1, 2, 16, 100, 1000] {
        let [low, high] = bounded_mean(&vec![1.0; n], [0.0, 1.0], 0.99);
        let exact = |tail: f64| libm::pow(tail, 1.0 / n as f64);
        // The bet of everything has half of the capital; the smaller bets can only help.
        assert!(exact(0.0025) <= low + 1e-12 && low <= exact(0.005) && high == 1.0, "{n}: [{low}, {high}]");
    }
}

#[test]
fn a_failure_never_makes_a_bounded_mean_better() {
    let mut before = 1.0;
    for failures in 0..=48 {
        let x: Vec<f64> = (0..48).map(|i| f64::from(u8::from(i >= failures))).collect();
        let [low, _] = bounded_mean(&x, [0.0, 1.0], 0.99);
        assert!(low < before || (low == 0.0 && failures == 48), "{failures} failures: {low} after {before}");
        before = low;
    }
}

#[test]
fn a_bounded_mean_ignores_order_and_follows_scale() {
    let x: Vec<f64> = (0..40).map(|i| f64::from(i * i % 23) / 32.0).collect();
    let [low, high] = bounded_mean(&x, [0.0, 1.0], 0.99);
    assert!(low < mean(&x) && mean(&x) < high);
    let turned: Vec<f64> = x.iter().rev().copied().collect();
    assert_eq!(bounded_mean(&turned, [0.0, 1.0], 0.99), [low, high]);
    let mirrored: Vec<f64> = x.iter().map(|x| 1.0 - x).collect();
    assert_eq!(bounded_mean(&mirrored, [0.0, 1.0], 0.99), [1.0 - high, 1.0 - low]);
    let scaled: Vec<f64> = x.iter().map(|x| 4.0 * x - 2.0).collect();
    assert_eq!(bounded_mean(&scaled, [-2.0, 2.0], 0.99), [4.0 * low - 2.0, 4.0 * high - 2.0]);
    assert_eq!(bounded_mean(&[], [-1.0, 1.0], 0.99), [-1.0, 1.0]);
}

#[test]
#[should_panic(expected = "a value is outside of [0, 1]")]
fn a_value_beyond_its_range_is_refused() {
    bounded_mean(&[0.5, 1.5], [0.0, 1.0], 0.99);
}

#[test]
fn quantiles_have_the_ranks_of_scipy() {
    let cases = cases("quantile");
    assert_eq!(cases.len(), 80);
    let mut failures = Vec::new();
    for case in &cases {
        let (n, p) = (case["n"].as_u64().unwrap() as usize, case["p"].as_f64().unwrap());
        let confidence = case["confidence"].as_f64().unwrap();
        let values: Vec<f64> = (1..=n).rev().map(|rank| rank as f64).collect();
        let found = quantile_interval(&values, p, confidence).map(Vec::from);
        let expected = case["ranks"].is_array().then(|| numbers(&case["ranks"]));
        if found != expected || found.is_some() != (n >= least_values(p, confidence)) {
            failures.push(format!("{p}-quantile of {n}, {confidence}: {found:?}, expected {expected:?}"));
        }
    }
    all(failures);
    assert_eq!([0.5, 0.9, 0.1].map(|p| least_values(p, 0.99)), [8, 51, 51]);
}

#[test]
fn the_studentised_bootstrap_agrees_with_numpy() {
    let cases = cases("studentised");
    assert_eq!(cases.len(), 12);
    let mut failures = Vec::new();
    for case in &cases {
        let x = numbers(&case["x"]);
        let statistic = if case["statistic"] == "mean" { mean } else { sd };
        let draws = resamples(x.len(), 40_000);
        let bootstrap = Bootstrap::new(&draws, |units| statistic(&picked(&x, units))).unwrap();
        let found = bootstrap.studentised(case["confidence"].as_f64().unwrap());
        let expected = numbers(&case["interval"]);
        // Four standard errors of the random difference of two quantiles; 24 ends are compared.
        let errors = numbers(&case["random_errors"]);
        if (0..2).any(|end| (found[end] - expected[end]).abs() > 4.0 * errors[end]) {
            failures.push(format!("{} {}: {found:?}, expected {expected:?}", case["name"], case["statistic"]));
        }
    }
    all(failures);
}

#[test]
fn the_interval_holds_both_of_its_parts() {
    let x: Vec<f64> = (0..20).map(|i| f64::from(i * i % 23)).collect();
    let draws = resamples(x.len(), 2000);
    let of = |change: fn(f64) -> f64| Bootstrap::new(&draws, |units| change(mean(&picked(&x, units)))).unwrap();
    let bootstrap = of(|mean| mean);
    let [low, high] = bootstrap.interval(0.99).unwrap();
    for [a, b] in [bootstrap.bca(0.99), bootstrap.studentised(0.99)] {
        assert!(low <= a && b <= high, "[{a}, {b}] is not in [{low}, {high}]");
    }
    // The level of the second part is raised, so that few replicates are covered as often as they should be.
    let (bca, raised) = (bootstrap.bca(0.99), bootstrap.studentised(1.0 - 0.01 * 12.0 / 68.0));
    assert!(raised != bootstrap.studentised(0.99));
    assert_eq!([low, high], [smaller(bca[0], raised[0]), larger(bca[1], raised[1])]);
    assert_eq!(of(|mean| 4.0 * mean).interval(0.99), Ok([4.0 * low, 4.0 * high]));
    // The jackknife's acceleration changes its sign with rounding only.
    assert_eq!(of(|mean| -mean).interval(0.99), Ok([-high, -low]));
}

#[test]
fn too_few_or_equal_units_are_refused() {
    let constant = |units: usize| interval(&resamples(units, 2000), 0.99, |_| 3.0);
    assert_eq!(constant(1), Err(BootstrapError::OneUnit));
    assert_eq!(constant(LEAST_UNITS - 1), Err(BootstrapError::FewUnits { units: LEAST_UNITS - 1 }));
    assert_eq!(constant(LEAST_UNITS), Ok([3.0, 3.0]), "rounding alone");
    // One deviation in sixteen is absent from a third of the resamples, which have no standard error.
    let mut x = [1.0; 16];
    x[5] = 0.0;
    let found = interval(&resamples(16, 2000), 0.99, |units| mean(&picked(&x, units)));
    assert_eq!(found, Err(BootstrapError::NoError));
}

#[test]
fn a_jackknife_over_single_units_is_students_interval() {
    let x: Vec<f64> = (0..20).map(|i| f64::from(i * i % 23)).collect();
    let without: Vec<f64> = (0..20).map(|i| (x.iter().sum::<f64>() - x[i]) / 19.0).collect();
    let [low, high] = grouped_jackknife(mean(&x), &without, 0.99);
    // t(0.995; 19) = 2.860934606449914 (SciPy).
    let half = 2.860_934_606_449_914 * sd(&x) / 20f64.sqrt();
    assert!((low - (mean(&x) - half)).abs() < 1e-9 && (high - (mean(&x) + half)).abs() < 1e-9, "[{low}, {high}]");
}

#[test]
fn groups_are_of_equal_size() {
    let mut sizes = vec![0; MOST_UNITS];
    let unit = grouped(1_000_000);
    (0..1_000_000).for_each(|replicate| sizes[unit(replicate)] += 1);
    assert!(sizes.iter().all(|&size| size == 244 || size == 245));
    assert!((0..100).all(|replicate| grouped(100)(replicate) == replicate));
}
