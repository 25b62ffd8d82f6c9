//! Tests of `judge`.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not find fails the test")]

mod claim_verdict;
mod coverage;
mod decision;
mod edge;
mod extreme;
mod finding;
mod fingerprint;
pub(crate) mod fixture;
mod fraction;
mod goal;
mod many_replicates;
mod measure;
mod split;
