//! Linear regression of many features on as many samples, learned by the gradient flow.

use std::f64::consts::PI;

use libm::{cos, exp, expm1, sin};

/// Nodes of the quadrature over the spectrum. The integrand is a smooth periodic function of the angle below, for which
/// the midpoint rule converges exponentially; 2000 leave `1e-12` up to time 10 000.
const NODES: usize = 2000;

/// Test error after learning for `time` from zero weights, in the limit of many features:
/// `noise + integral rho(l) (signal e^{-2 l t} + noise (1 - e^{-l t})^2 / l) dl`.
///
/// `load` is samples per feature; inputs have variance 1/features; `signal` is the variance of the teacher's weights,
/// `noise` that of the noise in its answers. The density of the eigenvalues `l` of the inputs' covariance is that of
/// Marchenko and Pastur, `sqrt((b - l)(l - a)) / (2 pi l)` from `a = (sqrt(load) - 1)^2` to `b = (sqrt(load) + 1)^2`,
/// with `1 - load` at 0 for fewer samples than features.
///
/// Advani, Saxe, Sompolinsky 2020, "the dynamics of generalization".
///
/// ```
/// use modewise::theory::regression::test_error;
///
/// // With as many samples as features, learning for too long overfits.
/// let error = |time| test_error(1.0, time, 1.0, 0.25);
/// assert!(error(10.0) < error(0.0) && error(10.0) < error(1000.0));
/// assert!((error(0.0) - 1.25).abs() < 1e-9); // signal and noise
/// ```
#[expect(clippy::disallowed_methods, reason = "the load is finite")]
pub fn test_error(load: f64, time: f64, signal: f64, noise: f64) -> f64 {
    let (low, high) = ((load.sqrt() - 1.0).powi(2), (load.sqrt() + 1.0).powi(2));
    // With l = low + (high - low) sin^2(angle) the ends of the density are smooth.
    let term = |node: usize| {
        let angle = (node as f64 + 0.5) * PI / (2.0 * NODES as f64);
        let (sine, cosine) = (sin(angle), cos(angle));
        let l = low + (high - low) * sine * sine;
        let weight = ((high - low) * sine * cosine).powi(2) / (PI * l);
        let fitted = -expm1(-l * time);
        weight * (signal * exp(-2.0 * l * time) + noise * fitted * fitted / l)
    };
    let seen = (0..NODES).map(term).sum::<f64>() * PI / (2.0 * NODES as f64);
    noise + (1.0 - load).max(0.0) * signal + seen
}
