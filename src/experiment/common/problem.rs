//! The problem of one replicate: a drawn table and its modes.

use faer::Mat;

use crate::data::{Sample, Source};
use crate::experiment::Reason;
use crate::learn::rotation::{Rotated, rotate};
use crate::numerics::linear_algebra::svd::{Svd, thin_svd};
use crate::seed::MasterSeed;

/// A table that there is something to learn about, with its singular value decomposition.
pub struct Problem {
    /// The table (features x items) and what is known about it.
    pub sample: Sample,
    /// Its singular value decomposition; the rank is at least 1.
    pub svd: Svd,
}

impl Problem {
    /// Draws the table of one replicate.
    ///
    /// # Errors
    /// As [`Problem::new`].
    pub fn draw(source: &Source, master: MasterSeed, replicate: u64) -> Result<Self, Reason> {
        Self::new(source.draw(master, replicate))
    }

    /// The problem of learning a table.
    ///
    /// # Errors
    /// If every entry is 0, or the decomposition does not converge.
    pub fn new(sample: Sample) -> Result<Self, Reason> {
        let svd = thin_svd(sample.y.as_ref())?;
        if svd.rank() == 0 {
            return Err(Reason::new("there is nothing to learn: every entry of the data is 0"));
        }
        Ok(Self { sample, svd })
    }

    /// Layer sizes from the items to the features, with hidden layers of these sizes in between.
    pub fn sizes(&self, hidden: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let (features, items) = self.sample.y.shape();
        std::iter::once(items).chain(hidden).chain([features]).collect()
    }

    /// A network with these weights, first layer first, in the coordinates of the modes.
    pub fn rotate(&self, weights: &[Mat<f64>]) -> Rotated {
        rotate(&self.svd, weights)
    }
}
