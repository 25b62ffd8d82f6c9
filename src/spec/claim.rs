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
use crate::spec::formula::Formula;

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
    /// What each profile makes of sweep and replicates, by name: `full`, which is the claim as it is written, then those of
    /// the file.
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

/// A figure: a kind with its fields. Columns may be axes, columns of the table or `lets`.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Caption; Markdown. It says what to see.
    pub caption: String,
    /// What is drawn.
    pub kind: FigureKind,
}

/// The kinds of figures with their fields.
#[derive(Clone, Debug)]
pub enum FigureKind {
    /// The mean of `y` over replicates at each `x`, one line for each value of `series`, with the middle 90 % as a band.
    Lines(XyFigure),
    /// One point per row.
    Scatter(XyFigure),
    /// The mean of `z` over replicates in the plane of `x` and `y`, with a predicted border.
    Heatmap {
        /// Where the rows come from.
        rows: Rows,
        /// Horizontal.
        x: Scale,
        /// Vertical.
        y: Scale,
        /// Colour.
        z: Scale,
        /// The y of the predicted border in a row.
        border: Option<Formula>,
    },
    /// Strength of each mode over time in one replicate, with the closed form; `point` selects one point of the
    /// sweep by values of axes (those not named: the first).
    ModeCurves {
        /// The replicate, from 0.
        replicate: u64,
        /// The modes, from 1; all if there are none.
        modes: Option<Vec<u64>>,
        /// Values of axes by column.
        point: IndexMap<String, Json>,
    },
    /// Loss over time in one replicate with the predicted plateaus.
    LossPlateaus {
        /// The replicate, from 0.
        replicate: u64,
        /// Values of axes by column.
        point: IndexMap<String, Json>,
    },
    /// Singular values by mode, measured (mean and middle 90 %) and predicted.
    Spectrum {
        /// Values of axes by column.
        point: IndexMap<String, Json>,
    },
    /// Trees of the items by average linkage, before, in the middle and at the end of learning.
    Dendrograms(Moments),
    /// Similarities of items at several times.
    Similarity(Moments),
    /// The paths of the items through the hidden representation.
    Embedding {
        /// Which run.
        moments: Moments,
        /// Horizontal; the first principal coordinate if there is none.
        x: Option<Scale>,
        /// Vertical; the second principal coordinate if there is none.
        y: Option<Scale>,
    },
    /// Loss of the scalar network over its weights, with the trajectory of one replicate.
    Landscape(Moments),
}

/// One run, seen over time.
#[derive(Clone, Debug)]
pub struct Moments {
    /// The replicate, from 0.
    pub replicate: u64,
    /// Values of axes by column.
    pub point: IndexMap<String, Json>,
    /// Names of the items; those that the data know, or numbers, if there are none.
    pub items: Option<Vec<String>>,
}

/// Fields of `lines` and `scatter`.
#[derive(Clone, Debug)]
pub struct XyFigure {
    /// Where the rows come from.
    pub rows: Rows,
    /// Horizontal.
    pub x: Scale,
    /// Vertical.
    pub y: Vertical,
    /// Column with one line or one colour for each of its values; rows that miss it are not shown.
    pub series: Option<String>,
    /// What the figure calls that column; its own name if not given.
    pub series_label: Option<String>,
    /// The theory: a formula over the columns, drawn as a line through the rows in order of x.
    pub theory: Option<Formula>,
}

/// What `lines` and `scatter` show upwards.
#[derive(Clone, Debug)]
pub enum Vertical {
    /// One quantity.
    One(Scale),
    /// Several on one axis, a series for each, named by its label or its formula; all logarithmic or none, and no
    /// column for series beside them.
    Several {
        /// The quantities, one at least; no two of one name.
        scales: Vec<Scale>,
        /// Name of the axis; the names of the quantities if there is none.
        label: Option<String>,
    },
}

/// The rows that a figure shows.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Name of the table.
    pub table: String,
    /// New columns.
    pub lets: IndexMap<String, Formula>,
    /// Rows to show.
    pub filter: Option<Formula>,
}

/// What is shown along one direction of a figure.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The quantity.
    pub formula: Formula,
    /// Its name on the axis; the formula's text and the column's unit if there is none.
    pub label: Option<String>,
    /// Logarithmic.
    pub log: bool,
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

impl Scale {
    /// Its label, or its formula where it has none.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(self.formula.text.trim())
    }
}

impl Vertical {
    /// The quantities.
    pub fn scales(&self) -> &[Scale] {
        match self {
            Self::One(scale) => std::slice::from_ref(scale),
            Self::Several { scales, .. } => scales,
        }
    }
}
