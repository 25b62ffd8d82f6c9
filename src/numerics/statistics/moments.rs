//! Mean and standard deviation.

/// Arithmetic mean. `NaN` for no values or if any is `NaN`.
pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// Sample standard deviation, `sqrt(sum (x_i - mean)^2 / (n - 1))`.
///
/// `NaN` for fewer than two values or if any is `NaN`.
///
/// ```
/// use modewise::numerics::statistics::moments::sd;
///
/// assert_eq!(sd(&[1.0, 2.0, 3.0]), 1.0);
/// assert!(sd(&[1.0]).is_nan());
/// ```
pub fn sd(x: &[f64]) -> f64 {
    let centre = mean(x);
    let squares: f64 = x.iter().map(|value| (value - centre) * (value - centre)).sum();
    if x.len() < 2 { f64::NAN } else { (squares / (x.len() - 1) as f64).sqrt() }
}
