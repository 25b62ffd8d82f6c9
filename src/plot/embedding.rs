//! `embedding`: the ways of the items through the representation, in two dimensions.

use super::axis::{of_column, of_scale};
use super::model::{Layer, Plot, PlotAxis};
use super::run::at_point;
use super::shown::column;
use super::snapshots::snapshots;
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_kinds::Embedding;
use crate::spec::language::figure_options::Scale;

const TABLE: &str = "embedding";

/// A way for each item: along the first two principal axes, or along what the figure says.
pub(super) fn embedding(claim: &Claim, evidence: &Evidence, figure: &Embedding) -> Result<Plot, String> {
    let moments = &figure.moments;
    let items = snapshots(claim, evidence, moments)?.items;
    let table = at_point(claim, evidence, TABLE, &moments.point, Some(moments.replicate))?;
    let (time, item) = (column(&table, "time")?, column(&table, "item")?);
    let along = |scale: Option<&Scale>, name: &str, label: &str| -> Result<(PlotAxis, Vec<f64>), String> {
        Ok(match scale {
            Some(scale) => (of_scale(claim, TABLE, scale), scale.formula.by_row(&table)),
            None => (of_column(claim, TABLE, name, label), column(&table, name)?.to_vec()),
        })
    };
    let (x_axis, x) = along(figure.x.as_ref(), "axis1", "first principal coordinate")?;
    let (y_axis, y) = along(figure.y.as_ref(), "axis2", "second principal coordinate")?;
    let path = |(number, of): (usize, &super::model::Item)| {
        let rows = (0..table.rows()).filter(|&row| item[row] == (number + 1) as f64);
        let points = rows.filter_map(|row| Some([time[row], x_axis.shows(x[row])?, y_axis.shows(y[row])?])).collect();
        Layer::Path { label: of.name.clone(), series: of.series, points }
    };
    let layers: Vec<Layer> = items.iter().enumerate().map(path).collect();
    if layers.iter().any(|layer| matches!(layer, Layer::Path { points, .. } if points.is_empty())) {
        return Err("has nothing to show: an item has no place that the axes can show".to_owned());
    }
    Ok(Plot {
        kind: String::new(),
        title: "ways of the items through the hidden representation".to_owned(),
        caption: String::new(),
        x: x_axis,
        y: y_axis,
        z: Some(of_column(claim, TABLE, "time", "time")),
        layers,
    })
}
