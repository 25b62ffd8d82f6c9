//! Tests of `numerics`.

mod bernoulli;
mod bits;
mod lanczos;
mod orthonormal;
mod statistics;
mod svd;
