//! Quantiles.

/// The `p`-quantile with linear interpolation between order statistics: with `h = (n - 1) p`, the value at place
/// `h` (from 0) of the sorted sample (Hyndman, Fan 1996, definition 7; the default of NumPy and R).
///
/// `NaN` for no values, if any is `NaN`, or for `p` outside of `[0, 1]`.
///
/// ```
/// use modewise::numerics::statistics::quantile::quantile;
///
/// assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 0.5), 2.5);
/// assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 1.0), 4.0);
/// ```
pub fn quantile(x: &[f64], p: f64) -> f64 {
    if x.is_empty() || !(0.0..=1.0).contains(&p) || x.iter().any(|value| value.is_nan()) {
        return f64::NAN;
    }
    let place = (x.len() - 1) as f64 * p;
    let below = place.floor();
    let mut x = x.to_vec();
    let (_, &mut low, above) = x.select_nth_unstable_by(below as usize, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    let weight = place - below;
    if weight == 0.0 { low } else { low + (high - low) * weight }
}

/// The median: the `0.5`-[`quantile`].
pub fn median(x: &[f64]) -> f64 {
    quantile(x, 0.5)
}
