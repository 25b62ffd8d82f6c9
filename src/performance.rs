//! How fast the kernels and whole claims are beside the same work elsewhere, as `make peers` measured it.

use std::path::Path;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::versioned::{self, ReadError, Versioned};

/// Version of the file's form.
pub const FORMAT: u64 = 1;

/// What was measured, and on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Performance {
    /// [`FORMAT`].
    pub format: u64,
    /// Day of the measurement: `2026-11-24`.
    pub date: String,
    /// The machine.
    pub machine: Machine,
    /// Versions of the program and of everything that it was compared with, by name.
    pub versions: IndexMap<String, String>,
    /// The same work by this program and by a peer.
    pub rows: Vec<Row>,
    /// What the whole report takes, with what it may take.
    pub limits: Vec<Limit>,
    /// How the cost grows.
    pub growth: Vec<Growth>,
}

/// The machine of a measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Model of the processor, and its widest registers.
    pub processor: String,
    /// Number of its cores.
    pub cores: u64,
    /// Memory, GiB.
    pub memory_gib: u64,
    /// Operating system and architecture.
    pub system: String,
}

/// A piece of work, done by both sides in turns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is done.
    pub work: String,
    /// How large it is.
    pub size: String,
    /// Seconds that this program takes, above 0.
    pub ours: f64,
    /// Who else did it.
    pub peer: String,
    /// Seconds that the peer takes, above 0.
    pub theirs: f64,
    /// The peer's time over ours, median of the rounds, above 0; above 1 this program is faster.
    pub ratio: f64,
    /// The ratio that is aimed at, above 0.
    pub target: Option<f64>,
    /// Number of rounds.
    pub rounds: u64,
    /// Which time was measured.
    pub clock: Clock,
    /// What else is to be said.
    pub note: Option<String>,
}

/// A clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// Processor time of one thread.
    Processor,
    /// The clock on the wall, with two threads on one side and two processes on the other.
    Wall,
}

/// What something takes, and what it may take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// What is done.
    pub work: String,
    /// What it takes.
    pub measured: f64,
    /// What it may take.
    pub limit: f64,
    /// Unit of both.
    pub unit: String,
}

/// Cost against the size of the work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// What is done.
    pub work: String,
    /// What grows.
    pub against: String,
    /// Sizes, each with the seconds that it takes.
    pub points: Vec<[f64; 2]>,
    /// Slope of a straight line through the logarithms of the points.
    pub slope: f64,
}

/// Reads a measurement. None where there is no such file.
///
/// # Errors
/// If the file cannot be read, or is no measurement of a format that this version reads.
pub fn read(path: &Path) -> Result<Option<Performance>, ReadError> {
    versioned::read_if_there(path)
}

impl Versioned for Performance {
    const WHAT: &'static str = "a measurement of performance";
    const COMMAND: &'static str = "make peers";
    const FORMAT: u64 = FORMAT;

    /// Times, ratios and targets stand on logarithmic axes.
    fn check(&self) -> Result<(), String> {
        let of_row = |row: &Row| {
            let numbers = [("ours", row.ours), ("theirs", row.theirs), ("ratio", row.ratio)];
            let target = row.target.map(|target| ("target", target));
            let text = row.work.clone();
            numbers.into_iter().chain(target).map(move |(name, value)| (name, text.clone(), value)).collect::<Vec<_>>()
        };
        let of_growth = |growth: &Growth| {
            let numbers = growth.points.iter().flatten();
            numbers.map(|&value| ("points", growth.work.clone(), value)).collect::<Vec<_>>()
        };
        let numbers = self.rows.iter().flat_map(of_row).chain(self.growth.iter().flat_map(of_growth));
        match numbers.into_iter().find(|(.., value)| *value <= 0.0) {
            Some((name, work, value)) => Err(format!("has {value} as `{name}` of \"{work}\" (allowed: above 0)")),
            None => Ok(()),
        }
    }
}
