//! Closed forms of the theory: what the experiments compare their measurements with.
//!
//! * [`learning`]: the strength of one mode over time, the times at which it is learned, for any depth and balance;
//! * [`matrix_solution`]: the whole two-layer flow from any balanced start;
//! * [`saddle`]: loss and curvature of the stationary points, [`scalar`]: the network of two weights that shows them;
//! * [`tree`]: the spectrum of data from a tree, [`detection`]: when a category stands out of noise,
//!   [`overlap`]: the modes of two that overlap;
//! * [`frequency`]: how fast a mode grows and where it ends if some items are seen more often;
//! * [`regression`]: overtraining, [`attention`]: the plateaus of linear attention.
//!
//! **Begin here**: [`learning::half_time`], the time at which a mode of a given singular value is half learned.
//!
//! Conventions. The network computes `W2 W1` and learns `Y = U diag(s) V^T` (F features x N items) by the loss
//! `L = 1/2 |Y - W2 W1|_F^2`, a sum and not a mean. Time is rate x steps, so the flow is `dW = -dL/dW` with the time
//! constant 1; texts that average over examples or keep a time constant `tau` have other factors in their times.
//! Strengths are in the units of the singular values. Where a text is cited by a section, the formula there has been
//! brought into this convention.
//!
//! ```
//! use modewise::theory::learning::{finite_step_rate, half_time};
//!
//! // Twice the singular value is learned in little more than half of the time: the strong mode comes first.
//! let rate = 0.01;
//! let time = |s: f64| half_time(s, finite_step_rate(s, rate), 1e-4);
//! assert!(time(2.0) < 0.6 * time(1.0));
//! // In steps of descent:
//! assert_eq!((time(2.0) / rate).round(), 250.0);
//! ```

pub mod attention;
pub mod detection;
pub mod frequency;
pub mod learning;
pub mod matrix_solution;
pub mod overlap;
pub mod regression;
pub mod saddle;
pub mod scalar;
pub mod tree;
