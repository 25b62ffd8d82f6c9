//! Numerical methods, each with its law and its reference in the tests.

pub mod bernoulli;
pub mod bidiagonal;
pub mod binomial;
pub mod bits;
pub mod bootstrap;
pub mod complement;
pub mod crossing;
pub mod dendrogram;
pub mod dormand_prince;
pub mod haar;
pub mod lanczos;
pub mod line;
pub mod moments;
pub mod operator;
pub mod orthonormal;
pub mod principal;
pub mod quantile;
pub mod rand_index;
pub mod rank_correlation;
pub mod sigmoid;
pub mod squares;
pub mod student;
pub mod svd;
pub mod threshold;
pub mod wide;
