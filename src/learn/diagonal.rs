//! The diagonal linear network: every coefficient is the product of two weights.

/// Linear regression on inputs of covariance `(1 - r) I + r 1 1^T`, with coefficients `b_i = u_i v_i`. The loss is half
/// the mean squared error, `1/2 (b - target)^T covariance (b - target)`.
///
/// The weights are one vector, all `u` and then all `v`.
///
/// ```
/// use modewise::learn::diagonal::DiagonalNetwork;
///
/// let network = DiagonalNetwork::new(&[2.0, 0.0], 0.0);
/// assert_eq!(network.coefficients(&[1.0, 3.0, 0.5, 2.0]), [0.5, 6.0]);
/// let mut slope = [0.0; 4];
/// network.slope(&[1.0, 3.0, 0.5, 0.0], &mut slope);
/// assert_eq!(slope, [0.75, 0.0, 1.5, 0.0]);
/// ```
#[derive(Clone, Debug)]
pub struct DiagonalNetwork {
    target: Vec<f64>,
    correlation: f64,
}

impl DiagonalNetwork {
    /// The network that learns the coefficients `target` from inputs whose correlation with each other is
    /// `correlation`, `r`.
    pub fn new(target: &[f64], correlation: f64) -> Self {
        Self { target: target.to_vec(), correlation }
    }

    /// Weights that compute nothing, of this scale: `u = sqrt(2) scale`, `v = 0`.
    ///
    /// Pesme, Flammarion 2023, where it is their `alpha`.
    pub fn start(&self, scale: f64) -> Vec<f64> {
        let count = self.target.len();
        (0..2 * count).map(|weight| if weight < count { std::f64::consts::SQRT_2 * scale } else { 0.0 }).collect()
    }

    /// The coefficients `b_i = u_i v_i`.
    ///
    /// # Panics
    /// If there are fewer weights than coefficients.
    pub fn coefficients(&self, weights: &[f64]) -> Vec<f64> {
        let (u, v) = weights.split_at(self.target.len());
        u.iter().zip(v).map(|(u, v)| u * v).collect()
    }

    /// Writes the negative gradient of the loss: `du = v r`, `dv = u r` with `r = covariance (target - b)`; as
    /// many numbers as weights.
    ///
    /// # Panics
    /// If there are fewer weights than coefficients, or `slope` is shorter than the coefficients are.
    pub fn slope(&self, weights: &[f64], slope: &mut [f64]) {
        let count = self.target.len();
        let (u, v) = weights.split_at(count);
        let (in_u, in_v) = slope.split_at_mut(count);
        let missing = |i: usize| self.target[i] - u[i] * v[i];
        let shared = self.correlation * (0..count).map(missing).sum::<f64>();
        for (i, (in_u, in_v)) in in_u.iter_mut().zip(in_v).enumerate() {
            let residual = (1.0 - self.correlation) * missing(i) + shared;
            (*in_u, *in_v) = (v[i] * residual, u[i] * residual);
        }
    }
}
