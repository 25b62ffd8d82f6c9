//! Start strengths: how much of each mode the random start holds, and how much of that is free to grow.

use std::ops::Range;

use faer::{Mat, MatRef};

use crate::numerics::linear_algebra::svd::{NotConverged, Svd, groups, thin_svd};

/// Start strengths of the modes, in order of the modes.
#[derive(Clone, Debug, PartialEq)]
pub struct StartStrengths {
    /// `m0_a = |c_a|^2`, `c_a = (W1 v_a + W2^T u_a)/2`: the growing part of the mode, seen alone.
    pub alone: Vec<f64>,
    /// The part of it in the hidden directions that stronger modes have not used up; missing (`NaN`) from mode
    /// H + 1 on, for which no direction is left.
    pub free: Vec<f64>,
}

/// Start strengths of a two-layer net with weights `w1` (H x N) and `w2` (F x H).
///
/// Each learned mode uses up one hidden direction, so mode `a` grows from
/// `|c_a minus its projection on span(c_1, .., c_{a-1})|^2`, the squared diagonal of `R` in `[c_1 c_2 ..] = Q R`.
/// Inside a group of equal singular values the modes are arbitrary; there the growing parts `C` that are left are
/// decomposed, `C = P diag(sigma) R^T`, the group's modes in `data` are rotated by `R`, and the free strengths are
/// `sigma^2`.
///
/// ```
/// use modewise::learn::{directions::start_strengths, start::Start};
/// use modewise::numerics::linear_algebra::svd::thin_svd;
/// use modewise::seed::MasterSeed;
///
/// let y = faer::mat![[2.0, 2.0], [1.0, -1.0]];
/// let mut data = thin_svd(y.as_ref()).expect("the entries are finite");
/// let weights = Start::Normal(0.01).weights(&[2, 8, 2], &data, MasterSeed::default(), 0);
/// let start = start_strengths(&mut data, weights[0].as_ref(), weights[1].as_ref()).expect("the weights are finite");
/// assert!(start.free[1] < start.alone[1], "the first mode uses up a direction");
/// ```
///
/// The projection on what stronger modes have left free is this project's own; it is derived from the flow near its saddles,
/// where mode `a` grows from what of `c_a` no learned mode holds.
///
/// # Errors
/// If weights are not finite.
///
/// # Panics
/// If the sizes of the weights do not fit those of the data.
pub fn start_strengths(
    data: &mut Svd,
    w1: MatRef<'_, f64>,
    w2: MatRef<'_, f64>,
) -> Result<StartStrengths, NotConverged> {
    let (rank, hidden) = (data.rank(), w1.nrows());
    let mut used = Mat::<f64>::zeros(hidden, 0);
    let mut strengths = StartStrengths { alone: Vec::with_capacity(rank), free: Vec::with_capacity(rank) };
    let mut growing = growing_parts(data, 0..rank, w1, w2);
    for group in groups(&data.s[..rank]) {
        let left = outside(used.as_ref(), growing.subcols(group.start, group.len()));
        let Svd { u: directions, s: amplitudes, v: rotation } = thin_svd(padded(left.as_ref()).as_ref())?;
        if group.len() > 1 {
            rotate(&mut data.u, group.clone(), rotation.as_ref());
            rotate(&mut data.v, group.clone(), rotation.as_ref());
            rotate(&mut growing, group.clone(), rotation.as_ref());
        }
        let new = group.len().min(hidden - used.ncols());
        strengths.alone.extend(group.clone().map(|mode| growing.col(mode).squared_norm_l2()));
        strengths.free.extend((0..group.len()).map(|i| if i < new { amplitudes[i] * amplitudes[i] } else { f64::NAN }));
        used = Mat::from_fn(hidden, used.ncols() + new, |i, j| match j.checked_sub(used.ncols()) {
            None => used[(i, j)],
            Some(j) => directions[(i, j)],
        });
    }
    Ok(strengths)
}

/// `c_a = (W1 v_a + W2^T u_a)/2` for the modes of a range, one per column.
fn growing_parts(data: &Svd, modes: Range<usize>, w1: MatRef<'_, f64>, w2: MatRef<'_, f64>) -> Mat<f64> {
    let (u, v) = (data.u.subcols(modes.start, modes.len()), data.v.subcols(modes.start, modes.len()));
    let sum = w1 * v + w2.transpose() * u;
    Mat::from_fn(sum.nrows(), sum.ncols(), |i, j| sum[(i, j)] / 2.0)
}

/// `c` without its part in the span of the orthonormal columns of `used`.
fn outside(used: MatRef<'_, f64>, c: MatRef<'_, f64>) -> Mat<f64> {
    let once = c - used * (used.transpose() * c);
    // Because the first projection leaves a part of the size of the rounding of `c`, not of what is left.
    &once - used * (used.transpose() * &once)
}

/// Zero rows below a wide matrix, so that its thin decomposition has a square right factor.
fn padded(a: MatRef<'_, f64>) -> Mat<f64> {
    Mat::from_fn(a.nrows().max(a.ncols()), a.ncols(), |i, j| if i < a.nrows() { a[(i, j)] } else { 0.0 })
}

/// Replaces the columns of a range by their product with a square matrix.
fn rotate(a: &mut Mat<f64>, columns: Range<usize>, rotation: MatRef<'_, f64>) {
    let rotated = a.subcols(columns.start, columns.len()) * rotation;
    a.subcols_mut(columns.start, columns.len()).copy_from(&rotated);
}
