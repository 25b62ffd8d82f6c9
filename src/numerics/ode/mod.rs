//! Integration of ordinary differential equations.
//!
//! **Begin here**: [`dormand_prince::DormandPrince`] follows `dy/dt = f(y)` from time 0, step by step.

pub mod dormand_prince;
