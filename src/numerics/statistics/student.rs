//! Student's distribution.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Probability that Student's `t` of `freedom` (above 0) degrees of freedom is at most `t`.
///
/// # Panics
/// If `freedom` is not above 0.
pub fn student_cdf(t: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).expect("the degrees of freedom are positive").cdf(t)
}

/// The `p`-quantile of Student's `t` of `freedom` (above 0) degrees of freedom.
///
/// ```
/// use modewise::numerics::statistics::student::student_quantile;
///
/// // With one degree of freedom it is Cauchy's distribution, whose third quartile is 1.
/// assert!((student_quantile(0.75, 1.0) - 1.0).abs() < 1e-9);
/// ```
///
/// # Panics
/// If `freedom` is not above 0.
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).expect("the degrees of freedom are positive").inverse_cdf(p)
}
