//! Tests of very many replicates: judging takes time and memory that grow with their number, not with its square.

use modewise::judge::finding::Finding;
use modewise::judge::finding::IntervalMethod::{Bootstrap, ClopperPearson, Jackknife, OrderStatistic};
use modewise::judge::verdict::Verdict::Holds;

use modewise::seed::{MasterSeed, stream};
use rand::RngExt as _;

use super::fixture::{all, at_least, check, column, finding};

/// 1 / sqrt(12), the standard deviation of numbers that are spread evenly from 0 to 1.
const SD: f64 = 0.288_675;

/// The 99.5 % quantile of the normal distribution.
const Q: f64 = 2.575_829;

fn width(found: &Finding) -> f64 {
    found.interval.map_or(f64::NAN, |[low, high]| high - low)
}

#[test]
fn intervals_of_very_many_replicates_have_the_width_of_theory() {
    const REPLICATES: usize = 200_000;
    let root = (REPLICATES as f64).sqrt();
    // Of the standard deviation: (mu4 - sigma^4) / (4 sigma^2 n), with mu4 = 1/80. Student's quantile of 31 degrees of
    // freedom is 2.744, and the error itself is known to an eighth from 32 groups.
    let sd_error = ((1.0 / 80.0 - SD.powi(4)) / (4.0 * SD * SD)).sqrt();
    let rows = [
        ("mean(x)", Bootstrap, 2.0 * Q * SD, 0.05),
        ("mean(x)/mean(1 + x)", Bootstrap, 2.0 * Q * SD / 2.25, 0.05),
        ("fraction(x > 0.5)", ClopperPearson, 2.0 * Q * 0.5, 0.01),
        ("median(x)", OrderStatistic, 2.0 * Q * 0.5, 0.1),
        ("sd(x)", Jackknife, 2.0 * 2.744 * sd_error, 0.4),
        ("1 + median(x)", Jackknife, 2.0 * 2.744 * 0.5, 0.4),
    ];
    let mut rng = stream(MasterSeed(1), "numbers of a test", &(), 0);
    let x: Vec<f64> = (0..REPLICATES).map(|_| rng.random()).collect();
    let mut failures = Vec::new();
    for (measure, method, expected, within) in rows {
        let found = finding(REPLICATES as u64, check(measure, at_least("0.1")), column(x.clone()));
        let ratio = width(&found) * root / expected;
        if found.method != method || found.verdict != Holds || (ratio - 1.0).abs() > within {
            failures.push(format!("{measure}: {ratio} of what is expected, {found:#?}"));
        }
    }
    all(failures);
}
