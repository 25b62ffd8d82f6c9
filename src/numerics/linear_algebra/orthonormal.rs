//! Orthonormal bases that grow one vector at a time.

use faer::linalg::matmul::matmul;
use faer::{Accum, ColMut, ColRef, MatRef, Par};

use crate::numerics::linear_algebra::reductions::norm;
use crate::numerics::simd::dispatch::with_simd;

/// Orthonormal vectors of one length, in the order in which they came.
///
/// ```
/// use modewise::numerics::linear_algebra::orthonormal::Basis;
///
/// let mut basis = Basis::new(2);
/// basis.push(&[3.0, 0.0], 3.0);
/// let mut w = [4.0, 5.0];
/// let left = basis.orthogonalise(&mut w);
/// assert_eq!((w, left), ([0.0, 5.0], 5.0));
/// ```
#[derive(Clone, Debug)]
pub struct Basis {
    length: usize,
    /// The vectors one after the other.
    vectors: Vec<f64>,
    /// The last vector's components along the others.
    components: Vec<f64>,
}

impl Basis {
    /// An empty basis for vectors of that length (at least 1).
    ///
    /// # Panics
    /// If the length is 0.
    pub fn new(length: usize) -> Self {
        assert!(length > 0, "a vector has components");
        Self { length, vectors: Vec::new(), components: Vec::new() }
    }

    /// Forgets the vectors and keeps the memory.
    pub fn clear(&mut self) {
        self.vectors.clear();
    }

    /// Number of vectors.
    pub fn len(&self) -> usize {
        self.vectors.len() / self.length
    }

    /// No vector yet.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// One of the vectors, counted from 0.
    ///
    /// # Panics
    /// If there are no more vectors than `number`.
    pub fn vector(&self, number: usize) -> &[f64] {
        &self.vectors[number * self.length..(number + 1) * self.length]
    }

    /// The vectors as columns, length x number.
    pub fn as_mat(&self) -> MatRef<'_, f64> {
        MatRef::from_column_major_slice(&self.vectors, self.length, self.len())
    }

    /// Takes from `w` its projection on the basis and returns the length of what is left.
    ///
    /// Classical Gram-Schmidt, repeated while a pass takes away more than half of the square: "twice is enough"
    /// (Daniel, Gragg, Kaufman, Stewart 1976; Parlett 1998, Section 6.9). What is left of a vector inside the span is
    /// rounding error of `w`, no more than a few eps `|w|`.
    ///
    /// # Panics
    /// If `w` is not as long as the vectors of the basis.
    pub fn orthogonalise(&mut self, w: &mut [f64]) -> f64 {
        assert_eq!(w.len(), self.length, "a vector is as long as those of the basis");
        let mut before = norm(w);
        for _ in 0..3 {
            self.components.resize(self.len(), 0.0);
            let basis = MatRef::from_column_major_slice(&self.vectors, self.length, self.len());
            let components = ColMut::from_slice_mut(&mut self.components);
            matmul(components, Accum::Replace, basis.transpose(), ColRef::from_slice(w), 1.0, Par::Seq);
            let components = ColRef::from_slice(&self.components);
            matmul(ColMut::from_slice_mut(w), Accum::Add, basis, components, -1.0, Par::Seq);
            let after = norm(w);
            if after * after > 0.5 * before * before {
                return after;
            }
            before = after;
        }
        before
    }

    /// Appends `w / length`, where `w` is orthogonal to the basis and `length` its length.
    ///
    /// # Panics
    /// If `w` is not as long as the vectors of the basis.
    pub fn push(&mut self, w: &[f64], length: f64) {
        assert_eq!(w.len(), self.length, "a vector is as long as those of the basis");
        let start = self.vectors.len();
        self.vectors.extend_from_slice(w);
        let new = &mut self.vectors[start..];
        with_simd(
            #[inline(always)]
            || {
                for component in new {
                    *component /= length;
                }
            },
        );
    }
}
