//! `heatmap`: the mean over replicates in a plane.

use super::axis::of_scale;
use super::model::{Layer, Plot, PlotAxis};
use super::series::{everything, summaries};
use super::shown::shown;
use super::theory::theory_lines;
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_kinds::Heatmap;

/// Most cells: 100 along each direction.
const CELLS: usize = 10_000;

/// The mean of `z` in a cell for each pair of `x` and `y`, and the border that the theory predicts: y as a formula.
pub(super) fn heatmap(claim: &Claim, evidence: &Evidence, figure: &Heatmap) -> Result<Plot, String> {
    let Heatmap { rows, x, y, z, border } = figure;
    let scales = [x, y, z];
    let table = shown(evidence, rows)?;
    let [x_axis, y_axis, z_axis] = scales.map(|scale| of_scale(claim, &rows.table, scale));
    let [x, y, z] = scales.map(|scale| scale.formula.by_row(&table));
    let [columns, lines] = [places(&x_axis, &x), places(&y_axis, &y)];
    if columns.len() * lines.len() > CELLS {
        return Err(format!("has {} x {} cells (allowed: {CELLS} in all)", columns.len(), lines.len()));
    }
    let row = |&line: &f64| {
        let rows: Vec<usize> = (0..y.len()).filter(|&row| y[row] == line).collect();
        means(&columns, &rows, &x, &z).into_iter().map(|mean| z_axis.shows(mean?)).collect()
    };
    let cells: Vec<Vec<Option<f64>>> = lines.iter().map(row).collect();
    if cells.iter().flatten().all(Option::is_none) {
        return Err(format!("has nothing to show: `{}` is missing in all cells", scales[2].formula.text));
    }
    let mut layers = vec![Layer::Cells { x: columns, y: lines, z: cells }];
    if let Some(border) = border {
        let all = [everything(&table)];
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

/// The distinct values that an axis can show, in order.
fn places(axis: &PlotAxis, values: &[f64]) -> Vec<f64> {
    let mut places: Vec<f64> = values.iter().filter_map(|&value| axis.shows(value)).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    places
}

/// Mean of `z` over the rows with each of the given `x`; none where there are no such rows.
fn means(places: &[f64], rows: &[usize], x: &[f64], z: &[f64]) -> Vec<Option<f64>> {
    let summaries = summaries(rows, x, z);
    let at = |&place: &f64| summaries.iter().find(|summary| summary.x == place).map(|summary| summary.mean);
    places.iter().map(at).collect()
}
