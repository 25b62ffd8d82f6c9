//! Decompositions, leading singular triplets, products of matrices and sums of vectors.
//!
//! **Begin here**: [`svd`] for a matrix that is decomposed as a whole, [`lanczos`] for a few triplets of anything with
//! products ([`operator::Operator`]), [`haar`] for random matrices, [`principal`] for principal axes, [`product`] and
//! [`reductions`] for the inner loops of learning. [`bidiagonal`], [`orthonormal`], [`co_occurrences`] (Gram matrices of
//! zeros and ones), [`basis_completion`] and [`transpose`] are what these are built of.
//!
//! ```
//! use faer::mat;
//! use modewise::numerics::linear_algebra::svd::{groups, singular_values};
//!
//! let s = singular_values(mat![[2.0, 0.0], [0.0, -2.0]].as_ref()).expect("the entries are finite");
//! assert_eq!(groups(&s), [0..2]); // one group of two equal values
//! ```

pub mod basis_completion;
mod convergence;
pub mod haar;
pub mod reductions;
pub mod svd;
pub mod transpose;

pub mod bidiagonal;
pub mod co_occurrences;
pub mod operator;
pub mod orthonormal;
pub mod principal;
pub mod product;

pub mod lanczos;
