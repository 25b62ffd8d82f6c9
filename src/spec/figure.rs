//! The kinds of figures: one list, from which reader, messages and JSON Schema are made.

use super::section::{ALL, Field, MODES, ONE, ROWS, XY, XYZ};

/// What is known about a kind of figure.
#[derive(Debug)]
pub struct KindOfFigure {
    /// Its name in a spec.
    pub name: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// Its keys beside `kind` and `caption`, in groups.
    pub fields: &'static [&'static [Field]],
    /// The tables and columns that the experiment must have, where the figure does not name them itself.
    pub needs: &'static [(&'static str, &'static [&'static str])],
}

/// Every kind of figure.
pub const KINDS: &[KindOfFigure] = &[
    KindOfFigure {
        name: "lines",
        about: "A mean of y over replicates at each x, a line for each value of series, with the middle 90 % as a band",
        fields: &[ROWS, XY],
        needs: &[],
    },
    KindOfFigure { name: "scatter", about: "A point a row", fields: &[ROWS, XY], needs: &[] },
    KindOfFigure {
        name: "heatmap",
        about: "A mean of z over replicates in the plane of x and y, with a predicted border",
        fields: &[ROWS, XYZ],
        needs: &[],
    },
    KindOfFigure {
        name: "mode-curves",
        about: "Strength of each mode over time in one replicate, with the closed form",
        fields: &[MODES],
        needs: &[("strengths", &["time", "mode", "strength"]), ("modes", &["mode", "s", "g", "m0"])],
    },
    KindOfFigure {
        name: "loss-plateaus",
        about: "Loss over time in one replicate with the predicted plateaus",
        fields: &[ONE],
        needs: &[("curve", &["time", "loss"]), ("saddles", &["loss_theory"])],
    },
    KindOfFigure {
        name: "spectrum",
        about: "Singular values by mode, measured (mean and middle 90 %) and predicted",
        fields: &[ALL],
        needs: &[("modes", &["mode", "s", "s_theory"])],
    },
];

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static KindOfFigure> {
    KINDS.iter().find(|kind| kind.name == name)
}
