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
    /// The tables and columns that the experiment must have, if the figure does not name them itself.
    pub needs: &'static [(&'static str, &'static [&'static str])],
}

/// Keys that every kind of figure has.
pub(in crate::spec) const FIGURE: &[Field] =
    &[required("kind", Form::Text, "What is drawn"), required("caption", Form::Text, "What to see; Markdown")];

/// Keys of figures that show the rows of a table.
const ROWS: &[Field] = &[
    optional("of", Form::Text, "Name of a check whose `table`, `let` and `where` are taken"),
    optional("table", Form::Text, "The table whose rows are shown; needed without `of`"),
    optional("let", Form::Formulas, "New columns: formulas over the columns of a row"),
    optional("where", Form::Formula, "The rows that are shown: a condition on a row"),
];

/// `x`, `y` and what goes with them.
const XY: &[Field] = &[
    required("x", Form::Scale, "Horizontal"),
    required(
        "y",
        Form::Scales,
        "Vertical; a list makes one series of each quantity, named by its label, and takes no `series`",
    ),
    optional("y-label", Form::Text, "Name of the vertical axis, where `y` is a list"),
    optional(
        "series",
        Form::Text,
        "Any column of the table: one line or colour for each of its values; rows in which it is missing are not shown",
    ),
    optional("series-label", Form::Text, "Name of that column in the figure; the column's own if it is not given"),
    optional("reference", Form::Formula, "The theory: the y that it predicts for a row, drawn as a line in order of x"),
];

/// Heatmaps.
const XYZ: &[Field] = &[
    required("x", Form::Scale, "Horizontal"),
    required("y", Form::Scale, "Vertical"),
    required("z", Form::Scale, "Colour: the mean over replicates"),
    optional("border", Form::Formula, "The theory: the y of the predicted border for a row"),
];

const POINT: Field =
    optional("point", Form::Point, "The point of the sweep; an axis that is not named takes its first value");

const REPLICATE: Field =
    optional("replicate", Form::Integer(0), "The replicate that is shown, counted from 0; 0 if not given");

/// One replicate.
const ONE: &[Field] = &[REPLICATE, POINT];

/// Modes of one replicate.
const MODES: &[Field] =
    &[REPLICATE, optional("modes", Form::Modes, "The modes that are shown, counted from 1; all if not given"), POINT];

const ITEMS: Field =
    optional("items", Form::Texts, "Names of the items; if not given, those that the data set has, or numbers");

/// The items over time, in one replicate.
const SNAPSHOTS: &[Field] = &[REPLICATE, ITEMS, POINT];

/// What an embedding shows of the items.
const PLANE: &[Field] = &[
    optional("x", Form::Scale, "Horizontal: a formula over the table `embedding`; its column `axis1` if not given"),
    optional("y", Form::Scale, "Vertical; the column `axis2` if not given"),
];

/// All replicates of a point.
const ALL: &[Field] = &[POINT];

/// The columns of the table `similarity` that figures of pairs of items need.
const PAIRS: &[&str] = &["time", "item", "other", "similarity", "distance"];

/// Every kind of figure.
pub const KINDS: &[FigureDoc] = &[
    FigureDoc {
        figure: FigureName::Lines,
        name: "lines",
        about: "The mean of y over replicates at each x, one line for each value of series, with the middle 90 % as a band",
        fields: &[ROWS, XY],
        needs: &[],
    },
    FigureDoc {
        figure: FigureName::Scatter,
        name: "scatter",
        about: "One point per row",
        fields: &[ROWS, XY],
        needs: &[],
    },
    FigureDoc {
        figure: FigureName::Heatmap,
        name: "heatmap",
        about: "The mean of z over replicates in the plane of x and y, with a predicted border",
        fields: &[ROWS, XYZ],
        needs: &[],
    },
    FigureDoc {
        figure: FigureName::ModeCurves,
        name: "mode-curves",
        about: "The strength of each mode over time in one replicate, with the closed form",
        fields: &[MODES],
        needs: &[("strengths", &["time", "mode", "strength"]), ("modes", &["mode", "s", "g", "m0"])],
    },
    FigureDoc {
        figure: FigureName::LossPlateaus,
        name: "loss-plateaus",
        about: "The loss over time in one replicate, with the predicted plateaus",
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
        about: "Trees of the items by average linkage of the distances between their hidden representations: before learning, \
                when half of the final mean squared distance is reached, and at the end; needs `snapshots` in the experiment",
        fields: &[SNAPSHOTS],
        needs: &[("similarity", PAIRS)],
    },
    FigureDoc {
        figure: FigureName::Similarity,
        name: "similarity",
        about: "Inner products of the hidden representations of each pair of items, at several times; needs `snapshots` in \
                the experiment",
        fields: &[SNAPSHOTS],
        needs: &[("similarity", PAIRS)],
    },
    FigureDoc {
        figure: FigureName::Embedding,
        name: "embedding",
        about: "The paths of the items through the hidden representation during learning, along the principal axes of its \
                final state; needs `snapshots` in the experiment",
        fields: &[SNAPSHOTS, PLANE],
        needs: &[("similarity", PAIRS), ("embedding", &["time", "item", "axis1", "axis2"])],
    },
    FigureDoc {
        figure: FigureName::Landscape,
        name: "landscape",
        about: "The loss of the scalar network over its two weights: contours, the flow, the saddle, the minima and the \
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
