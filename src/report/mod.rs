//! The site: pages, figures and files, from the record alone. Nothing is computed here; numbers are put into words and
//! pictures.

pub mod date;
pub mod html;
pub mod number;
pub mod words;
pub mod xml;

pub mod alteration;
pub mod feed;
pub mod figure;
pub mod junit;
pub mod mathml;
pub mod ro_crate;
pub mod sitemap;
pub mod view;

pub mod annotation;
pub mod badge;
pub mod data;
pub mod summary;

pub mod site;

use std::path::Path;

use crate::change::baseline::Baseline;
use crate::change::history::History;
use crate::performance::Performance;
use crate::record::text::RecordText;
use crate::record::{Record, Timing};
use crate::stability::Stability;

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReportError(pub(crate) String);

/// What surrounds a record when it is published. The site is complete without any of it.
#[derive(Clone, Debug, Default)]
pub struct Edition<'a> {
    /// When the record was made, seconds since 1970.
    pub date: Option<u64>,
    /// Wall-clock facts of the run.
    pub timing: Option<&'a Timing>,
    /// What the record is compared with; without one, every claim is new.
    pub baseline: Option<&'a Baseline>,
    /// The history that the record is added to.
    pub history: History,
    /// How fast the program is; without it the site has no page on that.
    pub performance: Option<&'a Performance>,
    /// How verdicts came out under other master seeds; without it nothing is said of them.
    pub stability: Option<&'a Stability>,
    /// Where the site is published, with a `/` at its end.
    pub url: Option<&'a str>,
}

/// Writes the site of a record into the folder `out`, with the program's templates or those of a folder that overrides
/// them. Files that are in `out` already are replaced; others stay.
///
/// # Errors
/// If a template is wrong, an id cannot be a path of the site, a formula does not parse, or a file cannot be written.
pub fn build(
    record: &Record,
    text: &RecordText,
    edition: &Edition<'_>,
    templates: Option<&Path>,
    out: &Path,
) -> Result<(), ReportError> {
    let templates = html::Templates::load(templates)?;
    site::files(record, text, edition, &templates, &|path, contents| site::write(&out.join(path), contents))
}
