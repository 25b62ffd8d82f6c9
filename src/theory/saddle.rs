//! Stationary points of the two-layer net: loss, number of ways down, steepest way down.
//!
//! For each set `A` of learned modes with `k = |A| <= H` hidden units there is a set of stationary weights, those
//! that realise exactly these modes. `s` holds the singular values, largest first; `learned` holds for
//! each whether its mode is in `A`; what one of the two lists has more than the other is left out.

/// Loss at the stationary point: `1/2 sum_{a not in A} s_a^2`.
///
/// Baldi & Hornik 1989, the value of the error at the critical point of an index set.
///
/// ```
/// use modewise::theory::saddle::{hessian_index, loss, lowest_eigenvalue};
///
/// // Of the modes 3, 2, 1 the first is learned, with two hidden units: one of them is free.
/// let (s, learned) = ([3.0, 2.0, 1.0], [true, false, false]);
/// assert_eq!(loss(&s, &learned), 2.5);
/// assert_eq!(hessian_index(&s, 2, &learned), 2);
/// assert_eq!(lowest_eigenvalue(&s, 2, &learned), -2.0); // the second mode is next
/// ```
pub fn loss(s: &[f64], learned: &[bool]) -> f64 {
    0.5 * missing(s, learned).fold(0.0, |sum, s| sum + s * s)
}

/// Number of negative eigenvalues of the Hessian at the stationary point:
/// `(H - k) #{a not in A: s_a > 0} + #{(a not in A, b in A): s_a > s_b}`.
///
/// A free hidden unit can take up any missing mode; a used one can swap its mode for a stronger one. (Derived here:
/// along the direction that moves a unit of strength `s_b` towards mode `a` the curvature is `s_b - s_a`.)
///
/// # Panics
/// If more modes are learned than there are hidden units.
pub fn hessian_index(s: &[f64], hidden: usize, learned: &[bool]) -> usize {
    let free = hidden - learned.iter().filter(|&&learned| learned).count();
    let swaps = |strong: f64| present(s, learned).filter(|&weak| strong > weak).count();
    missing(s, learned).filter(|&s| s > 0.0).map(|s| free + swaps(s)).sum()
}

/// Smallest eigenvalue of the Hessian at the stationary point: with a free hidden unit `-max_{a not in A} s_a`, with
/// none `min(0, min_{b in A} s_b - max_{a not in A} s_a)`, and 0 where no mode is missing.
///
/// Moving a hidden unit of strength `s_b` (0 if it is free) towards mode `a` has curvature `s_b - s_a`; the weights
/// that realise the same product differently are directions of curvature 0.
#[expect(clippy::disallowed_methods, reason = "singular values are finite")]
pub fn lowest_eigenvalue(s: &[f64], hidden: usize, learned: &[bool]) -> f64 {
    let free = hidden > learned.iter().filter(|&&learned| learned).count();
    let strongest = missing(s, learned).fold(0.0, f64::max);
    let weakest = if free { 0.0 } else { present(s, learned).fold(f64::INFINITY, f64::min) };
    (weakest - strongest).min(0.0)
}

/// Exponent of the closest approach to the saddle of the `k` strongest modes in the scale `sigma` of a small start:
/// the distance shrinks as `sigma` to this power, `2` at the origin (`k = 0`) and otherwise
/// `2 (s_k - s_{k+1})/(s_k + s_{k+1})`, for `k` below the number of modes; missing at the end of the way.
///
/// Because while mode `k` is completed, what is missing of it falls as `(s_k^2/m0) e^{-2 s_k t}`, and the next one rises
/// as `m0 e^{2 s_{k+1} t}` with `m0` of order `sigma^2` (Saxe, McClelland, Ganguli 2014, the solution for one mode,
/// for late and for early times); their sum of squares is least where they are of the same order.
///
/// ```
/// use modewise::theory::saddle::approach_exponent;
///
/// assert_eq!(approach_exponent(&[3.0, 1.0], 1), 1.0);
/// assert!(approach_exponent(&[3.0, 1.0], 2).is_nan()); // the last point is no saddle
/// ```
pub fn approach_exponent(s: &[f64], k: usize) -> f64 {
    match (k.checked_sub(1).map(|last| s[last]), s.get(k)) {
        (_, None) => f64::NAN,
        (None, Some(_)) => 2.0,
        (Some(last), Some(next)) => 2.0 * (last - next) / (last + next),
    }
}

fn missing<'a>(s: &'a [f64], learned: &'a [bool]) -> impl Iterator<Item = f64> + 'a {
    s.iter().zip(learned).filter(|&(_, &learned)| !learned).map(|(&s, _)| s)
}

fn present<'a>(s: &'a [f64], learned: &'a [bool]) -> impl Iterator<Item = f64> + 'a {
    s.iter().zip(learned).filter(|&(_, &learned)| learned).map(|(&s, _)| s)
}
