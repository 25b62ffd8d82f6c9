//! Data sets: items and their features, drawn from a stream, each knowing what the theory says about it.

pub mod centre;
pub mod contrast;
pub mod csv;
pub mod matrix;
pub mod nested_splits;
pub mod planted;
pub mod tree;

use std::path::Path;
use std::sync::Arc;

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::parameter::BuildError;
use crate::seed::{MasterSeed, stream};

/// Most entries of a table that is held as numbers (80 MB).
pub const MOST_ENTRIES: usize = 10_000_000;

/// A data set: which one, with its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Data {
    /// Features that flip along the branches of a tree.
    Tree(tree::Tree),
    /// One feature for every split of a binary tree.
    NestedSplits(nested_splits::NestedSplits),
    /// Fish, bird, tree and flower: a split at the root against the splits below it.
    Contrast(contrast::Contrast),
    /// Categories hidden in noise.
    Planted(planted::Planted),
    /// A table written in the spec.
    Matrix(matrix::Matrix),
    /// A table in a file.
    Csv(csv::Csv),
}

/// What draws samples: a checked data set.
trait Generator: std::fmt::Debug + Send + Sync {
    /// Number of features and of items.
    fn shape(&self) -> (usize, usize);

    /// One draw; deterministic data sets take nothing from the stream.
    fn draw(&self, rng: &mut Pcg64) -> Sample;
}

impl Data {
    /// Checks the parameters and reads the file, if there is one; its path is seen from the folder `base`.
    ///
    /// Errors carry the place below the experiment, beginning with `data`.
    pub fn prepare(&self, base: &Path) -> Result<Source, BuildError> {
        let plain = || serde_json::to_value(self).expect("a data set is plain data with string keys");
        let (canonical, generator): (Json, Arc<dyn Generator>) = match self {
            Self::Tree(tree) => (plain(), Arc::new(tree.checked()?)),
            Self::NestedSplits(splits) => (plain(), Arc::new(splits.checked()?)),
            Self::Contrast(contrast) => (plain(), Arc::new(contrast.checked()?)),
            Self::Planted(planted) => (plain(), Arc::new(planted.checked()?)),
            Self::Matrix(matrix) => (plain(), Arc::new(matrix.checked()?)),
            Self::Csv(csv) => {
                let (canonical, table) = csv.read(base)?;
                (serde_json::json!({ "csv": canonical }), Arc::new(table))
            }
        };
        Ok(Source { canonical, generator })
    }
}

/// A data set, checked and ready to draw from.
#[derive(Clone, Debug)]
pub struct Source {
    canonical: Json,
    generator: Arc<dyn Generator>,
}

impl Source {
    /// The parameters with every default filled in, and for a file the hash of its bytes in place of its path.
    pub fn canonical(&self) -> Json {
        self.canonical.clone()
    }

    /// Number of features, the rows of [`Sample::y`].
    pub fn features(&self) -> usize {
        self.generator.shape().0
    }

    /// Number of items, the columns of [`Sample::y`].
    pub fn items(&self) -> usize {
        self.generator.shape().1
    }

    /// The sample of one replicate, from the stream "data" of the canonical parameters.
    pub fn draw(&self, master: MasterSeed, replicate: u64) -> Sample {
        self.generator.draw(&mut stream(master, "data", &self.canonical, replicate))
    }
}

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

impl Sample {
    /// A table about which the theory says nothing.
    pub fn plain(y: Mat<f64>) -> Self {
        Self { y, levels: Vec::new(), categories: Vec::new(), clean: None, noise: None }
    }
}

/// Splits of one level of a hierarchy that have the same expected singular value.
///
/// Most levels are one entry. Splits of one level with different singular values are several entries with the same
/// `level`, as in [`contrast`].
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

impl Level {
    /// Squared length of the projection of an item pattern (length: number of items) on the space of the level's
    /// modes: patterns that are constant inside each child, sum to 0 over each node and are 0 outside the nodes; at
    /// level 0, constant patterns.
    ///
    /// `sum over nodes of [sum over children c of (sum_c v)^2 / |c| - (sum_node v)^2 / |node|]`.
    pub fn projection(&self, pattern: &[f64]) -> f64 {
        let energy = |sum: f64, size: usize| sum * sum / size as f64;
        if self.nodes.is_empty() {
            return energy(pattern.iter().sum(), pattern.len());
        }
        let mut total = 0.0;
        for children in &self.nodes {
            let (mut sum, mut size) = (0.0, 0);
            for child in children {
                let below: f64 = child.iter().map(|&item| pattern[item]).sum();
                total += energy(below, child.len());
                sum += below;
                size += child.len();
            }
            total -= energy(sum, size);
        }
        total
    }
}

/// A planted category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its items (columns of `y`).
    pub items: Vec<usize>,
    /// Its features (rows of `y`).
    pub features: Vec<usize>,
}
