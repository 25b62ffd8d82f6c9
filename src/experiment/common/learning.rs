//! A linear network learns until it is told to stop.

use std::ops::ControlFlow;

use crate::experiment::Reason;
use crate::experiment::common::learner::{Linear, Stop};
use crate::experiment::common::observation::steps;
use crate::learn::descent::descend;
use crate::learn::flow::flow;
use crate::learn::linear_network::LinearNetwork;

/// Most steps, or observations, in which modes are to be learned.
const MAX_STEPS: u64 = 100_000;

/// Learns until `stop`; `visit(time, chain)` sees every state, the start included, and `room` is the number of modes that
/// the hidden layers have room for. Returns the number of steps.
///
/// # Errors
/// If there are no numbers: descent diverges, or the flow cannot be followed.
pub fn learn(
    chain: &mut LinearNetwork,
    linear: &Linear,
    stop: Stop,
    room: usize,
    mut visit: impl FnMut(f64, &LinearNetwork),
) -> Result<u64, Reason> {
    let mut end = End::new(stop, linear, room);
    let visit = |time: f64, chain: &LinearNetwork| {
        visit(time, chain);
        end.reached(chain)
    };
    match (linear.rate, linear.flow) {
        (Some(rate), _) => Ok(descend(chain, rate, visit)?),
        (None, Some(method)) => Ok(flow(chain, method.tolerance, method.every, visit)?),
        (None, None) => Err(Reason::new("the learner has no rule of learning")),
    }
}

/// Waits for the end of a run.
enum End {
    /// A number of further states.
    States(u64),
    /// The modes up to a number, or a number of further states; those before `next` have been learned.
    Learned { next: usize, wanted: usize, left: u64 },
}

impl End {
    fn new(stop: Stop, linear: &Linear, room: usize) -> Self {
        match stop {
            Stop::Steps(steps) => Self::States(steps),
            Stop::Time(time) => Self::States(steps(time, linear.step().unwrap_or(f64::NAN))),
            Stop::Learned(share) => {
                let wanted = ((share * room as f64 + 1e-9).floor() as usize).max(1);
                Self::Learned { next: 0, wanted, left: MAX_STEPS }
            }
        }
    }

    fn reached(&mut self, chain: &LinearNetwork) -> ControlFlow<()> {
        let (over, left) = match self {
            Self::States(left) => (false, left),
            Self::Learned { next, wanted, left } => {
                while *next < *wanted && chain.strength(*next) >= 0.95 * chain.s()[*next] {
                    *next += 1;
                }
                (next == wanted, left)
            }
        };
        if over || *left == 0 {
            return ControlFlow::Break(());
        }
        *left -= 1;
        ControlFlow::Continue(())
    }
}
