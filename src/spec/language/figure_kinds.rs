//! The kinds of figures: one list, from which reader, messages and JSON Schema are made.

use crate::spec::language::section::{ALL, Field, MODES, ONE, PLANE, ROWS, SNAPSHOTS, XY, XYZ};

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
