//! The gradient flow, `dW/dt = -dL/dW`: descent with infinitely small steps.

use std::ops::ControlFlow;

use crate::learn::chain::Chain;
use crate::numerics::ode::dormand_prince::{DormandPrince, IntegrationError, Tolerance};

/// Follows the flow by the Dormand-Prince method.
///
/// `tolerance` bounds the error of each step, relative to each weight and to the root mean square of the weights at the
/// start. `visit(time, chain)` sees the states at `0, every, 2 every, ..`, by dense output, and says when to end.
/// Returns the number of steps that the method took.
///
/// # Errors
/// If the weights are not finite or change faster than time resolves.
#[expect(clippy::disallowed_methods, reason = "weights that are not finite end the integration")]
pub fn flow(
    chain: &mut Chain,
    tolerance: f64,
    every: f64,
    mut visit: impl FnMut(f64, &Chain) -> ControlFlow<()>,
) -> Result<u64, IntegrationError> {
    let start = chain.weights().to_vec();
    let scale = (start.iter().map(|weight| weight * weight).sum::<f64>() / start.len() as f64).sqrt();
    let tolerance = Tolerance { relative: tolerance, absolute: tolerance * scale.max(f64::MIN_POSITIVE) };
    let mut stage = chain.clone();
    let slope = |weights: &[f64], slope: &mut [f64]| {
        stage.set_weights(|stage| stage.copy_from_slice(weights));
        slope.copy_from_slice(stage.gradient());
    };
    let mut solution = DormandPrince::new(slope, start, tolerance);
    for number in 0_u64.. {
        let time = every * number as f64;
        solution.advance_to(time)?;
        chain.set_weights(|weights| solution.state_at(time, weights));
        if visit(time, chain).is_break() {
            return Ok(solution.steps());
        }
    }
    unreachable!("2^64 observations take longer than the machine lasts")
}
