//! `record.json` and `timing.json`, written and read.

use std::io;
use std::path::{Path, PathBuf};

use super::finite::NotFinite;
use super::text::{RecordText, text};
use super::{FORMAT, Record, Timing};
use crate::store::file::write_pieces;
use crate::versioned::{self, ReadError, Versioned};

/// Why a record was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A number that JSON cannot hold.
    #[error(transparent)]
    NotFinite(#[from] NotFinite),
    /// The file could not be written.
    #[error("`{0}` could not be written: {1}")]
    Io(PathBuf, io::Error),
}

/// Writes a record, whole or not at all.
///
/// # Errors
/// If the file cannot be written.
pub fn write(text: &RecordText, path: &Path) -> Result<(), WriteError> {
    write_text(text.pieces(), path)
}

/// Writes the wall-clock facts of a run.
///
/// # Errors
/// If the file cannot be written.
pub fn write_timing(timing: &Timing, path: &Path) -> Result<(), WriteError> {
    let mut json = serde_json::to_vec(timing).map_err(|error| WriteError::Io(path.to_owned(), error.into()))?;
    json.push(b'\n');
    write_text([json.as_slice()], path)
}

fn write_text<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, path: &Path) -> Result<(), WriteError> {
    write_pieces(path, pieces).map_err(|error| WriteError::Io(path.to_owned(), error))
}

impl Versioned for Record {
    const WHAT: &'static str = "a record of modewise";
    const COMMAND: &'static str = "modewise report";
    const FORMAT: u64 = FORMAT;

    /// The digest has to be that of the contents.
    fn check(&self) -> Result<(), String> {
        let found = text(self).expect("JSON holds finite numbers only").digest;
        if found == self.digest {
            return Ok(());
        }
        Err(format!("was changed: its digest is {}, its contents have {found}", self.digest))
    }
}

/// Reads a record and checks its format and its digest.
///
/// # Errors
/// If the file cannot be read, is no record of a format that this version reads, or has another digest than its
/// contents.
pub fn read(path: &Path) -> Result<Record, ReadError> {
    versioned::read(path)
}

/// Reads the wall-clock facts of a run.
///
/// # Errors
/// If the file cannot be read or has another form.
pub fn read_timing(path: &Path) -> Result<Timing, ReadError> {
    versioned::File::open(path)?.parse("a timing of modewise", "modewise report")
}
