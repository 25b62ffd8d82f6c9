//! Student's distribution.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Probability that Student's `t` of `freedom` (above 0) degrees of freedom is at most `t`.
pub fn student_cdf(t: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).expect("the degrees of freedom are positive").cdf(t)
}

/// The `p`-quantile of Student's `t` of `freedom` (above 0) degrees of freedom.
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).expect("the degrees of freedom are positive").inverse_cdf(p)
}
