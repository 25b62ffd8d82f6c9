//! Data sets: items and their features, drawn from a stream, each knowing what the theory says about it.

use faer::Mat;

/// One draw of a data set.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The table, features x items.
    pub y: Mat<f64>,
    /// What the hierarchy predicts, coarsest level first; empty where the data have none.
    pub levels: Vec<Level>,
    /// The categories hidden in the data; empty where there are none.
    pub categories: Vec<Category>,
    /// The table without noise, scaled like `y`; only where the data are a signal in noise.
    pub clean: Option<Mat<f64>>,
    /// Standard deviation of the noise in an entry of `y`; only where the data are a signal in noise. With it comes
    /// the edge of the noise's spectrum, `sd (sqrt(features) + sqrt(items))`.
    pub noise: Option<f64>,
}

/// A level of a hierarchy: the splits at one height.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// 0: the mode that all items share; 1: the split at the root; 2: the splits of its children; ...
    pub level: usize,
    /// Expected singular value of the level's modes.
    pub s: f64,
    /// Number of modes.
    pub count: usize,
    /// The splits: for each node its children, for each child the items below it. Empty at level 0.
    pub nodes: Vec<Vec<Vec<usize>>>,
}

/// A planted category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its items (columns of `y`).
    pub items: Vec<usize>,
    /// Its features (rows of `y`).
    pub features: Vec<usize>,
}
