//! Learners: linear networks of any depth, by descent or by the flow, and a network of sigmoid units.
//!
//! The line: weights at the [`start`], their [`directions`], the exact [`rotation`] into the coordinates of the
//! data's modes, the [`chain`] of rotated weights, moved by [`descent`] or [`flow`]; the [`gram`]
//! matrices stand in for the product of a wide and flat one. Beside it the [`hessian`] of a
//! two-layer net, for its saddles, its tangent [`kernel`], and what a trained one makes of a [`new_feature`]. Nets of
//! other kinds: [`rumelhart`]'s of sigmoid units, one of [`relu`] units, [`diagonal`] ones, linear [`attention`], and
//! plain [`regression`].

pub mod attention;
pub mod chain;
pub mod descent;
pub mod diagonal;
pub mod directions;
pub mod flow;
pub mod gram;
pub mod hessian;
pub mod kernel;
pub mod new_feature;
pub mod regression;
pub mod relu;
pub mod rotation;
pub mod rumelhart;
pub mod rumelhart_weights;
pub mod start;
