//! What the record holds of a claim.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::judge::finding::Finding;
use crate::judge::goal::Resolution;
use crate::judge::verdict::Verdict;
use crate::numerics::statistics::extreme::{larger, largest};
use crate::spec::claim::Citation;

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
    /// Parameters of the experiment at the first point, defaults put in, and the digest of a file for the file; null of
    /// a skipped claim.
    pub parameters: Json,
    /// The sweep: parameters by dotted path, each with its values in order. Those of an axis that sets several
    /// parameters move together.
    pub sweep: IndexMap<String, Vec<Json>>,
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
    /// Findings, in order of arm (the claim itself, then its controls), check and point.
    pub findings: Vec<Finding>,
    /// Path of the spec, from the folder that holds the specs' folder: `specs/chapter/claim.yaml`.
    pub file: String,
    /// The spec as it was read.
    pub spec: String,
    /// Axes whose values are not numbers: by column their labels, of which the tables hold the place (from 0).
    pub labels: IndexMap<String, Vec<String>>,
    /// Units of the columns of each table that have one: table, column, unit.
    pub units: IndexMap<String, IndexMap<String, String>>,
    /// Fingerprint of what is judged, by profile; empty of a claim that was skipped.
    pub judged: IndexMap<String, String>,
}

impl ClaimRecord {
    /// Findings of the claim itself.
    pub fn own(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.control.is_none())
    }

    /// Findings of the claim itself about one check, point by point.
    pub fn of_check(&self, check: &str) -> impl Iterator<Item = &Finding> {
        self.own().filter(move |finding| finding.check == check)
    }

    /// Findings of all controls.
    pub fn of_controls(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.control.is_some())
    }

    /// Findings of one control.
    pub fn of_control(&self, control: &str) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.control.as_deref() == Some(control))
    }

    /// The check that a finding is about; none if the record does not have it.
    pub fn check_of(&self, finding: &Finding) -> Option<&CheckRecord> {
        self.checks.iter().find(|check| check.name == finding.check)
    }

    /// The largest relative error of what a check expects that it would miss at some point; none if it has no
    /// resolution.
    pub fn unnoticed(&self, check: &str) -> Option<f64> {
        self.of_check(check).filter_map(|finding| finding.resolution?.unnoticed()).max_by(f64::total_cmp)
    }

    /// Whether a check is about an identity, held up to rounding: at every point an error of a millionth of what is
    /// expected (of 1, where that is less) would be noticed.
    pub fn is_identity(&self, check: &str) -> bool {
        let noticed = |finding: &Finding| {
            let Resolution { shift, .. } = finding.resolution?;
            let largest = largest(shift.into_iter().flatten().map(f64::abs));
            Some(largest <= 1e-6 * larger(1.0, finding.expected?.abs()))
        };
        self.of_check(check).all(|finding| noticed(finding) == Some(true))
    }

    /// The factor by which the tolerance of a check could grow before the control that is closest to it passed; none if
    /// no finding of a control has one.
    pub fn margin(&self, check: &str) -> Option<f64> {
        let findings = self.of_controls().filter(|finding| finding.check == check);
        findings.filter_map(|finding| finding.margin).min_by(f64::total_cmp)
    }
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
    pub set: IndexMap<String, Json>,
    /// Replicates at each point, where they are not those of the claim.
    pub replicates: Option<u64>,
    /// Checks that must fail.
    pub fails: Vec<String>,
    /// For those that must fail at some points only, the condition on these points.
    pub at: IndexMap<String, String>,
    /// For those that look at other rows than in the claim, the condition on these rows.
    pub filters: IndexMap<String, String>,
    /// The factor by which every tolerance could grow before the control passed in one of its findings.
    pub margin: Option<f64>,
    /// Whether they did.
    pub failed: bool,
}
