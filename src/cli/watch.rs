//! Waiting for files to change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// What a look at folders saw: of each file when it was changed and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Watched {
    /// Looks at every file below the folders.
    pub fn look(folders: &[&Path]) -> Self {
        let mut files = BTreeMap::new();
        let mut left: Vec<PathBuf> = folders.iter().map(|&folder| folder.to_owned()).collect();
        while let Some(folder) = left.pop() {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            for entry in entries {
                match entry.metadata() {
                    Ok(known) if known.is_dir() => left.push(entry.path()),
                    Ok(known) => drop(files.insert(entry.path(), (known.modified().ok(), known.len()))),
                    // Gone since the folder was read: the next look sees it gone.
                    Err(_) => {}
                }
            }
        }
        Self(files)
    }

    /// Returns when a look at the same folders sees something else.
    pub fn wait(&self, folders: &[&Path]) {
        while Self::look(folders) == *self {
            std::thread::sleep(PAUSE);
        }
    }
}
