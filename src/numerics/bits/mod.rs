//! Matrices of zeros and ones, packed 64 to a word.

pub mod bernoulli;
pub mod co_occurrences;
pub mod masked_sums;
pub mod packed;
