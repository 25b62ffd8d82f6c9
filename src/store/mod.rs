//! The store of cells: a folder with one file per cell, or memory.

pub mod file;
pub mod format;
pub mod reason;

pub mod lookup;

pub mod folder;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::plan::cell::{Cell, CellKey};
use folder::Folder;
use format::Outcome;
pub use lookup::Lookup;

/// Where cells are kept.
#[derive(Debug)]
pub enum Store {
    /// In a folder, for later runs.
    Folder(Folder),
    /// In memory, for this run only.
    Memory(Mutex<BTreeMap<CellKey, Outcome>>),
}

impl Store {
    /// An empty store in memory.
    pub fn memory() -> Self {
        Self::Memory(Mutex::default())
    }

    /// The store in a folder, which is made when the first cell is written.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self::Folder(Folder::new(path))
    }

    /// Whether a cell is there, by its checksum and without decoding it.
    pub fn check(&self, key: &CellKey) -> Lookup<()> {
        match self {
            Self::Folder(folder) => folder.check(key),
            Self::Memory(cells) if lock(cells).contains_key(key) => Lookup::Found(()),
            Self::Memory(_) => Lookup::Missing,
        }
    }

    /// What a cell gave.
    pub fn read(&self, key: &CellKey) -> Lookup<Outcome> {
        match self {
            Self::Folder(folder) => folder.read(key),
            Self::Memory(cells) => lock(cells).get(key).cloned().map_or(Lookup::Missing, Lookup::Found),
        }
    }

    /// Keeps what a cell gave, in place of what was there under its name.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, cell: &Cell, outcome: &Outcome) -> io::Result<()> {
        match self {
            Self::Folder(folder) => folder.write(cell, outcome),
            Self::Memory(cells) => {
                lock(cells).insert(cell.key.clone(), outcome.clone());
                Ok(())
            }
        }
    }
}

/// The cells in memory. A thread that panicked while it held the lock had at most one insertion in hand.
fn lock(cells: &Mutex<BTreeMap<CellKey, Outcome>>) -> MutexGuard<'_, BTreeMap<CellKey, Outcome>> {
    cells.lock().unwrap_or_else(PoisonError::into_inner)
}
