//! Numerical methods, each with its law and its reference in the tests.

pub mod binomial;
pub mod bootstrap;
pub mod crossing;
pub mod line;
pub mod moments;
pub mod quantile;
pub mod rank_correlation;
pub mod bernoulli;
pub mod complement;
pub mod dormand_prince;
pub mod haar;
pub mod operator;
pub mod orthonormal;
pub mod rand_index;
pub mod svd;

pub mod bits;
pub mod lanczos;
