//! `heatmap`: the mean over replicates in a plane.

use super::axis::of_scale;
use super::model::{Layer, Plot};
use super::series::{Series, summaries};
use super::shown::shown;
use super::theory::theory_lines;
use crate::judge::Evidence;
use crate::spec::claim::{Claim, Rows, Scale};
use crate::spec::formula::Formula;

/// Most cells: 100 along each direction.
const CELLS: usize = 10_000;

/// The mean of `z` in a cell for each pair of `x` and `y`, and the border that the theory predicts: y as a formula.
pub(super) fn heatmap(
    claim: &Claim,
    evidence: &Evidence,
    rows: &Rows,
    scales: [&Scale; 3],
    border: Option<&Formula>,
) -> Result<Plot, String> {
    let table = shown(evidence, rows)?;
    let [x_axis, y_axis, z_axis] = scales.map(|scale| of_scale(claim, &rows.table, scale));
    let [x, y, z] = scales.map(|scale| scale.formula.by_row(&table));
    let places = |axis: &super::model::PlotAxis, values: &[f64]| {
        let mut places: Vec<f64> = values.iter().filter_map(|&value| axis.shows(value)).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        places
    };
    let [columns, lines] = [places(&x_axis, &x), places(&y_axis, &y)];
    if columns.len() * lines.len() > CELLS {
        return Err(format!("has {} x {} cells (allowed: {CELLS} in all)", columns.len(), lines.len()));
    }
    let cells: Vec<Vec<Option<f64>>> = lines
        .iter()
        .map(|&line| {
            let rows: Vec<usize> = (0..y.len()).filter(|&row| y[row] == line).collect();
            let means = summaries(&rows, &x, &z);
            let mean = |column: &f64| means.iter().find(|summary| summary.x == *column).map(|summary| summary.mean);
            columns.iter().map(|column| mean(column).and_then(|mean| z_axis.shows(mean))).collect()
        })
        .collect();
    if cells.iter().flatten().all(Option::is_none) {
        return Err(format!("has nothing to show: `{}` is missing in all cells", scales[2].formula.text));
    }
    let mut layers = vec![Layer::Cells { x: columns, y: lines, z: cells }];
    if let Some(border) = border {
        let all = [Series { label: String::new(), rows: (0..table.rows()).collect() }];
        layers.extend(theory_lines(&all, [&x_axis, &y_axis], &x, &border.by_row(&table)));
    }
    Ok(Plot {
        kind: String::new(),
        title: format!("{} by {} and {}", z_axis.label, x_axis.label, y_axis.label),
        caption: String::new(),
        x: x_axis,
        y: y_axis,
        z: Some(z_axis),
        layers,
    })
}
