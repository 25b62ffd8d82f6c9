//! Upper bidiagonal matrices: their leading singular values, and how far the singular vectors reach.

use crate::numerics::linear_algebra::reductions::norm;
use crate::numerics::simd::dispatch::with_simd;

/// Parts that an interval with a singular value is divided into, a power of two.
const PARTS: usize = 16;

/// What stands for a quotient of minors that is zero, `2^-43`: as good as a change of a diagonal entry by as much.
const TINY: f64 = 1.0 / (1_u64 << 43) as f64;

/// An n x n matrix that is zero but for its diagonal and the n - 1 entries beside it, in the row above.
///
/// ```
/// use modewise::numerics::linear_algebra::bidiagonal::Bidiagonal;
///
/// let b = Bidiagonal::new(&[1.0, 1.0], &[1.0]);
/// let golden_ratio = (1.0 + 5.0_f64.sqrt()) / 2.0;
/// assert!((b.singular_value(1) - golden_ratio).abs() < 1e-11);
/// assert!((b.triplet(golden_ratio).s - golden_ratio).abs() < 1e-14);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Bidiagonal<'a> {
    diagonal: &'a [f64],
    superdiagonal: &'a [f64],
}

impl<'a> Bidiagonal<'a> {
    /// The matrix `B` with `B_ii = diagonal[i]` and `B_i,i+1 = superdiagonal[i]`, at least 1 x 1.
    ///
    /// # Panics
    /// If `superdiagonal` is not shorter than `diagonal` by one.
    pub fn new(diagonal: &'a [f64], superdiagonal: &'a [f64]) -> Self {
        assert_eq!(diagonal.len(), superdiagonal.len() + 1, "one entry fewer stands above the diagonal than on it");
        Self { diagonal, superdiagonal }
    }

    /// The singular value at a place, counted from the largest, 1, to `1e-12` of the sum of the largest entries on and above
    /// the diagonal: ten times the sixteenth of what is left of `[0, sum]` that holds it, as 40 bisections would find it.
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    pub fn singular_value(&self, place: u64) -> f64 {
        let largest = |entries: &[f64]| entries.iter().fold(0.0, |most: f64, entry| most.max(entry.abs()));
        let bound = largest(self.diagonal) + largest(self.superdiagonal);
        let scale = if bound > 0.0 { 1.0 / bound } else { 0.0 };
        let (mut low, mut width) = (0.0, 1.0);
        for _ in 0..10 {
            let ends: [f64; PARTS] = std::array::from_fn(|part| low + width * ((part + 1) as f64 / PARTS as f64));
            let below =
                self.counts_above(&ends, scale)[..PARTS - 1].iter().take_while(|&&above| above >= place).count();
            width /= PARTS as f64;
            low += width * below as f64;
        }
        bound * (low + width / 2.0)
    }

    /// Number of singular values above each `x`, of `scale B`, whose entries are at most 1; `x` is between `2^-40` and 1.
    ///
    /// That many eigenvalues above `x` has the symmetric tridiagonal matrix with zeros on the diagonal and the entries of
    /// `B`, in turn from both diagonals, beside it, whose eigenvalues are plus and minus the singular values. The leading
    /// principal minors of it less `x` keep their sign once for each (Golub, Van Loan, "Matrix Computations", 4th
    /// edition, Theorem 8.4.1 and Section 8.6.1).
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    fn counts_above(&self, x: &[f64; PARTS], scale: f64) -> [u64; PARTS] {
        with_simd(
            #[inline(always)]
            || {
                let (mut before, mut minors, mut counts) = ([1.0; PARTS], [0.0; PARTS], [0; PARTS]);
                for part in 0..PARTS {
                    minors[part] = -x[part];
                }
                for (place, on) in self.diagonal.iter().enumerate() {
                    let above = if place < self.superdiagonal.len() { self.superdiagonal[place] } else { 0.0 };
                    for entry in [scale * on, scale * above] {
                        let square = entry * entry;
                        for part in 0..PARTS {
                            let minor = -x[part] * minors[part] - square * before[part];
                            let minor = if minor == 0.0 { -TINY * minors[part] } else { minor };
                            counts[part] += u64::from((minor > 0.0) == (minors[part] > 0.0));
                            (before[part], minors[part]) = (minors[part], minor);
                        }
                    }
                    // Before they are too small: in sixteen minors they lose 2^984 at most.
                    if place % 8 == 7 {
                        for part in 0..PARTS {
                            let factor = 1.0 / before[part].abs().max(minors[part].abs());
                            before[part] *= factor;
                            minors[part] *= factor;
                        }
                    }
                }
                counts
            },
        )
    }

    /// How the left singular vector (of length 1) of the singular value `s` decays towards its end; `NaN` where an
    /// entry of `B` is 0.
    ///
    /// From the last component backwards by `B v = s u` and `B^T u = s v`: the vectors of a leading singular value grow
    /// that way, so that rounding and the error of `s` do not.
    pub fn vector_decay(&self, s: f64) -> VectorDecay {
        let (mut u, mut squares, mut growth) = (1.0_f64, 1.0, f64::NAN);
        let mut v = s / self.diagonal[self.diagonal.len() - 1];
        for (steps, (place, above)) in self.superdiagonal.iter().enumerate().rev().enumerate() {
            u = (s * v - self.diagonal[place + 1] * u) / above;
            v = (s * u - above * v) / self.diagonal[place];
            squares += u * u;
            match steps {
                0 => growth = u.abs(),
                1 => growth = u.abs().sqrt(),
                _ => {}
            }
        }
        VectorDecay { last: 1.0 / squares.sqrt(), growth }
    }

    /// The singular triplet near `s`: left and right vector of length 1, the value, and the residual, by how much they miss
    /// `B v = s u` and `B^T u = s v`.
    ///
    /// By the recurrence of [`vector_decay`](Self::vector_decay), which meets all equations but the first of the second
    /// kind; what it misses there, `rho`, is also the correction of the value by Newton's method: `s + rho v_1 / (|u|^2 +
    /// |v|^2)`, twice here. The residual is not finite where an entry of `B` is 0, and large where the vectors do not grow
    /// backwards.
    pub fn triplet(&self, mut s: f64) -> Triplet {
        let mut triplet = self.recurrence(s);
        for _ in 0..2 {
            s += triplet.residual * triplet.v[0] / 2.0;
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
        let [length_u, length_v] = [norm(&u), norm(&v)];
        u.iter_mut().for_each(|component| *component /= length_u);
        v.iter_mut().for_each(|component| *component /= length_v);
        Triplet { u, s, v, residual: rho / length_v }
    }
}

/// How a singular vector decays towards its last component.
#[derive(Clone, Copy, Debug)]
pub struct VectorDecay {
    /// Its last component, without the sign.
    pub last: f64,
    /// By how much a component is larger than the next, in the mean of the last two steps; missing where there is none.
    pub growth: f64,
}

/// An approximate singular triplet.
#[derive(Clone, Debug)]
pub struct Triplet {
    /// Left singular vector.
    pub u: Vec<f64>,
    /// Singular value.
    pub s: f64,
    /// Right singular vector.
    pub v: Vec<f64>,
    /// By how much the triplet misses `B^T u = s v`, in the first component and with its sign; all other equations hold.
    pub residual: f64,
}
