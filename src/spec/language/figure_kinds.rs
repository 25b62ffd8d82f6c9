//! The kinds of figures: one list, from which reader, messages and JSON Schema are made.

use crate::spec::language::section::{Field, Form, optional, required};

/// A kind of figure, without its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureName {
    /// `lines`
    Lines,
    /// `scatter`
    Scatter,
    /// `heatmap`
    Heatmap,
    /// `mode-curves`
    ModeCurves,
    /// `loss-plateaus`
    LossPlateaus,
    /// `spectrum`
    Spectrum,
    /// `dendrograms`
    Dendrograms,
    /// `similarity`
    Similarity,
    /// `embedding`
    Embedding,
    /// `landscape`
    Landscape,
}

/// What is known about a kind of figure.
#[derive(Debug)]
pub struct FigureDoc {
    /// Which it is.
    pub figure: FigureName,
    /// Its name in a spec.
    pub name: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// Its keys beside `kind` and `caption`, in groups.
    pub fields: &'static [&'static [Field]],
    /// The tables and columns that the experiment must have, where the figure does not name them itself.
    pub needs: &'static [(&'static str, &'static [&'static str])],
}

/// Keys that every kind of figure has.
pub(in crate::spec) const FIGURE: &[Field] =
    &[required("kind", Form::Text, "What is drawn"), required("caption", Form::Text, "What to see; Markdown")];

/// Keys of figures that show rows.
const ROWS: &[Field] = &[
    optional("of", Form::Text, "Name of a check whose `table`, `let` and `where` are taken"),
    optional("table", Form::Text, "The table whose rows are shown; needed without `of`"),
    optional("let", Form::Formulas, "New columns: formulas over the columns of a row"),
    optional("where", Form::Formula, "The rows that are shown: a condition on a row"),
];

/// `x`, `y` and what belongs to them.
const XY: &[Field] = &[
    required("x", Form::Scale, "Horizontal"),
    required("y", Form::Scales, "Vertical; of a list one series for each, named by its label, without `series`"),
    optional("y-label", Form::Text, "Name of the vertical axis, where `y` is a list"),
    optional(
        "series",
        Form::Text,
        "Column, any of the table, with one line or one colour for each of its values; rows that miss it are not shown",
    ),
    optional("series-label", Form::Text, "Name of that column in the figure; the column's own if it is not given"),
    optional("reference", Form::Formula, "The theory: the y that it predicts in a row, drawn as a line in order of x"),
];

/// Heatmaps.
const XYZ: &[Field] = &[
    required("x", Form::Scale, "Horizontal"),
    required("y", Form::Scale, "Vertical"),
    required("z", Form::Scale, "Colour: the mean over replicates"),
    optional("border", Form::Formula, "The theory: the y of a predicted border in a row"),
];

const POINT: Field =
    optional("point", Form::Point, "The point of the sweep; axes that are not named: their first value");

const REPLICATE: Field = optional("replicate", Form::Integer(0), "The replicate that is shown, from 0; 0 if not given");

/// One replicate.
const ONE: &[Field] = &[REPLICATE, POINT];

/// Modes of one replicate.
const MODES: &[Field] =
    &[REPLICATE, optional("modes", Form::Modes, "The modes that are shown, from 1; all if not given"), POINT];

const ITEMS: Field =
    optional("items", Form::Texts, "Names of the items; if not given those that the data know, or numbers");

/// The items over time, in one replicate.
const SNAPSHOTS: &[Field] = &[REPLICATE, ITEMS, POINT];

/// What an embedding shows of the items.
const PLANE: &[Field] = &[
    optional("x", Form::Scale, "Horizontal: a formula over the table `embedding`; its column `axis1` if not given"),
    optional("y", Form::Scale, "Vertical; the column `axis2` if not given"),
];

/// All replicates of a point.
const ALL: &[Field] = &[POINT];

/// What figures of pairs of items need of the table `similarity`.
const PAIRS: &[&str] = &["time", "item", "other", "similarity", "distance"];

/// Every kind of figure.
pub const KINDS: &[FigureDoc] = &[
    FigureDoc {
        figure: FigureName::Lines,
        name: "lines",
        about: "A mean of y over replicates at each x, a line for each value of series, with the middle 90 % as a band",
        fields: &[ROWS, XY],
        needs: &[],
    },
    FigureDoc { figure: FigureName::Scatter, name: "scatter", about: "A point a row", fields: &[ROWS, XY], needs: &[] },
    FigureDoc {
        figure: FigureName::Heatmap,
        name: "heatmap",
        about: "A mean of z over replicates in the plane of x and y, with a predicted border",
        fields: &[ROWS, XYZ],
        needs: &[],
    },
    FigureDoc {
        figure: FigureName::ModeCurves,
        name: "mode-curves",
        about: "Strength of each mode over time in one replicate, with the closed form",
        fields: &[MODES],
        needs: &[("strengths", &["time", "mode", "strength"]), ("modes", &["mode", "s", "g", "m0"])],
    },
    FigureDoc {
        figure: FigureName::LossPlateaus,
        name: "loss-plateaus",
        about: "Loss over time in one replicate with the predicted plateaus",
        fields: &[ONE],
        needs: &[("curve", &["time", "loss"]), ("saddles", &["loss_theory"])],
    },
    FigureDoc {
        figure: FigureName::Spectrum,
        name: "spectrum",
        about: "Singular values by mode, measured (mean and middle 90 %) and predicted",
        fields: &[ALL],
        needs: &[("modes", &["mode", "s", "s_theory"])],
    },
    FigureDoc {
        figure: FigureName::Dendrograms,
        name: "dendrograms",
        about: "Trees of the items by average linkage of the distances of their hidden representations: before, when half \
                of the final mean squared distance is there, and at the end; needs `snapshots` of the experiment",
        fields: &[SNAPSHOTS],
        needs: &[("similarity", PAIRS)],
    },
    FigureDoc {
        figure: FigureName::Similarity,
        name: "similarity",
        about: "Inner products of the hidden representations of every two items, at several times; needs `snapshots` of \
                the experiment",
        fields: &[SNAPSHOTS],
        needs: &[("similarity", PAIRS)],
    },
    FigureDoc {
        figure: FigureName::Embedding,
        name: "embedding",
        about: "The ways of the items through the hidden representation over learning, along principal axes of its end; \
                needs `snapshots` of the experiment",
        fields: &[SNAPSHOTS, PLANE],
        needs: &[("similarity", PAIRS), ("embedding", &["time", "item", "axis1", "axis2"])],
    },
    FigureDoc {
        figure: FigureName::Landscape,
        name: "landscape",
        about: "Loss of the scalar network over its two weights: contours, the flow, the saddle, the minima and the \
                trajectories of one replicate",
        fields: &[ONE],
        needs: &[("run", &["target"]), ("trajectory", &["way", "time", "w1", "w2"])],
    },
];

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static FigureDoc> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl FigureDoc {
    /// All its keys, in order.
    pub(in crate::spec) fn all_fields(&self) -> impl Iterator<Item = &'static Field> {
        FIGURE.iter().chain(self.fields.iter().flat_map(|fields| fields.iter()))
    }
}
