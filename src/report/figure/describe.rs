//! A figure in words, for readers who do not see it.

use crate::plot::model::{Layer, Plot, PlotAxis};
use crate::report::figure::numbers::rows;
use crate::report::number::Notation;
use crate::report::words::{counted, listed};

/// What the figure shows: its axes with their ranges and what is drawn.
pub fn describe(plot: &Plot) -> String {
    let rows = rows(plot);
    let across = range(&plot.x, rows.iter().map(|row| row.x));
    let up = range(&plot.y, rows.iter().map(|row| row.y).chain(levels(plot)));
    let mut parts = vec![format!("Horizontally {across}. Vertically {up}.")];
    if let Some(z) = &plot.z {
        parts.push(format!("As colour {}.", range(z, rows.iter().filter_map(|row| row.value))));
    }
    let drawn: Vec<_> = tally(plot).into_iter().filter(|(number, _)| *number > 0).collect();
    let drawn: Vec<_> = drawn.into_iter().map(|(number, noun)| counted(number, noun)).collect();
    parts.push(format!("It shows {}.", listed(&drawn)));
    parts.push("The numbers are in the table below the figure.".to_owned());
    parts.join(" ")
}

/// How many there are of each kind of mark.
fn tally(plot: &Plot) -> [(usize, &'static str); 11] {
    use crate::plot::model::Origin::{Measured, Theory};
    let number = |of: fn(&Layer) -> usize| plot.layers.iter().map(of).sum::<usize>();
    let line = |layer: &Layer, wanted| usize::from(matches!(layer, Layer::Line { origin, .. } if *origin == wanted));
    [
        (plot.layers.iter().map(|layer| line(layer, Measured)).sum(), "measured line"),
        (plot.layers.iter().map(|layer| line(layer, Theory)).sum(), "theory line"),
        (number(|layer| usize::from(matches!(layer, Layer::Band { .. }))), "band"),
        (
            number(|layer| match layer {
                Layer::Points { points, .. } => points.len(),
                Layer::Intervals { points, .. } => points.len(),
                _ => 0,
            }),
            "point",
        ),
        (number(|layer| usize::from(matches!(layer, Layer::Level { .. }))), "predicted level"),
        (
            number(|layer| match layer {
                Layer::Cells { z, .. } => z.iter().flatten().flatten().count(),
                _ => 0,
            }),
            "cell",
        ),
        (number(|layer| usize::from(matches!(layer, Layer::Tree { .. }))), "dendrogram"),
        (number(|layer| usize::from(matches!(layer, Layer::Matrix { .. }))), "similarity table"),
        (number(|layer| usize::from(matches!(layer, Layer::Path { .. }))), "trajectory"),
        (number(|layer| usize::from(matches!(layer, Layer::Contour { .. }))), "contour"),
        (
            number(|layer| match layer {
                Layer::Arrows { arrows, .. } => arrows.len(),
                _ => 0,
            }),
            "arrow",
        ),
    ]
}

fn levels(plot: &Plot) -> impl Iterator<Item = f64> {
    plot.layers.iter().filter_map(|layer| match layer {
        Layer::Level { y, .. } => Some(*y),
        _ => None,
    })
}

/// "half time (steps) from 1 to 20, on a logarithmic scale".
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn range(axis: &PlotAxis, values: impl Iterator<Item = f64>) -> String {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
    let unit = if axis.unit.is_empty() || axis.label.ends_with(&axis.unit) {
        String::new()
    } else {
        format!(" ({})", axis.unit)
    };
    let log = if axis.log { ", on a logarithmic scale" } else { "" };
    let number = |value| Notation::Plain.number(value);
    if low > high {
        return format!("{}{unit}, without values{log}", axis.label);
    }
    format!("{}{unit} from {} to {}{log}", axis.label, number(low), number(high))
}
