//! How far apart the groups of items are that part at each level.

use faer::{ColRef, MatRef};

use crate::experiment::common::observation::RECORDED_REPLICATE;
use crate::numerics::linear_algebra::product::{Shape, multiply_transposed};
use crate::numerics::linear_algebra::reductions::norm;
use crate::table::{Table, row};

/// Most epochs shown in `distances`.
const MAX_SHOWN: usize = 1000;

/// A level and its contrasts, weights of the items.
pub type LevelContrasts = (usize, Vec<Vec<f64>>);

/// The contrasts of all levels.
pub struct Contrasts {
    /// Number of contrasts of each level.
    counts: Vec<usize>,
    /// N x C, by columns.
    weights: Vec<f64>,
    /// The contrasts in a representation, R x C: products of its transpose with the weights.
    differences: Vec<f64>,
    shape: Shape,
    transposed: Vec<f64>,
}

impl Contrasts {
    /// Contrasts of a representation of this shape, R x N.
    pub fn new(levels: &[LevelContrasts], representation: MatRef<'_, f64>) -> Self {
        let weights: Vec<f64> = levels.iter().flat_map(|(_, contrasts)| contrasts.concat()).collect();
        let (units, items) = representation.shape();
        let shape = Shape { rows: units, inner: items, columns: weights.len() / items };
        let differences = vec![0.0; units * shape.columns];
        let counts = levels.iter().map(|(_, contrasts)| contrasts.len()).collect();
        Self { counts, weights, differences, shape, transposed: Vec::new() }
    }

    /// Adds to the distances of each level the mean length of its contrasts in a representation, N x R by columns.
    pub fn observe(&mut self, representation: &[f64], distances: &mut [Vec<f64>]) {
        let Self { counts, weights, differences, shape, transposed } = self;
        multiply_transposed(differences, representation, weights, *shape, transposed);
        let mut lengths = differences.chunks_exact(shape.rows).map(norm);
        for (distances, &count) in distances.iter_mut().zip(&*counts) {
            distances.push(lengths.by_ref().take(count).sum::<f64>() / count as f64);
        }
    }
}

/// Mean over contrasts (weights of the items) of their length in a table, features x items, over their own.
pub fn strength(table: MatRef<'_, f64>, contrasts: &[Vec<f64>]) -> f64 {
    let relative = |contrast: &Vec<f64>| (table * ColRef::from_slice(contrast)).norm_l2() / norm(contrast);
    contrasts.iter().map(relative).sum::<f64>() / contrasts.len() as f64
}

/// Shares of the way from the first distance to the last: 0 at the start, 1 at the end.
///
/// Half of this way, and not half of the last distance, because large random weights hold all items apart at the start.
pub fn progress(distances: &[f64]) -> Vec<f64> {
    let (start, end) = (distances[0], distances[distances.len() - 1]);
    distances.iter().map(|distance| (distance - start) / (end - start)).collect()
}

/// Writes the distances of every n-th epoch.
pub fn show(levels: &[LevelContrasts], distances: &[Vec<f64>], table: &mut Table) {
    for ((level, _), distances) in levels.iter().zip(distances) {
        let progress = progress(distances);
        for epoch in (0..distances.len()).step_by(distances.len().div_ceil(MAX_SHOWN)) {
            let (distance, progress) = (distances[epoch], progress[epoch]);
            row!(table, replicate: RECORDED_REPLICATE, level: *level, epoch, distance, progress);
        }
    }
}
