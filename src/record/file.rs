//! `record.json` and `timing.json`, written and read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::finite::NotFinite;
use super::text::{RecordText, text};
use super::{FORMAT, Record, Timing};
use crate::store::file::write_pieces;

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

/// Why a file is no record.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be read.
    #[error("`{0}` could not be read: {1}")]
    Io(PathBuf, io::Error),
    /// The file is not what it should be.
    #[error("`{0}` is not a record of modewise: {1}")]
    Form(PathBuf, serde_json::Error),
    /// The record is of another version.
    #[error("`{0}` has format {1} (this program reads format {FORMAT})")]
    Format(PathBuf, u64),
    /// The record was changed after it was written.
    #[error("`{0}` was changed: its digest is {1}, its contents have {2}")]
    Digest(PathBuf, String, String),
}

/// Writes a record, whole or not at all.
pub fn write(text: &RecordText, path: &Path) -> Result<(), WriteError> {
    write_text(text.pieces(), path)
}

/// Writes the wall-clock facts of a run.
pub fn write_timing(timing: &Timing, path: &Path) -> Result<(), WriteError> {
    let mut json = serde_json::to_vec(timing).expect("a timing has text keys");
    json.push(b'\n');
    write_text([json.as_slice()], path)
}

fn write_text<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, path: &Path) -> Result<(), WriteError> {
    write_pieces(path, pieces).map_err(|error| WriteError::Io(path.to_owned(), error))
}

/// Reads a record and checks its format and its digest.
pub fn read(path: &Path) -> Result<Record, ReadError> {
    /// The part of a record that every version has.
    #[derive(Deserialize)]
    struct Versioned {
        format: u64,
    }
    let bytes = read_bytes(path)?;
    let form = |error| ReadError::Form(path.to_owned(), error);
    let Versioned { format } = serde_json::from_slice(&bytes).map_err(form)?;
    if format != u64::from(FORMAT) {
        return Err(ReadError::Format(path.to_owned(), format));
    }
    let record: Record = serde_json::from_slice(&bytes).map_err(form)?;
    let found = text(&record).expect("JSON holds finite numbers only").digest;
    if found == record.digest { Ok(record) } else { Err(ReadError::Digest(path.to_owned(), record.digest, found)) }
}

/// Reads the wall-clock facts of a run.
pub fn read_timing(path: &Path) -> Result<Timing, ReadError> {
    serde_json::from_slice(&read_bytes(path)?).map_err(|error| ReadError::Form(path.to_owned(), error))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    fs::read(path).map_err(|error| ReadError::Io(path.to_owned(), error))
}
