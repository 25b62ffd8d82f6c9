//! The way out of a saddle: how much of the velocity of a two-layer net lies along it.

use faer::{Col, ColRef, Mat, MatRef};

use crate::learn::linear_network::LinearNetwork;

/// Cosine, 0 to 1, of the angle between the velocity of a two-layer net, its negative gradient, and the directions in which
/// the loss curves down most at the saddle where just the `learned` strongest modes are learned.
///
/// The lowest eigenvalue of the Hessian there is `-s` with the strongest missing singular value `s`, and if it is
/// that of one mode, with the patterns `u` and `v`, its eigenvectors are `dW1 = c v^T`, `dW2 = u c^T` for every vector `c` in
/// hidden space that is orthogonal to the hidden directions of the modes that are learned: each learned mode uses one up. With
/// the velocity `G1` in `W1` and `G2` in `W2` the part along them is `c = (G1 v + G2^T u)/2` without these directions, which
/// are read from the weights, `W1 v_a` for each learned mode `a`. (If other modes are as strong, their eigenvectors do not
/// count: they are other ways.) The eigenvectors are this project's own; they follow from the Hessian of
/// [`LossPoint`](super::hessian::LossPoint) by insertion.
///
/// ```
/// use faer::mat;
/// use modewise::learn::{escape::along_way_out, linear_network::LinearNetwork};
///
/// // Two modes, two hidden units: at the origin the way out is that of the first mode.
/// let small = |first: f64, second: f64| mat![[first, 0.0], [0.0, second]];
/// let network = |w: faer::Mat<f64>| LinearNetwork::new(&[3.0, 1.0], &[w.clone(), w]);
/// assert!((along_way_out(&network(small(1e-6, 0.0)), 0) - 1.0).abs() < 1e-9);
/// assert!(along_way_out(&network(small(0.0, 1e-6)), 0) < 1e-9);
/// ```
///
/// # Panics
/// If the net does not have two layers, or has fewer modes.
pub fn along_way_out(network: &LinearNetwork, learned: usize) -> f64 {
    assert!(network.layers() == 2 && learned < network.s().len(), "a saddle of a two-layer net with a missing mode");
    let w1 = network.weight(0);
    let in_w1 = MatRef::from_column_major_slice(&network.gradient()[..w1.nrows() * w1.ncols()], w1.nrows(), w1.ncols());
    let w2 = network.weight(1);
    let in_w2 = MatRef::from_column_major_slice(&network.gradient()[w1.nrows() * w1.ncols()..], w2.nrows(), w2.ncols());
    // In the coordinates of the modes `u` and `v` are unit vectors.
    let sum = in_w1.col(learned) + in_w2.row(learned).transpose();
    let out = outside(&orthonormal_basis(w1.subcols(0, learned)), sum.as_ref());
    out.norm_l2() / std::f64::consts::SQRT_2 / network.gradient_norm()
}

/// An orthonormal basis of the space of the columns, one after the other; 0 for a column that the others span.
fn orthonormal_basis(a: MatRef<'_, f64>) -> Mat<f64> {
    let mut basis = Mat::zeros(a.nrows(), a.ncols());
    for (number, column) in a.col_iter().enumerate() {
        let new = outside(&basis, column);
        let length = new.norm_l2();
        if length > f64::EPSILON * column.norm_l2() {
            basis.col_mut(number).copy_from(new / faer::Scale(length));
        }
    }
    basis
}

/// A vector without its part in the span of the orthonormal columns of `basis`, taken away twice, because the first time
/// leaves a part of the size of the rounding of the vector.
fn outside(basis: &Mat<f64>, vector: ColRef<'_, f64>) -> Col<f64> {
    let once = vector - basis * (basis.transpose() * vector);
    &once - basis * (basis.transpose() * &once)
}
