//! Files of JSON that carry the number of their format: one way to read them, and one error that says which version of
//! the program wrote a file and what this one reads.
//!
//! A file of another format is refused before anything else in it is looked at.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value as Json;

/// Version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a file of JSON with a field `format` holds.
pub trait Versioned: DeserializeOwned {
    /// What it is, with its article: "a record of modewise".
    const WHAT: &'static str;
    /// The command that writes it.
    const COMMAND: &'static str;
    /// The format that this version writes.
    const FORMAT: u64;
    /// The oldest format that this version reads.
    const OLDEST: u64 = Self::FORMAT;

    /// What is wrong with contents that have the right form; the words follow the name of the file.
    ///
    /// # Errors
    /// What is wrong.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// Why a file of JSON was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be read.
    #[error("`{0}` could not be read: {1}")]
    Io(PathBuf, io::Error),
    /// The file is something else.
    #[error("`{path}` is not {what}: {error} (`{command}` writes one)")]
    Form {
        /// The file.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
        /// The command that writes such a file.
        command: &'static str,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The file is of another format.
    #[error("`{}` has format {}, {} (modewise {VERSION} reads {}; `{}` writes it)", .0.path.display(), .0.found,
        .0.writer(), .0.formats(), .0.command)]
    Format(Box<OtherFormat>),
    /// The contents have the right form, and are wrong.
    #[error("`{0}` {1}")]
    Contents(PathBuf, String),
}

/// A file of a format that this version does not read.
#[derive(Debug)]
pub struct OtherFormat {
    /// The file.
    path: PathBuf,
    /// Its format.
    found: u64,
    /// The version of the program that wrote it, if the file says so.
    version: Option<String>,
    /// The oldest and the newest format that this version reads.
    reads: [u64; 2],
    /// The command that writes such a file.
    command: &'static str,
}

impl OtherFormat {
    fn writer(&self) -> String {
        match &self.version {
            Some(version) => format!("written by modewise {version}"),
            None => "written by an unknown version of modewise".to_owned(),
        }
    }

    fn formats(&self) -> String {
        match self.reads {
            [oldest, newest] if oldest == newest => format!("format {newest}"),
            [oldest, newest] => format!("formats {oldest} to {newest}"),
        }
    }
}

/// A file of JSON that is there, its contents not yet looked at.
pub struct File {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl File {
    /// Opens a file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not JSON.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let bytes = fs::read(path).map_err(|error| ReadError::Io(path.to_owned(), error))?;
        Ok(Self { path: path.to_owned(), bytes })
    }

    /// Opens a file; none where there is no such file.
    ///
    /// # Errors
    /// If the file is there and cannot be read, or is not JSON.
    pub fn open_if_there(path: &Path) -> Result<Option<Self>, ReadError> {
        match Self::open(path) {
            Err(ReadError::Io(_, error)) if error.kind() == ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some),
        }
    }

    /// Whether it is a record: no other file says with what its numbers were made.
    pub fn is_record(&self) -> bool {
        /// The field that tells.
        #[derive(Deserialize)]
        struct Told {
            provenance: Option<IgnoredAny>,
        }
        serde_json::from_slice(&self.bytes).is_ok_and(|Told { provenance }| provenance.is_some())
    }

    /// Its contents, if they are of a format that this version reads.
    ///
    /// # Errors
    /// If they are of another kind of file, or of a format that this version does not read, or have another form.
    pub fn read<T: Versioned>(&self) -> Result<T, ReadError> {
        /// The field that every version has.
        #[derive(Deserialize)]
        struct Head {
            format: u64,
        }
        let Head { format } = self.parse(T::WHAT, T::COMMAND)?;
        if !(T::OLDEST..=T::FORMAT).contains(&format) {
            return Err(ReadError::Format(Box::new(OtherFormat {
                path: self.path.clone(),
                found: format,
                version: self.version(),
                reads: [T::OLDEST, T::FORMAT],
                command: T::COMMAND,
            })));
        }
        let contents: T = self.parse(T::WHAT, T::COMMAND)?;
        contents.check().map_err(|reason| ReadError::Contents(self.path.clone(), reason))?;
        Ok(contents)
    }

    /// Its contents, whatever they are.
    ///
    /// # Errors
    /// If they have another form.
    pub fn parse<T: DeserializeOwned>(&self, what: &'static str, command: &'static str) -> Result<T, ReadError> {
        serde_json::from_slice(&self.bytes).map_err(|error| {
            let path = self.path.clone();
            ReadError::Form { path, what, command, error }
        })
    }

    /// The version of the program that wrote it: of its own, of its provenance, or of the programs that it compares.
    fn version(&self) -> Option<String> {
        let json: Json = serde_json::from_slice(&self.bytes).ok()?;
        let places = ["/version", "/provenance/version", "/versions/modewise"];
        places.into_iter().find_map(|place| Some(json.pointer(place)?.as_str()?.to_owned()))
    }
}

/// Reads a file.
///
/// # Errors
/// As [`File::open`] and [`File::read`].
pub fn read<T: Versioned>(path: &Path) -> Result<T, ReadError> {
    File::open(path)?.read()
}

/// Reads a file; none where there is no such file.
///
/// # Errors
/// As [`File::open_if_there`] and [`File::read`].
pub fn read_if_there<T: Versioned>(path: &Path) -> Result<Option<T>, ReadError> {
    File::open_if_there(path)?.map(|file| file.read()).transpose()
}
