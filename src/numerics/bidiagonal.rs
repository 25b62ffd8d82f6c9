//! Upper bidiagonal matrices: their leading singular values, and how far the singular vectors reach.

use crate::numerics::squares::length;
use crate::numerics::wide::wide;

/// Parts that an interval with a singular value is divided into, a power of two.
const PARTS: usize = 16;

/// An n x n matrix with its diagonal and the n - 1 entries above it.
#[derive(Clone, Copy, Debug)]
pub struct Bidiagonal<'a> {
    diagonal: &'a [f64],
    superdiagonal: &'a [f64],
}

impl<'a> Bidiagonal<'a> {
    /// The matrix `B` with `B_ii = diagonal[i]` and `B_i,i+1 = superdiagonal[i]`, at least 1 x 1.
    pub fn new(diagonal: &'a [f64], superdiagonal: &'a [f64]) -> Self {
        assert_eq!(diagonal.len(), superdiagonal.len() + 1, "one entry fewer stands above the diagonal than on it");
        Self { diagonal, superdiagonal }
    }

    /// The `count` largest singular values, each to `1e-12` of the sum of the largest entries on and above the diagonal.
    pub fn leading(&self, count: usize) -> Vec<f64> {
        let largest = |entries: &[f64]| entries.iter().fold(0.0, |most: f64, entry| most.max(entry.abs()));
        let bound = largest(self.diagonal) + largest(self.superdiagonal);
        (1..=count.min(self.diagonal.len()) as u64).map(|place| self.singular_value(place, bound)).collect()
    }

    /// The singular value at a place, counted from the largest, 1: ten times the sixteenth of `[0, bound]` that holds it,
    /// as 40 bisections would find it.
    fn singular_value(&self, place: u64, bound: f64) -> f64 {
        let (mut low, mut width) = (0.0, bound);
        for _ in 0..10 {
            let ends: [f64; PARTS] = std::array::from_fn(|part| low + width * ((part + 1) as f64 / PARTS as f64));
            let below = self.counts_above(&ends)[..PARTS - 1].iter().take_while(|&&above| above >= place).count();
            width /= PARTS as f64;
            low += width * below as f64;
        }
        low + width / 2.0
    }

    /// Number of singular values above each `x > 0`: of eigenvalues above `x` of the symmetric tridiagonal matrix with
    /// zeros on the diagonal and the entries of `B`, in turn from both diagonals, beside it, whose eigenvalues are plus
    /// and minus the singular values; by the signs of its pivots (Golub, Van Loan, "Matrix Computations", 4th edition,
    /// Sections 8.4.1 and 8.6.1).
    fn counts_above(&self, x: &[f64; PARTS]) -> [u64; PARTS] {
        let (mut pivots, mut counts) = (x.map(|x| -x), [0; PARTS]);
        wide(
            #[inline(always)]
            || {
                for (place, on) in self.diagonal.iter().enumerate() {
                    let above = if place < self.superdiagonal.len() { self.superdiagonal[place] } else { 0.0 };
                    for square in [on * on, above * above] {
                        for ((pivot, count), x) in pivots.iter_mut().zip(&mut counts).zip(x) {
                            // A pivot of zero is as good as a tiny one.
                            let divisor = if *pivot == 0.0 { -f64::MIN_POSITIVE } else { *pivot };
                            *pivot = -x - square / divisor;
                            *count += u64::from(*pivot > 0.0);
                        }
                    }
                }
            },
        );
        counts
    }

    /// The last component, without its sign, of the left singular vector of length 1 to the singular value `s`; `NaN`
    /// where an entry of `B` is 0.
    ///
    /// From the last component backwards by `B v = s u` and `B^T u = s v`: the vectors of a leading singular value grow
    /// that way, so that rounding and the error of `s` do not.
    pub fn last_component(&self, s: f64) -> f64 {
        let (mut u, mut squares) = (1.0, 1.0);
        let mut v = s / self.diagonal[self.diagonal.len() - 1];
        for (place, above) in self.superdiagonal.iter().enumerate().rev() {
            u = (s * v - self.diagonal[place + 1] * u) / above;
            v = (s * u - above * v) / self.diagonal[place];
            squares += u * u;
        }
        1.0 / squares.sqrt()
    }

    /// The singular triplet near `s`: left and right vector of length 1, the value, and the defect, by how much they miss
    /// `B v = s u` and `B^T u = s v`.
    ///
    /// By the recurrence of [`last_component`](Self::last_component), which meets all equations but the first of the second
    /// kind; what it misses there, `rho`, is also what Newton's method wants to mend the value: `s + rho v_1 / (|u|^2 +
    /// |v|^2)`, twice here. The defect is not finite where an entry of `B` is 0, and large where the vectors do not grow
    /// backwards.
    pub fn triplet(&self, mut s: f64) -> Triplet {
        let mut triplet = self.recurrence(s);
        for _ in 0..2 {
            s += triplet.defect * triplet.v[0] / 2.0;
            triplet = self.recurrence(s);
        }
        triplet
    }

    fn recurrence(&self, s: f64) -> Triplet {
        let n = self.diagonal.len();
        let (mut u, mut v) = (vec![1.0; n], vec![s / self.diagonal[n - 1]; n]);
        for (place, above) in self.superdiagonal.iter().enumerate().rev() {
            u[place] = (s * v[place + 1] - self.diagonal[place + 1] * u[place + 1]) / above;
            v[place] = (s * u[place] - above * v[place + 1]) / self.diagonal[place];
        }
        let rho = self.diagonal[0] * u[0] - s * v[0];
        let [length_u, length_v] = [length(&u), length(&v)];
        u.iter_mut().for_each(|component| *component /= length_u);
        v.iter_mut().for_each(|component| *component /= length_v);
        Triplet { u, s, v, defect: rho / length_v }
    }
}

/// A singular triplet, not quite exact.
#[derive(Clone, Debug)]
pub struct Triplet {
    /// Left singular vector.
    pub u: Vec<f64>,
    /// Singular value.
    pub s: f64,
    /// Right singular vector.
    pub v: Vec<f64>,
    /// What the triplet misses, with its sign.
    pub defect: f64,
}
