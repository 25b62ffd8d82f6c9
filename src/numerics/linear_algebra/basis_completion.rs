//! Completion of an orthonormal basis until it spans the columns of a matrix.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::householder::{
    apply_block_householder_sequence_on_the_left_in_place_scratch,
    apply_block_householder_sequence_on_the_left_in_place_with_conj,
    apply_block_householder_sequence_transpose_on_the_left_in_place_with_conj,
};
use faer::{Conj, Mat, MatRef, Par};

/// Orthonormal vectors of n-space: those that were given, then as many as are needed.
#[derive(Clone, Debug)]
pub struct CompletedBasis {
    /// The basis, n x (r + c): the r given vectors, then `c <= min(n - r, k)` vectors orthogonal to them.
    pub basis: Mat<f64>,
    /// Coordinates of the completed matrix in the basis, (r + c) x k; `basis * coordinates` is the matrix.
    pub coordinates: Mat<f64>,
}

/// Completes the orthonormal columns of `basis` (n x r) until they span those of `a` (n x k).
///
/// With `basis = Q R` by Householder reflections, the last n - r entries of `Q^T a` are the part outside; where there
/// are more than k of them, a second QR decomposition compresses them to k. Both are products of reflections, so
/// the result is orthonormal even where nothing of `a` lies outside.
///
/// ```
/// use faer::mat;
/// use modewise::numerics::linear_algebra::basis_completion::complete_basis;
///
/// let a = mat![[1.0], [2.0], [2.0]];
/// let completed = complete_basis(mat![[1.0], [0.0], [0.0]].as_ref(), a.as_ref());
/// assert_eq!(completed.basis.ncols(), 2);
/// let difference = &completed.basis * &completed.coordinates - &a;
/// assert!(difference.norm_l2() < 1e-14);
/// ```
///
/// # Panics
/// If `basis` and `a` differ in their number of rows.
pub fn complete_basis(basis: MatRef<'_, f64>, a: MatRef<'_, f64>) -> CompletedBasis {
    let (n, r, k) = (basis.nrows(), basis.ncols(), a.ncols());
    let inside = basis.transpose() * a;
    let reflections = Reflections::of(basis);
    let mut outside = a.to_owned();
    reflections.apply_transposed(&mut outside);
    let outside = outside.subrows(r, n - r);
    let (directions, compressed) = if n - r > k {
        let qr = outside.qr();
        (qr.compute_thin_Q(), qr.thin_R().to_owned())
    } else {
        (Mat::identity(n - r, n - r), outside.to_owned())
    };
    let c = directions.ncols();
    let mut added = Mat::from_fn(n, c, |i, j| if i < r { 0.0 } else { directions[(i - r, j)] });
    reflections.apply(&mut added);
    CompletedBasis {
        basis: Mat::from_fn(n, r + c, |i, j| if j < r { basis[(i, j)] } else { added[(i, j - r)] }),
        coordinates: Mat::from_fn(r + c, k, |i, j| if i < r { inside[(i, j)] } else { compressed[(i - r, j)] }),
    }
}

/// The orthogonal factor of a QR decomposition as a product of reflections.
struct Reflections(faer::linalg::solvers::Qr<f64>);

impl Reflections {
    fn of(a: MatRef<'_, f64>) -> Self {
        Self(a.qr())
    }

    fn apply(&self, a: &mut Mat<f64>) {
        let mut memory = self.memory(a.ncols());
        apply_block_householder_sequence_on_the_left_in_place_with_conj(
            self.0.Q_basis(),
            self.0.Q_coeff(),
            Conj::No,
            a.as_mut(),
            Par::Seq,
            MemStack::new(&mut memory),
        );
    }

    fn apply_transposed(&self, a: &mut Mat<f64>) {
        let mut memory = self.memory(a.ncols());
        apply_block_householder_sequence_transpose_on_the_left_in_place_with_conj(
            self.0.Q_basis(),
            self.0.Q_coeff(),
            Conj::No,
            a.as_mut(),
            Par::Seq,
            MemStack::new(&mut memory),
        );
    }

    /// Scratch space; the transposed application needs the same.
    fn memory(&self, columns: usize) -> MemBuffer {
        MemBuffer::new(apply_block_householder_sequence_on_the_left_in_place_scratch::<f64>(
            self.0.Q_basis().nrows(),
            self.0.Q_coeff().nrows(),
            columns,
        ))
    }
}
