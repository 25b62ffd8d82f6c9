//! Axes: what they are called, and what they can show.

use super::model::PlotAxis;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::Scale;

/// The axis of a quantity: its label if the spec gives one, else the formula, with the unit if it is just a column.
pub(super) fn of_scale(claim: &Claim, table: &str, scale: &Scale) -> PlotAxis {
    let text = scale.formula.text.trim();
    let (label, unit) = match &scale.label {
        Some(label) => (label.clone(), String::new()),
        None => (text.to_owned(), unit(claim, table, text)),
    };
    PlotAxis { label, unit, log: scale.log }
}

/// The axis that several quantities share: under its own label, else under their names.
pub(super) fn of_several(scales: &[Scale], label: Option<&str>) -> PlotAxis {
    let names = || scales.iter().map(Scale::name).collect::<Vec<_>>().join(", ");
    let label = label.map_or_else(names, str::to_owned);
    PlotAxis { label, unit: String::new(), log: scales.iter().any(|scale| scale.log) }
}

/// A linear axis of a column under another name.
pub(super) fn of_column(claim: &Claim, table: &str, column: &str, label: &str) -> PlotAxis {
    PlotAxis { label: label.to_owned(), unit: unit(claim, table, column), log: false }
}

fn unit(claim: &Claim, table: &str, column: &str) -> String {
    let docs = claim.kind.table(table).into_iter().flat_map(|table| table.all());
    docs.into_iter().find(|doc| doc.name == column).map_or("", |doc| doc.unit).to_owned()
}

impl PlotAxis {
    /// The value if the axis can show it: not missing, on a logarithmic axis positive.
    pub(super) fn shows(&self, value: f64) -> Option<f64> {
        (value.is_finite() && (value > 0.0 || !self.log)).then_some(value)
    }
}
