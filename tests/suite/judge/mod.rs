//! Tests of `judge`.

mod claim_verdict;
mod coverage;
mod decision;
mod finding;
pub mod fixture;
mod tolerance;
