//! The balance of two neighbouring layers, which the gradient flow conserves.

use faer::{Mat, MatRef};

/// `W2^T W2 - W1 W1^T`, hidden x hidden, of the layers `before` (hidden x inputs) and `after` (outputs x hidden).
pub fn balance(before: MatRef<'_, f64>, after: MatRef<'_, f64>) -> Mat<f64> {
    after.transpose() * after - before * before.transpose()
}
