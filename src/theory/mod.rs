//! Closed forms of the theory.

pub mod learning;
pub mod matrix_solution;
pub mod saddle;
