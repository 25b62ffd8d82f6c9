//! What a finding would be if it were made again with another master seed: the chance of a false alarm.

use libm::{exp, lgamma, sqrt};
use serde::{Deserialize, Serialize};

use super::decision::verdict;
use super::verdict::Verdict;
use crate::numerics::statistics::binomial::clopper_pearson;
use crate::numerics::statistics::bootstrap::half_width;
use crate::numerics::statistics::student::student_cdf;

/// Chances of the verdicts of a finding made again from as many new replicates; what is left is the chance that it is
/// inconclusive.
///
/// The true value is not known. What is known of it is what the present replicates say, so the chances are those of a
/// *prediction*: a new value differs from the present one by the error of both.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// That it holds.
    pub holds: f64,
    /// That it fails.
    pub fails: f64,
}

impl Repeat {
    /// Of a value `measured` from `replicates` (two or more) with an interval at `confidence`.
    ///
    /// The standard error `e` is the larger half width of the interval over `q` ([`half_width`]). An end of the new
    /// interval differs from that of this one by the errors of both values, `e` each, and of both half widths, each
    /// `q e / sqrt(2 (n - 1))` (the standard error of a standard deviation): over `e sqrt(2 + q^2 / (n - 1))` the
    /// difference is Student's `t` of `n - 1` degrees of freedom.
    #[expect(clippy::disallowed_methods, reason = "intervals are finite")]
    pub fn of_value(
        measured: f64,
        [low, high]: [f64; 2],
        band: [Option<f64>; 2],
        replicates: u64,
        confidence: f64,
    ) -> Self {
        let (below, above) = (measured - low, high - measured);
        let (q, freedom) = (half_width(replicates as usize, confidence), (replicates - 1) as f64);
        let error = below.max(above) / q * sqrt(2.0 + q * q / freedom);
        if error == 0.0 {
            return Self::certainly(verdict([low, high], band));
        }
        let up_to = |value: f64| student_cdf((value - measured) / error, freedom);
        let floor = |shift: f64| band[0].map_or(0.0, |floor| up_to(floor + shift));
        let ceiling = |shift: f64| band[1].map_or(1.0, |ceiling| up_to(ceiling + shift));
        Self { holds: (ceiling(-above) - floor(below)).max(0.0), fails: floor(-above) + (1.0 - ceiling(below)) }
    }

    /// Of a fraction of replicates: `successes` out of `trials`, with the interval of Clopper and Pearson at
    /// `confidence`.
    ///
    /// With Jeffreys' prior, the new number of successes is beta-binomial with `alpha = k + 1/2`, `beta = n - k + 1/2`.
    pub fn of_fraction(successes: u64, trials: u64, band: [Option<f64>; 2], confidence: f64) -> Self {
        let judged = |k: u64| verdict(clopper_pearson(k, trials, confidence), band);
        let (mut holds, mut fails) = (0.0, 0.0);
        for k in 0..=trials {
            let chance = beta_binomial(k, trials, successes as f64 + 0.5, (trials - successes) as f64 + 0.5);
            // Because intervals are dear and the tails are long.
            if chance > 1e-12 {
                match judged(k) {
                    Verdict::Holds => holds += chance,
                    Verdict::Fails => fails += chance,
                    _ => {}
                }
            }
        }
        Self { holds, fails }
    }

    /// Of a finding that chance cannot touch.
    fn certainly(verdict: Verdict) -> Self {
        let chance = |of: Verdict| f64::from(u8::from(verdict == of));
        Self { holds: chance(Verdict::Holds), fails: chance(Verdict::Fails) }
    }
}

/// `P(k) = C(n, k) B(k + alpha, n - k + beta) / B(alpha, beta)`.
fn beta_binomial(k: u64, n: u64, alpha: f64, beta: f64) -> f64 {
    let ln_beta = |a: f64, b: f64| lgamma(a) + lgamma(b) - lgamma(a + b);
    let (k, rest) = (k as f64, (n - k) as f64);
    let ln_choose = lgamma(k + rest + 1.0) - lgamma(k + 1.0) - lgamma(rest + 1.0);
    exp(ln_choose + ln_beta(k + alpha, rest + beta) - ln_beta(alpha, beta))
}
