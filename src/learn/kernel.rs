//! The tangent kernel of a two-layer linear net.

use faer::{Mat, MatRef};

/// The kernel of a net with weights W1 (H x N) and W2 (F x H) on one-hot items: `A (x) I + I (x) B`, an NF x NF matrix
/// over pairs of an item and a feature, with `A = W1^T W1` and `B = W2 W2^T`. It is never formed.
///
/// ```
/// use faer::mat;
/// use modewise::learn::kernel::TangentKernel;
///
/// let kernel = |w1: f64, w2: f64| TangentKernel::new(mat![[w1, 0.0]].as_ref(), mat![[w2]].as_ref());
/// assert!((kernel(1.0, 2.0).alignment(&kernel(2.0, 4.0)) - 1.0).abs() < 1e-15);
/// assert!(kernel(1.0, 0.0).alignment(&kernel(0.0, 1.0)) < 1.0);
/// ```
#[derive(Clone, Debug)]
pub struct TangentKernel {
    items: Mat<f64>,
    features: Mat<f64>,
}

impl TangentKernel {
    /// The kernel at the weights `w1` (H x N) and `w2` (F x H).
    pub fn new(w1: MatRef<'_, f64>, w2: MatRef<'_, f64>) -> Self {
        Self { items: w1.transpose() * w1, features: w2 * w2.transpose() }
    }

    /// The trace of the product of two kernels:
    /// `F tr(A A') + tr A tr B' + tr B tr A' + N tr(B B')`.
    fn product(&self, other: &Self) -> f64 {
        let (n, f) = (self.items.nrows() as f64, self.features.nrows() as f64);
        f * inner(&self.items, &other.items)
            + trace(&self.items) * trace(&other.features)
            + trace(&self.features) * trace(&other.items)
            + n * inner(&self.features, &other.features)
    }

    /// Cosine of the angle between two kernels of the same size, 0 to 1; `NaN` where one of them is 0.
    pub fn alignment(&self, other: &Self) -> f64 {
        self.product(other) / (self.product(self) * other.product(other)).sqrt()
    }
}

fn trace(a: &Mat<f64>) -> f64 {
    (0..a.nrows()).map(|i| a[(i, i)]).sum()
}

/// Sum of the products of the entries.
fn inner(a: &Mat<f64>, b: &Mat<f64>) -> f64 {
    a.col_iter().zip(b.col_iter()).map(|(a, b)| a.iter().zip(b.iter()).map(|(a, b)| a * b).sum::<f64>()).sum()
}
