//! `lines`: the mean over replicates at each x.

use super::model::{Layer, Origin, Plot, PlotAxis};
use super::series::{Series, summaries, unbroken};
use super::thin::{LINE, thin};
use super::xy::{Curve, Xy, formulas};
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::XyFigure;

/// A point of a line: `[x, mean, low, high]`, with the middle 90 % of its rows.
type Point = [f64; 4];

/// A line for each series through the mean of `y` at each `x`, with the middle 90 % as a band.
pub(super) fn lines(claim: &Claim, evidence: &Evidence, figure: &XyFigure) -> Result<Plot, String> {
    let xy = Xy::new(claim, evidence, figure)?;
    let (mut bands, mut means) = (Vec::new(), Vec::new());
    let (mut drawn, mut of) = (0, 0);
    for (number, Curve { series, y }) in xy.curves.iter().enumerate() {
        let points = points(series, [&xy.x_axis, &xy.y_axis], &xy.x, y);
        of += points.len();
        let points = thin(&points, LINE);
        drawn += points.len();
        for stretch in unbroken(points) {
            bands.extend(band(series, number, &stretch));
            means.push(mean_line(series, number, &stretch));
        }
    }
    if means.is_empty() {
        return Err(format!("has nothing to show: {} is missing in all rows", formulas(figure)));
    }
    let layers = bands.into_iter().chain(means).chain(xy.theory()).collect();
    Ok(xy.plot(layers, drawn, of))
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
