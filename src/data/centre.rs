//! Centring a table of zeros and ones before it is learned.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is taken from a table of zeros and ones before anything looks at it. `q` is the probability of a 1 in the
/// background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Centre {
    /// Nothing: the mode that all entries share stays.
    None,
    /// `q`, and the rest is divided by `sqrt(q (1 - q))`: background noise of mean 0 and variance 1.
    #[default]
    Known,
    /// The same with the table's share of ones in place of `q`, as one who does not know `q` would do.
    Estimated,
}

/// The map `x -> scale (x - shift)` of the entries of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standardisation {
    /// What is taken from every entry.
    pub shift: f64,
    /// The factor afterwards.
    pub scale: f64,
}

impl Standardisation {
    /// Mean 0 and variance 1 for zeros and ones with the probability `q` of a 1. Where all are equal (`q` is 0 or 1),
    /// everything becomes 0.
    pub fn of(q: f64) -> Self {
        let variance = q * (1.0 - q);
        Self { shift: q, scale: if variance > 0.0 { 1.0 / variance.sqrt() } else { 0.0 } }
    }

    /// `scale (x - shift)`.
    ///
    /// ```
    /// use modewise::data::centre::Standardisation;
    ///
    /// let map = Standardisation::of(0.2);
    /// assert!((map.apply(1.0) - 2.0).abs() < 1e-15 && (map.apply(0.0) + 0.5).abs() < 1e-15);
    /// ```
    pub fn apply(self, x: f64) -> f64 {
        self.scale * (x - self.shift)
    }
}
