//! Intervals for a probability.

use statrs::function::beta::inv_beta_reg;

/// The exact interval of Clopper and Pearson (1934) for the probability behind `successes` out of `trials`.
///
/// With `a = (1 - confidence) / 2`: from the `a`-quantile of Beta(k, n - k + 1) to the `(1 - a)`-quantile of
/// Beta(k + 1, n - k); 0 for no success, 1 for no failure. Its coverage is at least `confidence` for every probability.
/// `[0, 1]` for no trials.
///
/// ```
/// use modewise::numerics::statistics::binomial::clopper_pearson;
///
/// // No success in 10 trials: the upper end is 1 - 0.025^(1/10).
/// let [low, high] = clopper_pearson(0, 10, 0.95);
/// assert!(low == 0.0 && (high - 0.30850).abs() < 1e-5);
/// ```
///
/// # Panics
/// If there are more successes than trials.
pub fn clopper_pearson(successes: u64, trials: u64, confidence: f64) -> [f64; 2] {
    assert!(successes <= trials, "{successes} successes out of {trials} trials");
    let tail = (1.0 - confidence) / 2.0;
    let (k, n) = (successes as f64, trials as f64);
    let low = if successes == 0 { 0.0 } else { inv_beta_reg(k, n - k + 1.0, tail) };
    let high = if successes == trials { 1.0 } else { inv_beta_reg(k + 1.0, n - k, 1.0 - tail) };
    [low, high]
}
