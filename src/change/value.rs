//! Points and values: of which findings the values are compared, and when they are the same.

use indexmap::IndexMap;

use crate::judge::finding::PointValue;

/// Values of the `per` columns of a check at a point; none if it has no such columns.
pub type PointName = Option<IndexMap<String, PointValue>>;

/// Relative difference up to which two values are the same: the last bits depend on the processor.
pub const SAME: f64 = 1e-9;

/// Whether two values are the same, or both missing.
#[expect(clippy::disallowed_methods, reason = "a value of a record is finite or none")]
pub(super) fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= SAME * one.abs().max(other.abs()),
        (one, other) => one.is_none() && other.is_none(),
    }
}
