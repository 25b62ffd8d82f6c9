//! `reports/stability.json`, written; [`crate::versioned`] reads it.

use std::path::Path;

use serde::Serialize;

use super::{FORMAT, Outcomes, Stability};
use crate::record::file::WriteError;
use crate::store::file::write_whole;
use crate::versioned::Versioned;

impl Versioned for Stability {
    const WHAT: &'static str = "a measurement of stability";
    const COMMAND: &'static str = "modewise stability";
    const FORMAT: u64 = FORMAT;

    /// A seed gives one verdict, and nothing is known without a seed.
    fn check(&self) -> Result<(), String> {
        let once = |outcomes: &Outcomes| outcomes.seeds().len() == outcomes.0.values().map(Vec::len).sum::<usize>();
        for (profile, claims) in &self.profiles {
            let wrong = claims.iter().find(|(_, claim)| {
                let findings = claim.findings.iter().map(|finding| &finding.verdicts);
                claim.verdicts.seeds().is_empty() || !findings.chain([&claim.verdicts]).all(once)
            });
            if let Some((id, _)) = wrong {
                return Err(format!(
                    "has verdicts of `{id}` in the profile `{profile}` that no seeds can have given: none, or two of one seed"
                ));
            }
        }
        Ok(())
    }
}

impl Stability {
    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        write_whole(path, self.text().as_bytes()).map_err(|error| WriteError::Io(path.to_owned(), error))
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
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a measurement has text keys and finite numbers")
}
