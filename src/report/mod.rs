//! The site.

pub mod number;
pub mod words;

use std::path::Path;

use crate::record::{Record, Timing};

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReportError(String);

/// Writes the site of a record into the folder `out`, with the program's templates or those of a folder that overrides them.
pub fn build(
    _record: &Record,
    _timing: Option<&Timing>,
    _templates: Option<&Path>,
    _out: &Path,
) -> Result<(), ReportError> {
    unimplemented!()
}
