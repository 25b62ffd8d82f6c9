//! Cells and their names.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::experiment::{Experiment, Kind};
use crate::seed::MasterSeed;
pub use crate::spec::setting::BATCH;

/// One experiment at one point with one batch of replicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What the numbers follow from.
    pub origin: Origin,
    /// Its name in the store.
    pub key: CellKey,
}

/// What the numbers of a cell follow from, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Kind of the experiment.
    pub experiment: String,
    /// Its canonical parameters, as compact JSON.
    pub parameters: String,
    /// The replicates.
    pub replicates: Range<u64>,
    /// The master seed.
    pub seed: MasterSeed,
    /// The code fingerprint of the kind of experiment.
    pub fingerprint: String,
}

/// Name of a cell: 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey(String);

/// The cells of one experiment, in order of replicate.
pub(super) fn cells(kind: &Kind, experiment: &dyn Experiment, replicates: u64, seed: MasterSeed) -> Vec<Cell> {
    let parameters = experiment.canonical().to_string();
    let cell = |start| {
        let origin = Origin {
            experiment: kind.name.to_owned(),
            parameters: parameters.clone(),
            replicates: start..replicates.min(start + BATCH),
            seed,
            fingerprint: kind.fingerprint.to_owned(),
        };
        Cell { key: origin.key(), origin }
    };
    (0..replicates).step_by(BATCH as usize).map(cell).collect()
}

impl Origin {
    /// The key: BLAKE3 over the pieces, each preceded by its length.
    pub fn key(&self) -> CellKey {
        let numbers = [self.replicates.start, self.replicates.end, self.seed.0].map(u64::to_le_bytes).concat();
        let pieces = [self.experiment.as_bytes(), self.parameters.as_bytes(), &numbers, self.fingerprint.as_bytes()];
        let mut hasher = blake3::Hasher::new();
        for piece in pieces {
            hasher.update(&(piece.len() as u64).to_le_bytes());
            hasher.update(piece);
        }
        CellKey(hasher.finalize().to_hex().to_string())
    }
}

impl CellKey {
    /// The key of that text; none unless it is 64 lowercase hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && text.len() == 64).then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CellKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
