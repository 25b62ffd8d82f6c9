//! How far a Lanczos process has come, and when to look at it again.

/// How far the Lanczos process has come, from its bidiagonal matrix `B` without a decomposition.
pub(crate) struct Estimate {
    /// Leading singular values, largest first.
    pub(crate) s: Vec<f64>,
    /// Residual of the slowest triplet, in units of the largest singular value.
    pub(crate) residual: f64,
    /// Factor by which it falls in a step; `NaN` where that is not known.
    pub(crate) pace: f64,
}

impl Estimate {
    /// Steps until the residual, if it goes on falling as it does, will be within the tolerance; few enough not to miss that
    /// by much, and so many that looking at `B` does not count where it does not fall yet.
    pub(crate) fn wait(&self, steps: usize, tolerance: f64) -> usize {
        let most = (steps / 8).max(4).min(steps + 1);
        if self.pace > 1.0 {
            let wait = libm::log(self.residual / tolerance) / libm::log(self.pace);
            (wait.ceil() as usize).clamp(1, most)
        } else {
            most
        }
    }
}
