//! Closed forms of the theory.

pub mod detection;
pub mod tree;
