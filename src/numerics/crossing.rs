//! Where a curve rises through a level.

use super::moments::mean;

/// The `x` where the mean of `y` first rises through `level`.
///
/// The values of `y` are averaged at each distinct `x`; in order of `x`, the first neighbours with
/// `y_i < level <= y_(i+1)` are joined by a straight line. A curve that starts at or above the level has to fall below
/// it first. `NaN` if there is no such place, or if any value is `NaN`.
pub fn crossing(y: &[f64], x: &[f64], level: f64) -> f64 {
    assert_eq!(y.len(), x.len(), "a point has both coordinates");
    if x.iter().chain(y).any(|value| value.is_nan()) {
        return f64::NAN;
    }
    let curve = means(y, x);
    let rise = curve.windows(2).find(|pair| pair[0].1 < level && level <= pair[1].1);
    rise.map_or(f64::NAN, |pair| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        x0 + (x1 - x0) * (level - y0) / (y1 - y0)
    })
}

/// Mean of `y` at each distinct `x`, in order of `x`.
fn means(y: &[f64], x: &[f64]) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    order
        .chunk_by(|&a, &b| x[a] == x[b])
        .map(|rows| (x[rows[0]], mean(&rows.iter().map(|&row| y[row]).collect::<Vec<_>>())))
        .collect()
}
