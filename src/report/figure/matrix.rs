//! Matrices of pairs of items: a cell for each pair, with one scale of colours for all panels.

use crate::plot::model::{Item, Layer, Plot};
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::chart::axis_name;
use crate::report::figure::ink::{HEAT, Ink, Role, Tint};
use crate::report::figure::sheet::{Frame, Sheet, TEXT};
use crate::report::figure::title::title;
use crate::report::number::Notation;

/// Width of a panel, in pixels: two stand beside each other on a telephone.
const WIDTH: f64 = 166.0;
/// Room for the title above.
const ABOVE: f64 = 26.0;

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn names(items: &[Item]) -> f64 {
    items.iter().map(|item| 1.08 * width(&item.name, TEXT)).fold(0.0, f64::max) + 8.0
}

/// Width and height of a panel.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
pub fn extent(items: &[Item]) -> (f64, f64) {
    (WIDTH, ABOVE + (WIDTH - names(items)).max(40.0) + 4.0)
}

/// The values of all matrices of the figure, and so the range of the colours.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn scale(plot: &Plot) -> Option<Axis> {
    let values = plot.layers.iter().filter_map(|layer| match layer {
        Layer::Matrix { z, .. } => Some(z.iter().flatten().copied()),
        _ => None,
    });
    let (low, high) = values
        .flatten()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
    if low > high {
        return None;
    }
    Some(if low < high { Axis::exactly(low, high, false) } else { Axis::around([low], false) })
}

fn step(scale: &Axis, value: f64) -> usize {
    ((scale.place(value).clamp(0.0, 1.0) * HEAT as f64) as usize).min(HEAT - 1)
}

/// Draws a matrix into `place`; without names where that is `bare`.
pub fn draw(canvas: &mut Canvas, plot: &Plot, layer: &Layer, place: Frame, bare: bool) {
    let (Layer::Matrix { items, z, .. }, Some(scale)) = (layer, scale(plot)) else { return };
    if items.is_empty() {
        return;
    }
    let frame = frame(items, place, bare);
    let size = (place.right.ceil() as u32, place.bottom.ceil() as u32);
    let count = items.len() as f64;
    let sheet = Sheet::new(canvas, size, frame, Axis::exactly(0.0, count, false), Axis::exactly(-count, 0.0, false));
    for (row, column, from, to) in cells(items.len()) {
        sheet.cell(Ink(Role::Cell, Tint::Heat(step(&scale, z[row][column]))), from, to);
    }
    if bare {
        return;
    }
    for (row, item) in items.iter().enumerate() {
        let (x, y) = sheet.pixel([0.0, -(row as f64) - 0.5]);
        sheet.text(Ink(Role::Label, Tint::Series(item.series)), (x - 5.0, y), Anchor::End, &item.name);
    }
    let at = (place.left, place.top + 10.0);
    sheet.text(Ink(Role::Text, Tint::Plain), at, Anchor::Start, &title(plot, layer));
}

/// Row, column and two corners of each cell, by rows.
fn cells(count: usize) -> impl Iterator<Item = (usize, usize, [f64; 2], [f64; 2])> {
    (0..count).flat_map(move |row| {
        (0..count).map(move |column| {
            let (x, y) = (column as f64, -(row as f64));
            (row, column, [x, y], [x + 1.0, y - 1.0])
        })
    })
}

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn frame(items: &[Item], place: Frame, bare: bool) -> Frame {
    if bare {
        let side = (place.right - place.left).min(place.bottom - place.top);
        let middle = 0.5 * (place.top + place.bottom);
        return Frame { right: place.left + side, top: middle - 0.5 * side, bottom: middle + 0.5 * side, ..place };
    }
    let left = place.left + names(items);
    let top = place.top + ABOVE;
    Frame { left, right: place.right, top, bottom: top + place.right - left }
}

/// The cells as marks in a fixed order, the colours left open, and for each matrix of the figure its colours, a
/// hexadecimal digit a cell.
pub fn moving(plot: &Plot) -> Option<(Canvas, Vec<(f64, String)>)> {
    let scale = scale(plot)?;
    let matrices = || {
        plot.layers.iter().filter_map(|layer| match layer {
            Layer::Matrix { time, items, z, .. } => Some((*time, items, z)),
            _ => None,
        })
    };
    let (_, items, _) = matrices().next()?;
    let (width, height) = extent(items);
    let mut canvas = Canvas::new(width, height);
    let frame = frame(items, Frame { left: 0.0, right: width, top: 0.0, bottom: height }, false);
    let side = (frame.right - frame.left) / items.len() as f64;
    for (row, item) in items.iter().enumerate() {
        let at = (frame.left - 5.0, frame.top + (row as f64 + 0.5) * side + 4.2);
        canvas.text(&format!("label s{}", item.series), at, Anchor::End, false, &item.name);
    }
    let mut marks = String::new();
    // Because cells that only touch leave a seam where pixels are rounded.
    let wide = side + 0.4;
    for (row, column, ..) in cells(items.len()) {
        let (left, top) = (frame.left + column as f64 * side, frame.top + row as f64 * side);
        marks.push_str(&format!("<path class=\"cell\" d=\"M{left:.1} {top:.1}h{wide:.1}v{wide:.1}h-{wide:.1}z\"/>"));
    }
    canvas.group("cells", &marks);
    let digits = |z: &Vec<Vec<f64>>| z.iter().flatten().map(|value| format!("{:x}", step(&scale, *value))).collect();
    Some((canvas, matrices().map(|(time, _, z)| (time, digits(z))).collect()))
}

/// Width of the scale beside the panels; none where there are no matrices.
pub fn scale_width(plot: &Plot) -> f64 {
    if scale(plot).is_some() { 82.0 } else { 0.0 }
}

/// The scale as a panel of its own.
pub fn scale_panel(plot: &Plot) -> Option<Canvas> {
    scale(plot)?;
    let items = plot.layers.iter().find_map(|layer| match layer {
        Layer::Matrix { items, .. } => Some(items.as_slice()),
        _ => None,
    });
    let (_, height) = extent(items?);
    let mut canvas = Canvas::new(82.0, height);
    draw_scale(&mut canvas, plot, 0.0, height);
    Some(canvas)
}

/// The scale of the colours with its numbers, its name above.
pub fn draw_scale(canvas: &mut Canvas, plot: &Plot, left: f64, height: f64) {
    let Some(scale) = scale(plot) else { return };
    let (top, bottom) = (ABOVE, height - 4.0);
    let at = |share: f64| bottom + share * (top - bottom);
    for step in 0..HEAT {
        let (low, high) = (step as f64 / HEAT as f64, (step + 1) as f64 / HEAT as f64);
        canvas.rectangle(&format!("cell h{step}"), (left, at(high)), (left + 12.0, at(low)));
    }
    for &tick in &scale.ticks {
        let y = at(scale.place(tick));
        canvas.line("frame", &[(left + 12.0, y), (left + 16.0, y)]);
        canvas.text("tick", (left + 20.0, y + 4.2), Anchor::Start, false, &scale.tick_label(tick));
    }
    let name = plot.z.as_ref().map(axis_name).unwrap_or_default();
    canvas.text("text", (left, 14.0), Anchor::Start, false, &name);
}

/// What the colours mean, in words.
pub fn describe(plot: &Plot, items: &[Item]) -> String {
    let Some(Axis { low, high, .. }) = scale(plot) else { return plot.title.clone() };
    let [low, high] = [low, high].map(|value| Notation::Plain.number(value));
    let pairs = if items.is_empty() { String::new() } else { format!("Pairs of {} items. ", items.len()) };
    let name = plot.z.as_ref().map(axis_name).unwrap_or_default();
    format!("{pairs}Colours from dark to light: {name} from {low} to {high}.")
}
