//! Numerical methods, each with its law and its reference in the tests.

pub mod bernoulli;
pub mod operator;
pub mod orthonormal;
pub mod svd;

pub mod bits;
pub mod lanczos;
