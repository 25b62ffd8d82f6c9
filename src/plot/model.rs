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
    /// The dendrogram of the items at one time.
    Tree {
        /// Its stage, "middle"; empty for a time between the stages that stand side by side.
        stage: String,
        /// When.
        time: f64,
        /// Unit of the time: `time` or `epochs`.
        clock: String,
        /// The leaves, from the top.
        leaves: Vec<Item>,
        /// The forks, nearest branches first.
        forks: Vec<Fork>,
    },
    /// What each pair of items shares at one time.
    Matrix {
        /// Its stage, "middle"; empty for a time between the stages that stand side by side.
        stage: String,
        /// When.
        time: f64,
        /// Unit of the time: `time` or `epochs`.
        clock: String,
        /// The items, in order of rows and columns.
        items: Vec<Item>,
        /// Values by row and column.
        z: Vec<Vec<f64>>,
    },
    /// The way of something through the plane.
    Path {
        /// What moves.
        label: String,
        /// Which colour.
        series: usize,
        /// `[time, x, y]`, in order of time.
        points: Vec<[f64; 3]>,
    },
    /// A line along which the height of a landscape is the same, from the theory.
    Contour {
        /// The height.
        height: f64,
        /// `[x, y]`.
        points: Vec<[f64; 2]>,
    },
    /// Directions in the plane, from the theory.
    Arrows {
        /// What they show.
        label: String,
        /// `[x, y, dx, dy]`: where, and how fast x and y change there.
        arrows: Vec<[f64; 4]>,
    },
    /// A point with a name of its own, from the theory.
    Place {
        /// Its name.
        label: String,
        /// Where.
        at: [f64; 2],
    },
}

/// An item of a data set, as a leaf of a tree or a row of a matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its group, which gives its colour.
    pub series: usize,
}

/// Two branches of a dendrogram that join.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fork {
    /// Where the two branches lie: places of leaves, counted from 0 at the top; a branch lies half way between its own
    /// two.
    pub places: [f64; 2],
    /// Where the two branches begin: the distances at which they joined themselves, 0 for a leaf.
    pub from: [f64; 2],
    /// The distance at which they join.
    pub distance: f64,
    /// Their group if all leaves are of one.
    pub series: Option<usize>,
}
