//! Numerical methods, each with its law and its reference in the tests.

pub mod bits;
pub mod linear_algebra;
pub mod ode;
pub mod simd;
pub mod statistics;
