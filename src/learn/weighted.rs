//! A two-layer linear network whose items are presented with different frequencies.

use faer::{Mat, MatRef};

use crate::numerics::linear_algebra::product::Shape;
use crate::numerics::linear_algebra::product::inlined::{multiply, multiply_by_transposed, multiply_transposed};
use crate::numerics::simd::dispatch::with_simd;

/// A network of N one-hot items, H hidden units and F features that learns the columns `y_i` of a table, each weighted by
/// its frequency: `L = 1/2 sum_i f_i |y_i - W2 W1 e_i|^2`.
///
/// Because the inputs are not white, no rotation makes the target diagonal; the weights are those of the items and features
/// themselves. They are one vector, `W1` (H x N) and then `W2` (F x H), each column by column.
///
/// ```
/// use faer::mat;
/// use modewise::learn::weighted::WeightedNetwork;
///
/// // One feature of two items, the second of which is seen three times as often.
/// let mut network = WeightedNetwork::new(mat![[1.0, 1.0]].as_ref(), &[1.0, 3.0], 1);
/// let mut slope = [0.0; 3];
/// network.slope(&[0.0, 0.0, 0.5], &mut slope); // W1 = 0, W2 = 1/2
/// assert_eq!(slope, [0.5, 1.5, 0.0]);
/// ```
#[derive(Clone, Debug)]
pub struct WeightedNetwork {
    /// F x N, column by column.
    y: Vec<f64>,
    frequencies: Vec<f64>,
    features: usize,
    hidden: usize,
    /// `(Y - W2 W1) diag(f)`, F x N.
    error: Vec<f64>,
    /// Memory for the transposed second layer.
    transposed: Vec<f64>,
}

impl WeightedNetwork {
    /// A network with this number of hidden units that learns the table `y` (F x N), column `i` with frequency `f_i`.
    ///
    /// # Panics
    /// If there is not one frequency for each column.
    pub fn new(y: MatRef<'_, f64>, frequencies: &[f64], hidden: usize) -> Self {
        assert_eq!(y.ncols(), frequencies.len(), "every item has a frequency");
        Self {
            y: by_columns(y).collect(),
            frequencies: frequencies.to_vec(),
            features: y.nrows(),
            hidden,
            error: vec![0.0; y.nrows() * y.ncols()],
            transposed: Vec::new(),
        }
    }

    /// The weights `w1` (H x N) and `w2` (F x H) as one vector.
    pub fn flat(w1: MatRef<'_, f64>, w2: MatRef<'_, f64>) -> Vec<f64> {
        by_columns(w1).chain(by_columns(w2)).collect()
    }

    /// The layers `W1` (H x N) and `W2` (F x H) of a vector of weights.
    ///
    /// # Panics
    /// If there are fewer weights than that.
    pub fn layers<'w>(&self, weights: &'w [f64]) -> [MatRef<'w, f64>; 2] {
        let items = self.frequencies.len();
        let (w1, w2) = weights.split_at(self.hidden * items);
        [
            MatRef::from_column_major_slice(w1, self.hidden, items),
            MatRef::from_column_major_slice(w2, self.features, self.hidden),
        ]
    }

    /// What the network computes, `W2 W1` (F x N).
    ///
    /// # Panics
    /// If there are fewer weights than that takes.
    pub fn product(&self, weights: &[f64]) -> Mat<f64> {
        let [w1, w2] = self.layers(weights);
        w2 * w1
    }

    /// Writes the negative gradient of the loss: `dW1 = W2^T E diag(f)`, `dW2 = E diag(f) W1^T` with `E = Y - W2 W1`; as
    /// many numbers as weights.
    ///
    /// # Panics
    /// If there are not as many weights, or numbers in `slope`, as the network has weights.
    pub fn slope(&mut self, weights: &[f64], slope: &mut [f64]) {
        let Self { y, frequencies, features, hidden, error, transposed } = self;
        let (rows, units, items) = (*features, *hidden, frequencies.len());
        let (w1, w2) = weights.split_at(units * items);
        let (in_w1, in_w2) = slope.split_at_mut(units * items);
        with_simd(
            #[inline(always)]
            || {
                multiply(error, w2, w1, Shape { rows, inner: units, columns: items });
                for ((error, y), f) in error.chunks_exact_mut(rows).zip(y.chunks_exact(rows)).zip(&*frequencies) {
                    for (error, y) in error.iter_mut().zip(y) {
                        *error = f * (y - *error);
                    }
                }
                multiply_transposed(in_w1, w2, error, Shape { rows: units, inner: rows, columns: items }, transposed);
                multiply_by_transposed(in_w2, error, w1, Shape { rows, inner: items, columns: units });
            },
        );
    }
}

/// The entries of a matrix, column by column.
fn by_columns(a: MatRef<'_, f64>) -> impl Iterator<Item = f64> {
    (0..a.ncols()).flat_map(move |column| (0..a.nrows()).map(move |row| a[(row, column)]))
}
