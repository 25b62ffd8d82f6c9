//! Numerical methods, each with its law and its reference in the tests.

pub mod bernoulli;
pub mod complement;
pub mod dormand_prince;
pub mod haar;
pub mod operator;
pub mod orthonormal;
pub mod rand_index;
pub mod squares;
pub mod svd;
pub mod threshold;

pub mod bits;
pub mod lanczos;
