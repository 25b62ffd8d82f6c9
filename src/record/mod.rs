//! The record: everything a run found, in one file, `record.json`. Left of it nobody formats, right of it
//! nobody computes.

pub mod assemble;
pub mod file;
pub mod finite;
pub mod provenance;
pub mod text;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::plot::model::Plot;
use crate::spec::claim::{Chapter, Citation, Reference};
use crate::table::{Table, Tables};

/// Version of the record's form.
pub const FORMAT: u64 = 1;

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
    /// Claims, in order of chapter and id.
    pub claims: Vec<ClaimRecord>,
    /// Findings, in order of claim, arm (the claim itself, then its controls), check and point.
    pub findings: Vec<Finding>,
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

/// A claim and what was concluded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Its permalink.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// The chapter's id.
    pub chapter: String,
    /// What is concluded.
    pub verdict: Verdict,
    /// The verdict in a sentence where it needs one: why skipped, which control did not fail.
    pub reason: Option<String>,
    /// For a reader; Markdown.
    pub statement: String,
    /// Where it comes from.
    pub source: Citation,
    /// Markdown.
    pub why_this_tolerance: String,
    /// Words to select it by.
    pub tags: Vec<String>,
    /// Kind of experiment.
    pub experiment: String,
    /// Level of confidence of the intervals.
    pub confidence: f64,
    /// Replicates at each point.
    pub replicates: u64,
    /// Number of points of the sweep.
    pub points: u64,
    /// Largest tolerance use of the claim's own findings.
    pub tolerance_use: Option<f64>,
    /// Checks, in order.
    pub checks: Vec<CheckRecord>,
    /// Controls, in order.
    pub controls: Vec<ControlRecord>,
    /// Path of the spec, from the folder that holds the specs' folder: `specs/chapter/claim.yaml`.
    pub file: String,
    /// The spec as it was read.
    pub spec: String,
    /// Axes whose values are not numbers: by column their labels, of which the tables hold the place (from 0).
    pub labels: IndexMap<String, Vec<String>>,
    /// Units of the columns of each table that have one: table, column, unit.
    pub units: IndexMap<String, IndexMap<String, String>>,
}

/// A check in formulas, as the spec has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckRecord {
    /// Its name.
    pub name: String,
    /// What it means, in a sentence; Markdown.
    pub about: Option<String>,
    /// Its table.
    pub table: String,
    /// New columns by name.
    pub lets: IndexMap<String, String>,
    /// The rows it looks at.
    pub filter: Option<String>,
    /// Columns it is split by.
    pub per: Vec<String>,
    /// Columns of the first stage.
    pub group: Vec<String>,
    /// New columns of the first stage.
    pub reduce: IndexMap<String, String>,
    /// The measure.
    pub measure: String,
    /// What is expected, by parts: `equals`/`absolute`/`relative`, `low`/`high`, `at-most`, `at-least`, `exactly`.
    pub expect: IndexMap<String, String>,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ControlRecord {
    /// Its name.
    pub name: String,
    /// Markdown.
    pub because: String,
    /// Parameters that it changes, by dotted path, as JSON.
    pub set: IndexMap<String, serde_json::Value>,
    /// Checks that must fail.
    pub fails: Vec<String>,
    /// For those that must fail at some points only, the condition on these points.
    pub at: IndexMap<String, String>,
    /// The factor by which every tolerance could grow before the control passed in one of its findings.
    pub margin: Option<f64>,
    /// Whether they did.
    pub failed: bool,
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
