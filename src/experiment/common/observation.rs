//! When a flow is observed, and how much of that is shown.

use std::ops::ControlFlow;

use crate::learn::flow::flow;
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::ode::dormand_prince::{DormandPrince, IntegrationError, Tolerance};
use crate::parameter::Refusals;

/// Most observations of a run.
pub const MAX_OBSERVATIONS: f64 = 1e6;

/// Most times in a table of a curve.
pub const MAX_SHOWN: usize = 400;

/// The replicate whose curves are recorded.
pub const RECORDED_REPLICATE: u64 = 0;

/// How far, relative to `until`, the last observation may fall short of it.
const SLACK: f64 = 1e-9;

/// Refuses a flow that is not followed for a time `until` above 0, or not observed `every` so often.
pub fn check(until: f64, every: f64, refusals: &mut Refusals) {
    refusals.unless_positive(&[("until", until), ("every", every)]);
    let observations = format!("so short that there are {:e} observations", until / every);
    let range = format!("up to {MAX_OBSERVATIONS} of them");
    refusals.unless(until / every <= MAX_OBSERVATIONS, "every", observations, &range);
}

/// Number of steps of length `every` that reach `until`: the fewest, but for rounding.
///
/// Because a multiple of `every` is `until` only up to rounding: 0.3 / 0.1 is below 3, and 3 * 0.1 is above 0.3.
///
/// ```
/// use modewise::experiment::common::observation::steps;
/// assert_eq!(steps(0.3, 0.1), 3);
/// assert_eq!(steps(0.35, 0.1), 4);
/// ```
pub fn steps(until: f64, every: f64) -> u64 {
    (until / every * (1.0 - SLACK)).ceil() as u64
}

/// The times `0, every, 2 every, ..` of the observations, up to the first that reaches `until`.
pub fn times(until: f64, every: f64) -> impl Iterator<Item = f64> {
    (0..=steps(until, every)).map(move |number| every * number as f64)
}

/// Follows the gradient flow of a chain; `visit(time, chain)` is called at each of the [`times`].
///
/// # Errors
/// As [`flow`].
pub fn observed_flow(
    chain: &mut LinearNetwork,
    tolerance: f64,
    [until, every]: [f64; 2],
    mut visit: impl FnMut(f64, &LinearNetwork),
) -> Result<u64, IntegrationError> {
    observed_until(chain, tolerance, [until, every], |time, chain| {
        visit(time, chain);
        ControlFlow::Continue(())
    })
}

/// The same; `visit` may end it earlier.
///
/// # Errors
/// As [`flow`].
pub fn observed_until(
    chain: &mut LinearNetwork,
    tolerance: f64,
    [until, every]: [f64; 2],
    mut visit: impl FnMut(f64, &LinearNetwork) -> ControlFlow<()>,
) -> Result<u64, IntegrationError> {
    let mut left = steps(until, every);
    flow(chain, tolerance, every, |time, chain| {
        let over = visit(time, chain).is_break() || left == 0;
        left = left.saturating_sub(1);
        if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// Follows `d state / dt = slope(state)` from `start`; `visit(time, state)` is called at each of the [`times`].
///
/// # Errors
/// If the state is not finite or changes faster than time resolves.
pub fn observed_solution(
    slope: impl FnMut(&[f64], &mut [f64]),
    start: Vec<f64>,
    tolerance: Tolerance,
    [until, every]: [f64; 2],
    mut visit: impl FnMut(f64, &[f64]),
) -> Result<(), IntegrationError> {
    let mut state = start.clone();
    let mut solution = DormandPrince::new(slope, start, tolerance);
    for time in times(until, every) {
        solution.advance_to(time)?;
        solution.state_at(time, &mut state);
        visit(time, &state);
    }
    Ok(())
}

/// Which of `count` observations are shown: every n-th, from the first on, at most [`MAX_SHOWN`].
pub fn shown(count: usize) -> impl Iterator<Item = usize> {
    (0..count).step_by(count.div_ceil(MAX_SHOWN).max(1))
}
