//! Full-batch gradient descent.

use std::ops::ControlFlow;

use crate::learn::chain::Chain;

/// The loss stopped being finite: the steps are too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("descent diverged: the loss is not finite after {steps} steps")]
pub struct Diverged {
    /// Number of steps taken.
    pub steps: u64,
}

/// Takes steps of size `rate`, `W += rate (-dL/dW)`, all layers from the old weights.
///
/// `visit(time, chain)` sees every state, the start included, at `time = rate x steps`, and says when to end.
/// Returns the number of steps taken.
///
/// # Errors
/// If the loss is not finite.
pub fn descend(
    chain: &mut Chain,
    rate: f64,
    mut visit: impl FnMut(f64, &Chain) -> ControlFlow<()>,
) -> Result<u64, Diverged> {
    for steps in 0.. {
        if !chain.is_finite() {
            return Err(Diverged { steps });
        }
        if visit(rate * steps as f64, chain).is_break() {
            return Ok(steps);
        }
        chain.step(rate);
    }
    unreachable!("2^64 steps take longer than the machine lasts")
}
