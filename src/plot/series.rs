//! Series: the rows of one line or one colour; curves over them.

use crate::numerics::statistics::moments::mean;
use crate::numerics::statistics::quantile::quantile;
use crate::spec::claim::Claim;
use crate::table::Table;

/// Most series of a figure: more come from a column that is different in every row.
const SERIES: usize = 1000;

/// The rows with one value of the series column.
#[derive(Clone)]
pub(super) struct Series {
    /// `hidden = 32`; empty where there is one series only.
    pub(super) label: String,
    /// Its rows.
    pub(super) rows: Vec<usize>,
}

impl Series {
    /// Calls the column of the series by another name.
    pub(super) fn rename(&mut self, column: &str, name: &str) {
        if let Some(value) = self.label.strip_prefix(column) {
            self.label = format!("{name}{value}");
        }
    }
}

/// All rows, without a name.
pub(super) fn everything(table: &Table) -> Series {
    Series { label: String::new(), rows: (0..table.rows()).collect() }
}

/// Splits a table by a column, in order of its values; rows without a value belong to no series.
pub(super) fn split(claim: &Claim, table: &Table, column: Option<&str>) -> Result<Vec<Series>, String> {
    let Some(name) = column else {
        return Ok(vec![everything(table)]);
    };
    let values = super::shown::column(table, name)?;
    let rows: Vec<usize> = (0..values.len()).filter(|&row| !values[row].is_nan()).collect();
    let runs = by_value(&rows, values);
    if runs.len() > SERIES {
        return Err(format!("has {} series of `{name}` (allowed: {SERIES})", runs.len()));
    }
    Ok(runs.into_iter().map(|rows| Series { label: label(claim, name, values[rows[0]]), rows }).collect())
}

/// `hidden = 32`, `start = balanced`: a value with its label where the column has labels.
fn label(claim: &Claim, column: &str, value: f64) -> String {
    let mut parameters = claim.swept();
    let labels = parameters.find(|parameter| parameter.column == column).and_then(|axis| axis.labels.as_ref());
    match labels.and_then(|labels| labels.get(value as usize)) {
        Some(label) => format!("{column} = {label}"),
        None if value != 0.0 && !(1e-4..1e6).contains(&value.abs()) => format!("{column} = {value:e}"),
        None => format!("{column} = {value}"),
    }
}

/// Rows by a value that none of them misses, in order of the value.
fn by_value(rows: &[usize], values: &[f64]) -> Vec<Vec<usize>> {
    let mut rows = rows.to_vec();
    rows.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    rows.chunk_by(|&a, &b| values[a] == values[b]).map(<[usize]>::to_vec).collect()
}

/// A value over the rows with one `x`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Summary {
    /// Where.
    pub(super) x: f64,
    /// Mean of the rows that have a value; missing if none has.
    pub(super) mean: f64,
    /// The middle 90 %, from the 5 % to the 95 % quantile.
    pub(super) middle: [f64; 2],
    /// Rows that have a value.
    pub(super) rows: usize,
}

/// `y` over the rows with each distinct `x`, in order of `x`; rows without `x` are left out.
pub(super) fn summaries(rows: &[usize], x: &[f64], y: &[f64]) -> Vec<Summary> {
    let rows: Vec<usize> = rows.iter().copied().filter(|&row| x[row].is_finite()).collect();
    let summary = |rows: Vec<usize>| {
        let values: Vec<f64> = rows.iter().map(|&row| y[row]).filter(|value| value.is_finite()).collect();
        let middle = [quantile(&values, 0.05), quantile(&values, 0.95)];
        Summary { x: x[rows[0]], mean: mean(&values), middle, rows: values.len() }
    };
    by_value(&rows, x).into_iter().map(summary).collect()
}

/// The stretches without a gap.
pub(super) fn unbroken<T>(points: Vec<Option<T>>) -> Vec<Vec<T>> {
    let mut stretches = vec![Vec::new()];
    for point in points {
        match point {
            Some(point) => stretches.last_mut().expect("there is always a last stretch").push(point),
            None => stretches.push(Vec::new()),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}
