//! Pearson's correlation.

use crate::numerics::statistics::moments::mean;

/// Pearson's correlation of paired values, `sum (x_i - x̄)(y_i - ȳ) / sqrt(sum (x_i - x̄)^2 sum (y_i - ȳ)^2)`.
///
/// `NaN` where one side does not vary, and where a value is `NaN`.
///
/// ```
/// use modewise::numerics::statistics::correlation::pearson;
///
/// assert!((pearson(&[1.0, 2.0, 4.0], &[3.0, 5.0, 9.0]) - 1.0).abs() < 1e-15);
/// assert!(pearson(&[1.0, 2.0], &[3.0, 3.0]).is_nan());
/// ```
///
/// # Panics
/// If one list is longer than the other.
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    assert_eq!(x.len(), y.len(), "values are paired");
    let (x_mean, y_mean) = (mean(x), mean(y));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (&x, &y) in x.iter().zip(y) {
        xy += (x - x_mean) * (y - y_mean);
        xx += (x - x_mean) * (x - x_mean);
        yy += (y - y_mean) * (y - y_mean);
    }
    if xx > 0.0 && yy > 0.0 { (xy / xx.sqrt() / yy.sqrt()).clamp(-1.0, 1.0) } else { f64::NAN }
}
