//! From an interval and a band to a verdict, and how many more replicates would decide.

use super::verdict::Verdict;
use crate::numerics::statistics::binomial::clopper_pearson;
use crate::numerics::statistics::extreme::larger;

/// A number is given up to this many times the present replicates. An estimate from `n` replicates of where the value
/// lies is off by a part of the half width; a value that takes more to tell from the edge may as well lie beyond it.
const MOST: u64 = 20;

/// What a value may differ from an edge, relative to the larger of the two, and still lie on it: four units in the last
/// place, because decimal numbers such as 0.1 have no exact binary form and sums of them collect such errors.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Inside the band (ends included): holds. Without a common point: fails. Otherwise the interval straddles an edge.
///
/// A value that differs from an edge by rounding only lies on it.
pub fn verdict(interval: [f64; 2], band: [Option<f64>; 2]) -> Verdict {
    let [low, high] = interval;
    let [floor, ceiling] = ends(band);
    if at_most(floor, low) && at_most(high, ceiling) {
        Verdict::Holds
    } else if !at_most(floor, high) || !at_most(low, ceiling) {
        Verdict::Fails
    } else {
        Verdict::Inconclusive
    }
}

/// Whether `a` is at most `b`, or above it by rounding only.
fn at_most(a: f64, b: f64) -> bool {
    a <= b || (a.is_finite() && b.is_finite() && a - b <= ROUNDING * larger(a.abs(), b.abs()))
}

/// About how many more than `replicates` would move an interval off the edges that it straddles, if the measured value
/// stayed.
///
/// The half width `h` of an interval towards an edge at distance `d` shrinks as `1 / sqrt(n)`: it takes
/// `n' = n (h / d)^2`. The width itself is known to one part in `sqrt(2 (n - 1))` (its standard error), `n'` to twice
/// that: so much is added, and the number is never just one or two. A value inside the band has to clear every edge
/// that its interval reaches, a value outside only the near one. None where the value is too close to the edge to say:
/// on it, or where it takes more than twenty times the present number.
#[expect(clippy::disallowed_methods, reason = "NaN is the edge of the band on one side; the other side decides")]
pub fn more_replicates(replicates: u64, measured: f64, interval: [f64; 2], band: [Option<f64>; 2]) -> Option<u64> {
    let [low, high] = interval;
    let [floor, ceiling] = ends(band);
    let needed = |half_width: f64, distance: f64| {
        let ratio = half_width / distance;
        replicates as f64 * ratio * ratio * (1.0 + uncertainty(replicates))
    };
    let needed = if measured > ceiling {
        needed(measured - low, measured - ceiling)
    } else if measured < floor {
        needed(high - measured, floor - measured)
    } else {
        let above = if high > ceiling { needed(high - measured, ceiling - measured) } else { 0.0 };
        let below = if low < floor { needed(measured - low, measured - floor) } else { 0.0 };
        above.max(below)
    };
    // `needed` is NaN or infinite on the edge.
    let more = needed.ceil() - replicates as f64;
    (more <= MOST.saturating_mul(replicates) as f64).then_some(more as u64)
}

/// The same for `successes` out of `trials` with the interval of Clopper and Pearson, whose width shrinks faster near 0
/// and 1: the least number in steps of about 1 % that decides with the same share of successes, not counting numbers
/// that differ from `trials` by less than its width is known.
pub fn more_trials(successes: u64, trials: u64, confidence: f64, band: [Option<f64>; 2]) -> Option<u64> {
    // Because a table has fewer than 2^32 replicates, and the quantiles of Clopper and Pearson take for ever beyond.
    if trials >= 1 << 32 {
        return None;
    }
    let share = successes as f64 / trials as f64;
    let decides = |n: u64| {
        let successes = ((share * n as f64).round() as u64).min(n);
        verdict(clopper_pearson(successes, n, confidence), band) != Verdict::Inconclusive
    };
    let first = trials.saturating_add((trials as f64 * uncertainty(trials)).ceil() as u64);
    let next = |&n: &u64| n.checked_add(n.div_ceil(100)).filter(|&n| n <= (MOST + 1).saturating_mul(trials));
    std::iter::successors(Some(first), next).find(|&n| decides(n)).map(|n| n - trials)
}

/// Relative standard error of the number of replicates that decides, as estimated from the width of an interval of `n`.
fn uncertainty(n: u64) -> f64 {
    (2.0 / n.saturating_sub(1).max(1) as f64).sqrt()
}

/// The band with infinite ends for open ones.
fn ends([low, high]: [Option<f64>; 2]) -> [f64; 2] {
    [low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)]
}
