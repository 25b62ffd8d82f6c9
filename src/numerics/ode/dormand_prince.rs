//! The Dormand-Prince method of order 5(4) with dense output, for `dy/dt = f(y)`.

use libm::pow;

use crate::numerics::linear_algebra::reductions::inner_product;

/// How far one step may be off: `absolute + relative |y|` for each component, in the root mean square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Relative to the component.
    pub relative: f64,
    /// In units of the components.
    pub absolute: f64,
}

/// The integration cannot go on at this time: the state is not finite, or changes faster than time resolves.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the flow needs steps below the resolution of time at time {0}")]
pub struct IntegrationError(pub f64);

/// A solution being followed from time 0, step by step.
///
/// Hairer, Nørsett, Wanner, *Solving Ordinary Differential Equations I*, second edition: Table II.5.2 (the method),
/// Eq. II.4.11 to 4.13 (the choice of the step), Section II.6 and the code DOPRI5 (dense output of order 4).
/// The state is one vector of any length; times are in the units of the equation and only increase.
///
/// ```
/// use modewise::numerics::ode::dormand_prince::{DormandPrince, Tolerance};
///
/// // The harmonic oscillator: x' = v, v' = -x, from x = 1 at rest.
/// let slope = |y: &[f64], slope: &mut [f64]| (slope[0], slope[1]) = (y[1], -y[0]);
/// let tolerance = Tolerance { relative: 1e-9, absolute: 1e-12 };
/// let mut solution = DormandPrince::new(slope, vec![1.0, 0.0], tolerance);
/// solution.advance_to(1.0).expect("the solution is smooth");
/// let mut state = [0.0; 2];
/// solution.state_at(1.0, &mut state);
/// assert!((state[0] - 1.0_f64.cos()).abs() < 1e-7);
/// ```
pub struct DormandPrince<F> {
    slope: F,
    tolerance: Tolerance,
    /// State and time at the end of the last step.
    state: Vec<f64>,
    time: f64,
    /// State and time at its beginning.
    before: Vec<f64>,
    time_before: f64,
    /// Size of the next step to try.
    step: f64,
    /// Slopes of the seven stages; the last is the slope at the end of the step.
    stages: [Vec<f64>; 7],
    trial: Vec<f64>,
    steps: u64,
}

/// The lower triangle of the stages' weights.
const A: [&[f64]; 7] = [
    &[],
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0],
    &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0],
    &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
];

/// Weights of the fifth order minus those of the fourth.
const ERROR: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0];

/// Weights of the highest term of the dense output.
const DENSE: [f64; 7] = [
    -12715105075.0 / 11282082432.0,
    0.0,
    87487479700.0 / 32700410799.0,
    -10690763975.0 / 1880347072.0,
    701980252875.0 / 199316789632.0,
    -1453857185.0 / 822651844.0,
    69997945.0 / 29380423.0,
];

impl<F: FnMut(&[f64], &mut [f64])> DormandPrince<F> {
    /// The solution that is `start` at time 0; `slope(y, out)` writes `f(y)`, as long as `y`, into all of `out`.
    pub fn new(mut slope: F, start: Vec<f64>, tolerance: Tolerance) -> Self {
        let zeros = || vec![0.0; start.len()];
        let mut stages = std::array::from_fn(|_| zeros());
        slope(&start, &mut stages[6]);
        let length = |values: &[f64]| inner_product(values, values).sqrt();
        let (size, speed) = (length(&start), length(&stages[6]));
        let step = if size > 0.0 && speed > 0.0 { 0.01 * size / speed } else { 1e-6 };
        let (before, trial) = (start.clone(), zeros());
        Self { slope, tolerance, state: start, time: 0.0, before, time_before: 0.0, step, stages, trial, steps: 0 }
    }

    /// Number of accepted steps so far.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Goes on until the last step reaches `time` or lies beyond it.
    ///
    /// # Errors
    /// If the state is not finite or the step falls below the resolution of time.
    pub fn advance_to(&mut self, time: f64) -> Result<(), IntegrationError> {
        while self.time < time {
            self.advance()?;
        }
        Ok(())
    }

    /// Takes one step that keeps to the tolerance.
    #[expect(clippy::disallowed_methods, reason = "a state that is not finite gives a NaN through its error")]
    fn advance(&mut self) -> Result<(), IntegrationError> {
        self.stages.swap(0, 6);
        loop {
            if self.time + self.step <= self.time {
                return Err(IntegrationError(self.time));
            }
            self.fill_stages();
            let error = self.error();
            let factor = if error.is_finite() { (0.9 * pow(error, -0.2)).clamp(0.2, 5.0) } else { 0.2 };
            if error <= 1.0 {
                std::mem::swap(&mut self.before, &mut self.state);
                std::mem::swap(&mut self.state, &mut self.trial);
                (self.time_before, self.time) = (self.time, self.time + self.step);
                self.steps += 1;
                self.step *= factor;
                return Ok(());
            }
            self.step *= factor.min(1.0);
        }
    }

    /// Slopes of stages 2 to 7 from the first; the state of the last stage, the new state, is left in `trial`.
    fn fill_stages(&mut self) {
        for (stage, weights) in A.iter().enumerate().skip(1) {
            let (known, rest) = self.stages.split_at_mut(stage);
            self.trial.copy_from_slice(&self.state);
            for (slope, weight) in known.iter().zip(*weights) {
                add_scaled(&mut self.trial, self.step * weight, slope);
            }
            (self.slope)(&self.trial, &mut rest[0]);
        }
    }

    /// The estimated error of the trial step, in units of the tolerance.
    #[expect(clippy::disallowed_methods, reason = "a state that is not finite gives a NaN through its error")]
    fn error(&self) -> f64 {
        let Tolerance { relative, absolute } = self.tolerance;
        let mut sum = 0.0;
        for (i, (old, new)) in self.state.iter().zip(&self.trial).enumerate() {
            let error: f64 = self.step * ERROR.iter().zip(&self.stages).map(|(e, stage)| e * stage[i]).sum::<f64>();
            let scaled = error / (absolute + relative * old.abs().max(new.abs()));
            sum += scaled * scaled;
        }
        (sum / self.state.len() as f64).sqrt()
    }

    /// Writes the solution at a time inside the last step, to the fourth order, into `out`, which is as long as the state.
    /// A time outside of the last step is extrapolated and means nothing.
    pub fn state_at(&self, time: f64, out: &mut [f64]) {
        let step = self.time - self.time_before;
        if step == 0.0 {
            out.copy_from_slice(&self.state);
            return;
        }
        let x = (time - self.time_before) / step;
        for (i, out) in out.iter_mut().enumerate() {
            let (old, rise) = (self.before[i], self.state[i] - self.before[i]);
            let bend = step * self.stages[0][i] - rise;
            let tail = rise - step * self.stages[6][i] - bend;
            let top = step * DENSE.iter().zip(&self.stages).map(|(d, stage)| d * stage[i]).sum::<f64>();
            *out = old + x * (rise + (1.0 - x) * (bend + x * (tail + (1.0 - x) * top)));
        }
    }
}

fn add_scaled(sum: &mut [f64], factor: f64, term: &[f64]) {
    for (sum, term) in sum.iter_mut().zip(term) {
        *sum += factor * term;
    }
}
