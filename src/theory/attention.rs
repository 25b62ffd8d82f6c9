//! Linear attention that learns linear regression in its context.

/// Loss of the network that has learned the first `learned` of these eigenvalues of the inputs' covariance, largest
/// first, from contexts of `context` examples:
/// `tr L - sum_{d <= learned} lambda_d / (1 + (1 + tr L / lambda_d) / context)`.
///
/// The loss is the mean squared error of the query's answer for targets `w . x` with `w` of unit covariance.
/// Zhang, Singh, Latham, Saxe 2025, plateaus of attention with separate keys and queries. It follows from the loss of
/// linear attention with a diagonal `M`: with `C = l^2 (1 + 1/context) + l tr L / context` the best entry for an eigenvalue
/// `l` is `l/C`, and what it gains is `l^3/C`.
///
/// ```
/// use modewise::theory::attention::plateau_loss;
///
/// assert_eq!(plateau_loss(&[1.0, 0.5], 10.0, 0), 1.5); // nothing is learned: the trace
/// assert!((plateau_loss(&[1.0], f64::INFINITY, 1)).abs() < 1e-15); // a long context leaves nothing
/// ```
///
/// # Panics
/// If `learned` is more than the number of eigenvalues.
pub fn plateau_loss(eigenvalues: &[f64], context: f64, learned: usize) -> f64 {
    let trace: f64 = eigenvalues.iter().sum();
    let gain = |lambda: &f64| lambda / (1.0 + (1.0 + trace / lambda) / context);
    trace - eigenvalues[..learned].iter().map(gain).sum::<f64>()
}
