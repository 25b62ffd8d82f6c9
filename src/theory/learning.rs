//! Strength of one mode over time, and the times at which it is learned.
//!
//! Throughout, `s` is the mode's singular value, `m` its strength and `m0` its strength at time 0, all in the units of the
//! data; `g` is a growth rate per unit of time; and time is rate x steps (the loss is `1/2 |Y - W2 W1|_F^2`, so the time
//! constant of the flow is 1). Arguments for which a formula has no value give `NaN`.

use libm::{exp, log, log1p, pow};

use crate::numerics::ode::dormand_prince::{DormandPrince, IntegrationError, Tolerance};
use crate::numerics::simd::dispatch::with_simd;
use crate::numerics::simd::sigmoid;

/// Growth rate of a mode's weights at a saddle under steps of size `eta`: `ln(1 + eta s) / eta`, per unit of time.
///
/// One step multiplies the weights by `1 + eta s`, a step of the flow by `e^{eta g}`; the two agree for this `g`, which is
/// `s` in the limit `eta -> 0`. Negative rates have no meaning.
pub fn finite_step_rate(s: f64, eta: f64) -> f64 {
    log1p(eta * s) / eta
}

/// Rate at which the error of a net without hidden layer decays under steps of size `eta < 1`: `-ln(1 - eta) / eta`,
/// per unit of time, the same for every mode: a step multiplies it by `1 - eta`. `NaN` for larger steps, whose error
/// changes sign at each step.
pub fn shallow_rate(eta: f64) -> f64 {
    -log1p(-eta) / eta
}

/// Strength of a mode of a two-layer net from a balanced start:
/// `m(t) = s e^{2gt} / (e^{2gt} - 1 + s/m0)`, where `g` is `s` for the flow and [`finite_step_rate`] for descent.
///
/// Saxe, McClelland, Ganguli 2014, "The time course of learning", Eq. 12 (there `tau`, here 1); it solves
/// `dm/dt = 2 m (s - m)`.
///
/// ```
/// use modewise::theory::learning::{half_time, strength};
///
/// let (s, m0) = (3.0, 1e-3);
/// assert!((strength(s, s, m0, 0.0) - m0).abs() < 1e-15);
/// assert!((strength(s, s, m0, half_time(s, s, m0)) - s / 2.0).abs() < 1e-12);
/// ```
pub fn strength(s: f64, g: f64, m0: f64, t: f64) -> f64 {
    s / (1.0 + (s / m0 - 1.0) * exp(-2.0 * g * t))
}

/// [`strength`] of many modes at once; the last bits differ, because the exponential is another.
///
/// ```
/// use modewise::theory::learning::{Strengths, strength};
///
/// let mut modes = Strengths::default();
/// modes.push(3.0, 3.0, 1e-3);
/// modes.push(1.0, 1.0, 1e-3);
/// let mut strengths = [0.0; 2];
/// modes.at(1.5, &mut strengths);
/// assert!((strengths[1] - strength(1.0, 1.0, 1e-3, 1.5)).abs() < 1e-15);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Strengths {
    /// Singular values.
    s: Vec<f64>,
    /// `-2 g`.
    exponents: Vec<f64>,
    /// `s/m0 - 1`.
    ratios: Vec<f64>,
}

impl Strengths {
    /// Adds a mode of singular value `s`, growth rate `g` and start strength `m0`.
    pub fn push(&mut self, s: f64, g: f64, m0: f64) {
        self.s.push(s);
        self.exponents.push(-2.0 * g);
        self.ratios.push(s / m0 - 1.0);
    }

    /// Writes the strengths at time `t`, in the order in which the modes were added; one number per mode.
    pub fn at(&self, t: f64, strengths: &mut [f64]) {
        with_simd(
            #[inline(always)]
            || {
                let modes = self.s.iter().zip(&self.exponents).zip(&self.ratios);
                for (strength, ((s, exponent), ratio)) in strengths.iter_mut().zip(modes) {
                    *strength = s / (1.0 + ratio * sigmoid::exp(exponent * t));
                }
            },
        );
    }
}

/// Time at which [`strength`] is `s/2`: `ln(s/m0 - 1) / 2g`; negative if it starts above. It is [`time_between`] `m0` and
/// `s/2`.
///
/// ```
/// use modewise::theory::learning::half_time;
///
/// assert!((half_time(2.0, 2.0, 0.2) - 9.0_f64.ln() / 4.0).abs() < 1e-15);
/// ```
pub fn half_time(s: f64, g: f64, m0: f64) -> f64 {
    log(s / m0 - 1.0) / (2.0 * g)
}

/// Time that [`strength`] takes from `from` to `to`, both between 0 and `s`:
/// `ln[to (s - from) / (from (s - to))] / 2g`.
///
/// Saxe, McClelland, Ganguli 2014, "The time course of learning"; [`strength`] solved for the time.
///
/// ```
/// use modewise::theory::learning::{strength, time_between};
///
/// let time = time_between(2.0, 2.0, 0.1, 1.5);
/// assert!((strength(2.0, 2.0, 0.1, time) - 1.5).abs() < 1e-12);
/// ```
pub fn time_between(s: f64, g: f64, from: f64, to: f64) -> f64 {
    log(to * (s - from) / (from * (s - to))) / (2.0 * g)
}

/// Strength of a mode of a net without hidden layer: `m(t) = s (1 - e^{-gt}) + m0 e^{-gt}`, where `g` is 1 for
/// the flow and [`shallow_rate`] for descent. It solves `dm/dt = s - m`: every mode has the half time `ln 2`.
///
/// ```
/// use modewise::theory::learning::shallow_strength;
///
/// assert!((shallow_strength(5.0, 1.0, 0.0, std::f64::consts::LN_2) - 2.5).abs() < 1e-15);
/// ```
pub fn shallow_strength(s: f64, g: f64, m0: f64, t: f64) -> f64 {
    s + (m0 - s) * exp(-g * t)
}

/// Strength of an aligned mode of the two-layer flow with `W2^T W2 - W1 W1^T = lambda I`, which solves
/// `dm/dt = sqrt(lambda^2 + 4 m^2) (s - m)`.
///
/// With `k = sqrt(lambda^2 + 4 s^2)` and `r0 = sqrt(lambda^2 + 4 m0^2)`,
/// `x(t) = (s - m0) e^{-kt} / (lambda^2 + 4 s m0 + k r0)`,
/// `m(t) = (s - 2 lambda^2 x - 4 s lambda^2 x^2) / (1 + 8 s x - 4 lambda^2 x^2)`;
/// without imbalance this is [`strength`]. Starts of the wrong sign need an imbalance to recover.
///
/// ```
/// use modewise::theory::learning::{imbalanced_strength, strength};
///
/// assert!((imbalanced_strength(2.0, 0.0, 0.1, 1.0) - strength(2.0, 2.0, 0.1, 1.0)).abs() < 1e-14);
/// assert!(imbalanced_strength(2.0, 1.0, -0.1, 10.0) > 1.99); // it recovers from the wrong sign
/// ```
///
/// The equation: Domine et al. 2025. The solution is that of Saxe, McClelland, Ganguli 2014, appendix "Hyperbolic
/// dynamics of learning", freed of its singularity at `lambda = 0`.
pub fn imbalanced_strength(s: f64, lambda: f64, m0: f64, t: f64) -> f64 {
    let square = lambda * lambda;
    let (k, r0) = ((square + 4.0 * s * s).sqrt(), (square + 4.0 * m0 * m0).sqrt());
    let x = (s - m0) * exp(-k * t) / (square + 4.0 * s * m0 + k * r0);
    (s - 2.0 * square * x - 4.0 * s * square * x * x) / (1.0 + 8.0 * s * x - 4.0 * square * x * x)
}

/// Strength `a(t) b(t)` of a mode of the two-layer flow whose weights are aligned but start with unequal
/// amplitudes `a0` and `b0`; the flow conserves `a^2 - b^2`, so it is [`imbalanced_strength`].
///
/// Saxe, McClelland, Ganguli 2014, appendix "Hyperbolic dynamics of learning".
pub fn unequal_strength(s: f64, a0: f64, b0: f64, t: f64) -> f64 {
    imbalanced_strength(s, (a0 - b0) * (a0 + b0), a0 * b0, t)
}

/// `dm/dt` of a mode, written to its second argument.
type Slope = Box<dyn FnMut(&[f64], &mut [f64]) + Send>;

/// Strength of a mode of `layers` weight layers from a balanced start, followed over time:
/// `dm/dt = n m^{2-2/n} (s - m)`, integrated numerically.
///
/// Saxe, McClelland, Ganguli 2014, "Deeper multilayer dynamics".
///
/// ```
/// use modewise::theory::learning::{LayeredMode, strength};
///
/// let mut mode = LayeredMode::new(2, 3.0, 1e-2);
/// let at_one = mode.strength(1.0).expect("the values are finite");
/// assert!((at_one - strength(3.0, 3.0, 1e-2, 1.0)).abs() < 1e-9);
/// ```
pub struct LayeredMode {
    solution: DormandPrince<Slope>,
}

impl LayeredMode {
    /// A mode of singular value `s` in a net of `layers` weight layers (at least 1), of strength `m0 >= 0` at time 0.
    #[expect(clippy::disallowed_methods, reason = "strengths below 0 are rounding; a missing one ends the integration")]
    pub fn new(layers: usize, s: f64, m0: f64) -> Self {
        let n = layers as f64;
        let slope = move |m: &[f64], slope: &mut [f64]| {
            slope[0] = n * pow(m[0].max(0.0), 2.0 - 2.0 / n) * (s - m[0]);
        };
        let tolerance = Tolerance { relative: 1e-12, absolute: 1e-14 * s };
        Self { solution: DormandPrince::new(Box::new(slope), vec![m0], tolerance) }
    }

    /// Strength at time `t >= 0`, which must not be earlier than at the call before.
    ///
    /// # Errors
    /// If the integration needs steps below the resolution of time, which happens for values that are not finite.
    pub fn strength(&mut self, t: f64) -> Result<f64, IntegrationError> {
        self.solution.advance_to(t)?;
        let mut m = [0.0];
        self.solution.state_at(t, &mut m);
        Ok(m[0])
    }
}
