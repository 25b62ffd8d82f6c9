//! The numbers of a figure as rows of a table.

use crate::plot::model::{Layer, Origin, Plot};

/// A point of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whether it was measured or predicted, or is part of a band.
    pub what: &'static str,
    /// Name of its line.
    pub label: String,
    /// Horizontal; missing for a level, which runs across the figure.
    pub x: f64,
    /// Vertical; missing for a band, which has two.
    pub y: f64,
    /// Lower and upper end of a band or an interval.
    pub range: Option<[f64; 2]>,
    /// Value of a cell of a heatmap.
    pub value: Option<f64>,
}

/// Every point of every layer, in order.
pub fn rows(plot: &Plot) -> Vec<Row> {
    plot.layers.iter().flat_map(layer_rows).collect()
}

/// Whether any row has a range, and whether any has a value: which columns a table of the rows needs.
pub fn columns(rows: &[Row]) -> (bool, bool) {
    (rows.iter().any(|row| row.range.is_some()), rows.iter().any(|row| row.value.is_some()))
}

fn layer_rows(layer: &Layer) -> Vec<Row> {
    let row = |what, label: &str, x, y| Row { what, label: label.to_owned(), x, y, range: None, value: None };
    match layer {
        Layer::Line { label, origin, points, .. } | Layer::Points { label, origin, points, .. } => {
            points.iter().map(|&[x, y]| row(word(*origin), label, x, y)).collect()
        }
        Layer::Band { label, points, .. } => points
            .iter()
            .map(|&[x, low, high]| Row { range: Some([low, high]), ..row("band", label, x, f64::NAN) })
            .collect(),
        Layer::Intervals { label, origin, points, .. } => points
            .iter()
            .map(|&[x, y, low, high]| Row { range: Some([low, high]), ..row(word(*origin), label, x, y) })
            .collect(),
        Layer::Level { label, y } => vec![row("level", label, f64::NAN, *y)],
        Layer::Cells { x, y, z } => {
            let cell = |(at_y, line): (f64, &Vec<Option<f64>>)| -> Vec<Row> {
                let value = |(&at_x, value): (&f64, &Option<f64>)| Row {
                    value: Some(value.unwrap_or(f64::NAN)),
                    ..row("measured", "", at_x, at_y)
                };
                x.iter().zip(line).map(value).collect()
            };
            y.iter().copied().zip(z).flat_map(cell).collect()
        }
    }
}

fn word(origin: Origin) -> &'static str {
    match origin {
        Origin::Measured => "measured",
        Origin::Theory => "theory",
    }
}
