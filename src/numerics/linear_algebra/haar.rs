//! Random matrices: normal deviates, and orthonormal columns or rows.

use faer::{Mat, MatRef};
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// An m x n matrix of independent standard normal deviates, drawn column by column.
pub fn normal_matrix(rows: usize, columns: usize, rng: &mut impl Rng) -> Mat<f64> {
    let mut a = Mat::zeros(rows, columns);
    for j in 0..columns {
        for i in 0..rows {
            a[(i, j)] = StandardNormal.sample(rng);
        }
    }
    a
}

/// A random m x n matrix with orthonormal columns (`m >= n`) or rows (`m < n`), uniform in the sense of Haar.
///
/// ```
/// use modewise::numerics::linear_algebra::haar::orthonormal;
/// use modewise::seed::{MasterSeed, stream};
///
/// let q = orthonormal(5, 2, &mut stream(MasterSeed::default(), "start", &"example", 0));
/// let gram = q.transpose() * &q;
/// assert!((gram[(0, 0)] - 1.0).abs() < 1e-14 && gram[(0, 1)].abs() < 1e-14);
/// ```
pub fn orthonormal(rows: usize, columns: usize, rng: &mut impl Rng) -> Mat<f64> {
    if rows < columns {
        return orthonormal(columns, rows, rng).transpose().to_owned();
    }
    haar(normal_matrix(rows, columns, rng).as_ref())
}

/// The orthogonal factor with the signs for which R has a positive diagonal: without them the distribution would
/// depend on the method of decomposition. Mezzadri 2007.
fn haar(normal: MatRef<'_, f64>) -> Mat<f64> {
    let qr = normal.qr();
    let (q, r) = (qr.compute_thin_Q(), qr.thin_R());
    Mat::from_fn(q.nrows(), q.ncols(), |i, j| if r[(j, j)] < 0.0 { -q[(i, j)] } else { q[(i, j)] })
}
