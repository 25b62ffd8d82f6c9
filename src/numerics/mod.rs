//! Numerical methods: what the experiments compute with. Nothing here is about networks.
//!
//! * [`linear_algebra`]: decompositions, the leading singular triplets of large operators, products of small matrices;
//! * [`bits`]: matrices of zeros and ones, packed 64 to a word;
//! * [`statistics`]: bootstrap and other intervals, quantiles, rank correlations, clusterings;
//! * [`ode`]: integration of ordinary differential equations;
//! * [`simd`]: functions compiled for several instruction sets.
//!
//! **Begin here**: [`linear_algebra::svd::thin_svd`] decomposes a matrix, [`linear_algebra::lanczos::Lanczos`] finds a few
//! triplets of a large one, [`statistics::bootstrap::interval`] gives an interval for any statistic of independent replicates.
//!
//! Conventions. Sizes are rows x columns. A matrix is a `Mat` or `MatRef` of faer, or a slice of its entries column by
//! column. The order of all additions is fixed, so that no result depends on the width of the registers or on the number of
//! threads. What is undefined is `NaN`; arguments of the wrong length are a mistake of the caller and panic.
//!
//! ```
//! use faer::mat;
//! use modewise::numerics::linear_algebra::svd::thin_svd;
//!
//! let y = mat![[3.0, 0.0], [0.0, 2.0], [0.0, 0.0]];
//! let svd = thin_svd(y.as_ref()).expect("the entries are finite");
//! assert!((svd.s[0] - 3.0).abs() < 1e-12 && (svd.s[1] - 2.0).abs() < 1e-12);
//! assert_eq!(svd.rank(), 2);
//! ```

pub mod simd;
pub mod statistics;

pub mod linear_algebra;
pub mod ode;

pub mod bits;
