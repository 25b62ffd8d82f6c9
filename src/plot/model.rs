//! What a figure shows, as numbers: made left of the record, drawn right of it.

use serde::{Deserialize, Serialize};

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plot {
    /// Kind of the figure as the spec names it, `mode-curves`.
    pub kind: String,
    /// What it is, for the title and for readers who do not see it: "y against x".
    pub title: String,
    /// The spec's caption; Markdown.
    pub caption: String,
    /// Horizontal axis.
    pub x: PlotAxis,
    /// Vertical axis.
    pub y: PlotAxis,
    /// Of a heatmap: the axis of the colour.
    pub z: Option<PlotAxis>,
    /// What is drawn, the lowest layer first.
    pub layers: Vec<Layer>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlotAxis {
    /// Name of the quantity.
    pub label: String,
    /// Unit; empty for a pure number.
    pub unit: String,
    /// Logarithmic.
    pub log: bool,
}

/// Where the numbers of a layer come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// From the experiment.
    Measured,
    /// From the theory.
    Theory,
}

/// One layer. Coordinates are finite; a break in a line is two layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// A line through points in order.
    Line {
        /// What it shows, "hidden = 32".
        label: String,
        /// Which colour, from 0; layers of one series have one colour.
        series: usize,
        /// Measured or predicted.
        origin: Origin,
        /// `[x, y]`.
        points: Vec<[f64; 2]>,
    },
    /// A band between two lines.
    Band {
        /// What it shows.
        label: String,
        /// Which colour.
        series: usize,
        /// `[x, low, high]`.
        points: Vec<[f64; 3]>,
    },
    /// Points.
    Points {
        /// What they show.
        label: String,
        /// Which colour.
        series: usize,
        /// Measured or predicted.
        origin: Origin,
        /// `[x, y]`.
        points: Vec<[f64; 2]>,
    },
    /// Points with an interval in y.
    Intervals {
        /// What they show.
        label: String,
        /// Which colour.
        series: usize,
        /// Measured or predicted.
        origin: Origin,
        /// `[x, y, low, high]`.
        points: Vec<[f64; 4]>,
    },
    /// A horizontal line across the figure, from the theory.
    Level {
        /// What it shows.
        label: String,
        /// Where.
        y: f64,
    },
    /// The cells of a heatmap.
    Cells {
        /// Centres along x.
        x: Vec<f64>,
        /// Centres along y.
        y: Vec<f64>,
        /// Values by row (y) and column (x); none where there is no value.
        z: Vec<Vec<Option<f64>>>,
    },
}
