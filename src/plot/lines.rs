//! `lines`: the mean over replicates at each x.

use super::axis::of_scale;
use super::model::{Layer, Origin, Plot, PlotAxis};
use super::series::{Series, split, summaries, unbroken};
use super::shown::shown;
use super::theory::theory_lines;
use super::thin::{LINE, note, thin};
use crate::judge::Evidence;
use crate::spec::claim::{Claim, XyFigure};

/// A point of a line: `[x, mean, low, high]`, with the middle 90 % of its rows.
type Point = [f64; 4];

/// A line for each series through the mean of `y` at each `x`, with the middle 90 % as a band.
pub(super) fn lines(claim: &Claim, evidence: &Evidence, figure: &XyFigure) -> Result<Plot, String> {
    let table = shown(evidence, &figure.rows)?;
    let [x_axis, y_axis] = [&figure.x, &figure.y].map(|scale| of_scale(claim, &figure.rows.table, scale));
    let [x, y] = [&figure.x, &figure.y].map(|scale| scale.formula.by_row(&table));
    let all = split(claim, &table, figure.series.as_deref())?;
    let (mut bands, mut means) = (Vec::new(), Vec::new());
    let (mut drawn, mut of) = (0, 0);
    for (number, series) in all.iter().enumerate() {
        let points = points(series, [&x_axis, &y_axis], &x, &y);
        of += points.len();
        let points = thin(&points, LINE);
        drawn += points.len();
        for stretch in unbroken(points) {
            bands.extend(band(series, number, &stretch));
            means.push(mean_line(series, number, &stretch));
        }
    }
    if means.is_empty() {
        return Err(format!("has nothing to show: `{}` is missing in all rows", figure.y.formula.text));
    }
    let theory = figure.theory.as_ref().map(|theory| theory.by_row(&table));
    let theory = theory.map(|theory| theory_lines(&all, [&x_axis, &y_axis], &x, &theory)).unwrap_or_default();
    Ok(Plot {
        kind: String::new(),
        title: format!("{} against {}", y_axis.label, x_axis.label),
        caption: note(drawn, of),
        x: x_axis,
        y: y_axis,
        z: None,
        layers: bands.into_iter().chain(means).chain(theory).collect(),
    })
}

/// The points of a series in order of x; none where the axes cannot show the mean.
fn points(series: &Series, [x_axis, y_axis]: [&PlotAxis; 2], x: &[f64], y: &[f64]) -> Vec<Option<Point>> {
    let point = |summary: super::series::Summary| {
        let mean = y_axis.shows(summary.mean)?;
        // Because the lower end of a band may not be positive where the mean is.
        let [low, high] = summary.middle.map(|end| y_axis.shows(end).unwrap_or(mean));
        Some([x_axis.shows(summary.x)?, mean, low, high])
    };
    summaries(&series.rows, x, y).into_iter().map(point).collect()
}

/// The middle 90 %, where replicates differ.
fn band(series: &Series, number: usize, points: &[Point]) -> Option<Layer> {
    let differ = points.len() > 1 && points.iter().any(|[_, _, low, high]| low < high);
    let points = points.iter().map(|&[x, _, low, high]| [x, low, high]).collect();
    let label = format!("{}, middle 90 %", measured(series));
    differ.then_some(Layer::Band { label, series: number, points })
}

/// The mean as a line; where there is one point only, as a point with its interval.
fn mean_line(series: &Series, number: usize, points: &[Point]) -> Layer {
    let (label, origin) = (measured(series), Origin::Measured);
    if points.len() == 1 {
        Layer::Intervals { label, series: number, origin, points: points.to_vec() }
    } else {
        let points = points.iter().map(|&[x, mean, ..]| [x, mean]).collect();
        Layer::Line { label, series: number, origin, points }
    }
}

/// What a series is called.
pub(super) fn measured(series: &Series) -> String {
    if series.label.is_empty() { "measured".to_owned() } else { series.label.clone() }
}
