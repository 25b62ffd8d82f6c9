//! How often intervals cover the truth, over simulated data whose truth is known.

use modewise::judge::RESAMPLES;
use modewise::judge::coverage::{CONFIDENCE, COVERAGE, Coverage, DATA_SETS};
use modewise::numerics::statistics::binomial::clopper_pearson;
use modewise::numerics::statistics::bootstrap::{Resamples, bca};
use modewise::numerics::statistics::least_squares_line::slope;
use modewise::numerics::statistics::moments::mean;
use modewise::numerics::statistics::quantile::median;
use modewise::seed::{MasterSeed, stream};
use rand::RngExt;
use rand_distr::{Exp1, StandardNormal};
use rand_pcg::Pcg64;

/// Interval of one simulated data set of `n` replicates.
type Simulation = fn(n: usize, rng: &mut Pcg64, resamples: &Resamples) -> [f64; 2];

/// What is simulated: measure, data, its true value, its interval.
const SIMULATIONS: [(&str, &str, f64, Simulation); 6] = [
    ("mean", "normal", 0.0, |n, rng, resamples| of_values(resamples, mean, &draw(n, || rng.sample(StandardNormal)))),
    ("mean", "exponential", 1.0, |n, rng, resamples| of_values(resamples, mean, &draw(n, || rng.sample(Exp1)))),
    ("median", "normal", 0.0, |n, rng, resamples| {
        of_values(resamples, median, &draw(n, || rng.sample(StandardNormal)))
    }),
    ("median", "exponential", std::f64::consts::LN_2, |n, rng, resamples| {
        of_values(resamples, median, &draw(n, || rng.sample(Exp1)))
    }),
    ("slope", "five points a replicate, normal", 2.0, of_slope),
    ("fraction", "yes with probability 0.9", 0.9, |n, rng, _| {
        let successes = (0..n).filter(|_| rng.random_bool(0.9)).count();
        clopper_pearson(successes as u64, n as u64, CONFIDENCE)
    }),
];

fn draw(n: usize, value: impl FnMut() -> f64) -> Vec<f64> {
    std::iter::repeat_with(value).take(n).collect()
}

fn of_values(resamples: &Resamples, statistic: fn(&[f64]) -> f64, x: &[f64]) -> [f64; 2] {
    let mut chosen = Vec::new();
    bca(resamples, CONFIDENCE, |units| {
        chosen.clear();
        chosen.extend(units.iter().map(|&unit| x[unit as usize]));
        statistic(&chosen)
    })
    .unwrap()
}

/// Each replicate has an offset of its own and points at x = 1 to 5 on a line of slope 2 with noise. Because all replicates
/// have the same x, the slope over the rows of some of them is the mean of their slopes.
fn of_slope(n: usize, rng: &mut Pcg64, resamples: &Resamples) -> [f64; 2] {
    const X: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];
    let rows: Vec<[f64; 5]> = (0..n)
        .map(|_| {
            let offset: f64 = rng.sample(StandardNormal);
            X.map(|x| offset + 2.0 * x + rng.sample::<f64, _>(StandardNormal))
        })
        .collect();
    let slopes: Vec<f64> = rows.iter().map(|y| slope(y, &X)).collect();
    let (pooled, separate) = (slope(&rows.concat(), &X.repeat(n)), mean(&slopes));
    assert!((pooled - separate).abs() < 1e-12, "{pooled} over all rows, {separate} on average");
    of_values(resamples, mean, &slopes)
}

fn measured(measure: &'static str, data: &'static str, replicates: usize) -> Coverage {
    let (_, _, truth, simulation) =
        SIMULATIONS.into_iter().find(|row| row.0 == measure && row.1 == data).expect("the table lists simulations");
    let covers = |number: &u64| {
        let mut rng = stream(MasterSeed(1), "coverage", &(measure, data, replicates), *number);
        let resamples = Resamples::draw(replicates, RESAMPLES, &mut rng);
        let [low, high] = simulation(replicates, &mut rng, &resamples);
        low <= truth && truth <= high
    };
    let covered = (0..DATA_SETS).filter(covers).count() as f64 / DATA_SETS as f64;
    Coverage { measure, data, replicates, covered }
}

/// The table lists every simulation at 16, 32 and 100 replicates; a test for each simulation, because they run in parallel.
fn check(measure: &str, data: &str) {
    let listed: Vec<Coverage> = COVERAGE.into_iter().filter(|row| row.measure == measure && row.data == data).collect();
    assert_eq!(listed.iter().map(|row| row.replicates).collect::<Vec<_>>(), [16, 32, 100], "{measure} of {data}");
    let found: Vec<Coverage> = listed.iter().map(|row| measured(row.measure, row.data, row.replicates)).collect();
    assert_eq!(found, listed);
}

#[test]
fn the_mean_of_normal_data_is_covered_as_often_as_stated() {
    check("mean", "normal");
}

#[test]
fn the_mean_of_skewed_data_is_covered_as_often_as_stated() {
    check("mean", "exponential");
}

#[test]
fn the_median_of_normal_data_is_covered_as_often_as_stated() {
    check("median", "normal");
}

#[test]
fn the_median_of_skewed_data_is_covered_as_often_as_stated() {
    check("median", "exponential");
}

#[test]
fn a_slope_over_several_rows_a_replicate_is_covered_as_often_as_stated() {
    check("slope", "five points a replicate, normal");
}

#[test]
fn a_fraction_is_covered_as_often_as_stated() {
    check("fraction", "yes with probability 0.9");
}

#[test]
fn coverage_is_nowhere_below_96_per_cent() {
    let short = COVERAGE.into_iter().filter(|row| !(0.96..=1.0).contains(&row.covered));
    assert_eq!(short.collect::<Vec<_>>(), []);
    assert_eq!(COVERAGE.len(), 3 * SIMULATIONS.len());
}
