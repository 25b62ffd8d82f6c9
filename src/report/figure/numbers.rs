//! The numbers of a figure as rows of a table.

use crate::plot::model::{Fork, Item, Layer, Origin, Plot};
use crate::report::number::Notation;

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
        Layer::Tree { time, leaves, forks, .. } => {
            let names = joined(leaves, forks);
            let fork = |(fork, name): (&Fork, String)| {
                let place = 0.5 * (fork.places[0] + fork.places[1]) + 1.0;
                Row { value: Some(*time), ..row("measured", &name, fork.distance, place) }
            };
            forks.iter().zip(names).map(fork).collect()
        }
        Layer::Matrix { time, items, z, .. } => matrix_rows(*time, items, z),
        Layer::Path { label, points, .. } => {
            points.iter().map(|&[time, x, y]| Row { value: Some(time), ..row("measured", label, x, y) }).collect()
        }
        Layer::Contour { height, points } => {
            let label = format!("loss {}", Notation::Plain.number(*height));
            points.iter().map(|&[x, y]| row("contour", &label, x, y)).collect()
        }
        Layer::Arrows { label, arrows } => arrows
            .iter()
            .map(|&[x, y, dx, dy]| Row { range: Some([dx, dy]), ..row("direction", label, x, y) })
            .collect(),
        Layer::Place { label, at: [x, y] } => vec![row("theory", label, *x, *y)],
    }
}

/// The upper triangle of a matrix; the time stands in the label, because the value is that of the pair.
fn matrix_rows(time: f64, items: &[Item], z: &[Vec<f64>]) -> Vec<Row> {
    let row = |one: usize, other: usize| Row {
        what: "measured",
        label: format!("{} and {} at {}", items[one].name, items[other].name, Notation::Plain.number(time)),
        x: (one + 1) as f64,
        y: (other + 1) as f64,
        range: None,
        value: Some(z[one][other]),
    };
    (0..items.len()).flat_map(|one| (one..items.len()).map(move |other| (one, other))).map(|(a, b)| row(a, b)).collect()
}

/// What each fork joins: "pine, oak with rose, daisy".
pub fn joined(leaves: &[Item], forks: &[Fork]) -> Vec<String> {
    let mut clusters: Vec<(f64, String)> =
        leaves.iter().enumerate().map(|(place, leaf)| (place as f64, leaf.name.clone())).collect();
    let join = |fork: &Fork| {
        let mut take = |place: f64| {
            let at = clusters.iter().rposition(|(of, _)| *of == place);
            at.map_or_else(String::new, |at| clusters.remove(at).1)
        };
        let [one, other] = fork.places.map(&mut take);
        clusters.push((0.5 * (fork.places[0] + fork.places[1]), format!("{one}, {other}")));
        format!("{one} with {other}")
    };
    forks.iter().map(join).collect()
}

fn word(origin: Origin) -> &'static str {
    match origin {
        Origin::Measured => "measured",
        Origin::Theory => "theory",
    }
}
