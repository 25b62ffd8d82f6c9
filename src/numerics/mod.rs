//! Numerical methods, each with its law and its reference in the tests.

pub mod bernoulli;
pub mod binomial;
pub mod bootstrap;
pub mod crossing;
pub mod line;
pub mod moments;
pub mod operator;
pub mod orthonormal;
pub mod quantile;
pub mod rank_correlation;
pub mod svd;

pub mod bits;
pub mod lanczos;
