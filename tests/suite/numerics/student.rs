//! Student's distribution.

use modewise::numerics::statistics::student::{student_cdf, student_quantile};

/// One degree of freedom: `1/2 + atan(t) / pi`; two: `1/2 + t / (2 sqrt(2 + t^2))`.
#[test]
fn one_and_two_degrees_of_freedom_have_closed_forms() {
    for t in [-30.0, -2.5, -0.1, 0.0, 0.7, 4.0, 100.0_f64] {
        for (freedom, expected) in
            [(1.0, 0.5 + t.atan() / std::f64::consts::PI), (2.0, 0.5 + t / (2.0 * (2.0 + t * t).sqrt()))]
        {
            let found = student_cdf(t, freedom);
            assert!((found - expected).abs() < 1e-11, "t {t}, freedom {freedom}: {found} for {expected}");
        }
    }
}

#[test]
fn the_quantile_undoes_the_distribution() {
    for freedom in [1.0, 3.0, 15.0, 99.0] {
        for p in [0.005, 0.3, 0.5, 0.995] {
            let back = student_cdf(student_quantile(p, freedom), freedom);
            assert!((back - p).abs() < 1e-9, "p {p}, freedom {freedom}: {back}");
        }
    }
}
