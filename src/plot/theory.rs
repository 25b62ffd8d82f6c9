//! The theory of a figure: a formula over the rows, drawn as a line through them in order of x.

use super::model::{Layer, Origin, PlotAxis};
use super::series::{Series, Summary, summaries, unbroken};
use super::thin::{LINE, thin};

/// Two values of the theory at one x that differ by more (relatively) are two predictions.
const SAME: f64 = 1e-9;

/// A line for each series; one for all where they predict the same.
pub(super) fn theory_lines(series: &[Series], axes: [&PlotAxis; 2], x: &[f64], theory: &[f64]) -> Vec<Layer> {
    let all: Vec<usize> = series.iter().flat_map(|series| series.rows.iter().copied()).collect();
    let together = summaries(&all, x, theory);
    if together.iter().all(is_one_value) {
        return stretches(together, axes).map(|points| line(String::new(), 0, points)).collect();
    }
    let of_series = |(number, series): (usize, &Series)| {
        let label = series.label.clone();
        stretches(summaries(&series.rows, x, theory), axes).map(move |points| line(label.clone(), number, points))
    };
    series.iter().enumerate().flat_map(of_series).collect()
}

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
