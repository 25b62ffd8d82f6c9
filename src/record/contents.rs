//! What a record holds.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::claim::ClaimRecord;
use crate::plot::model::Plot;
use crate::spec::claim::{Chapter, Reference};
use crate::table::{Table, Tables};

/// Version of the record's form.
pub const FORMAT: u64 = 2;

/// Everything a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`FORMAT`].
    pub format: u64,
    /// Profile of the run; `full` where no profile was chosen.
    pub profile: String,
    /// Master seed.
    pub seed: u64,
    /// Chapters, in order.
    pub chapters: Vec<Chapter>,
    /// The bibliography.
    pub sources: IndexMap<String, Reference>,
    /// Claims with their findings, in order of chapter and id.
    pub claims: Vec<ClaimRecord>,
    /// Tables of the claims that checks or figures look at, by claim and name.
    pub tables: IndexMap<String, Tables>,
    /// The same of the controls, by claim and control.
    pub control_tables: IndexMap<String, IndexMap<String, Tables>>,
    /// Figures, by claim.
    pub plots: IndexMap<String, Vec<Plot>>,
    /// What the numbers were made with.
    pub provenance: Provenance,
    /// BLAKE3 of everything above but the provenance, as compact JSON.
    pub digest: String,
}

/// A table of a record.
#[derive(Clone, Copy, Debug)]
pub struct TableOf<'a> {
    /// Id of the claim.
    pub claim: &'a str,
    /// Place of the control among those that have tables; none for the claim itself.
    pub control: Option<usize>,
    /// Its name.
    pub name: &'a str,
    /// The table.
    pub table: &'a Table,
}

impl Record {
    /// Every table: first those of the claims themselves, then those of controls.
    pub fn every_table(&self) -> impl Iterator<Item = TableOf<'_>> {
        let own = self.tables.iter().flat_map(|(claim, tables)| tables_of(claim, None, tables));
        let of_controls = self.control_tables.iter().flat_map(|(claim, controls)| {
            controls.values().enumerate().flat_map(move |(place, tables)| tables_of(claim, Some(place), tables))
        });
        own.chain(of_controls)
    }
}

fn tables_of<'a>(claim: &'a str, control: Option<usize>, tables: &'a Tables) -> impl Iterator<Item = TableOf<'a>> {
    tables.iter().map(move |(name, table)| TableOf { claim, control, name, table })
}

/// What the numbers were made with. No clock, no path, no name of a machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Revision of the repository of the specs, if it is one.
    pub revision: Option<String>,
    /// Whether files differed from that revision.
    pub dirty: Option<bool>,
    /// Compiler of the program.
    pub compiler: String,
    /// Target of the program.
    pub target: String,
    /// Features of the processor that change the last bits of results.
    pub cpu_features: Vec<String>,
    /// Locked versions of the dependencies that numbers pass through.
    pub locked: IndexMap<String, String>,
    /// Code fingerprints, by kind of experiment.
    pub fingerprints: IndexMap<String, String>,
}
