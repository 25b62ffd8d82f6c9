//! Functions compiled for several instruction sets.
//!
//! **Begin here**: [`dispatch::with_simd`] runs a loop over slices in the widest registers of the machine;
//! [`sigmoid::sigmoids`] replaces many numbers by their sigmoids at once.

pub mod dispatch;
pub mod sigmoid;
