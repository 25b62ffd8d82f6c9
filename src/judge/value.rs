//! What a check's measure and expectation give.

use super::goal::centre;
use crate::spec::check::{Check, Expectation};
use crate::spec::formula::Formula;
use crate::table::Table;

/// What a statistic gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    /// Of the measure.
    pub(super) measured: f64,
    /// Of the expectation: `[low, high]` of `between`, twice the same of the others.
    pub(super) expected: [f64; 2],
}

impl Value {
    /// Missing.
    pub(super) const MISSING: Self = Self { measured: f64::NAN, expected: [f64::NAN; 2] };

    pub(super) fn new(measured: f64, expected: Vec<f64>) -> Self {
        let [.., last] = expected[..] else { unreachable!("an expectation has one or two formulas") };
        Self { measured, expected: [expected[0], last] }
    }

    /// The measure less what the expectation differs from `expected`: where the expectation is a constant, the
    /// measure itself, to the bit.
    pub(super) fn against(&self, expected: [f64; 2]) -> f64 {
        self.measured + (centre(expected) - centre(self.expected))
    }
}

/// The formulas of an expectation: of `between` the lower and the upper end, of the others one.
pub(super) fn formulas(expectation: &Expectation) -> Vec<&Formula> {
    match expectation {
        Expectation::Equals { value, .. }
        | Expectation::AtMost { bound: value, .. }
        | Expectation::AtLeast { bound: value, .. }
        | Expectation::Exactly(value) => vec![value],
        Expectation::Between { low, high } => vec![low, high],
    }
}

/// Measure and expectation over all rows of a table.
pub(super) fn over_all(check: &Check, table: &Table) -> Value {
    let rows: Vec<usize> = (0..table.rows()).collect();
    if rows.is_empty() {
        return Value::MISSING;
    }
    let value = |formula: &Formula| formula.over(table).value(&rows);
    Value::new(value(&check.measure), formulas(&check.expect).into_iter().map(value).collect())
}
