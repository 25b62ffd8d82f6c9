//! The loss of a two-layer net in original coordinates, to second order, without any theory.

use faer::{Mat, MatRef};

/// A place on the loss surface of a two-layer net, `L = 1/2 |Y - W2 W1|_F^2`: its weights and the data that it learns.
///
/// ```
/// use faer::mat;
/// use modewise::learn::hessian::LossPoint;
/// use modewise::numerics::linear_algebra::svd::symmetric_eigenvalues;
///
/// // The saddle at the origin of the scalar network that learns 3 has the curvatures -3 and 3.
/// let (y, zero) = (mat![[3.0]], mat![[0.0]]);
/// let origin = LossPoint::new(y.as_ref(), zero.as_ref(), zero.as_ref());
/// assert_eq!((origin.loss(), origin.gradient_norm()), (4.5, 0.0));
/// let curvatures = symmetric_eigenvalues(origin.hessian().as_ref()).expect("the entries are finite");
/// assert!((curvatures[0] + 3.0).abs() < 1e-12 && (curvatures[1] - 3.0).abs() < 1e-12);
/// ```
pub struct LossPoint<'a> {
    w1: MatRef<'a, f64>,
    w2: MatRef<'a, f64>,
    /// `Y - W2 W1`.
    error: Mat<f64>,
}

impl<'a> LossPoint<'a> {
    /// The net with weights `w1` (H x N) and `w2` (F x H) that learns `y` (F x N).
    ///
    /// # Panics
    /// If the sizes do not fit.
    pub fn new(y: MatRef<'a, f64>, w1: MatRef<'a, f64>, w2: MatRef<'a, f64>) -> Self {
        Self { w1, w2, error: y - w2 * w1 }
    }

    /// The loss, `1/2 |Y - W2 W1|_F^2`.
    pub fn loss(&self) -> f64 {
        0.5 * self.error.squared_norm_l2()
    }

    /// Norm of the gradient in both weights, `-E W1^T` and `-W2^T E`.
    pub fn gradient_norm(&self) -> f64 {
        let (in_w2, in_w1) = (&self.error * self.w1.transpose(), self.w2.transpose() * &self.error);
        (in_w2.squared_norm_l2() + in_w1.squared_norm_l2()).sqrt()
    }

    /// The Hessian, n x n with `n = (F + N) H`, by its products with the unit vectors of `W2` and then of `W1`, each
    /// column by column.
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
