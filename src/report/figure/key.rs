//! Names of what is drawn: at the ends of lines where they fit, else in a key above the axes.

use crate::plot::model::{Layer, Origin, Plot};
use crate::report::figure::advance::width;
use crate::report::figure::ink::{Ink, Role, SERIES, Tint, tint};
use crate::report::figure::sheet::TEXT;
use crate::report::words::series_words;

/// A name with what it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name.
    pub text: String,
    /// Ink of the sample.
    pub ink: Ink,
}

/// A name beside the end of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct EndLabel {
    /// The name.
    pub text: String,
    /// Its ink.
    pub tint: Tint,
    /// Value of the line at its end.
    pub value: f64,
}

/// Least distance between two names, in pixels.
const GAP: f64 = 13.0;
/// Farthest that a name may stand from the end of its line, in pixels.
const REACH: f64 = 16.0;

/// Number of series of a plot.
pub fn series_count(plot: &Plot) -> usize {
    plot.layers.iter().filter_map(series).map(|(number, _)| number + 1).max().unwrap_or(1)
}

/// Series and name of a layer, where it has one.
fn series(layer: &Layer) -> Option<(usize, &str)> {
    match layer {
        Layer::Line { label, series, .. }
        | Layer::Band { label, series, .. }
        | Layer::Points { label, series, .. }
        | Layer::Intervals { label, series, .. }
        | Layer::Path { label, series, .. } => Some((*series, label)),
        _ => None,
    }
}

/// The name of each series: that of its first measured layer, else of its first.
fn series_names(plot: &Plot) -> Vec<(usize, String)> {
    let measured = |layer: &&Layer| !matches!(layer, Layer::Band { .. }) && role(layer).0 != Role::Theory;
    let name = |number: usize| {
        let own = || plot.layers.iter().filter(move |layer| series(layer).is_some_and(|(of, _)| of == number));
        let layer = own().find(measured).or_else(|| own().next())?;
        series(layer).map(|(_, label)| (number, series_words(label)))
    };
    (0..series_count(plot)).filter_map(name).collect()
}

/// What a layer is, and its word in a key.
fn role(layer: &Layer) -> (Role, &'static str) {
    match layer {
        Layer::Line { origin: Origin::Theory, .. }
        | Layer::Points { origin: Origin::Theory, .. }
        | Layer::Intervals { origin: Origin::Theory, .. } => (Role::Theory, "theory"),
        Layer::Line { .. } => (Role::Line, "measured"),
        Layer::Points { .. } => (Role::Dot, "measured"),
        Layer::Intervals { .. } => (Role::Dot, "measured, with its interval"),
        Layer::Band { .. } => (Role::Band, "middle 90 %"),
        Layer::Level { .. } => (Role::Mesh, "level"),
        Layer::Cells { .. } | Layer::Matrix { .. } => (Role::Cell, "measured"),
        Layer::Tree { .. } => (Role::Branch, "measured"),
        Layer::Path { .. } => (Role::Trail, "measured"),
        Layer::Contour { .. } => (Role::Contour, "equal height"),
        Layer::Arrows { .. } => (Role::Arrow, "downhill"),
        Layer::Place { .. } => (Role::Label, "place"),
    }
}

/// The key: what kinds of marks there are, and the series that have no name at the end of a line.
pub fn key(plot: &Plot, named_at_ends: bool) -> Vec<Entry> {
    let names = series_names(plot);
    let many = names.len() > 1;
    let mut entries: Vec<Entry> = Vec::new();
    for layer in &plot.layers {
        let (role, word) = role(layer);
        let Some((number, label)) = series(layer) else { continue };
        let tint = if many || role == Role::Theory { Tint::Plain } else { tint(number, 1) };
        let text = if many || label.is_empty() { word } else { label };
        if entries.iter().all(|entry| entry.ink.0 != role) {
            entries.push(Entry { text: text.to_owned(), ink: Ink(role, tint) });
        }
    }
    if many && !named_at_ends {
        entries.extend(
            sampled(&names)
                .into_iter()
                .map(|(number, text)| Entry { text: text.clone(), ink: Ink(Role::Dot, tint(*number, names.len())) }),
        );
    }
    let only_measured_lines = entries.len() == 1 && entries[0].text == "measured";
    if only_measured_lines { Vec::new() } else { entries }
}

/// All names, or the first, the middle and the last of very many.
fn sampled(names: &[(usize, String)]) -> Vec<&(usize, String)> {
    if names.len() <= SERIES {
        return names.iter().collect();
    }
    [0, names.len() / 2, names.len() - 1].iter().map(|&place| &names[place]).collect()
}

/// The names at the ends of lines: levels, and the series if there are several and each has a line.
pub fn end_labels(plot: &Plot) -> Vec<EndLabel> {
    let names = series_names(plot);
    let mut labels = Vec::new();
    if names.len() > 1 {
        for (number, text) in &names {
            let ends = plot.layers.iter().filter_map(|layer| match layer {
                Layer::Line { series, points, .. } if series == number => points.last(),
                _ => None,
            });
            if let Some(&[_, value]) = ends.max_by(|one, other| one[0].total_cmp(&other[0])) {
                labels.push(EndLabel { text: text.clone(), tint: tint(*number, names.len()), value });
            }
        }
    }
    if labels.len() < names.len() {
        labels.clear();
    }
    let levels = plot.layers.iter().filter_map(|layer| match layer {
        Layer::Level { label, y } => Some(EndLabel { text: label.clone(), tint: Tint::Plain, value: *y }),
        _ => None,
    });
    labels.extend(levels);
    labels
}

/// Heights for names that belong at `wanted` (pixels, any order) between `top` and `bottom`, none nearer than
/// 13 pixels to the next. If all fit within 16 pixels all are placed; else every name that still fits in the given
/// order, so that the first are kept.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
pub fn spread(wanted: &[f64], top: f64, bottom: f64) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&one, &other| wanted[one].total_cmp(&wanted[other]));
    let mut placed = vec![0.0; wanted.len()];
    let mut lowest = top;
    for &index in &order {
        placed[index] = wanted[index].max(lowest);
        lowest = placed[index] + GAP;
    }
    let mut highest = bottom;
    for &index in order.iter().rev() {
        placed[index] = f64::min(placed[index], highest);
        highest = placed[index] - GAP;
    }
    let near = placed.iter().zip(wanted).all(|(placed, wanted)| (placed - wanted).abs() <= REACH);
    if near && highest + GAP >= top - 0.5 {
        return placed.into_iter().map(Some).collect();
    }
    let mut kept: Vec<f64> = Vec::new();
    wanted
        .iter()
        .map(|&height| {
            let free = kept.iter().all(|other| (other - height).abs() >= GAP);
            free.then(|| kept.push(height)).map(|()| height)
        })
        .collect()
}

/// Where the entries of a key stand, `(left, row)`, in rows no wider than `room`; and the number of rows.
pub fn arrange(entries: &[Entry], room: f64) -> (Vec<(f64, usize)>, usize) {
    let (mut left, mut row) = (0.0, 0);
    let mut places = Vec::new();
    for entry in entries {
        let needed = 28.0 + width(&entry.text, TEXT) + 18.0;
        if left > 0.0 && left + needed > room {
            (left, row) = (0.0, row + 1);
        }
        places.push((left, row));
        left += needed;
    }
    (places, if entries.is_empty() { 0 } else { row + 1 })
}
