//! The baseline: verdicts and values of a record, small enough to be kept in the repository.

use std::path::Path;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::judge::finding::{Finding, PointValue};
use crate::judge::verdict::Verdict;
use crate::record::file::WriteError;
use crate::record::{ClaimRecord, Record};
use crate::store::file::write_whole;
use crate::versioned::{File, ReadError, Versioned};

/// Version of the baseline's form.
pub const FORMAT: u64 = 1;

/// What a project compares its records with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// [`FORMAT`].
    pub format: u64,
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
    /// Its own findings; those of its controls are not kept.
    pub findings: Vec<BaselineFinding>,
}

/// A finding of the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaselineFinding {
    /// Name of the check.
    pub check: String,
    /// Values of the check's `per` columns; none if there are no such columns.
    pub point: Option<IndexMap<String, PointValue>>,
    /// What was concluded.
    pub verdict: Verdict,
    /// The measured value; none if broken.
    pub measured: Option<f64>,
    /// Distance from the expected value divided by the tolerance.
    pub tolerance_use: Option<f64>,
}

impl Versioned for Baseline {
    const WHAT: &'static str = "a baseline of modewise";
    const COMMAND: &'static str = "modewise baseline save";
    const FORMAT: u64 = FORMAT;
}

impl Baseline {
    /// The verdicts and values of a record.
    pub fn of(record: &Record) -> Self {
        let claim = |claim: &ClaimRecord| {
            let (title, findings) = (claim.title.clone(), claim.own().map(BaselineFinding::of).collect());
            (claim.id.clone(), BaselineClaim { title, verdict: claim.verdict, findings })
        };
        Self {
            format: FORMAT,
            profile: record.profile.clone(),
            seed: record.seed,
            revision: record.provenance.revision.clone(),
            digest: record.digest.clone(),
            claims: record.claims.iter().map(claim).collect(),
        }
    }

    /// Writes the file, indented, so that version control shows what changed.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a baseline has text keys and finite numbers");
        bytes.push(b'\n');
        write_whole(path, &bytes).map_err(|error| WriteError::Io(path.to_owned(), error))
    }
}

impl BaselineFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            check: finding.check.clone(),
            point: finding.point.clone(),
            verdict: finding.verdict,
            measured: finding.measured,
            tolerance_use: finding.tolerance_use,
        }
    }
}

/// Reads a baseline, or a record as one. None where there is no such file: then everything is new.
pub fn read(path: &Path) -> Result<Option<Baseline>, ReadError> {
    let Some(file) = File::open_if_there(path)? else { return Ok(None) };
    let baseline = if file.is_record() { Baseline::of(&file.read()?) } else { file.read()? };
    Ok(Some(baseline))
}
