//! Decompositions, leading singular triplets, products of matrices and sums of vectors.

pub mod basis_completion;
pub mod bidiagonal;
pub mod haar;
pub mod lanczos;
pub mod operator;
pub mod orthonormal;
pub mod principal;
pub mod product;
pub mod reductions;
pub mod svd;
pub mod transpose;
