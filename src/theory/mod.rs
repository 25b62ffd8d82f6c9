//! Closed forms of the theory.

pub mod attention;
pub mod detection;
pub mod learning;
pub mod matrix_solution;
pub mod regression;
pub mod saddle;
pub mod scalar;
pub mod tree;
