//! How often the intervals cover the truth.

/// Confidence at which [`COVERAGE`] was measured: the default of claims.
pub const CONFIDENCE: f64 = 0.99;

/// Simulated data sets behind each number of [`COVERAGE`]. A coverage of 0.99 has a standard error of 0.0045.
pub const DATA_SETS: u64 = 500;

/// A measured coverage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// The measure.
    pub measure: &'static str,
    /// What the data are.
    pub data: &'static str,
    /// Replicates in each data set.
    pub replicates: usize,
    /// Share of data sets whose interval covers the true value of the measure.
    pub covered: f64,
}

/// Measured coverage of the intervals, against which a test compares a new simulation.
pub const COVERAGE: [Coverage; 18] = [
    covered("mean", "normal", 16, 0.990),
    covered("mean", "normal", 32, 0.994),
    covered("mean", "normal", 100, 0.990),
    covered("mean", "exponential", 16, 0.968),
    covered("mean", "exponential", 32, 0.984),
    covered("mean", "exponential", 100, 0.988),
    covered("median", "normal", 16, 0.994),
    covered("median", "normal", 32, 0.998),
    covered("median", "normal", 100, 0.996),
    covered("median", "exponential", 16, 0.996),
    covered("median", "exponential", 32, 0.992),
    covered("median", "exponential", 100, 0.990),
    covered("slope", "five points a replicate, normal", 16, 0.992),
    covered("slope", "five points a replicate, normal", 32, 0.986),
    covered("slope", "five points a replicate, normal", 100, 0.982),
    covered("fraction", "yes with probability 0.9", 16, 0.998),
    covered("fraction", "yes with probability 0.9", 32, 0.994),
    covered("fraction", "yes with probability 0.9", 100, 0.994),
];

const fn covered(measure: &'static str, data: &'static str, replicates: usize, covered: f64) -> Coverage {
    Coverage { measure, data, replicates, covered }
}
