//! Matrices of zeros and ones, packed 64 to a word.
//!
//! **Begin here**: [`packed::BitMatrix`] is drawn at random or filled entry by entry, and [`packed::Centred`] is the same
//! matrix standardised, as an operator for [Lanczos](crate::numerics::linear_algebra::lanczos). Below them are
//! [`bernoulli`] (64 biased coins at once) and [`masked_sums`] (products with a vector).
//!
//! ```
//! use modewise::numerics::bits::packed::{BitMatrix, Centred};
//! use modewise::numerics::linear_algebra::operator::Operator;
//!
//! let bits = BitMatrix::from_fn(2, 3, |row, column| row == column);
//! assert_eq!(bits.mean(), 2.0 / 6.0);
//!
//! // (X - 1/2) v for v = (1, 1, 1): each row has one 1 in three places.
//! let table = Centred { bits: &bits, mean: 0.5, scale: 1.0 };
//! let mut product = [0.0; 2];
//! table.apply(&[1.0; 3], &mut product);
//! assert_eq!(product, [-0.5, -0.5]);
//! ```

pub mod bernoulli;
pub mod masked_sums;
pub mod packed;
