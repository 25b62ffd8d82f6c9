//! The gradient flow, `dW/dt = -dL/dW`: descent with infinitely small steps.

use std::ops::ControlFlow;

use crate::learn::linear_network::LinearNetwork;
use crate::numerics::ode::dormand_prince::{DormandPrince, IntegrationError, Tolerance};

/// Follows the flow by the Dormand-Prince method.
///
/// `tolerance` bounds the error of each step, relative to each weight and to the root mean square of the weights at the
/// start. `visit(time, network)` sees the states at `0, every, 2 every, ..`, by dense output, and ends the
/// flow by breaking.
/// Returns the number of steps that the method took.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use faer::mat;
/// use modewise::learn::{flow::flow, linear_network::LinearNetwork};
/// use modewise::theory::learning::strength;
///
/// let mut network = LinearNetwork::new(&[3.0], &[mat![[0.1]], mat![[0.1]]]);
/// let mut worst = 0.0_f64;
/// flow(&mut network, 1e-9, 0.1, |time, network| {
///     worst = worst.max((network.strength(0) - strength(3.0, 3.0, 0.01, time)).abs());
///     if time < 2.0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
/// })
/// .expect("the weights stay finite");
/// assert!(worst < 1e-6);
/// ```
///
/// # Errors
/// If the weights are not finite or change faster than time resolves.
#[expect(clippy::disallowed_methods, reason = "weights that are not finite end the integration")]
pub fn flow(
    network: &mut LinearNetwork,
    tolerance: f64,
    every: f64,
    mut visit: impl FnMut(f64, &LinearNetwork) -> ControlFlow<()>,
) -> Result<u64, IntegrationError> {
    let start = network.weights().to_vec();
    let scale = (start.iter().map(|weight| weight * weight).sum::<f64>() / start.len() as f64).sqrt();
    let tolerance = Tolerance { relative: tolerance, absolute: tolerance * scale.max(f64::MIN_POSITIVE) };
    let mut stage = network.clone();
    let slope = |weights: &[f64], slope: &mut [f64]| {
        stage.set_weights(|stage| stage.copy_from_slice(weights));
        slope.copy_from_slice(stage.gradient());
    };
    let mut solution = DormandPrince::new(slope, start, tolerance);
    for number in 0_u64.. {
        let time = every * number as f64;
        solution.advance_to(time)?;
        network.set_weights(|weights| solution.state_at(time, weights));
        if visit(time, network).is_break() {
            return Ok(solution.steps());
        }
    }
    unreachable!("2^64 observations take longer than the machine lasts")
}
