//! Tests of `numerics`.

mod bernoulli;
mod bidiagonal;
mod bits;
mod co_occurrences;
mod dendrogram;
mod extreme;
mod lanczos;
mod orthonormal;
mod product;
mod selected_sums;
mod sigmoid;
mod squares;
mod statistics;
mod student;
mod svd;
mod transpose;
