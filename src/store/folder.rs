//! A folder of cells: `<folder>/<first two digits>/<key>.cell`.
//!
//! Any number of processes may read and write it at the same time. A file appears whole; two processes that
//! compute the same cell write the same bytes.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::file::write_whole;
use super::format::{self, Outcome, Unusable};
use super::lookup::Lookup;
use crate::plan::cell::{Cell, CellKey, Origin};

/// Ending of a cell's file.
const EXTENSION: &str = "cell";

/// A folder of cells.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// What a merge did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// Cells that were copied.
    pub copied: u64,
    /// Cells that were there already, with the same bytes.
    pub known: u64,
    /// Cells that were there already with other bytes, which were kept: made on a machine with other processor
    /// features, or by a program whose numbers are not reproducible.
    pub different: Vec<PathBuf>,
    /// Files that are no usable cells, with the reason.
    pub unusable: Vec<(PathBuf, Unusable)>,
}

impl Folder {
    /// The folder at `path`; made when the first cell is written.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Place of a cell's file.
    pub fn file(&self, key: &CellKey) -> PathBuf {
        self.path.join(&key.as_str()[..2]).join(format!("{key}.{EXTENSION}"))
    }

    /// Whether a cell is there, by header and checksum.
    pub fn check(&self, key: &CellKey) -> Lookup<()> {
        self.look_up(key, |bytes| format::verify(key, bytes))
    }

    /// What a cell gave.
    pub fn read(&self, key: &CellKey) -> Lookup<Outcome> {
        self.look_up(key, |bytes| format::decode(key, bytes))
    }

    fn look_up<T>(&self, key: &CellKey, read: impl Fn(&[u8]) -> Result<T, Unusable>) -> Lookup<T> {
        let path = self.file(key);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Lookup::Missing,
            Err(error) => return Lookup::Unusable(path, Unusable::Unreadable(error.to_string())),
        };
        match read(&bytes) {
            Ok(found) => Lookup::Found(found),
            Err(unusable) => Lookup::Unusable(path, unusable),
        }
    }

    /// Writes what a cell gave.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, cell: &Cell, outcome: &Outcome) -> io::Result<()> {
        write_whole(&self.file(&cell.key), &format::encode(&cell.origin, outcome))
    }

    /// The names of the cells, in order; none where the folder does not exist. Whether they are usable is not
    /// looked at.
    ///
    /// # Errors
    /// If a folder that is there cannot be read.
    pub fn keys(&self) -> io::Result<Vec<CellKey>> {
        let mut keys = Vec::new();
        for shelf in entries(&self.path)? {
            if shelf.is_dir() {
                keys.extend(entries(&shelf)?.iter().filter_map(|file| key_of(file)));
            }
        }
        keys.sort();
        Ok(keys)
    }

    /// What the usable cells follow from, in the order of their names.
    ///
    /// # Errors
    /// If a folder that is there cannot be read.
    pub fn origins(&self) -> io::Result<Vec<Origin>> {
        let keys = self.keys()?;
        Ok(keys.iter().filter_map(|key| format::origin(&fs::read(self.file(key)).ok()?).ok()).collect())
    }

    /// Copies the usable cells of another folder that this one does not have.
    ///
    /// # Errors
    /// If a folder or the file of a cell cannot be read, or a copy cannot be written.
    pub fn merge(&self, other: &Self) -> io::Result<Merge> {
        let mut merge = Merge::default();
        for key in other.keys()? {
            let (from, to) = (other.file(&key), self.file(&key));
            let bytes = fs::read(&from)?;
            if let Err(unusable) = format::decode(&key, &bytes) {
                merge.unusable.push((from, unusable));
            } else if self.read(&key).found().is_none() {
                write_whole(&to, &bytes)?;
                merge.copied += 1;
            } else if fs::read(&to)? == bytes {
                merge.known += 1;
            } else {
                merge.different.push(to);
            }
        }
        Ok(merge)
    }
}

/// Paths in a folder; none where there is no such folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The cell that a file's name says; none for files that are something else, like one left by a killed process.
fn key_of(file: &Path) -> Option<CellKey> {
    let named = file.extension()? == EXTENSION;
    CellKey::parse(file.file_stem()?.to_str()?).filter(|_| named)
}
