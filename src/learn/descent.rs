//! Full-batch gradient descent.

use std::ops::ControlFlow;

use crate::learn::linear_network::LinearNetwork;

/// The loss stopped being finite: the steps are too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("descent diverged: the loss is not finite after {steps} steps")]
pub struct Diverged {
    /// Number of steps taken.
    pub steps: u64,
}

/// Takes steps of size `rate`, `W += rate (-dL/dW)`, all layers from the old weights.
///
/// `visit(time, network)` sees every state, the start included, at `time = rate x steps`, and ends the descent by breaking.
/// Returns the number of steps taken.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use faer::mat;
/// use modewise::learn::descent::descend;
/// use modewise::learn::linear_network::LinearNetwork;
///
/// let mut network = LinearNetwork::new(&[3.0], &[mat![[0.1]], mat![[0.1]]]);
/// let steps = descend(&mut network, 0.01, |_time, network| {
///     if network.strength(0) < 1.5 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
/// })
/// .expect("the steps are small");
/// // The half time ln(s/m0 - 1)/2s is 0.95, here with m0 = 0.01.
/// assert!((90..=100).contains(&steps));
/// ```
///
/// # Errors
/// If the loss is not finite.
pub fn descend(
    network: &mut LinearNetwork,
    rate: f64,
    mut visit: impl FnMut(f64, &LinearNetwork) -> ControlFlow<()>,
) -> Result<u64, Diverged> {
    for steps in 0.. {
        if !network.is_finite() {
            return Err(Diverged { steps });
        }
        if visit(rate * steps as f64, network).is_break() {
            return Ok(steps);
        }
        network.step(rate);
    }
    unreachable!("2^64 steps take longer than the machine lasts")
}
