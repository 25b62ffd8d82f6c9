//! Why there is no site.

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReportError(pub(crate) String);
