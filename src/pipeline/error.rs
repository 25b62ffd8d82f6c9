//! Why the line ended without a record.

use std::io;

use super::selection::SelectionError;
use crate::evidence::Missing;
use crate::plan::PlanError;
use crate::record::finite::NotFinite;
use crate::spec::yaml::problems::Problems;

/// Why the line ended without a record.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// Specs with mistakes.
    #[error("the specs have {} mistakes", .0.0.len())]
    Specs(Problems),
    /// A selection that selects nothing, or cannot be read.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// A claim that was valid and is no more.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// No threads.
    #[error("threads could not be started: {0}")]
    Threads(String),
    /// A cell that could not be stored.
    #[error("the store could not be used: {0}")]
    Store(io::Error),
    /// Cells that are not in the store.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// A number that JSON cannot hold.
    #[error(transparent)]
    NotFinite(#[from] NotFinite),
}
