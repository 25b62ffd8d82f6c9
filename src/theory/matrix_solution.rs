//! The two-layer flow from any balanced start, in closed form.

use std::f64::consts::FRAC_1_SQRT_2;

use faer::{Mat, MatRef};
use libm::expm1;

/// The solution from balanced weights, `W2^T W2 = W1 W1^T`, in the coordinates of the data's modes.
///
/// There the F x N target `Y` is `diag(s)`, r x r, and zero elsewhere. With `M = [[0, Y^T], [Y, 0]]` and
/// `C(t) = int_0^t e^{2Mx} dx`, `Q = [W1^T; W2]` obeys
/// `QQ^T(t) = e^{Mt} Q0 [I + Q0^T C(t) Q0]^{-1} Q0^T e^{Mt}`.
///
/// Computed without the exponentials that cancel in it: in the eigenvectors of `M = E diag(l) E^T`, with
/// `c(l) = (e^{2lt} - 1)/2l` and the thin decomposition `[sqrt(c(l)) E^T Q0; I] = B R`, it is `X X^T` for
/// `X = E (B_top/sqrt(c(-l)))`. The rows of what is decomposed differ in size by as much as the modes in growth, so they
/// stand largest first and columns are pivoted. Rounding leaves `eps (1 + 1/sqrt(t))` in the weights.
///
/// Fukumizu 1998; Braun, Domine, Fitzgerald, Saxe 2022.
///
/// ```
/// use faer::mat;
/// use modewise::theory::{learning::strength, matrix_solution::MatrixSolution};
///
/// // Aligned with its one mode, the solution is that of the mode alone.
/// let weight = mat![[0.1]];
/// let solution = MatrixSolution::new(&[3.0], weight.as_ref(), weight.as_ref());
/// assert!((solution.product(1.0)[(0, 0)] - strength(3.0, 3.0, 0.01, 1.0)).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct MatrixSolution {
    /// Singular values of the r modes.
    s: Vec<f64>,
    items: usize,
    /// `Q0`, (N + F) x H.
    start: Mat<f64>,
    /// Eigenvalues of `M`: the singular values, zeros, the singular values with the other sign.
    rates: Vec<f64>,
    /// `E^T Q0`, in the order of the eigenvalues.
    along: Mat<f64>,
}

impl MatrixSolution {
    /// The solution from weights `w1` (H x N) and `w2` (F x H), where `s` holds the singular values of the modes, the
    /// first of the N and of the F directions.
    ///
    /// # Panics
    /// If the two layers do not have the same number of hidden units, or there are more modes than directions.
    pub fn new(s: &[f64], w1: MatRef<'_, f64>, w2: MatRef<'_, f64>) -> Self {
        let (items, size, modes) = (w1.ncols(), w1.ncols() + w2.nrows(), s.len());
        let start = Mat::from_fn(size, w1.nrows(), |i, j| if i < items { w1[(j, i)] } else { w2[(i - items, j)] });
        let outside = (modes..items).chain(items + modes..size);
        let mut along = Mat::zeros(size, start.ncols());
        for mode in 0..modes {
            for unit in 0..start.ncols() {
                let (item, feature) = (start[(mode, unit)], start[(items + mode, unit)]);
                along[(mode, unit)] = (item + feature) * FRAC_1_SQRT_2;
                along[(size - modes + mode, unit)] = (item - feature) * FRAC_1_SQRT_2;
            }
        }
        for (place, direction) in outside.enumerate() {
            along.row_mut(modes + place).copy_from(start.row(direction));
        }
        let rates = s.iter().copied().chain(std::iter::repeat_n(0.0, size - 2 * modes)).chain(s.iter().map(|s| -s));
        Self { s: s.to_vec(), items, rates: rates.collect(), start, along }
    }

    /// `QQ^T` at time `t`, (N + F) x (N + F). Its blocks are `W1^T W1`, `W2 W2^T` and, below the first, the product
    /// `W2 W1`. `NaN` from `s t = 350` on, where exponentials overflow.
    pub fn gram(&self, t: f64) -> Mat<f64> {
        let weights = if t > 0.0 { self.weights(t) } else { self.start.clone() };
        &weights * weights.transpose()
    }

    /// The product `W2 W1` at time `t`, F x N.
    pub fn product(&self, t: f64) -> Mat<f64> {
        let gram = self.gram(t);
        gram.submatrix(self.items, 0, gram.nrows() - self.items, self.items).to_owned()
    }

    /// `X`, the weights up to a rotation of the hidden layer.
    fn weights(&self, t: f64) -> Mat<f64> {
        let (size, hidden, modes) = (self.start.nrows(), self.start.ncols(), self.s.len());
        let root = |sign: f64| self.rates.iter().map(|&rate| growth(sign * rate, t).sqrt()).collect::<Vec<_>>();
        let (grow, shrink) = (root(1.0), root(-1.0));
        let stacked = Mat::from_fn(size + hidden, hidden, |i, j| match i.checked_sub(size) {
            None => grow[i] * self.along[(i, j)],
            Some(unit) => f64::from(u8::from(unit == j)),
        });
        let grown = stacked.col_piv_qr().compute_thin_Q();
        let along = |place: usize, unit: usize| grown[(place, unit)] / shrink[place];
        Mat::from_fn(size, hidden, |direction, unit| {
            let (mode, sign) = if direction < self.items { (direction, 1.0) } else { (direction - self.items, -1.0) };
            if mode < modes {
                (along(mode, unit) + sign * along(size - modes + mode, unit)) * FRAC_1_SQRT_2
            } else {
                along(if direction < self.items { direction } else { direction - modes }, unit)
            }
        })
    }
}

/// `int_0^t e^{2lx} dx = (e^{2lt} - 1)/2l`, `t` for `l = 0`.
fn growth(rate: f64, t: f64) -> f64 {
    if rate == 0.0 { t } else { expm1(2.0 * rate * t) / (2.0 * rate) }
}
