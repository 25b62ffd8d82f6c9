//! A trained network learns one more feature.

use crate::numerics::linear_algebra::reductions::sum_of_squares;

/// Error of the answer at which learning ends.
const CLOSE: f64 = 1e-13;

/// Weights from the hidden layer to a new feature, learned from one item with the hidden activity `h` (length H) until the
/// item has the feature, `w.h = 1`, by descent of `1/2 (1 - w.h)^2` from weights 0; all other weights stay.
///
/// Descent never leaves the direction of `h`, so it ends at `w = h/|h|^2`, and another item `h'` gets the answer
/// `h.h'/|h|^2`: Saxe, McClelland, Ganguli 2019, "inductive projection". Of an item without activity nothing is learned, and
/// the weights stay 0.
///
/// ```
/// use modewise::learn::new_feature::fit_new_feature;
///
/// let weights = fit_new_feature(&[3.0, 4.0]);
/// assert!((weights[0] - 3.0 / 25.0).abs() < 1e-12 && (weights[1] - 4.0 / 25.0).abs() < 1e-12);
/// ```
pub fn fit_new_feature(h: &[f64]) -> Vec<f64> {
    let mut weights = vec![0.0; h.len()];
    let square = sum_of_squares(h);
    if square == 0.0 {
        return weights;
    }
    // Half of the largest rate that does not overshoot: each step halves the error.
    let rate = 0.5 / square;
    loop {
        let error = 1.0 - weights.iter().zip(h).map(|(w, h)| w * h).sum::<f64>();
        // Not a number where the activity is not finite.
        if error.abs() <= CLOSE || error.is_nan() {
            return weights;
        }
        weights.iter_mut().zip(h).for_each(|(w, h)| *w += rate * error * h);
    }
}
