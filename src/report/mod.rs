//! The site: pages, figures and files, from the record alone. Nothing is computed here; numbers are put into words and
//! pictures.

pub mod date;
pub mod edition;
pub mod error;
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

use crate::record::Record;
use crate::record::text::RecordText;
pub use edition::Edition;
pub use error::ReportError;

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
