//! Principal axes: the directions in which columns differ most.

use faer::{Mat, MatRef};

use crate::numerics::linear_algebra::svd::{NotConverged, thin_svd};

/// The columns of a D x N matrix, each minus the mean of all of them.
pub fn centred(columns: MatRef<'_, f64>) -> Mat<f64> {
    let count = columns.ncols() as f64;
    let mean: Vec<f64> = columns.row_iter().map(|row| row.iter().sum::<f64>() / count).collect();
    Mat::from_fn(columns.nrows(), columns.ncols(), |row, column| columns[(row, column)] - mean[row])
}

/// The first `count` principal axes of the columns of a D x N matrix, D x `count`: orthonormal, that of the largest
/// variance first; zero beyond the rank.
///
/// An axis points to where the column with the largest coordinate (of those that are equal up to rounding the first) is
/// positive. The coordinates of the centred columns are those of classical scaling of their distances (Gower 1966).
///
/// ```
/// use faer::mat;
/// use modewise::numerics::linear_algebra::principal::principal_axes;
///
/// let columns = mat![[0.0, 2.0, 4.0], [5.0, 5.0, 5.0]];
/// let axes = principal_axes(columns.as_ref(), 1).expect("the entries are finite");
/// // Columns differ along the first coordinate; of the two ends, equally far, the first column's is positive.
/// assert!((axes[(0, 0)] + 1.0).abs() < 1e-12);
/// ```
///
/// # Errors
/// If entries are not finite.
#[expect(clippy::disallowed_methods, reason = "singular vectors are finite")]
pub fn principal_axes(columns: MatRef<'_, f64>, count: usize) -> Result<Mat<f64>, NotConverged> {
    let svd = thin_svd(centred(columns).as_ref())?;
    let mut axes = Mat::zeros(columns.nrows(), count);
    for axis in 0..svd.rank().min(count) {
        let coordinates = svd.v.col(axis);
        let largest = coordinates.iter().fold(0.0, |largest: f64, coordinate| largest.max(coordinate.abs()));
        let leader = coordinates.iter().find(|coordinate| coordinate.abs() > (1.0 - 1e-6) * largest);
        let sign = if leader.is_some_and(|coordinate| *coordinate < 0.0) { -1.0 } else { 1.0 };
        for row in 0..columns.nrows() {
            axes[(row, axis)] = sign * svd.u[(row, axis)];
        }
    }
    Ok(axes)
}
