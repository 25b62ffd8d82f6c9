//! Intervals for the mean of bounded values, whatever their distribution.

use libm::{exp, log};

use crate::numerics::statistics::extreme;

/// Factors that are multiplied before a logarithm is taken. Each is at most `1 / m`, and the bisection stops at
/// [`RESOLUTION`]: sixteen of them stay far below the largest number.
const FACTORS: usize = 16;

/// Width, as a part of the range, at which the bisection stops.
const RESOLUTION: f64 = 1e-12;

/// The interval at `confidence` for the mean of independent `values` of one distribution on `[low, high]`, by bets of
/// constant size against each candidate for the mean.
///
/// Scaled to `[0, 1]`, a bet of the part `b` of the capital against the mean `m` multiplies it by
/// `1 - b + b x / m` for each value `x`: never negative, and 1 on average if `m` is the mean. The product over independent
/// values then has the mean 1 as well, and so has the mixture
///
/// `K(m) = sum_k w_k prod_i (1 - b_k + b_k x_i / m)`, `sum_k w_k = 1`, `b_k` and `w_k` chosen from the number of values only.
///
/// By Markov's inequality `K(mean) >= 1 / a` has a probability of at most `a`: the candidates with `K(m) < 1 / a` cover the
/// mean with probability `1 - a` at least. No assumption other than the range and independence is made, and none about
/// the number of values. `K` falls with `m`, so that the candidates left are all those above one number, the lower end. The
/// upper end is one less the lower end of `1 - x`; each takes `a = (1 - confidence) / 2`.
///
/// This is the capital process of Waudby-Smith and Ramdas (JRSS B 86, 2024; arXiv 2010.09686) with a mixture over constant
/// bets, at a fixed number of values. Their bets that adapt to earlier values give an interval that
/// depends on the order of the values; constant ones do not. `b_0 = 1` stakes
/// everything and has the weight 1/2: where all values are at the upper end, the lower end is at least `(a / 2)^(1/n)`,
/// where the exact one is `a^(1/n)` (the "rule of three"). `b_k = 2^-k`, down to about `1 / sqrt(n)`, share the other half,
/// because the best bet for values with standard deviation `s` is about `m sqrt(2 ln(1 / a) / n) / s`.
///
/// The bound of Gaffke (2005; Learned-Miller and Thomas, arXiv 1905.06208) is a tenth to a third shorter and is that of Clopper
/// and Pearson for zeros and ones, but that it is valid for other values is a conjecture.
///
/// The ends err outwards only: of the last two candidates of the bisection, `1e-12` of the range apart, the outer one is
/// returned. Values are sorted first, so that their order does not even move the rounding. Time is O(n log n), memory
/// O(n). The mean of the values always belongs to the interval (there every product is at most 1, because a geometric mean
/// is at most the arithmetic one). `[low, high]` for no values.
///
/// # Panics
///
/// If `low < high` does not hold, if a value is outside of `[low, high]` or `NaN`, or if `confidence` is not between 0 and 1.
///
/// # Examples
///
/// ```
/// use modewise::numerics::statistics::betting::bounded_mean;
///
/// // Forty rank correlations, all 1: the mean of all that could be drawn is above 0.72, not "1 to 1".
/// let [low, high] = bounded_mean(&[1.0; 40], [-1.0, 1.0], 0.99);
/// assert!(0.72 < low && low < 0.73 && high == 1.0);
/// ```
pub fn bounded_mean(values: &[f64], [low, high]: [f64; 2], confidence: f64) -> [f64; 2] {
    assert!(low < high, "a range has two ends, the lower one first: [{low}, {high}]");
    assert!(0.0 < confidence && confidence < 1.0, "{confidence} is no level of confidence");
    assert!(values.iter().all(|value| (low..=high).contains(value)), "a value is outside of [{low}, {high}]");
    let limit = log(2.0 / (1.0 - confidence));
    let range = high - low;
    let scaled = |part: &dyn Fn(f64) -> f64| {
        let mut scaled: Vec<f64> = values.iter().map(|&value| part(value).clamp(0.0, 1.0)).collect();
        scaled.sort_unstable_by(f64::total_cmp);
        scaled
    };
    let below = lower_end(&scaled(&|value| (value - low) / range), limit);
    let above = lower_end(&scaled(&|value| (high - value) / range), limit);
    [low + range * below, high - range * above]
}

/// The largest candidate, to [`RESOLUTION`], at which the capital is at least `e^limit`; 0 if there is none.
fn lower_end(sorted: &[f64], limit: f64) -> f64 {
    let bets = bets(sorted.len());
    let (mut refused, mut open) = (0.0, sorted.iter().sum::<f64>() / sorted.len().max(1) as f64);
    while open - refused > RESOLUTION {
        let candidate = f64::midpoint(refused, open);
        if log_capital(sorted, candidate, &bets) >= limit {
            refused = candidate;
        } else {
            open = candidate;
        }
    }
    refused
}

/// Bets and the logarithms of their weights for a number of values.
fn bets(values: usize) -> Vec<[f64; 2]> {
    let halvings = ((values as f64).sqrt().log2().ceil() as i32).max(1);
    let rest = log(0.5 / f64::from(halvings));
    let smaller = (1..=halvings).map(|k| [0.5f64.powi(k), rest]);
    std::iter::once([1.0, log(0.5)]).chain(smaller).collect()
}

/// `ln K(m)` for a candidate `m > 0`.
fn log_capital(sorted: &[f64], m: f64, bets: &[[f64; 2]]) -> f64 {
    let of_bet = |&[bet, weight]: &[f64; 2]| {
        let (kept, staked) = (1.0 - bet, bet / m);
        let product = |values: &[f64]| log(values.iter().map(|x| kept + staked * x).product());
        weight + sorted.chunks(FACTORS).map(product).sum::<f64>()
    };
    let capitals: Vec<f64> = bets.iter().map(of_bet).collect();
    let largest = extreme::largest(capitals.iter().copied());
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + log(capitals.iter().map(|capital| exp(capital - largest)).sum())
}
