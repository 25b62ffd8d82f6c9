//! Learners: linear networks of any depth, by descent or by the flow, and a network of sigmoid units.
//!
//! The line: weights at the [`start`], their [`directions`], the exact [`rotation`] into the coordinates of the
//! data's modes, the [`chain`] of rotated weights, moved by [`descent`] or [`flow`]. Beside it the [`hessian`] of a
//! two-layer net, for its saddles. One that is not linear, [`rumelhart`]. And what a trained one makes of a [`new_feature`].

pub mod chain;
pub mod descent;
pub mod directions;
pub mod flow;
pub mod hessian;
pub mod new_feature;
pub mod rotation;
pub mod rumelhart;
pub mod start;
