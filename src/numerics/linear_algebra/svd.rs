//! Singular value and symmetric eigenvalue decompositions, and groups of equal values.

use std::ops::Range;

use faer::{Mat, MatRef, Side};

/// A decomposition `A = U diag(s) V^T` with `k = min(m, n)` singular values.
#[derive(Clone, Debug)]
pub struct Svd {
    /// Left singular vectors, m x k.
    pub u: Mat<f64>,
    /// Singular values, largest first.
    pub s: Vec<f64>,
    /// Right singular vectors, n x k.
    pub v: Mat<f64>,
}

/// The iteration of a decomposition did not converge; happens for matrices with values that are not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a decomposition of a {0} x {1} matrix did not converge")]
pub struct NotConverged(pub usize, pub usize);

/// Thin singular value decomposition of an m x n matrix.
///
/// ```
/// use faer::mat;
/// use modewise::numerics::linear_algebra::svd::thin_svd;
///
/// let svd = thin_svd(mat![[0.0, 2.0], [1.0, 0.0], [0.0, 0.0]].as_ref()).expect("the entries are finite");
/// assert_eq!([svd.u.nrows(), svd.u.ncols()], [3, 2]);
/// assert!((svd.v[(1, 0)].abs() - 1.0).abs() < 1e-12, "the strongest mode is that of the second column");
/// ```
///
/// # Errors
/// If the iteration does not converge, which happens for entries that are not finite.
pub fn thin_svd(a: MatRef<'_, f64>) -> Result<Svd, NotConverged> {
    let svd = a.thin_svd().map_err(|_| NotConverged(a.nrows(), a.ncols()))?;
    let s = svd.S().column_vector().iter().copied().collect();
    Ok(Svd { u: svd.U().to_owned(), s, v: svd.V().to_owned() })
}

/// Singular values of an m x n matrix, largest first, without the vectors, which take most of the time of [`thin_svd`].
///
/// ```
/// use faer::mat;
/// use modewise::numerics::linear_algebra::svd::singular_values;
///
/// let s = singular_values(mat![[3.0, 0.0], [4.0, 0.0]].as_ref()).expect("the entries are finite");
/// assert!((s[0] - 5.0).abs() < 1e-12 && s[1].abs() < 1e-12);
/// ```
///
/// # Errors
/// If the iteration does not converge, which happens for entries that are not finite.
pub fn singular_values(a: MatRef<'_, f64>) -> Result<Vec<f64>, NotConverged> {
    a.singular_values().map_err(|_| NotConverged(a.nrows(), a.ncols()))
}

/// Eigenvalues of a symmetric matrix, smallest first; the lower triangle is read.
///
/// ```
/// use faer::mat;
/// use modewise::numerics::linear_algebra::svd::symmetric_eigenvalues;
///
/// let values = symmetric_eigenvalues(mat![[0.0, 1.0], [1.0, 0.0]].as_ref()).expect("the entries are finite");
/// assert!((values[0] + 1.0).abs() < 1e-12 && (values[1] - 1.0).abs() < 1e-12);
/// ```
///
/// # Errors
/// If the iteration does not converge, which happens for entries that are not finite.
///
/// # Panics
/// If the matrix is not square.
pub fn symmetric_eigenvalues(a: MatRef<'_, f64>) -> Result<Vec<f64>, NotConverged> {
    a.self_adjoint_eigenvalues(Side::Lower).map_err(|_| NotConverged(a.nrows(), a.ncols()))
}

impl Svd {
    /// Number of singular values above `1e-9 s_1`: the modes that there are to learn.
    pub fn rank(&self) -> usize {
        let largest = self.s.first().copied().unwrap_or(0.0);
        self.s.iter().take_while(|&&s| s > 1e-9 * largest && s > 0.0).count()
    }
}

/// Groups of equal values (to `1e-9` of the first) in a falling sequence, as ranges. Within a group the singular
/// vectors are arbitrary up to a rotation.
///
/// ```
/// use modewise::numerics::linear_algebra::svd::groups;
///
/// assert_eq!(groups(&[4.0, 2.0, 2.0, 1.0]), [0..1, 1..3, 3..4]);
/// ```
pub fn groups(s: &[f64]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0;
    for end in 1..=s.len() {
        if end == s.len() || s[start] - s[end] > 1e-9 * s[0] {
            groups.push(start..end);
            start = end;
        }
    }
    groups
}
