//! The two-layer flow from any balanced start, in closed form.

use faer::{Mat, MatRef, linalg::solvers::Solve};
use libm::{cosh, sinh};

use crate::numerics::svd::{NotConverged, Svd, thin_svd};

/// `Q Q^T` at time `t`, (N + F) x (N + F), for `Q = [W1^T; W2]`, from weights `w1` (H x N) and `w2` (F x H) with
/// `W2^T W2 = W1 W1^T`, learning `y` (F x N).
///
/// `QQ^T(t) = e^{Mt} Q0 [I + Q0^T C(t) Q0]^{-1} Q0^T e^{Mt}` with `M = [[0, Y^T], [Y, 0]]` and
/// `C(t) = int_0^t e^{2Mx} dx`. Its blocks are `W1^T W1`, `W2 W2^T` and the product `W2 W1`.
///
/// The exponentials that cancel in it cost `e^{2 s_1 t}` roundings: at `s_1 t = 9` half of the digits are left.
///
/// Fukumizu 1998; Braun, Domine, Fitzgerald, Saxe 2022.
///
/// # Errors
/// If `y` holds values that are not finite.
pub fn weights_gram(
    y: MatRef<'_, f64>,
    w1: MatRef<'_, f64>,
    w2: MatRef<'_, f64>,
    t: f64,
) -> Result<Mat<f64>, NotConverged> {
    let svd = thin_svd(y)?;
    let (items, features, hidden) = (y.ncols(), y.nrows(), w1.nrows());
    let start = Mat::from_fn(items + features, hidden, |i, j| if i < items { w1[(j, i)] } else { w2[(i - items, j)] });
    let growth = of_generator(&svd, |s| (cosh(s * t), sinh(s * t)), 1.0);
    let integral = of_generator(&svd, |s| if s == 0.0 { (t, 0.0) } else { integrals(s, t) }, t);
    let inner = Mat::<f64>::identity(hidden, hidden) + start.transpose() * &integral * &start;
    let grown = &growth * &start;
    Ok(&grown * inner.partial_piv_lu().solve(grown.transpose()))
}

/// Even and odd part of `int_0^t e^{2sx} dx`: `sinh(2st)/2s` and `(cosh(2st) - 1)/2s = sinh(st)^2/s`.
fn integrals(s: f64, t: f64) -> (f64, f64) {
    (sinh(2.0 * s * t) / (2.0 * s), sinh(s * t) * sinh(s * t) / s)
}

/// `f(M)` for `M = [[0, Y^T], [Y, 0]]`, whose eigenvalues are `±s_a` with vectors `(v_a, ±u_a)/sqrt(2)`, and 0
/// elsewhere: `parts` gives the even and the odd part of `f` at `s_a`, `at_zero` is `f(0)`.
fn of_generator(svd: &Svd, parts: impl Fn(f64) -> (f64, f64), at_zero: f64) -> Mat<f64> {
    let (items, features) = (svd.v.nrows(), svd.u.nrows());
    let mut f = Mat::from_fn(items + features, items + features, |i, j| if i == j { at_zero } else { 0.0 });
    for (a, &s) in svd.s.iter().enumerate() {
        let (even, odd) = parts(s);
        let (u, v) = (svd.u.col(a), svd.v.col(a));
        for j in 0..items + features {
            for i in 0..items + features {
                f[(i, j)] += match (i < items, j < items) {
                    (true, true) => (even - at_zero) * v[i] * v[j],
                    (false, false) => (even - at_zero) * u[i - items] * u[j - items],
                    (true, false) => odd * v[i] * u[j - items],
                    (false, true) => odd * u[i - items] * v[j],
                };
            }
        }
    }
    f
}
