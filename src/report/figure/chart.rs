//! Figures of y against x.

use crate::plot::model::{Layer, Origin, Plot, PlotAxis};
use crate::report::figure::Size;
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::ink::{Ink, Role, Tint, tint};
use crate::report::figure::key::{EndLabel, Entry, arrange, end_labels, key, series_count, spread};
use crate::report::figure::sheet::{Frame, Sheet, TEXT};

/// Part of the width of a figure beyond which a name does not stand at the end of its line.
const WIDEST: f64 = 0.25;

/// So few points of a line that each is marked: between them nothing was measured.
const FEW_POINTS: usize = 12;

/// So many points that each is drawn small.
const MANY_POINTS: usize = 250;

/// Draws lines, bands, points and levels.
pub fn draw(plot: &Plot, size: Size) -> Canvas {
    placed(plot, size).0
}

/// The same, with the place of the axes and the horizontal one.
pub fn placed(plot: &Plot, size: Size) -> (Canvas, Frame, Axis) {
    let (x, y) = (axis(plot, &plot.x, horizontal), axis(plot, &plot.y, vertical));
    let mut labels = if size.thumbnail { Vec::new() } else { end_labels(plot) };
    let mut canvas = size.canvas();
    let room = frame(size, &y, &labels, 0);
    let (_, rows) = arrange(&key(plot, true), room.right - room.left);
    let frame = frame(size, &y, &labels, rows);
    let crowded = |label: &EndLabel| label.tint != Tint::Plain && width(&label.text, TEXT) > WIDEST * size.extent().0;
    let fits = !labels.iter().any(crowded) && heights(&labels, &y, frame).iter().all(Option::is_some)
        || series_count(plot) > 8;
    if !fits {
        labels.retain(|label| label.tint == Tint::Plain);
    }
    let named_at_ends = fits && labels.iter().any(|label| label.tint != Tint::Plain);
    let entries = if size.thumbnail { Vec::new() } else { key(plot, named_at_ends) };
    let room = self::frame(size, &y, &labels, 0);
    let (places, rows) = arrange(&entries, room.right - room.left);
    let frame = self::frame(size, &y, &labels, rows);
    let sheet = Sheet::new(&mut canvas, size.pixels(), frame, x, y);
    if size.thumbnail {
        bare_axes(&sheet);
    } else {
        sheet.axes(&axis_name(&plot.x), &axis_name(&plot.y), true);
    }
    let series = series_count(plot);
    for layer in &plot.layers {
        draw_layer(&sheet, layer, series, size.thumbnail);
    }
    draw_end_labels(&sheet, &labels);
    draw_key(&sheet, &entries, &places);
    let (frame, x) = (sheet.frame, sheet.x.clone());
    drop(sheet);
    (canvas, frame, x)
}

/// The name of an axis with its unit.
pub fn axis_name(axis: &PlotAxis) -> String {
    if axis.unit.is_empty() || axis.label.ends_with(&axis.unit) {
        axis.label.clone()
    } else {
        format!("{} ({})", axis.label, axis.unit)
    }
}

/// The axis around what the layers show in one direction.
fn axis(plot: &Plot, of: &PlotAxis, direction: fn(&Layer) -> Vec<f64>) -> Axis {
    Axis::around(plot.layers.iter().flat_map(direction), of.log)
}

fn horizontal(layer: &Layer) -> Vec<f64> {
    match layer {
        Layer::Line { points, .. } | Layer::Points { points, .. } => points.iter().map(|&[x, _]| x).collect(),
        Layer::Band { points, .. } => points.iter().map(|&[x, _, _]| x).collect(),
        Layer::Intervals { points, .. } => points.iter().map(|&[x, ..]| x).collect(),
        _ => Vec::new(),
    }
}

fn vertical(layer: &Layer) -> Vec<f64> {
    match layer {
        Layer::Line { points, .. } | Layer::Points { points, .. } => points.iter().map(|&[_, y]| y).collect(),
        Layer::Band { points, .. } => points.iter().flat_map(|&[_, low, high]| [low, high]).collect(),
        Layer::Intervals { points, .. } => points.iter().flat_map(|&[_, y, low, high]| [y, low, high]).collect(),
        Layer::Level { y, .. } => vec![*y],
        _ => Vec::new(),
    }
}

/// The place of the axes: room for the numbers on the left, for names at the ends of lines, for the key.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn frame(size: Size, y: &Axis, labels: &[EndLabel], key_rows: usize) -> Frame {
    let (width_, height) = size.extent();
    if size.thumbnail {
        return Frame { left: 6.0, right: width_ - 6.0, top: 6.0, bottom: height - 6.0 };
    }
    let widest = |texts: Vec<String>| texts.iter().map(|text| width(text, TEXT) * 1.05).fold(0.0, f64::max);
    let numbers = widest(y.ticks.iter().map(|&tick| y.tick_label(tick)).collect());
    let names = widest(labels.iter().map(|label| label.text.clone()).collect());
    let right = if names > 0.0 { width_ - names - 14.0 } else { width_ - 16.0 };
    Frame { left: 34.0 + numbers, right, top: 12.0 + 20.0 * key_rows as f64, bottom: height - 50.0 }
}

/// A left and a lower edge.
fn bare_axes(sheet: &Sheet<'_>) {
    let Frame { left, right, top, bottom } = sheet.frame;
    sheet.stroke(Ink(Role::Frame, Tint::Plain), &[(left, top), (left, bottom), (right, bottom)]);
}

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn draw_layer(sheet: &Sheet<'_>, layer: &Layer, number: usize, bare: bool) {
    let shown = |value: f64, axis: &Axis| value.is_finite() && (!axis.log || value > 0.0);
    let visible = |&&[x, y]: &&[f64; 2]| shown(x, &sheet.x) && shown(y, &sheet.y);
    let theory = Ink(Role::Theory, Tint::Plain);
    match layer {
        Layer::Line { series, origin, points, .. } => {
            let ink = if *origin == Origin::Theory { theory } else { Ink(Role::Line, tint(*series, number)) };
            sheet.line(ink, &points.iter().filter(visible).copied().collect::<Vec<_>>());
            if *origin == Origin::Measured && points.len() <= FEW_POINTS && !bare {
                points.iter().filter(visible).for_each(|&point| sheet.dot(Ink(Role::Dot, ink.1), point));
            }
        }
        Layer::Band { series, points, .. } => {
            let floor = |value: f64| if sheet.y.log { value.max(sheet.y.low) } else { value };
            let points: Vec<_> = points.iter().map(|&[x, low, high]| [x, floor(low), floor(high)]).collect();
            sheet.band(Ink(Role::Band, tint(*series, number)), &points);
        }
        Layer::Points { series, origin, points, .. } => {
            let role = if points.len() > MANY_POINTS { Role::Dust } else { Role::Dot };
            for &point in points.iter().filter(visible) {
                match origin {
                    Origin::Theory => sheet.dash(theory, point),
                    Origin::Measured => sheet.dot(Ink(role, tint(*series, number)), point),
                }
            }
        }
        Layer::Intervals { series, points, .. } => {
            let floor = |value: f64| if sheet.y.log { value.max(sheet.y.low) } else { value };
            for &[x, y, low, high] in points.iter().filter(|&&[x, y, ..]| visible(&&[x, y])) {
                sheet.line(Ink(Role::Whisker, tint(*series, number)), &[[x, floor(low)], [x, high]]);
                sheet.dot(Ink(Role::Dot, tint(*series, number)), [x, y]);
            }
        }
        Layer::Level { y, .. } if shown(*y, &sheet.y) => {
            sheet.line(theory, &[[sheet.x.low, *y], [sheet.x.high, *y]]);
        }
        _ => {}
    }
}

/// Heights of the names at the ends of lines, none where there is no room.
fn heights(labels: &[EndLabel], y: &Axis, frame: Frame) -> Vec<Option<f64>> {
    let height = |label: &EndLabel| frame.bottom + y.place(label.value) * (frame.top - frame.bottom);
    spread(&labels.iter().map(height).collect::<Vec<_>>(), frame.top, frame.bottom)
}

fn draw_end_labels(sheet: &Sheet<'_>, labels: &[EndLabel]) {
    for (label, height) in labels.iter().zip(heights(labels, &sheet.y, sheet.frame)) {
        if let Some(height) = height {
            let at = (sheet.frame.right + 7.0, height);
            sheet.text(Ink(Role::Label, label.tint), at, Anchor::Start, &label.text);
        }
    }
}

/// Draws the entries of a key at their places.
pub fn draw_key(sheet: &Sheet<'_>, entries: &[Entry], places: &[(f64, usize)]) {
    for (entry, &(left, row)) in entries.iter().zip(places) {
        let (x, y) = (sheet.frame.left + left, 12.0 + 20.0 * row as f64);
        match entry.ink.0 {
            Role::Band => sheet.block(entry.ink, (x, y - 5.0), (x + 22.0, y + 5.0)),
            Role::Dot | Role::Dust => sheet.stroke(entry.ink, &[(x + 11.0, y), (x + 11.1, y)]),
            _ => sheet.stroke(entry.ink, &[(x, y), (x + 22.0, y)]),
        }
        sheet.text(Ink(Role::Text, Tint::Plain), (x + 28.0, y), Anchor::Start, &entry.text);
    }
}
