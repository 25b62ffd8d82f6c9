//! The modes of a table whose items are presented with different frequencies.

use faer::{Mat, MatRef};

/// `Y diag(f)`: the table (F x N) with each item's column times its frequency, whose singular value decomposition decides
/// how a two-layer network leaves the origin.
///
/// Linearised at the origin, the flow of `1/2 sum_i f_i |y_i - W2 W1 e_i|^2` is `dW1 = W2^T Y diag(f)`,
/// `dW2 = Y diag(f) W1^T`; with `Y diag(f) = U diag(s) V^T` the mode `a` grows as `e^(s_a t)` in each layer.
///
/// # Panics
/// If there are fewer frequencies than columns.
pub fn weighted(y: MatRef<'_, f64>, frequencies: &[f64]) -> Mat<f64> {
    Mat::from_fn(y.nrows(), y.ncols(), |feature, item| y[(feature, item)] * frequencies[item])
}

/// What becomes of a mode of `Y diag(f)` after it has left the origin.
///
/// ```
/// use modewise::theory::frequency::WeightedMode;
///
/// // Both items are seen twice as often: the mode is learned twice as fast, the rest stays as it is.
/// let mode = WeightedMode::new(2.0 * 3.0, &[0.6, 0.8], &[2.0, 2.0]);
/// assert!((mode.end - 3.0).abs() < 1e-12 && (mode.ceiling - 3.0).abs() < 1e-12);
/// assert!(WeightedMode::new(3.0, &[0.6, 0.8], &[0.5, 1.5]).turn > 1.1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedMode {
    /// Its strength at the end, `u^T Y v = s v^T diag(1/f) v`.
    pub end: f64,
    /// The strength at which it would come to rest if its patterns stayed what they are, `s / (v^T diag(f) v)`.
    pub ceiling: f64,
    /// `end / ceiling`: 1 where all items of the mode are seen equally often, above 1 elsewhere, by Jensen's inequality.
    /// There the item pattern turns while it is learned, because what is seen more often is learned first.
    pub turn: f64,
}

impl WeightedMode {
    /// The mode with this singular value and item pattern `v`, of length 1.
    ///
    /// To the first order in its strength `m` the mode grows at the rate `s - m v^T diag(f) v`: what the turn of the patterns
    /// does to it is of the second.
    pub fn new(s: f64, v: &[f64], frequencies: &[f64]) -> Self {
        let along =
            |weight: &dyn Fn(f64) -> f64| -> f64 { v.iter().zip(frequencies).map(|(v, &f)| v * v * weight(f)).sum() };
        let (end, ceiling) = (s * along(&|f| 1.0 / f), s / along(&|f| f));
        Self { end, ceiling, turn: end / ceiling }
    }

    /// Whether all items of the mode are seen equally often, up to rounding.
    pub fn is_straight(&self) -> bool {
        self.turn < 1.0 + 1e-9
    }
}
