//! The axes of a sweep.

use serde_json::Value as Json;

/// One axis of a sweep, or several that move together.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The parameters that it sets, one or more.
    pub parameters: Vec<AxisParameter>,
    /// For each stop of the axis, one value per parameter, in the order of the parameters.
    pub values: Vec<Vec<Json>>,
}

/// A parameter that an axis sets.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisParameter {
    /// Dotted path below the experiment, `learner.linear.hidden`.
    pub path: String,
    /// Its column in the tables: the path's last word, or the path with `_` for `.` where two would clash.
    /// A numeric value is the column's number; where any value of the axis is not a number, the column holds the
    /// place of the value in `labels`.
    pub column: String,
    /// For an axis with values that are not numbers: the values as text, in order of first appearance. Formulas
    /// compare them with text: `centre == "known"`.
    pub labels: Option<Vec<String>>,
}
