//! `scatter`: a point a row.

use super::axis::of_scale;
use super::lines::measured;
use super::model::{Layer, Origin, Plot};
use super::series::split;
use super::shown::shown;
use super::theory::theory_lines;
use super::thin::{CLOUD, note, thin};
use crate::judge::Evidence;
use crate::spec::claim::{Claim, XyFigure};

/// A point for each row, a colour for each series.
pub(super) fn scatter(claim: &Claim, evidence: &Evidence, figure: &XyFigure) -> Result<Plot, String> {
    let table = shown(evidence, &figure.rows)?;
    let [x_axis, y_axis] = [&figure.x, &figure.y].map(|scale| of_scale(claim, &figure.rows.table, scale));
    let [x, y] = [&figure.x, &figure.y].map(|scale| scale.formula.by_row(&table));
    let all = split(claim, &table, figure.series.as_deref())?;
    let clouds: Vec<Vec<[f64; 2]>> = all
        .iter()
        .map(|series| {
            series.rows.iter().filter_map(|&row| Some([x_axis.shows(x[row])?, y_axis.shows(y[row])?])).collect()
        })
        .collect();
    let of: usize = clouds.iter().map(Vec::len).sum();
    if of == 0 {
        let [x, y] = [&figure.x, &figure.y].map(|scale| &scale.formula.text);
        return Err(format!("has nothing to show: no row has both `{x}` and `{y}`"));
    }
    let mut layers = Vec::new();
    let mut drawn = 0;
    for (series, (cloud, of_series)) in clouds.iter().zip(&all).enumerate().filter(|(_, (cloud, _))| !cloud.is_empty())
    {
        let points = thin(cloud, (cloud.len() * CLOUD).div_ceil(of.max(CLOUD)));
        drawn += points.len();
        layers.push(Layer::Points { label: measured(of_series), series, origin: Origin::Measured, points });
    }
    if let Some(theory) = &figure.theory {
        layers.extend(theory_lines(&all, [&x_axis, &y_axis], &x, &theory.by_row(&table)));
    }
    Ok(Plot {
        kind: String::new(),
        title: format!("{} against {}", y_axis.label, x_axis.label),
        caption: note(drawn, of),
        x: x_axis,
        y: y_axis,
        z: None,
        layers,
    })
}
