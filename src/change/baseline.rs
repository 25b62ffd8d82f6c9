//! The baseline: designs, verdicts and values of the claims of a record, small enough to be kept in the repository.

use std::path::Path;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::band::Band;
use super::design::Design;
use super::value::PointName;
use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::file::WriteError;
use crate::record::{ClaimRecord, Record};
use crate::store::file::write_whole;
use crate::versioned::{File, ReadError, Versioned};

/// Version of the baseline's form.
pub const FORMAT: u64 = 2;

/// What a project compares its records with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// [`FORMAT`]; 1 of a file from before there were designs and bands in it.
    pub format: u64,
    /// Version of the program that made the record; none in format 1.
    #[serde(default)]
    pub version: Option<String>,
    /// Profile of the record that it was saved from.
    pub profile: String,
    /// Master seed of that record.
    pub seed: u64,
    /// Revision of the specs of that record, if it is known.
    pub revision: Option<String>,
    /// Digest of that record.
    pub digest: String,
    /// Claims by id.
    pub claims: IndexMap<String, BaselineClaim>,
}

/// A claim of the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaselineClaim {
    /// The claim in one line.
    pub title: String,
    /// What was concluded.
    pub verdict: Verdict,
    /// What it says and how it is checked; none in format 1.
    #[serde(default)]
    pub design: Option<Design>,
    /// Its own findings; those of its controls are not kept.
    pub findings: Vec<BaselineFinding>,
}

/// A finding of the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaselineFinding {
    /// Name of the check.
    pub check: String,
    /// Values of the check's `per` columns; none if there are no such columns.
    pub point: PointName,
    /// What was concluded.
    pub verdict: Verdict,
    /// The measured value; none if broken.
    pub measured: Option<f64>,
    /// What is allowed; none if broken, and in format 1.
    #[serde(default)]
    pub band: Option<Band>,
    /// Distance from the expected value divided by the tolerance.
    pub tolerance_use: Option<f64>,
}

impl Versioned for Baseline {
    const WHAT: &'static str = "a baseline of modewise";
    const COMMAND: &'static str = "modewise baseline save";
    const FORMAT: u64 = FORMAT;
    // So that a project with a baseline of format 1 can still make the record from which it saves a new one.
    const OLDEST: u64 = 1;
}

impl Baseline {
    /// The designs, verdicts and values of a record.
    pub fn of(record: &Record) -> Self {
        let claim = |claim: &ClaimRecord| {
            let (title, design) = (claim.title.clone(), Some(Design::of(claim)));
            let findings = claim.own().map(BaselineFinding::of).collect();
            (claim.id.clone(), BaselineClaim { title, verdict: claim.verdict, design, findings })
        };
        Self {
            format: FORMAT,
            version: Some(record.provenance.version.clone()),
            profile: record.profile.clone(),
            seed: record.seed,
            revision: record.provenance.revision.clone(),
            digest: record.digest.clone(),
            claims: record.claims.iter().map(claim).collect(),
        }
    }

    /// Writes the file, indented, so that version control shows what changed.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        let failed = |error| WriteError::Io(path.to_owned(), error);
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        write_whole(path, &bytes).map_err(failed)
    }
}

impl BaselineFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            check: finding.check.clone(),
            point: finding.point.clone(),
            verdict: finding.verdict,
            measured: finding.measured,
            band: finding.measured.map(|_| finding.band),
            tolerance_use: finding.tolerance_use,
        }
    }
}

/// Reads a baseline, or a record as one. None where there is no such file: then everything is new.
///
/// # Errors
/// If the file cannot be read, is neither a baseline nor a record, or is of a format that this version does not read.
pub fn read(path: &Path) -> Result<Option<Baseline>, ReadError> {
    let Some(file) = File::open_if_there(path)? else { return Ok(None) };
    let baseline = if file.is_record() { Baseline::of(&file.read()?) } else { file.read()? };
    Ok(Some(baseline))
}
