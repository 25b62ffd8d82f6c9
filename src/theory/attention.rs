//! Linear attention that learns linear regression in its context.

/// Loss of the network that has learned the first `learned` of these eigenvalues of the inputs' covariance, largest
/// first, from contexts of `context` examples:
/// `tr L - sum_{d <= learned} lambda_d / (1 + (1 + tr L / lambda_d) / context)`.
///
/// The loss is the mean squared error of the query's answer for targets `w . x` with `w` of unit covariance.
/// Zhang, Singh, Latham, Saxe 2025, plateaus of attention with separate keys and queries.
pub fn plateau_loss(eigenvalues: &[f64], context: f64, learned: usize) -> f64 {
    let trace: f64 = eigenvalues.iter().sum();
    let gain = |lambda: &f64| lambda / (1.0 + (1.0 + trace / lambda) / context);
    trace - eigenvalues[..learned].iter().map(gain).sum::<f64>()
}
