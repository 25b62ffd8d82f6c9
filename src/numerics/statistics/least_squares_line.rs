//! The straight line through points.

use crate::numerics::statistics::moments::mean;

/// Slope of the least-squares line of `y` on `x`: `sum (x_i - x̄)(y_i - ȳ) / sum (x_i - x̄)^2`.
///
/// `NaN` if any value is, or if all `x` are equal (fewer than two points included).
///
/// ```
/// use modewise::numerics::statistics::least_squares_line::slope;
///
/// assert_eq!(slope(&[1.0, 3.0, 5.0], &[0.0, 1.0, 2.0]), 2.0);
/// ```
///
/// # Panics
/// If one list is longer than the other.
pub fn slope(y: &[f64], x: &[f64]) -> f64 {
    assert_eq!(y.len(), x.len(), "a point has both coordinates");
    if x.iter().all(|value| Some(value) == x.first()) {
        return f64::NAN;
    }
    let (x_mean, y_mean) = (mean(x), mean(y));
    let (mut products, mut squares) = (0.0, 0.0);
    for (&x, &y) in x.iter().zip(y) {
        products += (x - x_mean) * (y - y_mean);
        squares += (x - x_mean) * (x - x_mean);
    }
    products / squares
}
