//! The gradient of a large two-layer linear network, without its product.

use faer::linalg::matmul::matmul;
use faer::linalg::matmul::triangular::{self, BlockStructure};
use faer::{Accum, MatMut, MatRef, Par};

/// The H x H Gram matrices of a network of H hidden units between N' inputs and F' outputs.
///
/// Because the target `S = diag(s)` is diagonal,
/// `-dL/dW1 = W2^T (S - W2 W1) = W2^T S - (W2^T W2) W1` and
/// `-dL/dW2 = (S - W2 W1) W1^T = S W1^T - W2 (W1 W1^T)`: with `3 (F' + N') H^2` operations in place of `6 F' H N'`.
#[derive(Clone, Debug)]
pub(crate) struct Grams {
    inputs: usize,
    hidden: usize,
    outputs: usize,
    /// `W1 W1^T`.
    first: Vec<f64>,
    /// `W2^T W2`.
    second: Vec<f64>,
}

/// How often the product of a network is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProductUse {
    /// After every step.
    EveryStep,
    /// After few of the steps.
    Rarely,
}

/// Multiplications in the product of the network, `N' H F'`, above which Gram matrices are thought of; smaller networks
/// cost next to nothing anyway.
const LARGE: usize = 20_000;

/// Modes that are taken together, because their weights to a unit lie together in one of the layers.
const TOGETHER: usize = 8;

impl Grams {
    /// Memory for a network of this shape, if its gradient costs less this way, `3 (F' + N') H^2` operations, than the
    /// other, `6 F' H N'`. Of those `2 F' H N'` give the product: they are not saved if it is read after every step,
    /// and half of them are counted if it is read rarely.
    pub(crate) fn new(inputs: usize, hidden: usize, outputs: usize, product: ProductUse) -> Option<Self> {
        let products = match product {
            ProductUse::EveryStep => 4,
            ProductUse::Rarely => 5,
        };
        let saves = 3 * (inputs + outputs) * hidden < products * inputs * outputs && inputs * hidden * outputs > LARGE;
        let square = || vec![0.0; hidden * hidden];
        saves.then(|| Self { inputs, hidden, outputs, first: square(), second: square() })
    }

    /// Writes the negative gradient at weights `w1` (H x N') and `w2` (F' x H), both layers one after the other.
    pub(crate) fn gradient(&mut self, s: &[f64], w1: &[f64], w2: &[f64], gradient: &mut [f64]) {
        let Self { inputs, hidden, outputs, .. } = *self;
        let (by_w1, by_w2) = gradient.split_at_mut(w1.len());
        let first = MatRef::from_column_major_slice(w1, hidden, inputs);
        multiply_symmetric(&mut self.first, first, first.transpose());
        let second = MatRef::from_column_major_slice(w2, outputs, hidden);
        multiply(by_w2, -1.0, second, view(&self.first, hidden));
        multiply_symmetric(&mut self.second, second.transpose(), second);
        multiply(by_w1, -1.0, view(&self.second, hidden), first);
        for start in (0..s.len()).step_by(TOGETHER) {
            for unit in 0..hidden {
                for (mode, s) in s.iter().enumerate().skip(start).take(TOGETHER) {
                    let (in_w1, in_w2) = (mode * hidden + unit, mode + unit * outputs);
                    by_w1[in_w1] += s * w2[in_w2];
                    by_w2[in_w2] += s * w1[in_w1];
                }
            }
        }
    }
}

fn view(square: &[f64], size: usize) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(square, size, size)
}

/// `out = factor a b`.
fn multiply(out: &mut [f64], factor: f64, a: MatRef<'_, f64>, b: MatRef<'_, f64>) {
    let out = MatMut::from_column_major_slice_mut(out, a.nrows(), b.ncols());
    matmul(out, Accum::Replace, a, b, factor, Par::Seq);
}

/// `out = a b`, which is symmetric: one half is computed.
fn multiply_symmetric(out: &mut [f64], a: MatRef<'_, f64>, b: MatRef<'_, f64>) {
    let size = a.nrows();
    let lower = MatMut::from_column_major_slice_mut(out, size, size);
    let (half, whole) = (BlockStructure::TriangularLower, BlockStructure::Rectangular);
    triangular::matmul(lower, half, Accum::Replace, a, whole, b, whole, 1.0, Par::Seq);
    for column in 1..size {
        for row in 0..column {
            out[row + column * size] = out[column + row * size];
        }
    }
}
