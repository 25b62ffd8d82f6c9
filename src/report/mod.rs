//! The site: pages, figures and files, from the record alone. Nothing is computed here; numbers are put into words and
//! pictures.

pub mod badge;
pub mod data;
pub mod figure;
pub mod html;
pub mod junit;
pub mod markdown;
pub mod mathml;
pub mod number;
pub mod site;
pub mod summary;
pub mod view;
pub mod words;

use std::path::Path;

use crate::record::{Record, Timing};

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReportError(pub(crate) String);

/// Writes the site of a record into the folder `out`, with the program's templates or those of a folder that overrides
/// them. Files that are in `out` already are replaced; others stay.
pub fn build(
    record: &Record,
    timing: Option<&Timing>,
    templates: Option<&Path>,
    out: &Path,
) -> Result<(), ReportError> {
    let templates = html::Templates::load(templates)?;
    let files = site::files(record, timing, &templates)?;
    site::write(&files, out)
}
