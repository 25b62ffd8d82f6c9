//! Integration of ordinary differential equations.

pub mod dormand_prince;
