//! Numerical methods, each with its law and its reference in the tests.

pub mod svd;
