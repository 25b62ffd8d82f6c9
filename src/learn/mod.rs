//! Learners: linear networks of any depth, by descent or by the flow, and networks of other kinds.
//!
//! **Begin here**: a [`linear_network::LinearNetwork`] that learns by [`descent::descend`] or [`flow::flow`]. To learn
//! a table `Y` of one's own, decompose it, choose the weights at the [`start`] and [`rotate`](rotation::rotate) them
//! into the coordinates of its modes, in which the target is diagonal:
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use faer::mat;
//! use modewise::learn::{descent::descend, linear_network::LinearNetwork, rotation::rotate, start::Start};
//! use modewise::numerics::linear_algebra::svd::thin_svd;
//! use modewise::seed::MasterSeed;
//!
//! let y = mat![[2.0, 2.0], [1.0, -1.0]]; // features x items
//! let data = thin_svd(y.as_ref()).expect("the entries are finite");
//! let weights = Start::Normal(0.01).weights(&[2, 8, 2], &data, MasterSeed::default(), 0); // items, hidden, features
//! let rotated = rotate(&data, &weights);
//! let mut network = LinearNetwork::new(&rotated.s, &rotated.weights);
//! let until = |time: f64, _: &LinearNetwork| {
//!     if time < 20.0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
//! };
//! descend(&mut network, 0.02, until).expect("the steps are small");
//! let learned = rotated.unrotated(network.product());
//! assert!((learned - y).norm_l2() < 1e-6);
//! ```
//!
//! Beside this line: how much of each mode a start holds ([`directions`]), the Gram matrices that stand in for the
//! product of a wide and flat network ([`gram`]), the [`hessian`], the way out of a saddle
//! ([`escape`]) and the tangent [`kernel`] of a two-layer network,
//! and what a trained one makes of a [`new_feature`]. Networks of other kinds: [`rumelhart`]'s of sigmoid units, one of
//! [`relu`] units, [`diagonal`] ones, a [`weighted`] one that sees some items more often, linear [`attention`], and plain
//! [`regression`].
//!
//! Sizes: N items, H hidden units, F features; weights from n units to m are m x n. The loss is half the sum of squared
//! errors where nothing else is stated, and time is rate x steps.

pub mod attention;
pub mod diagonal;
pub mod directions;
pub mod gram;
pub mod hessian;
pub mod kernel;
pub mod linear_network;
pub mod new_feature;
pub mod regression;
pub mod relu;
pub mod rotation;
pub mod rumelhart_weights;
pub mod start;
pub mod weighted;

pub mod descent;
pub mod escape;
pub mod flow;
mod one_pattern;
pub mod rumelhart;
