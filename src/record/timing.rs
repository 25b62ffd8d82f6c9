//! Wall-clock facts of a run, and which of its cells it computed.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Wall-clock facts of a run, beside the record in `timing.json`; shown, never compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// When the run ended, seconds since 1970; `SOURCE_DATE_EPOCH` if that is set.
    pub finished: u64,
    /// Seconds from start to record.
    pub seconds: f64,
    /// Threads that ran cells.
    pub jobs: u64,
    /// Cells computed in this run, by claim.
    pub fresh: IndexMap<String, u64>,
    /// Cells read from the store, by claim.
    pub stored: IndexMap<String, u64>,
    /// Every cell that the claims needed, in the order of claims, arms, points and replicates.
    #[serde(default)]
    pub cells: Vec<CellTiming>,
}

/// A cell of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CellTiming {
    /// Id of the claim that needs it.
    pub claim: String,
    /// Name of the control that needs it; none for the claim itself.
    pub control: Option<String>,
    /// The point for a reader; empty where nothing is swept.
    pub point: String,
    /// First replicate, and the one behind the last.
    pub replicates: [u64; 2],
    /// Its name in the store.
    pub key: String,
    /// Whether it was computed in this run.
    pub fresh: bool,
}
