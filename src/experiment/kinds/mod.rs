//! The kinds of experiment, a file or a folder each: parameters, columns and what is measured.

pub mod attention;
pub mod depth;
pub mod detection;
pub mod development;
pub mod diagonal;
pub mod frequency;
pub mod imbalance;
pub mod kernel;
pub mod landscape;
pub mod minima;
pub mod regression;
pub mod relu;
pub mod scalar;
pub mod semantic;
pub mod spectrum;
pub mod training;
