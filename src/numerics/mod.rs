//! Numerical methods, each with its law and its reference in the tests.

pub mod complement;
pub mod dormand_prince;
pub mod orthonormal;
pub mod rand_index;
pub mod svd;
