//! The history: verdicts of the records that a site has shown, a line of JSON each, carried from one published site to
//! the next.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};

/// So many records are kept, the latest: about 400 kB for sixty claims.
pub const MOST: usize = 100;

/// Records, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History(pub Vec<Entry>);

/// A record in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When the run ended, seconds since 1970, if it is known.
    pub time: Option<u64>,
    /// Revision of the specs, if it is known.
    pub revision: Option<String>,
    /// Whether files differed from that revision.
    pub dirty: Option<bool>,
    /// Profile of the run.
    pub profile: String,
    /// Master seed.
    pub seed: u64,
    /// Digest of the record.
    pub digest: String,
    /// Claims by id.
    pub claims: IndexMap<String, Standing>,
}

/// How a claim stood.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Its verdict.
    pub verdict: Verdict,
    /// Largest tolerance use of its own findings.
    pub tolerance_use: Option<f64>,
}

/// A claim whose verdict changed from one record to the next that has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turning<'a> {
    /// The claim's id.
    pub id: &'a str,
    /// The record with the new verdict.
    pub entry: &'a Entry,
    /// The verdict before.
    pub before: Verdict,
    /// The verdict after.
    pub after: Verdict,
}

impl History {
    /// The history of a text. A line that is no entry is left out: a history is a help, not a source.
    pub fn parse(text: &str) -> Self {
        Self(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }

    /// A line for each record.
    ///
    /// # Panics
    /// Never: an entry has text keys, which is all that JSON asks for.
    pub fn to_text(&self) -> String {
        let line = |entry| serde_json::to_string(entry).expect("an entry has text keys and finite numbers") + "\n";
        self.0.iter().map(line).collect()
    }

    /// The history with a record at its end, in place of the last one if that is of the same revision, profile and
    /// seed; the oldest leave.
    #[must_use]
    pub fn with(&self, record: &Record, time: Option<u64>) -> Self {
        let entry = Entry::of(record, time);
        let mut entries = self.0.clone();
        if entries.last().is_some_and(|last| last.same_origin(&entry)) {
            entries.pop();
        }
        entries.push(entry);
        entries.drain(..entries.len().saturating_sub(MOST));
        Self(entries)
    }

    /// How a claim stood in every record that has it, the oldest first.
    pub fn track<'a>(&'a self, id: &str) -> Vec<(&'a Entry, Standing)> {
        self.0.iter().filter_map(|entry| Some((entry, *entry.claims.get(id)?))).collect()
    }

    /// Every change of a verdict, the latest first.
    pub fn turnings(&self) -> Vec<Turning<'_>> {
        let mut standing: IndexMap<&str, Verdict> = IndexMap::new();
        let mut turnings = Vec::new();
        for entry in &self.0 {
            for (id, now) in &entry.claims {
                let before = standing.insert(id, now.verdict);
                if let Some(before) = before.filter(|&before| before != now.verdict) {
                    turnings.push(Turning { id, entry, before, after: now.verdict });
                }
            }
        }
        turnings.reverse();
        turnings
    }
}

impl Entry {
    fn of(record: &Record, time: Option<u64>) -> Self {
        let standing = |claim: &ClaimRecord| {
            (claim.id.clone(), Standing { verdict: claim.verdict, tolerance_use: claim.tolerance_use })
        };
        Self {
            time,
            revision: record.provenance.revision.clone(),
            dirty: record.provenance.dirty,
            profile: record.profile.clone(),
            seed: record.seed,
            digest: record.digest.clone(),
            claims: record.claims.iter().map(standing).collect(),
        }
    }

    /// Whether two entries are of the same specs and draws, so that the later one replaces the other.
    fn same_origin(&self, other: &Self) -> bool {
        let origin = |entry: &Self| (entry.revision.clone(), entry.dirty, entry.profile.clone(), entry.seed);
        origin(self) == origin(other)
    }

    /// The revision in its first ten digits, with a mark if files differed from it; the digest where it is not known.
    pub fn short_revision(&self) -> String {
        let text = self.revision.as_ref().unwrap_or(&self.digest);
        let short: String = text.chars().take(10).collect();
        if self.dirty == Some(true) { format!("{short} with changes") } else { short }
    }
}
