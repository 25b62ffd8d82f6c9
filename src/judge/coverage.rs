//! How often the intervals cover the truth.

/// Confidence at which [`COVERAGE`] was measured: the default of claims.
pub const CONFIDENCE: f64 = 0.99;

/// Simulated data sets behind each number of [`COVERAGE`]. A coverage of 0.99 has a standard error of 0.0016.
pub const DATA_SETS: u64 = 4000;

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

/// Measured coverage of the intervals, against which a test compares a new simulation; `examples/coverage.rs` makes it.
/// An interval that there is none of at so few replicates has no row.
pub const COVERAGE: [Coverage; 74] = [
    covered("mean", "normal", 16, 0.9980),
    covered("mean", "normal", 32, 0.9980),
    covered("mean", "normal", 96, 0.9930),
    covered("mean", "uniform", 16, 0.9995),
    covered("mean", "uniform", 32, 0.9985),
    covered("mean", "size of a normal value", 16, 0.9985),
    covered("mean", "size of a normal value", 32, 0.9983),
    covered("mean", "size of a normal value", 96, 0.9953),
    covered("mean", "exponential", 16, 0.9967),
    covered("mean", "exponential", 32, 0.9945),
    covered("mean", "exponential", 96, 0.9945),
    covered("mean", "lognormal, with standard deviation 1 in the logarithm", 16, 0.9905),
    covered("mean", "lognormal, with standard deviation 1 in the logarithm", 32, 0.9897),
    covered("mean", "lognormal, with standard deviation 1 in the logarithm", 96, 0.9895),
    covered("mean", "beta(20, 0.5)", 16, 0.9960),
    covered("mean", "beta(20, 0.5)", 32, 0.9947),
    covered("mean", "beta(20, 0.5)", 96, 0.9955),
    covered("mean of bounded values", "1, or 1/3 with probability 0.02, declared from -1 to 1", 8, 1.0000),
    covered("mean of bounded values", "1, or 1/3 with probability 0.02, declared from -1 to 1", 16, 0.9997),
    covered("mean of bounded values", "1, or 1/3 with probability 0.02, declared from -1 to 1", 32, 1.0000),
    covered("mean of bounded values", "1, or 1/3 with probability 0.05, declared from -1 to 1", 8, 0.9995),
    covered("mean of bounded values", "1, or 1/3 with probability 0.05, declared from -1 to 1", 16, 1.0000),
    covered("mean of bounded values", "1, or 1/3 with probability 0.05, declared from -1 to 1", 32, 0.9997),
    covered("mean of bounded values", "1, or 1/3 with probability 0.05, declared from -1 to 1", 96, 1.0000),
    covered("mean of bounded values", "1, or 1/3 with probability 0.10, declared from -1 to 1", 8, 1.0000),
    covered("mean of bounded values", "1, or 1/3 with probability 0.10, declared from -1 to 1", 16, 1.0000),
    covered("mean of bounded values", "1, or 1/3 with probability 0.10, declared from -1 to 1", 32, 0.9995),
    covered("mean of bounded values", "1, or 0 with probability 0.05", 8, 1.0000),
    covered("mean of bounded values", "1, or 0 with probability 0.05", 16, 0.9997),
    covered("mean of bounded values", "1, or 0 with probability 0.05", 32, 0.9995),
    covered("mean of bounded values", "1, or 0 with probability 0.05", 96, 0.9995),
    covered("mean of bounded values", "beta(20, 0.5), declared from 0 to 1", 16, 1.0000),
    covered("mean of bounded values", "beta(20, 0.5), declared from 0 to 1", 32, 1.0000),
    covered("mean of bounded values", "beta(20, 0.5), declared from 0 to 1", 96, 1.0000),
    covered(
        "fraction, three rows per replicate",
        "right with probability 1, or 0.5 in a fifth of the replicates",
        16,
        0.9995,
    ),
    covered(
        "fraction, three rows per replicate",
        "right with probability 1, or 0.5 in a fifth of the replicates",
        32,
        1.0000,
    ),
    covered("median", "normal", 16, 0.9955),
    covered("median", "normal", 32, 0.9945),
    covered("median", "normal", 96, 0.9933),
    covered("median", "lognormal, with standard deviation 1 in the logarithm", 16, 0.9953),
    covered("median", "lognormal, with standard deviation 1 in the logarithm", 32, 0.9925),
    covered("median", "lognormal, with standard deviation 1 in the logarithm", 96, 0.9940),
    covered("quantile at 0.1", "exponential", 96, 0.9950),
    covered("quantile at 0.9", "normal", 96, 0.9955),
    covered("median within a formula", "exponential", 16, 0.9953),
    covered("median within a formula", "exponential", 32, 0.9917),
    covered("median within a formula", "exponential", 96, 0.9920),
    covered("ratio of means", "exponential, independent", 16, 0.9925),
    covered("ratio of means", "exponential, independent", 32, 0.9947),
    covered("ratio of means", "exponential, independent", 96, 0.9955),
    covered("ratio of means", "lognormal, paired", 16, 0.9928),
    covered("ratio of means", "lognormal, paired", 32, 0.9917),
    covered("ratio of means", "lognormal, paired", 96, 0.9903),
    covered("slope", "means at five points, exponential", 16, 0.9975),
    covered("slope", "means at five points, exponential", 32, 0.9947),
    covered("slope in logarithms", "means at five points, lognormal", 16, 0.9972),
    covered("slope in logarithms", "means at five points, lognormal", 32, 0.9962),
    covered("slope", "one row per replicate, with noise that grows", 16, 0.9985),
    covered("slope", "one row per replicate, with noise that grows", 32, 0.9885),
    covered("rank correlation of Spearman", "normal, correlated by 0.5", 16, 0.9983),
    covered("rank correlation of Spearman", "normal, correlated by 0.5", 32, 0.9958),
    covered("rank correlation of Spearman", "normal, correlated by 0.5", 96, 0.9970),
    covered("rank correlation of Kendall", "normal, correlated by 0.5", 16, 0.9995),
    covered("rank correlation of Kendall", "normal, correlated by 0.5", 32, 0.9990),
    covered("rank correlation of Kendall", "normal, correlated by 0.5", 96, 0.9965),
    covered("rank correlation of Kendall", "normal, correlated by 0.9", 16, 1.0000),
    covered("rank correlation of Kendall", "normal, correlated by 0.9", 32, 0.9995),
    covered("rank correlation of Kendall", "normal, correlated by 0.9", 96, 0.9980),
    covered("crossing", "means at five points, normal", 16, 0.9967),
    covered("crossing", "means at five points, normal", 32, 0.9950),
    covered("crossing", "means at five points, normal", 96, 0.9972),
    covered("crossing", "means at five points, exponential", 16, 0.9978),
    covered("crossing", "means at five points, exponential", 32, 0.9970),
    covered("crossing", "means at five points, exponential", 96, 0.9953),
];

const fn covered(measure: &'static str, data: &'static str, replicates: usize, covered: f64) -> Coverage {
    Coverage { measure, data, replicates, covered }
}
