//! Data sets: tables of items and their features, drawn from a stream, with what the theory predicts for them.
//!
//! **Begin here**: a [`Data`] says which data set, with its parameters; [`Data::prepare`] checks them and gives a
//! [`Source`], which draws a [`Sample`] for each replicate. Tables are features x items. Hierarchies: [`tree`],
//! [`nested_splits`], [`drawn_paths`], [`contrast`], [`living_things`], whose [`level`]s hold the expected singular
//! values, where there are any; [`ring`]; categories in noise: [`planted`], normalised as [`centre`] tells; tables of
//! one's own: [`matrix`] and [`csv`].
//!
//! ```
//! use std::path::Path;
//!
//! use modewise::data::{Data, nested_splits::NestedSplits};
//! use modewise::seed::MasterSeed;
//!
//! let data = Data::NestedSplits(NestedSplits { depth: 3, features: None });
//! let source = data.prepare(Path::new(".")).expect("the parameters are allowed");
//! assert_eq!((source.features(), source.items()), (7, 8));
//! let sample = source.draw(MasterSeed::default(), 0);
//! assert_eq!(sample.y[(0, 7)], -1.0); // the first feature divides the items into halves
//! assert_eq!(sample.levels[0].s, Some(8.0_f64.sqrt()));
//! ```

pub mod centre;
pub mod level;
pub mod patches;
mod sample;
pub mod tree;

pub mod contrast;
pub mod drawn_paths;
pub mod living_things;
pub mod matrix;
pub mod nested_splits;
pub mod planted;
pub mod ring;

pub mod csv;

use std::path::Path;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub use crate::data::level::Level;
use crate::data::sample::Generator;
pub use crate::data::sample::{Category, MOST_ENTRIES, Sample};
use crate::parameter::BuildError;
use crate::seed::{MasterSeed, stream};

/// A data set: which one, with its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Data {
    /// Features that flip along the branches of a tree.
    Tree(tree::Tree),
    /// One feature for every split of a binary tree.
    NestedSplits(nested_splits::NestedSplits),
    /// Objects that draw their features on the way down a binary tree.
    DrawnPaths(drawn_paths::DrawnPaths),
    /// Fish, bird, tree and flower: a split at the root against the splits below it.
    Contrast(contrast::Contrast),
    /// Eight plants and animals and their attributes.
    LivingThings(living_things::LivingThings),
    /// Categories hidden in noise.
    Planted(planted::Planted),
    /// Items on a ring, with features that fall off with the distance.
    Ring(ring::Ring),
    /// A table written in the spec.
    Matrix(matrix::Matrix),
    /// A table in a file.
    Csv(csv::Csv),
}

impl Data {
    /// Checks the parameters and reads the file, if there is one; its path is seen from the folder `base`.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use modewise::data::{Data, matrix::Matrix};
    ///
    /// let rows = vec![vec![1.0, 2.0], vec![3.0]];
    /// let error = Data::Matrix(Matrix { rows }).prepare(Path::new(".")).expect_err("rows of two lengths");
    /// assert!(error.to_string().starts_with("`data.matrix.rows.1`"));
    /// ```
    ///
    /// # Panics
    /// If a data set could not be written as JSON, which none is made to be.
    ///
    /// # Errors
    /// If a parameter is not allowed, with its place below the experiment, beginning with `data`; if the file is not
    /// there or holds no table of numbers.
    pub fn prepare(&self, base: &Path) -> Result<Source, BuildError> {
        let plain = || self.plain();
        let (canonical, generator): (Json, Arc<dyn Generator>) = match self {
            Self::Tree(tree) => (plain(), Arc::new(tree.checked()?)),
            Self::NestedSplits(splits) => (plain(), Arc::new(splits.checked()?)),
            Self::DrawnPaths(paths) => (plain(), Arc::new(paths.checked()?)),
            Self::Contrast(contrast) => (plain(), Arc::new(contrast.checked()?)),
            Self::LivingThings(living_things) => (plain(), Arc::new(living_things.checked()?)),
            Self::Planted(planted) => (plain(), Arc::new(planted.checked()?)),
            Self::Ring(ring) => (plain(), Arc::new(ring.checked()?)),
            Self::Matrix(matrix) => (plain(), Arc::new(matrix.checked()?)),
            Self::Csv(csv) => {
                let (canonical, table) = csv.read(base)?;
                (serde_json::json!({ "csv": canonical }), Arc::new(table))
            }
        };
        let stream = match self {
            Self::DrawnPaths(paths) => Self::DrawnPaths(paths.by_default()).plain(),
            _ => canonical.clone(),
        };
        Ok(Source { canonical, stream, generator })
    }

    fn plain(&self) -> Json {
        serde_json::to_value(self).expect("a data set is plain data with string keys")
    }
}

/// A data set, checked and ready to draw from. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    canonical: Json,
    /// The parameters that name the stream: the canonical ones, with the default for what only says how a draw is
    /// written.
    stream: Json,
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

    /// Whether replicates differ.
    pub fn is_random(&self) -> bool {
        self.generator.is_random()
    }

    /// What is drawn of it, in words: the data, or nothing.
    pub fn draws(&self) -> Vec<String> {
        if self.is_random() { vec!["the data".to_owned()] } else { Vec::new() }
    }

    /// The sample of one replicate, from the stream "data" of the canonical parameters, less those that only say how a
    /// draw is written: the same for the same master seed, whoever asks.
    pub fn draw(&self, master: MasterSeed, replicate: u64) -> Sample {
        self.generator.draw(&mut stream(master, "data", &self.stream, replicate))
    }
}
