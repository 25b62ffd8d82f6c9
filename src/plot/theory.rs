//! The theory of a figure: a formula over the rows, drawn as a line through them in order of x.

use super::model::{Layer, Origin, PlotAxis};
use super::series::{Series, Summary, summaries, unbroken};
use super::thin::{LINE, thin};

/// Two values of the theory at one x that differ by more (relatively) are two predictions.
const SAME: f64 = 1e-9;

/// Part of the range of the predictions by which one may be off the line of another series and still be the same curve,
/// seen at other points.
const APART: f64 = 0.02;

/// A line for each series; one for all where they predict the same.
pub(super) fn theory_lines(series: &[Series], axes: [&PlotAxis; 2], x: &[f64], theory: &[f64]) -> Vec<Layer> {
    let all: Vec<usize> = series.iter().flat_map(|series| series.rows.iter().copied()).collect();
    let together = summaries(&all, x, theory);
    let each: Vec<Vec<Summary>> = series.iter().map(|series| summaries(&series.rows, x, theory)).collect();
    if together.iter().all(is_one_value) && on_one_curve(&each, axes) {
        return stretches(together, axes).map(|points| line(String::new(), 0, points)).collect();
    }
    let of_series = |(number, (series, own)): (usize, (&Series, Vec<Summary>))| {
        let label = series.label.clone();
        stretches(own, axes).map(move |points| line(label.clone(), number, points))
    };
    series.iter().zip(each).enumerate().flat_map(of_series).collect()
}

/// Whether every prediction lies on the lines of the other series, where these have points on both sides of it: series
/// whose x differ may still follow one curve.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn on_one_curve(each: &[Vec<Summary>], [x, y]: [&PlotAxis; 2]) -> bool {
    let place = |value: f64, axis: &PlotAxis| if axis.log { libm::log(value) } else { value };
    let point = |summary: &Summary| Some([place(x.shows(summary.x)?, x), place(y.shows(summary.mean)?, y)]);
    let lines: Vec<Vec<[f64; 2]>> = each.iter().map(|own| own.iter().filter_map(point).collect()).collect();
    let heights = || lines.iter().flatten().map(|&[_, y]| y);
    let apart = APART * (heights().fold(f64::MIN, f64::max) - heights().fold(f64::MAX, f64::min));
    let near = |line: &[[f64; 2]], &[x, y]: &[f64; 2]| between(line, x).is_none_or(|other| (other - y).abs() <= apart);
    lines.iter().flatten().all(|point| lines.iter().all(|line| near(line, point)))
}

/// The height of a line at x, if it has points on both sides.
fn between(line: &[[f64; 2]], x: f64) -> Option<f64> {
    let [from, to] = *line.windows(2).find(|ends| (ends[0][0]..=ends[1][0]).contains(&x))? else { return None };
    let share = if to[0] > from[0] { (x - from[0]) / (to[0] - from[0]) } else { 0.0 };
    Some(from[1] + share * (to[1] - from[1]))
}

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn is_one_value(summary: &Summary) -> bool {
    let [low, high] = summary.middle;
    summary.rows == 0 || high - low <= SAME * high.abs().max(low.abs())
}

fn stretches(summaries: Vec<Summary>, [x, y]: [&PlotAxis; 2]) -> impl Iterator<Item = Vec<[f64; 2]>> {
    let points = summaries.into_iter().map(|summary| Some([x.shows(summary.x)?, y.shows(summary.mean)?])).collect();
    unbroken(points).into_iter().map(|points| thin(&points, LINE))
}

/// A line, or where there is one point only that point.
fn line(series_label: String, series: usize, points: Vec<[f64; 2]>) -> Layer {
    let label = if series_label.is_empty() { "theory".to_owned() } else { format!("theory, {series_label}") };
    let origin = Origin::Theory;
    if points.len() == 1 {
        Layer::Points { label, series, origin, points }
    } else {
        Layer::Line { label, series, origin, points }
    }
}
