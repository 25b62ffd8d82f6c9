//! The loss of a two-layer net in original coordinates, to second order, without any theory.

use faer::{Mat, MatRef};

/// Weights of a two-layer net and the data it learns: `L = 1/2 |Y - W2 W1|_F^2`.
pub struct Point<'a> {
    w1: MatRef<'a, f64>,
    w2: MatRef<'a, f64>,
    /// `Y - W2 W1`.
    error: Mat<f64>,
}

impl<'a> Point<'a> {
    /// The net with weights `w1` (H x N) and `w2` (F x H) learning `y` (F x N).
    pub fn new(y: MatRef<'a, f64>, w1: MatRef<'a, f64>, w2: MatRef<'a, f64>) -> Self {
        Self { w1, w2, error: y - w2 * w1 }
    }

    /// The loss.
    pub fn loss(&self) -> f64 {
        0.5 * self.error.squared_norm_l2()
    }

    /// Norm of the gradient in both weights, `-E W1^T` and `-W2^T E`.
    pub fn gradient_norm(&self) -> f64 {
        let (in_w2, in_w1) = (&self.error * self.w1.transpose(), self.w2.transpose() * &self.error);
        (in_w2.squared_norm_l2() + in_w1.squared_norm_l2()).sqrt()
    }

    /// The Hessian, n x n with `n = (F + N) H`, by its products with the unit vectors of `W2` and then of `W1`, each by
    /// columns.
    pub fn hessian(&self) -> Mat<f64> {
        let (features, hidden, items) = (self.w2.nrows(), self.w1.nrows(), self.w1.ncols());
        let (in_w2, in_w1) = (features * hidden, hidden * items);
        let mut hessian = Mat::zeros(in_w2 + in_w1, in_w2 + in_w1);
        for direction in 0..in_w2 + in_w1 {
            let mut d2 = Mat::zeros(features, hidden);
            let mut d1 = Mat::zeros(hidden, items);
            match direction.checked_sub(in_w2) {
                None => d2[(direction % features, direction / features)] = 1.0,
                Some(entry) => d1[(entry % hidden, entry / hidden)] = 1.0,
            }
            let (h2, h1) = self.hessian_times(&d2, &d1);
            let entries = h2.col_iter().chain(h1.col_iter()).flat_map(|column| column.iter().copied());
            hessian.col_mut(direction).iter_mut().zip(entries).for_each(|(out, entry)| *out = entry);
        }
        hessian
    }

    /// The change of the gradient as the weights move along `d2` and `d1`: with `D = d2 W1 + W2 d1`, the change of the
    /// product, `D W1^T - E d1^T` in `W2` and `W2^T D - d2^T E` in `W1`.
    fn hessian_times(&self, d2: &Mat<f64>, d1: &Mat<f64>) -> (Mat<f64>, Mat<f64>) {
        let change = d2 * self.w1 + self.w2 * d1;
        let in_w2 = &change * self.w1.transpose() - &self.error * d1.transpose();
        let in_w1 = self.w2.transpose() * &change - d2.transpose() * &self.error;
        (in_w2, in_w1)
    }
}
