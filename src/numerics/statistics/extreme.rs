//! Extremes of values of which some may be missing.
//!
//! `f64::max` and `f64::min` prefer a number to a missing value, so a maximum of distances forgets each one that could
//! not be computed, and a comparison with nothing counts as a perfect one. Here a missing value is contagious.

/// The larger of two values, the first if they are equal; missing (`NaN`) if one of them is.
///
/// ```
/// use modewise::numerics::statistics::extreme::larger;
/// assert_eq!(larger(1.0, 2.0), 2.0);
/// assert!(larger(1.0, f64::NAN).is_nan() && larger(f64::NAN, 1.0).is_nan());
/// ```
pub fn larger(one: f64, other: f64) -> f64 {
    if one >= other || one.is_nan() { one } else { other }
}

/// The smaller of two values, the first if they are equal; missing (`NaN`) if one of them is.
///
/// ```
/// use modewise::numerics::statistics::extreme::smaller;
/// assert_eq!(smaller(1.0, 2.0), 1.0);
/// assert!(smaller(1.0, f64::NAN).is_nan() && smaller(f64::NAN, 1.0).is_nan());
/// ```
pub fn smaller(one: f64, other: f64) -> f64 {
    if one <= other || one.is_nan() { one } else { other }
}

/// The largest value; missing (`NaN`) if any value is, and if there are none.
///
/// ```
/// use modewise::numerics::statistics::extreme::largest;
/// assert_eq!(largest([0.5, -2.0, 1.5]), 1.5);
/// assert!(largest([0.5, f64::NAN, 1.5]).is_nan());
/// assert!(largest([]).is_nan());
/// ```
pub fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().reduce(larger).unwrap_or(f64::NAN)
}
