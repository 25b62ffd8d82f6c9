//! One draw of a data set, and what draws it.

use std::ops::Range;

use faer::Mat;
use rand_pcg::Pcg64;

use crate::data::level::Level;

/// Most entries of a table that is held as numbers (80 MB).
pub const MOST_ENTRIES: usize = 10_000_000;

/// A checked data set, which draws samples.
pub(super) trait Generator: std::fmt::Debug + Send + Sync {
    /// Number of features and of items.
    fn shape(&self) -> (usize, usize);

    /// Whether a draw takes anything from the stream.
    fn is_random(&self) -> bool;

    /// One draw; deterministic data sets take nothing from the stream.
    fn draw(&self, rng: &mut Pcg64) -> Sample;
}

/// One draw of a data set.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The table, features x items.
    pub y: Mat<f64>,
    /// Features that are asked for together, as all that an item *can* do; empty where one question asks for all.
    pub relations: Vec<Range<usize>>,
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
        Self { y, relations: Vec::new(), levels: Vec::new(), categories: Vec::new(), clean: None, noise: None }
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
