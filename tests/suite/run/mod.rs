//! Plans, and running what is missing of them.

mod collect;
pub(crate) mod fake;
mod fingerprint;
mod jobs;
mod plan;
