//! Intervals for a probability.

use statrs::function::beta::inv_beta_reg;

/// The exact interval of Clopper and Pearson (1934) for the probability behind `successes` out of `trials`.
///
/// With `a = (1 - confidence) / 2`: from the `a`-quantile of Beta(k, n - k + 1) to the `(1 - a)`-quantile of
/// Beta(k + 1, n - k), which is one less the `a`-quantile of Beta(n - k, k + 1) and computed so, because `1 - a` cannot be
/// told from 1 at a confidence near 1. 0 for no success, 1 for no failure. Its coverage is at least `confidence` for every
/// probability. `[0, 1]` for no trials.
///
/// # Panics
///
/// For more successes than trials.
pub fn clopper_pearson(successes: u64, trials: u64, confidence: f64) -> [f64; 2] {
    assert!(successes <= trials, "{successes} successes out of {trials} trials");
    let tail = (1.0 - confidence) / 2.0;
    let lower = |k: u64| if k == 0 { 0.0 } else { inv_beta_reg(k as f64, (trials - k + 1) as f64, tail) };
    [lower(successes), 1.0 - lower(trials - successes)]
}

/// The share of all trials that at least succeed, at `confidence`, where all of `trials` did: the exact one-sided bound
/// `(1 - confidence)^(1/n)`, 0 for no trials.
///
/// ```
/// use modewise::numerics::statistics::binomial::proven_share;
///
/// assert!((proven_share(1000, 0.99) - 0.995405).abs() < 1e-6);
/// ```
pub fn proven_share(trials: u64, confidence: f64) -> f64 {
    if trials == 0 { 0.0 } else { libm::pow(1.0 - confidence, 1.0 / trials as f64) }
}
