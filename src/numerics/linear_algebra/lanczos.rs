//! Leading singular triplets of a linear operator.

use faer::{Mat, MatRef};
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::numerics::linear_algebra::bidiagonal::{Bidiagonal, Triplet};
use crate::numerics::linear_algebra::co_occurrences::CoOccurrences;
use crate::numerics::linear_algebra::convergence::Estimate;
use crate::numerics::linear_algebra::operator::{Operator, Transposed};
use crate::numerics::linear_algebra::orthonormal::Basis;
use crate::numerics::linear_algebra::reductions::{inner_product, norm};
use crate::numerics::linear_algebra::svd::{NotConverged, thin_svd};
use crate::numerics::simd::dispatch::with_simd;

/// The leading singular triplets of an m x n operator `A`.
#[derive(Clone, Debug)]
pub struct LeadingTriplets {
    /// Left singular vectors, m x k.
    pub u: Mat<f64>,
    /// Singular values, largest first.
    pub s: Vec<f64>,
    /// Right singular vectors, n x k.
    pub v: Mat<f64>,
    /// The largest of `|A v - s u|` and `|A^T u - s v|` over the triplets, in units of the largest singular value, as
    /// the recurrence has it.
    pub residual: f64,
    /// Number of steps, each a product with `A` and one with `A^T`, or one with `A^T A`.
    pub steps: usize,
}

/// How many triplets to find, and how well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LanczosOptions {
    /// Number of triplets; no more than `min(m, n)` are returned.
    pub count: usize,
    /// Largest residual, in units of the largest singular value. The error of a singular value is below the residual (and
    /// near its square over the distance to the next one), that of the angle of its vectors near the residual over that
    /// distance.
    pub tolerance: f64,
}

/// Golub-Kahan-Lanczos bidiagonalisation with reorthogonalisation; keeps its memory from one matrix to the next.
///
/// The right basis, on the shorter side, is always orthogonalised, the left one only where few directions are left or a
/// new one is short. Otherwise the recurrence keeps it orthogonal to rounding times the condition of `B`, and
/// `A V = U B` holds anyway, so that the leading triplets lose nothing (Simon, Zha 2000, "Low-rank matrix approximation
/// using the Lanczos bidiagonalization process", Section 3).
///
/// `A V = U B` and `A^T U = V B^T + beta v e^T` with orthonormal `U`, `V` and an upper bidiagonal `B`, whose singular
/// triplets `(p, s, q)` give those of `A` as `(U p, s, V q)` with the residual `beta |p_last|` (Golub, Van Loan, "Matrix
/// Computations", 4th edition, Section 10.4). It starts on the shorter side, so that it ends, exact to rounding, after
/// `min(m, n)` steps at the latest.
///
/// Where the operator has `A^T A` at hand, only `V` is made: `B^T B = V^T A^T A V` is tridiagonal and `B` its Cholesky
/// factor, and `U p = A V q / s` (Section 10.1). Squares lose digits, but of small values; where `B` has small entries the
/// process starts anew without them.
///
/// A step that finds nothing new (a breakdown) ends an invariant subspace; if that does not hold enough triplets, a new
/// random direction continues it. Of a *repeated* singular value that is found without a breakdown only one copy
/// may be seen: use [`thin_svd`] for a structured matrix.
///
/// ```
/// use faer::Mat;
/// use modewise::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions};
/// use modewise::seed::{MasterSeed, stream};
///
/// let a = Mat::<f64>::from_fn(40, 30, |row, column| if row == column { 30.0 - row as f64 } else { 0.0 });
/// let mut rng = stream(MasterSeed::default(), "triplets", &"example", 0);
/// let options = LanczosOptions { count: 2, tolerance: 1e-10 };
/// let found = Lanczos::new(40, 30).leading(&a.as_ref(), options, &mut rng).expect("the entries are finite");
/// assert!((found.s[0] - 30.0).abs() < 1e-9 && (found.s[1] - 29.0).abs() < 1e-9);
/// assert!(found.steps <= 30);
/// ```
#[derive(Debug)]
pub struct Lanczos {
    left: Basis,
    right: Basis,
    diagonal: Vec<f64>,
    superdiagonal: Vec<f64>,
    /// The next left direction, before it is normalised.
    u: Vec<f64>,
    /// The next right direction, before it is normalised.
    v: Vec<f64>,
    /// Largest entry of `B` so far, a lower bound of `|A|`.
    largest: f64,
    /// So few triplets are to be found that the left basis may be orthogonal to less than rounding.
    leading_only: bool,
    /// Products are those with `A^T A`, and there is no left basis.
    squared: bool,
    gram: CoOccurrences,
}

/// Largest product of two unit vectors that are as good as orthogonal.
const ORTHOGONAL: f64 = 1e-13;

/// Length of a left direction, in units of `|A|`, above which rounding leaves it orthogonal enough.
const SAFE: f64 = 0.1;

/// Entry of `B`, in units of `|A|`, above which squares keep twelve digits of it.
const SAFE_SQUARED: f64 = 1e-2;

/// Smallest tolerance for which that is enough.
const TOLERANCE_SQUARED: f64 = 1e-10;

impl Lanczos {
    /// Memory for matrices of that shape (at least 1 x 1), either way round.
    pub fn new(rows: usize, columns: usize) -> Self {
        let (long, short) = (rows.max(columns), rows.min(columns));
        Self {
            left: Basis::new(long),
            right: Basis::new(short),
            diagonal: Vec::new(),
            superdiagonal: Vec::new(),
            u: vec![0.0; long],
            v: vec![0.0; short],
            largest: 0.0,
            leading_only: false,
            squared: false,
            gram: CoOccurrences::default(),
        }
    }

    /// The leading triplets of an operator of that shape; random directions come from `rng`.
    ///
    /// # Errors
    /// If a product is not finite.
    pub fn leading(
        &mut self,
        a: &dyn Operator,
        options: LanczosOptions,
        rng: &mut impl Rng,
    ) -> Result<LeadingTriplets, NotConverged> {
        if a.rows() >= a.columns() {
            return self.tall(a, options, rng);
        }
        let LeadingTriplets { u, s, v, residual, steps } = self.tall(&Transposed(a), options, rng)?;
        Ok(LeadingTriplets { u: v, s, v: u, residual, steps })
    }

    fn tall(
        &mut self,
        a: &dyn Operator,
        options: LanczosOptions,
        rng: &mut impl Rng,
    ) -> Result<LeadingTriplets, NotConverged> {
        let columns = a.columns();
        let count = options.count.clamp(1, columns);
        self.leading_only = 8 * count <= columns;
        self.squared = self.leading_only && options.tolerance >= TOLERANCE_SQUARED && a.column_gram(&mut self.gram);
        loop {
            match self.process(a, LanczosOptions { count, ..options }, rng)? {
                Some(leading) => return Ok(leading),
                None => self.squared = false,
            }
        }
    }

    /// The process from its start to its end; none where squares would lose digits.
    fn process(
        &mut self,
        a: &dyn Operator,
        options: LanczosOptions,
        rng: &mut impl Rng,
    ) -> Result<Option<LeadingTriplets>, NotConverged> {
        let LanczosOptions { count, tolerance } = options;
        self.restart(a, rng);
        let mut check = count;
        loop {
            let beta = if self.squared {
                let Some(beta) = self.advance_squared() else { return Ok(None) };
                beta
            } else {
                self.advance(a, rng)
            };
            if !beta.is_finite() {
                return Err(NotConverged(a.rows(), a.columns()));
            }
            let steps = self.right.len();
            if steps == a.columns() {
                return self.project(a, count, beta).map(Some);
            }
            if steps == check || (beta == 0.0 && steps >= count) {
                let estimate = self.estimate(tolerance, count, beta);
                if self.squared && estimate.s[count - 1] <= SAFE_SQUARED * self.largest {
                    return Ok(None);
                }
                if estimate.residual <= 2.0 * tolerance {
                    let leading = self.project_near(a, &estimate.s, tolerance, beta)?;
                    if leading.residual <= tolerance {
                        return Ok(Some(leading));
                    }
                }
                check = steps + estimate.wait(steps, tolerance);
            }
            self.superdiagonal.push(beta);
            extend(&mut self.right, &mut self.v, beta, rng);
        }
    }

    /// Starts from the sums of the columns and, so that no direction is left out, from a random vector of the same length.
    /// A mode that many rows share stands out in the sums.
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    fn restart(&mut self, a: &dyn Operator, rng: &mut impl Rng) {
        self.left.clear();
        self.right.clear();
        self.diagonal.clear();
        self.superdiagonal.clear();
        self.largest = 0.0;
        a.column_sums(&mut self.v);
        let random: Vec<f64> = self.v.iter().map(|_| StandardNormal.sample(rng)).collect();
        // Sums that are all 0 stay out of it.
        let (sums, other) = (norm(&self.v).max(f64::MIN_POSITIVE), norm(&random));
        for (component, random) in self.v.iter_mut().zip(random) {
            *component = *component / sums * other + random;
        }
        let length = norm(&self.v);
        extend(&mut self.right, &mut self.v, length, rng);
    }

    /// One step from the last right vector: appends to the diagonal and to the left basis, and leaves in `self.v` the
    /// next right direction, whose length it returns.
    fn advance(&mut self, a: &dyn Operator, rng: &mut impl Rng) -> f64 {
        let step = self.right.len() - 1;
        a.apply(self.right.vector(step), &mut self.u);
        if let Some(&beta) = self.superdiagonal.last() {
            subtract(&mut self.u, beta, self.left.vector(step - 1));
        }
        let length = match norm(&self.u) {
            length if self.leading_only && length > SAFE * self.largest => length,
            _ => self.left.orthogonalise(&mut self.u),
        };
        let alpha = self.significant(length);
        extend(&mut self.left, &mut self.u, alpha, rng);
        self.diagonal.push(alpha);
        a.apply_transpose(self.left.vector(step), &mut self.v);
        subtract(&mut self.v, alpha, self.right.vector(step));
        let length = self.right.orthogonalise(&mut self.v);
        self.significant(length)
    }

    /// The same by `A^T A` alone; none where an entry of `B` is too small for its square.
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    fn advance_squared(&mut self) -> Option<f64> {
        let step = self.right.len() - 1;
        let last = self.right.vector(step);
        self.gram.apply(last, &mut self.v);
        let on_diagonal = inner_product(last, &self.v);
        self.largest = self.largest.max(on_diagonal.sqrt());
        subtract(&mut self.v, on_diagonal, last);
        let mut square = on_diagonal;
        if let (Some(alpha), Some(beta)) = (self.diagonal.last(), self.superdiagonal.last()) {
            subtract(&mut self.v, alpha * beta, self.right.vector(step - 1));
            square -= beta * beta;
        }
        let beside_diagonal = self.right.orthogonalise(&mut self.v);
        let alpha = square.sqrt();
        self.v.iter_mut().for_each(|component| *component /= alpha);
        let beta = beside_diagonal / alpha;
        self.diagonal.push(alpha);
        (alpha.min(beta) > SAFE_SQUARED * self.largest).then_some(beta)
    }

    /// The length, or 0 if it is no more than the rounding error of a product.
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    fn significant(&mut self, length: f64) -> f64 {
        self.largest = self.largest.max(length);
        let rounding = 8.0 * f64::EPSILON * (self.u.len() as f64).sqrt() * self.largest;
        if length <= rounding { 0.0 } else { length }
    }

    /// The leading singular values of `B` and the largest residual, without decomposing `B`; or, as soon as there is one, a
    /// residual of more than twice the tolerance. The last triplets, the slowest, are looked at first.
    fn estimate(&self, tolerance: f64, count: usize, beta: f64) -> Estimate {
        let b = Bidiagonal::new(&self.diagonal, &self.superdiagonal);
        let largest = b.singular_value(1);
        let mut estimate = Estimate { s: vec![largest; count], residual: 0.0, pace: f64::NAN };
        for mode in (0..count).rev() {
            let s = if mode == 0 { largest } else { b.singular_value(mode as u64 + 1) };
            estimate.s[mode] = s;
            let decay = b.vector_decay(s);
            let residual = beta * decay.last / largest;
            // Missing where an entry of `B` is 0; then the decomposition has it.
            if residual > estimate.residual {
                (estimate.residual, estimate.pace) = (residual, decay.growth);
            }
            if residual > 2.0 * tolerance {
                break;
            }
        }
        estimate
    }

    /// The leading triplets, from their singular values: without decomposing `B`, if that is good enough.
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    fn project_near(
        &mut self,
        a: &dyn Operator,
        s: &[f64],
        tolerance: f64,
        beta: f64,
    ) -> Result<LeadingTriplets, NotConverged> {
        let b = Bidiagonal::new(&self.diagonal, &self.superdiagonal);
        let triplets: Vec<Triplet> = s.iter().map(|&s| b.triplet(s)).collect();
        // Where the recurrence is not stable, a defect shows it, which may be missing; where values lie close together,
        // their vectors.
        let stable = |triplet: &Triplet| triplet.residual.abs() <= 1e-3 * tolerance * triplet.s;
        let apart = |one: &Triplet, other: &Triplet| {
            inner_product(&one.u, &other.u).abs() <= ORTHOGONAL && inner_product(&one.v, &other.v).abs() <= ORTHOGONAL
        };
        let alone = |(place, one): (usize, &Triplet)| triplets[..place].iter().all(|other| apart(one, other));
        if !triplets.iter().all(stable) || !triplets.iter().enumerate().all(alone) {
            return self.project(a, s.len(), beta);
        }
        let steps = self.right.len();
        let last = triplets.iter().map(|triplet| beta * triplet.u[steps - 1].abs()).fold(0.0, f64::max);
        let columns = |vector: fn(&Triplet) -> &Vec<f64>| {
            Mat::from_fn(steps, triplets.len(), |row, mode| vector(&triplets[mode])[row])
        };
        let s = triplets.iter().map(|triplet| triplet.s).collect();
        let (p, q) = (columns(|triplet| &triplet.u), columns(|triplet| &triplet.v));
        Ok(self.in_space(a, p.as_ref(), s, q.as_ref(), last))
    }

    /// The leading triplets, from the decomposition of `B`.
    #[expect(clippy::disallowed_methods, reason = "entries are finite, or nothing converges")]
    fn project(&mut self, a: &dyn Operator, count: usize, beta: f64) -> Result<LeadingTriplets, NotConverged> {
        let steps = self.right.len();
        let b = Mat::from_fn(steps, steps, |row, column| match column.wrapping_sub(row) {
            0 => self.diagonal[row],
            1 => self.superdiagonal[row],
            _ => 0.0,
        });
        let small = thin_svd(b.as_ref())?;
        let last = (0..count).map(|mode| beta * small.u[(steps - 1, mode)].abs()).fold(0.0, f64::max);
        let s = small.s[..count].to_vec();
        Ok(self.in_space(a, small.u.get(.., ..count), s, small.v.get(.., ..count), last))
    }

    /// Triplets of `A`, from those of `B` and the largest of their residuals.
    fn in_space(
        &mut self,
        a: &dyn Operator,
        p: MatRef<'_, f64>,
        s: Vec<f64>,
        q: MatRef<'_, f64>,
        residual: f64,
    ) -> LeadingTriplets {
        let v = self.right.as_mat() * q;
        let u = if self.squared {
            let mut u = Mat::zeros(a.rows(), s.len());
            for (mode, s) in s.iter().enumerate() {
                a.apply(v.col_as_slice(mode), &mut self.u);
                u.col_mut(mode).iter_mut().zip(&self.u).for_each(|(component, product)| *component = product / s);
            }
            u
        } else {
            self.left.as_mat() * p
        };
        let residual = if residual == 0.0 { 0.0 } else { residual / s[0] };
        LeadingTriplets { u, s, v, residual, steps: self.right.len() }
    }
}

/// Appends a direction that is orthogonal to the basis, or where its length is 0 a random one.
fn extend(basis: &mut Basis, direction: &mut [f64], mut length: f64, rng: &mut impl Rng) {
    while length == 0.0 {
        direction.iter_mut().for_each(|component| *component = StandardNormal.sample(rng));
        length = basis.orthogonalise(direction);
    }
    basis.push(direction, length);
}

/// `w -= weight direction`
fn subtract(w: &mut [f64], weight: f64, direction: &[f64]) {
    with_simd(
        #[inline(always)]
        || {
            for (component, along) in w.iter_mut().zip(direction) {
                *component -= weight * along;
            }
        },
    );
}
