//! `reports/stability.json`, written and read.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{FORMAT, Outcomes, Stability};
use crate::store::file::write_whole;

/// Why a file tells nothing about stability, or was not written.
#[derive(Debug, thiserror::Error)]
pub enum StabilityError {
    /// The file could not be read or written.
    #[error("`{0}`: {1}")]
    Io(PathBuf, io::Error),
    /// The file is something else.
    #[error("`{0}` is no measurement of stability: {1} (`modewise stability` writes one where no file is)")]
    Form(PathBuf, serde_json::Error),
    /// The file is of another version.
    #[error(
        "`{0}` has format {1} (this program reads format {FORMAT}; `modewise stability` writes it where no file is)"
    )]
    Format(PathBuf, u64),
    /// A list of verdicts that no seeds can have given.
    #[error("`{0}`: the verdicts of `{1}` in the profile `{2}` are those of no seed, or one seed has two of them")]
    Seeds(PathBuf, String, String),
}

/// Reads a measurement. None where there is no such file.
pub fn read(path: &Path) -> Result<Option<Stability>, StabilityError> {
    /// What every version of the file has.
    #[derive(Deserialize)]
    struct Versioned {
        format: u64,
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StabilityError::Io(path.to_owned(), error)),
    };
    let form = |error| StabilityError::Form(path.to_owned(), error);
    let Versioned { format } = serde_json::from_slice(&bytes).map_err(form)?;
    if format != FORMAT {
        return Err(StabilityError::Format(path.to_owned(), format));
    }
    let stability: Stability = serde_json::from_slice(&bytes).map_err(form)?;
    stability.check(path)?;
    Ok(Some(stability))
}

impl Stability {
    /// Writes the file, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), StabilityError> {
        write_whole(path, self.text().as_bytes()).map_err(|error| StabilityError::Io(path.to_owned(), error))
    }

    /// The file: one line per claim, so that version control shows which of them changed.
    fn text(&self) -> String {
        let lines = |entries: Vec<String>| entries.join(",\n");
        let of_profile = |(profile, claims): (&String, &indexmap::IndexMap<String, super::ClaimStability>)| {
            let claims = claims.iter().map(|(id, claim)| format!("{}: {}", json(id), json(claim))).collect();
            format!("{}: {{\n{}\n}}", json(profile), lines(claims))
        };
        let profiles = self.profiles.iter().map(of_profile).collect();
        format!(
            "{{\n\"format\": {},\n\"version\": {},\n\"profiles\": {{\n{}\n}}\n}}\n",
            self.format,
            json(&self.version),
            lines(profiles)
        )
    }

    /// A seed gives one verdict, and nothing is known without a seed.
    fn check(&self, path: &Path) -> Result<(), StabilityError> {
        let once = |outcomes: &Outcomes| outcomes.seeds().len() == outcomes.0.values().map(Vec::len).sum::<usize>();
        for (profile, claims) in &self.profiles {
            let wrong = claims.iter().find(|(_, claim)| {
                let findings = claim.findings.iter().map(|finding| &finding.verdicts);
                claim.verdicts.seeds().is_empty() || !findings.chain([&claim.verdicts]).all(once)
            });
            if let Some((id, _)) = wrong {
                return Err(StabilityError::Seeds(path.to_owned(), id.clone(), profile.clone()));
            }
        }
        Ok(())
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a measurement has text keys and finite numbers")
}
