//! Tests of `numerics`.

mod bernoulli;
mod bidiagonal;
mod bits;
mod co_occurrences;
mod decimal;
mod dendrogram;
mod dispatch;
mod extreme;
mod intervals;
mod lanczos;
mod masked_sums;
mod orthonormal;
mod product;
mod reductions;
mod sigmoid;
mod statistics;
mod student;
mod svd;
mod transpose;
