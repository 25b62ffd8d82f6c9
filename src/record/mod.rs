//! The record: everything a run found, in one file, `record.json`. Left of it nobody formats, right of it
//! nobody computes.

pub mod claim;
pub mod timing;

pub mod contents;

pub mod finite;
pub mod provenance;
pub mod text;
pub mod totals;

pub mod assemble;
pub mod file;

pub use claim::{CheckRecord, ClaimRecord, ControlRecord};
pub use contents::{FORMAT, Provenance, Record, TableOf};
pub use timing::{CellTiming, Timing};
