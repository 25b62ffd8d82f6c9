//! Tolerance use: how much of what is allowed a measured value takes up.
//!
//! It is 0 at the ideal, 1 at the edge of the band, above 1 outside; it grows with the distance and is always finite.
//! A band with two ends has its ideal in the middle. A band with one end has the ideal that nearly every measure with
//! such a bound has:
//!
//! | bound `b` | ideal | use of a measured value `m` |
//! |---|---|---|
//! | at most `b > 0` (an error, a distance) | 0 | `m / b` |
//! | at most `-1 < b <= 0` (a rank correlation) | -1 | `(m + 1) / (b + 1)` |
//! | at most `b <= -1` (an exponent, a slope) | none, the lower the better | `b / m` inside, `2 - m / b` outside |
//! | at least `b` | minus that of at most `-b` | that of at most `-b` for `-m` |
//!
//! So "at least 0.95" has the ideal 1 (a fraction, an overlap), "at least 10" has none and is half used at 20. Beyond the
//! ideal the use is 0.

/// Use of the tolerance on both sides of an expected value.
pub fn two_sided(measured: f64, expected: f64, tolerance: f64) -> f64 {
    finite((measured - expected).abs() / tolerance)
}

/// Use of an upper bound.
pub fn at_most(measured: f64, bound: f64) -> f64 {
    finite(if bound > 0.0 {
        measured / bound
    } else if bound > -1.0 {
        (measured + 1.0) / (bound + 1.0)
    } else if measured <= bound {
        bound / measured
    } else {
        2.0 - measured / bound
    })
}

/// Use of a lower bound.
pub fn at_least(measured: f64, bound: f64) -> f64 {
    at_most(-measured, -bound)
}

/// Not negative and not infinite, since JSON has no infinity.
fn finite(tolerance_use: f64) -> f64 {
    tolerance_use.clamp(0.0, f64::MAX)
}
