//! `scatter`: one point per row.

use std::collections::BTreeSet;

use super::lines::measured;
use super::model::{Layer, Origin, Plot};
use super::thin::{CLOUD, thin};
use super::xy::{Curve, Xy, formulas};
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::XyFigure;

/// Each point once, in order of their first rows.
fn distinct(points: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let mut seen = BTreeSet::new();
    points.into_iter().filter(|point| seen.insert(point.map(f64::to_bits))).collect()
}

/// A point for each row, points that coincide once, a colour for each series.
pub(super) fn scatter(claim: &Claim, evidence: &Evidence, figure: &XyFigure) -> Result<Plot, String> {
    let xy = Xy::new(claim, evidence, figure)?;
    let cloud = |Curve { series, y }: &Curve| -> Vec<[f64; 2]> {
        let point = |&row: &usize| Some([xy.x_axis.shows(xy.x[row])?, xy.y_axis.shows(y[row])?]);
        distinct(series.rows.iter().filter_map(point).collect())
    };
    let clouds: Vec<Vec<[f64; 2]>> = xy.curves.iter().map(cloud).collect();
    let of: usize = clouds.iter().map(Vec::len).sum();
    if of == 0 {
        let x = &figure.x.formula.text;
        return Err(format!("has nothing to show: no row has both `{x}` and {}", formulas(figure)));
    }
    let mut layers = Vec::new();
    let mut drawn = 0;
    for (series, (cloud, curve)) in
        clouds.iter().zip(&xy.curves).enumerate().filter(|(_, (cloud, _))| !cloud.is_empty())
    {
        let points = thin(cloud, (cloud.len() * CLOUD).div_ceil(of.max(CLOUD)));
        drawn += points.len();
        layers.push(Layer::Points { label: measured(&curve.series), series, origin: Origin::Measured, points });
    }
    layers.extend(xy.theory());
    Ok(xy.plot(layers, drawn, of))
}
