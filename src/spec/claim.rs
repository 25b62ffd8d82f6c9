//! What a spec means: checked, resolved for one profile, ready to be planned.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::experiment::Kind;
use crate::spec::axis::{Axis, AxisParameter};
use crate::spec::check::Check;
use crate::spec::control::Control;
use crate::spec::extent::Extent;
use crate::spec::language::figure_kinds::Figure;

/// Folders that the site has of its own: no chapter may lie in one of that name.
pub const SITE_FOLDERS: &[&str] = &["badge", "data", "method", "performance", "provenance"];

/// The specs of a folder, checked: the claims of one profile in order of their ids, their chapters, their sources.
pub struct Catalogue {
    /// Claims, in order of id.
    pub claims: Vec<Claim>,
    /// Chapters, in order of their folder's name unless `_chapter.yaml` gives a `position`.
    pub chapters: Vec<Chapter>,
    /// The bibliography, by key.
    pub sources: IndexMap<String, Reference>,
}

/// A folder of claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// Path of the folder below the specs.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the chapter is about; Markdown.
    pub introduction: String,
}

/// An entry of the bibliography, `sources.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Authors as printed, "A. Saxe, J. McClelland, S. Ganguli".
    pub authors: String,
    /// Title of the work.
    pub title: String,
    /// Journal, conference or publisher.
    pub venue: String,
    /// Year of publication.
    pub year: i32,
    /// Link; DOI or arXiv.
    #[serde(default)]
    pub url: Option<String>,
}

/// A claim: one YAML file.
#[derive(Clone)]
pub struct Claim {
    /// Path of its file without the folder of the specs and `.yaml`.
    pub id: String,
    /// The chapter's id.
    pub chapter: String,
    /// Path of its file as it was found, for messages and annotations.
    pub file: String,
    /// The file as it was read.
    pub text: String,
    /// The claim in one line.
    pub title: String,
    /// The claim for a reader; Markdown with formulas between `$`.
    pub statement: String,
    /// Where the claim comes from.
    pub source: Citation,
    /// Why the tolerances are what they are; Markdown.
    pub why_this_tolerance: String,
    /// Words to select it by.
    pub tags: Vec<String>,
    /// Level of confidence of its intervals.
    pub confidence: f64,
    /// The kind of experiment.
    pub kind: Arc<Kind>,
    /// Its parameters as written (axes not yet put in).
    pub parameters: Json,
    /// The axes of the sweep; points are their product.
    pub sweep: Vec<Axis>,
    /// Number of replicates at each point.
    pub replicates: u64,
    /// What is checked.
    pub checks: Vec<Check>,
    /// What is broken on purpose, and what must then fail.
    pub controls: Vec<Control>,
    /// What is drawn.
    pub figures: Vec<Figure>,
    /// Why the claim is skipped: a data file that is not there.
    pub absent: Option<String>,
    /// What each profile makes of sweep and replicates, by name: `full`, which is the claim as it is written, then
    /// those of the file.
    pub profiles: IndexMap<String, Extent>,
}

/// Source of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Key into the sources.
    pub cite: String,
    /// Place in it, "Eq. 12, Fig. 3".
    #[serde(default)]
    pub locator: Option<String>,
}

impl Claim {
    /// The checks that no control names: nothing shows that they can fail.
    pub fn without_control(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !self.controls.iter().any(|control| control.names(&check.name)))
    }

    /// The parameters of all axes of its sweep, in their order.
    pub fn swept(&self) -> impl Iterator<Item = &AxisParameter> {
        self.sweep.iter().flat_map(|axis| &axis.parameters)
    }

    /// Whether it is resolved for a profile of this extent.
    pub fn has(&self, extent: &Extent) -> bool {
        let expected = self.checks.iter().map(|check| &check.expect);
        self.sweep == extent.sweep && self.replicates == extent.replicates && expected.eq(&extent.expected)
    }

    /// The same claim in a profile of this extent.
    #[must_use]
    pub fn with(&self, extent: &Extent) -> Self {
        let checks = self.checks.iter().zip(&extent.expected);
        let checks = checks.map(|(check, expect)| Check { expect: expect.clone(), ..check.clone() }).collect();
        Self { sweep: extent.sweep.clone(), replicates: extent.replicates, checks, ..self.clone() }
    }
}
