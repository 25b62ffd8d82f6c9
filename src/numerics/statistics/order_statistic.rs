//! Intervals for a quantile, whatever the distribution.

use libm::log;
use statrs::function::beta::beta_reg;

use crate::numerics::statistics::extreme::larger;

/// The exact interval at `confidence` for the `p`-quantile of the distribution of independent `values`; none where there are
/// too few values for two ends ([`least_values`]).
///
/// At most `k` of `n` values lie at or below the `p`-quantile with a probability of at most
/// `P(B <= k)`, `B` binomial with `n` trials and probability `p`. So from the `l`-th to the `u`-th smallest
/// value, with `l` the largest number such that `P(B <= l - 1) <= a` and `u` the least such that `P(B >= u) <= a`,
/// `a = (1 - confidence) / 2` (David and Nagaraja 2003, Order Statistics, 3rd ed., section 7.1). Its coverage is at least
/// `confidence` for every distribution, continuous or not. O(n log n).
///
/// # Panics
///
/// If `p` or `confidence` is not between 0 and 1, or if a value is `NaN`.
///
/// # Examples
///
/// ```
/// use modewise::numerics::statistics::order_statistic::quantile_interval;
///
/// let values: Vec<f64> = (1..=16).map(f64::from).collect();
/// assert_eq!(quantile_interval(&values, 0.5, 0.99), Some([3.0, 14.0]));
/// assert_eq!(quantile_interval(&values, 0.9, 0.99), None);
/// ```
pub fn quantile_interval(values: &[f64], p: f64, confidence: f64) -> Option<[f64; 2]> {
    assert!(values.iter().all(|value| !value.is_nan()), "a missing value has no place among the others");
    let [low, high] = ranks(values.len(), p, confidence)?;
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Some([sorted[low - 1], sorted[high - 1]])
}

/// The least number of values from which [`quantile_interval`] has two ends: that with `q^n <= (1 - confidence) / 2`, `q` the
/// larger one of `p` and `1 - p`.
///
/// # Panics
///
/// If `p` or `confidence` is not between 0 and 1.
pub fn least_values(p: f64, confidence: f64) -> usize {
    check(p, confidence);
    let about = log((1.0 - confidence) / 2.0) / log(larger(p, 1.0 - p));
    let first = (about.floor() as usize).max(1);
    (first..).find(|&n| ranks(n, p, confidence).is_some()).expect("the power falls below every positive number")
}

/// Ranks, from 1, of the two ends.
fn ranks(n: usize, p: f64, confidence: f64) -> Option<[usize; 2]> {
    check(p, confidence);
    let tail = (1.0 - confidence) / 2.0;
    let low = largest_rank(n, p, tail);
    // Turned around, the largest becomes the smallest.
    let high = largest_rank(n, 1.0 - p, tail);
    (low > 0 && high > 0).then(|| [low, n + 1 - high])
}

/// The largest `l` such that `P(B <= l - 1) <= tail`; 0 if there is none.
fn largest_rank(n: usize, p: f64, tail: f64) -> usize {
    let (mut fits, mut too_large) = (0, n + 1);
    while too_large - fits > 1 {
        let l = usize::midpoint(fits, too_large);
        // P(B <= k) = I_(1-p)(n - k, k + 1) with k = l - 1.
        if beta_reg((n + 1 - l) as f64, l as f64, 1.0 - p) <= tail { fits = l } else { too_large = l }
    }
    fits
}

fn check(p: f64, confidence: f64) {
    assert!(0.0 < p && p < 1.0, "there is no {p}-quantile");
    assert!(0.0 < confidence && confidence < 1.0, "{confidence} is no level of confidence");
}
