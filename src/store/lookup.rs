//! What is found in the store.

use std::path::PathBuf;

use super::format::Unusable;

/// What the store has of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It is not there.
    Missing,
    /// There is a file, but it is not that cell: reported, and as good as missing.
    Unusable(PathBuf, Unusable),
}

impl<T> Lookup<T> {
    /// What was found.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(found) => Some(found),
            Self::Missing | Self::Unusable(..) => None,
        }
    }
}
