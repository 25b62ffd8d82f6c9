//! Stability: how the verdicts of claims come out under other master seeds than that of the record, measured.
//!
//! [`measuring`] runs the claims under one seed after the other; [`file`](mod@file) keeps what came out, for each
//! profile.

pub mod outcomes;

pub mod claim;

pub mod measuring;

pub mod contents;

pub mod file;

pub use claim::{ClaimStability, FindingStability};
pub use contents::{FORMAT, Stability};
pub use outcomes::{Outcomes, Seeds};
