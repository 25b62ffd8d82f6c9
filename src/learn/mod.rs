//! Learners: linear networks of any depth, by descent or by the flow.
//!
//! The line: weights at the [`start`], their [`directions`], the exact [`rotation`] into the coordinates of the
//! data's modes, the [`chain`] of rotated weights, moved by [`descent`] or [`flow`].

pub mod chain;
pub mod descent;
pub mod directions;
pub mod flow;
pub mod rotation;
pub mod start;
