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

use crate::experiment::Kind;

/// Every built-in kind of experiment, in the order of the documentation.
pub(crate) const KINDS: &[Kind] = &[
    spectrum::KIND,
    training::KIND,
    landscape::KIND,
    minima::KIND,
    scalar::KIND,
    detection::KIND,
    semantic::KIND,
    development::KIND,
    depth::KIND,
    imbalance::KIND,
    frequency::KIND,
    diagonal::KIND,
    kernel::KIND,
    regression::KIND,
    relu::KIND,
    attention::KIND,
];
