//! Mean and standard deviation.

/// Arithmetic mean. `NaN` for no values or if any is `NaN`.
///
/// The error of every addition is carried along (Neumaier 1974, method IV), so that the mean of 100 times 0.1 is 0.1 and not
/// 0.09999999999999981.
///
/// ```
/// use modewise::numerics::statistics::moments::mean;
///
/// assert_eq!(mean(&[0.1; 100]), 0.1);
/// ```
pub fn mean(x: &[f64]) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for &value in x {
        let next = sum + value;
        let (large, small) = if sum.abs() >= value.abs() { (sum, value) } else { (value, sum) };
        // Because an infinite sum has lost nothing.
        lost += if next.is_finite() { (large - next) + small } else { 0.0 };
        sum = next;
    }
    (sum + lost) / x.len() as f64
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
