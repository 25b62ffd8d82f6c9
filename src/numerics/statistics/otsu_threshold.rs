//! The threshold that splits values into two classes.

/// The value above which the upper of two classes lies: the middle of the gap for which the variance between the
/// classes, `n_low n_high (mean_high - mean_low)^2 / n^2`, is largest. Of equal gaps the lowest; not a number if all
/// values are equal.
///
/// Otsu 1979, Eq. 14, on the values themselves instead of a histogram.
///
/// ```
/// use modewise::numerics::statistics::otsu_threshold::otsu_threshold;
///
/// assert_eq!(otsu_threshold(&[0.1, 0.0, 0.2, 0.9, 0.8]), 0.5);
/// ```
pub fn otsu_threshold(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    let (mut below, mut best, mut threshold) = (0.0, 0.0, f64::NAN);
    for (i, gap) in sorted.windows(2).enumerate() {
        below += gap[0];
        let (low, high) = ((i + 1) as f64, n - (i + 1) as f64);
        let distance = (total - below) / high - below / low;
        let between = low * high * distance * distance / (n * n);
        if gap[0] < gap[1] && between > best {
            (best, threshold) = (between, f64::midpoint(gap[0], gap[1]));
        }
    }
    threshold
}
