//! Tests of `numerics`.

mod bernoulli;
mod bidiagonal;
mod bits;
mod dendrogram;
mod lanczos;
mod orthonormal;
mod sigmoid;
mod statistics;
mod student;
mod svd;
