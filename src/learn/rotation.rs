//! The exact rotation of a linear network into the coordinates of the modes of its data.

use faer::{Mat, MatRef};

use crate::learn::linear_network::LinearNetwork;
use crate::numerics::linear_algebra::basis_completion::complete_basis;
use crate::numerics::linear_algebra::svd::Svd;

/// A network in rotated coordinates: its target is `diag(s)`, r x r, and zero elsewhere.
///
/// With `Y = U diag(s) V^T` of rank r, `W1' = W1 V` and `Wn' = U^T Wn`. What the outer weights hold outside of the
/// modes has zero target but takes part in learning; it is kept in an orthonormal basis of at most as many
/// directions as the next layer has units, because the gradient never leaves their span.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// Singular values of the r modes, largest first.
    pub s: Vec<f64>,
    /// Output basis, F x F': the r feature patterns, then directions outside.
    pub u: Mat<f64>,
    /// Input basis, N x N': the r item patterns, then directions outside.
    pub v: Mat<f64>,
    /// Weights from the inputs to the outputs, the first with N' columns, the last with F' rows.
    pub weights: Vec<Mat<f64>>,
}

/// Rotates the weights of a network from N items to F features, first layer first; `data` is the decomposition of the F x N
/// table that it learns.
///
/// The product of the original weights is `u P v^T` where `P` is the product of the rotated ones, now and after any
/// number of steps of descent. The module page of [`learn`](super) shows it at work.
///
/// # Panics
/// If there are no weights, or the first do not take N items or the last do not give F features.
pub fn rotate(data: &Svd, weights: &[Mat<f64>]) -> Rotated {
    let rank = data.rank();
    let mut weights = weights.to_vec();
    let last = weights.len() - 1;
    let outputs = complete_basis(data.u.subcols(0, rank), weights[last].as_ref());
    weights[last] = outputs.coordinates;
    let inputs = complete_basis(data.v.subcols(0, rank), weights[0].transpose());
    weights[0] = inputs.coordinates.transpose().to_owned();
    Rotated { s: data.s[..rank].to_vec(), u: outputs.basis, v: inputs.basis, weights }
}

impl Rotated {
    /// The F x N matrix with these rotated coordinates (F' x N'): what the network of this product computes in the
    /// coordinates of the data, but for what its first weights hold outside of the input basis.
    pub fn unrotated(&self, product: MatRef<'_, f64>) -> Mat<f64> {
        &self.u * product * self.v.transpose()
    }

    /// Activity of the first hidden layer for each item, H x N, in a network of these weights at any time: `W1 = W1' v^T`.
    /// (In a network of one layer that is the output in rotated coordinates.)
    ///
    /// What `W1` holds outside of the basis has no part in learning and is left out; there is nothing of it where the data
    /// have full column rank.
    pub fn representation(&self, network: &LinearNetwork) -> Mat<f64> {
        network.weight(0) * self.v.transpose()
    }
}
