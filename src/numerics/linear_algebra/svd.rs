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
pub fn thin_svd(a: MatRef<'_, f64>) -> Result<Svd, NotConverged> {
    let svd = a.thin_svd().map_err(|_| NotConverged(a.nrows(), a.ncols()))?;
    let s = svd.S().column_vector().iter().copied().collect();
    Ok(Svd { u: svd.U().to_owned(), s, v: svd.V().to_owned() })
}

/// Singular values of an m x n matrix, largest first.
pub fn singular_values(a: MatRef<'_, f64>) -> Result<Vec<f64>, NotConverged> {
    a.singular_values().map_err(|_| NotConverged(a.nrows(), a.ncols()))
}

/// Eigenvalues of a symmetric matrix, smallest first; the lower triangle is read.
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
