//! Closed forms of the theory.

pub mod detection;
pub mod learning;
pub mod matrix_solution;
pub mod saddle;
pub mod scalar;
pub mod tree;
