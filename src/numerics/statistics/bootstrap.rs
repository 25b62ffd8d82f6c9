//! The bootstrap: intervals of any statistic of independent units.

use rand::RngExt;
use rand_pcg::Pcg64;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::numerics::statistics::student::student_quantile;

/// Draws of units with replacement, as many as there are units in each. Statistics that are to be compared take
/// the same draws.
#[derive(Clone, Debug)]
pub struct Resamples {
    units: usize,
    drawn: Vec<u32>,
}

/// Why a bootstrap gives no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BootstrapError {
    /// One unit cannot show how units differ.
    #[error("there is only one replicate to resample")]
    OneUnit,
    /// An interval over the other resamples would leave out the draws in which the statistic is worst defined.
    #[error("the measure is missing in {missing} of {of} resamples of the replicates")]
    Missing {
        /// Resamples without a value, those that leave one unit out included.
        missing: usize,
        /// All resamples, likewise.
        of: usize,
    },
}

impl Resamples {
    /// Draws `count` resamples (one or more) of the units `0..units`.
    ///
    /// # Panics
    /// If `count` is 0 or `units` does not fit in 32 bits.
    pub fn draw(units: usize, count: usize, rng: &mut Pcg64) -> Self {
        assert!(count > 0, "an interval takes resamples");
        let end = u32::try_from(units).expect("a table has fewer than 2^32 replicates");
        let drawn = if end == 0 { Vec::new() } else { (0..units * count).map(|_| rng.random_range(0..end)).collect() };
        Self { units, drawn }
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// The resamples, each a list of units that may repeat.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.drawn.chunks_exact(self.units.max(1))
    }
}

/// The bias-corrected and accelerated interval of `statistic`, a function of a list of units that may repeat.
///
/// With `theta` the statistic of all units, `theta*` its resamples, `Phi` the normal distribution, the ends are the
/// `Phi(z0 + (z0 + z) / (1 - a (z0 + z)))`-quantiles of `theta*` for `z = -q, q`, where
/// `z0 = Phi^-1(share of theta* below theta)` and `a` is the acceleration from the jackknife (Efron 1987, Eq. 2.3 and
/// 6.6). Four choices make an interval wider, none narrower:
/// * `q = sqrt(n / (n - 1)) t` with the Student quantile `t` of `n - 1` degrees of freedom instead of the normal quantile:
///   for the mean this undoes the bootstrap's narrowness at small `n` (Hesterberg 2015, section 5.3);
/// * quantiles are order statistics, rounded outwards;
/// * where every resample lies on one side of `theta` (`z0` is infinite), the interval spans them all and `theta`;
/// * where `1 - a (z0 + z)` is not positive, the end is the farthest resample;
/// * `theta` itself always belongs to the interval.
///
/// Resamples that equal `theta` count half in `z0`. If all do, the interval is the point `theta`: nothing in the data
/// says more. The ends of an extreme (`min`, `max`) never pass the sample's own.
///
/// ```
/// use modewise::numerics::statistics::bootstrap::{Resamples, bca};
/// use modewise::seed::{MasterSeed, stream};
///
/// let values = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0];
/// let mean = |units: &[u32]| units.iter().map(|&unit| values[unit as usize]).sum::<f64>() / units.len() as f64;
/// let mut rng = stream(MasterSeed::default(), "bootstrap", &"example", 0);
/// let resamples = Resamples::draw(values.len(), 2000, &mut rng);
/// let [low, high] = bca(&resamples, 0.95, mean).expect("the mean is never missing");
/// assert!(low < 41.0 / 6.0 && 41.0 / 6.0 < high);
/// ```
///
/// # Errors
/// If there are fewer than two units, or the statistic is `NaN` for the units, with one of them left out, or for any
/// resample.
#[expect(clippy::disallowed_methods, reason = "estimates are finite, which is asked before")]
pub fn bca(
    resamples: &Resamples,
    confidence: f64,
    mut statistic: impl FnMut(&[u32]) -> f64,
) -> Result<[f64; 2], BootstrapError> {
    let units = resamples.units;
    if units < 2 {
        return Err(BootstrapError::OneUnit);
    }
    let all: Vec<u32> = (0..units as u32).collect();
    let estimate = statistic(&all);
    let jackknife: Vec<f64> = (0..units).map(|unit| statistic(&[&all[..unit], &all[unit + 1..]].concat())).collect();
    let mut drawn: Vec<f64> = resamples.iter().map(&mut statistic).collect();
    let missing = jackknife.iter().chain(&drawn).chain([&estimate]).filter(|value| value.is_nan()).count();
    if missing > 0 {
        return Err(BootstrapError::Missing { missing, of: jackknife.len() + drawn.len() + 1 });
    }
    drawn.sort_unstable_by(f64::total_cmp);
    let [least, largest] = [drawn[0], drawn[drawn.len() - 1]];
    if largest < estimate || estimate < least {
        return Ok([least.min(estimate), largest.max(estimate)]);
    }
    let z0 = bias(estimate, &drawn);
    let a = acceleration(&jackknife);
    let q = half_width(units, confidence);
    let low = order_statistic(&drawn, level(z0, a, -q), f64::floor);
    let high = order_statistic(&drawn, level(z0, a, q), f64::ceil);
    Ok([low.min(estimate), high.max(estimate)])
}

/// `z0`: the normal quantile of the share of resamples below the estimate.
fn bias(estimate: f64, drawn: &[f64]) -> f64 {
    let below = drawn.iter().filter(|&&value| value < estimate).count() as f64;
    let equal = drawn.iter().filter(|&&value| value == estimate).count() as f64;
    Normal::standard().inverse_cdf((below + equal / 2.0) / drawn.len() as f64)
}

/// The acceleration `sum d^3 / (6 (sum d^2)^(3/2))`, `d` the mean of the leave-one-out values less each; 0 if they
/// are all equal.
fn acceleration(jackknife: &[f64]) -> f64 {
    let centre = crate::numerics::statistics::moments::mean(jackknife);
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in jackknife {
        let difference = centre - value;
        squares += difference * difference;
        cubes += difference * difference * difference;
    }
    if squares > 0.0 { cubes / (6.0 * squares * squares.sqrt()) } else { 0.0 }
}

/// `q`: half the width of the interval in standard errors of the resamples, of two `units` or more.
///
/// # Panics
/// If there are fewer than two units.
pub fn half_width(units: usize, confidence: f64) -> f64 {
    let n = units as f64;
    (n / (n - 1.0)).sqrt() * student_quantile((1.0 + confidence) / 2.0, n - 1.0)
}

/// Level of the quantile of the resamples that is the end at `z` standard errors.
fn level(z0: f64, a: f64, z: f64) -> f64 {
    let denominator = 1.0 - a * (z0 + z);
    if denominator > 0.0 {
        Normal::standard().cdf(z0 + (z0 + z) / denominator)
    } else if z < 0.0 {
        0.0
    } else {
        1.0
    }
}

/// The value at place `level (n + 1)` (from 1) of a sorted sample, the place rounded by `round`.
#[expect(clippy::disallowed_methods, reason = "estimates are finite, which is asked before")]
fn order_statistic(sorted: &[f64], level: f64, round: fn(f64) -> f64) -> f64 {
    let place = round(level * (sorted.len() + 1) as f64);
    sorted[(place.max(1.0) as usize).min(sorted.len()) - 1]
}
