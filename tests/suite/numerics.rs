//! Tests of `numerics`.

mod bernoulli;
mod bidiagonal;
mod bits;
mod lanczos;
mod orthonormal;
mod sigmoid;
mod statistics;
mod svd;
