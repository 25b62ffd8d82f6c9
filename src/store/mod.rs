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
    /// In a folder, for later runs; what is held for this run only, in memory.
    Folder(Folder, Cells),
    /// In memory, for this run only.
    Memory(Cells),
}

/// Cells in memory.
pub type Cells = Mutex<BTreeMap<CellKey, Outcome>>;

impl Store {
    /// An empty store in memory.
    pub fn memory() -> Self {
        Self::Memory(Mutex::default())
    }

    /// The store in a folder, which is made when the first cell is written.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self::Folder(Folder::new(path), Cells::default())
    }

    /// Whether a cell is there, by its checksum and without decoding it.
    pub fn check(&self, key: &CellKey) -> Lookup<()> {
        match self {
            Self::Folder(folder, _) => folder.check(key),
            Self::Memory(cells) if lock(cells).contains_key(key) => Lookup::Found(()),
            Self::Memory(_) => Lookup::Missing,
        }
    }

    /// What a cell gave, kept or held.
    pub fn read(&self, key: &CellKey) -> Lookup<Outcome> {
        let in_memory = |cells: &Cells| lock(cells).get(key).cloned();
        match self {
            Self::Folder(folder, held) => in_memory(held).map_or_else(|| folder.read(key), Lookup::Found),
            Self::Memory(cells) => in_memory(cells).map_or(Lookup::Missing, Lookup::Found),
        }
    }

    /// Keeps what a cell gave, in place of what was there under its name.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, cell: &Cell, outcome: &Outcome) -> io::Result<()> {
        match self {
            Self::Folder(folder, _) => folder.write(cell, outcome),
            Self::Memory(cells) => {
                lock(cells).insert(cell.key.clone(), outcome.clone());
                Ok(())
            }
        }
    }

    /// Holds what a cell gave in memory, for this run: what the machine did is no result to be met again.
    pub fn hold(&self, cell: &Cell, outcome: &Outcome) {
        let (Self::Folder(_, cells) | Self::Memory(cells)) = self;
        lock(cells).insert(cell.key.clone(), outcome.clone());
    }
}

/// The cells in memory. A thread that panicked while it held the lock had at most one insertion in hand.
fn lock(cells: &Cells) -> MutexGuard<'_, BTreeMap<CellKey, Outcome>> {
    cells.lock().unwrap_or_else(PoisonError::into_inner)
}
