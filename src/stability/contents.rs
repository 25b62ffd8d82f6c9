//! What is known of all claims, by profile.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::claim::ClaimStability;
use super::measuring::Measured;
use crate::versioned::VERSION;

/// Version of the file's form.
pub const FORMAT: u64 = 1;

/// How verdicts came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// [`FORMAT`].
    pub format: u64,
    /// Version of the program that wrote the file.
    pub version: String,
    /// Claims by profile and id.
    pub profiles: IndexMap<String, IndexMap<String, ClaimStability>>,
}

impl Default for Stability {
    fn default() -> Self {
        Self { format: FORMAT, version: VERSION.to_owned(), profiles: IndexMap::new() }
    }
}

impl Stability {
    /// Takes what was measured in place of what was known of the same claims in the same profile. Other claims keep
    /// what they have, unless all were selected: then those that are no more go.
    pub fn update(&mut self, measured: Measured) {
        let Measured { profile, claims, known } = measured;
        let of_profile = self.profiles.entry(profile).or_default();
        if let Some(known) = known {
            of_profile.retain(|id, _| known.contains(id));
        }
        of_profile.extend(claims);
        of_profile.sort_keys();
        self.profiles.sort_by(|one, _, other, _| (one != "full", one).cmp(&(other != "full", other)));
        self.format = FORMAT;
        VERSION.clone_into(&mut self.version);
    }

    /// What is known of a claim in a profile.
    pub fn of(&self, profile: &str, claim: &str) -> Option<&ClaimStability> {
        self.profiles.get(profile)?.get(claim)
    }
}
