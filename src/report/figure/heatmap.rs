//! Heatmaps: cells in the plane of x and y, with a predicted border and a scale.

use std::ops::Range;

use crate::plot::model::{Layer, Plot};
use crate::report::figure::Size;
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::chart::axis_name;
use crate::report::figure::ink::{HEAT, Ink, Role, Tint};
use crate::report::figure::sheet::{Frame, Sheet, TEXT};

/// Centres along x and y, values by row and column.
type Cells<'a> = (&'a [f64], &'a [f64], &'a [Vec<Option<f64>>]);

/// The cells of a plot, if it has some.
pub fn cells(plot: &Plot) -> Option<Cells<'_>> {
    plot.layers.iter().find_map(|layer| match layer {
        Layer::Cells { x, y, z } => Some((x.as_slice(), y.as_slice(), z.as_slice())),
        _ => None,
    })
}

/// Draws the cells, the border over them and the scale of the colours.
pub fn draw(plot: &Plot, size: Size) -> Canvas {
    let (columns, rows, values) = cells(plot).unwrap_or((&[], &[], &[]));
    let (x_edges, y_edges) = (edges(columns, plot.x.log), edges(rows, plot.y.log));
    let x = Axis::exactly(x_edges[0], x_edges[x_edges.len() - 1], plot.x.log);
    let y = Axis::exactly(y_edges[0], y_edges[y_edges.len() - 1], plot.y.log);
    let scale = scale(plot, values);
    let mut canvas = size.canvas();
    let sheet = Sheet::new(&mut canvas, size.pixels(), frame(size, &y, &scale), x, y);
    for run in runs(values, &scale) {
        let (from, to) =
            ([x_edges[run.columns.start], y_edges[run.row]], [x_edges[run.columns.end], y_edges[run.row + 1]]);
        sheet.cell(Ink(Role::Cell, Tint::Heat(run.step)), from, to);
    }
    draw_border(&sheet, plot);
    if !size.thumbnail {
        sheet.axes(&axis_name(&plot.x), &axis_name(&plot.y), false);
        let name = plot.z.as_ref().map(axis_name).unwrap_or_default();
        draw_scale(&sheet, &scale, &name);
    }
    drop(sheet);
    canvas
}

/// The boundaries of cells with these centres: half way between neighbours, as far again at the ends.
fn edges(centres: &[f64], log: bool) -> Vec<f64> {
    let between = |one: f64, other: f64| if log { (one * other).sqrt() } else { 0.5 * (one + other) };
    let mirrored = |edge: f64, centre: f64| if log { centre * centre / edge } else { 2.0 * centre - edge };
    let (Some(&first), Some(&last)) = (centres.first(), centres.last()) else { return vec![0.1, 1.0] };
    let inner: Vec<f64> = centres.windows(2).map(|pair| between(pair[0], pair[1])).collect();
    let (Some(&low), Some(&high)) = (inner.first(), inner.last()) else {
        return if log { vec![first / 2.0, first * 2.0] } else { vec![first - 0.5, first + 0.5] };
    };
    let mut edges = vec![mirrored(low, first)];
    edges.extend(inner);
    edges.push(mirrored(high, last));
    edges
}

/// The range of the colours: that of the values, and from 0 to 1 for values that are shares.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn scale(plot: &Plot, values: &[Vec<Option<f64>>]) -> Axis {
    let log = plot.z.as_ref().is_some_and(|axis| axis.log);
    let present = || values.iter().flatten().flatten().copied().filter(|value| !log || *value > 0.0);
    let (low, high) = (present().fold(f64::INFINITY, f64::min), present().fold(f64::NEG_INFINITY, f64::max));
    if !log && low >= 0.0 && (0.5..=1.0).contains(&high) {
        return Axis::exactly(0.0, 1.0, false);
    }
    if low < high { Axis::exactly(low, high, log) } else { Axis::around(present(), log) }
}

/// Neighbouring cells of a row that have one colour.
struct Run {
    step: usize,
    row: usize,
    columns: Range<usize>,
}

/// The cells as runs, colour by colour: marks of one class that follow one another become one path, and a large table
/// of two values is light.
fn runs(values: &[Vec<Option<f64>>], scale: &Axis) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (row, line) in values.iter().enumerate() {
        for (column, value) in line.iter().enumerate() {
            let Some(step) = value.map(|value| step(scale, value)) else { continue };
            match runs.last_mut().filter(|run| (run.step, run.row, run.columns.end) == (step, row, column)) {
                Some(run) => run.columns.end += 1,
                None => runs.push(Run { step, row, columns: column..column + 1 }),
            }
        }
    }
    runs.sort_by_key(|run| run.step);
    runs
}

/// The step of the scale of colours that shows a value.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn step(scale: &Axis, value: f64) -> usize {
    let value = if scale.log { value.max(scale.low) } else { value };
    ((scale.place(value).clamp(0.0, 1.0) * HEAT as f64) as usize).min(HEAT - 1)
}

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn frame(size: Size, y: &Axis, scale: &Axis) -> Frame {
    let (width_, height) = size.extent();
    if size.thumbnail {
        return Frame { left: 0.0, right: width_, top: 0.0, bottom: height };
    }
    let widest = |axis: &Axis| axis.ticks.iter().map(|&tick| width(&axis.tick_label(tick), TEXT)).fold(0.0, f64::max);
    Frame { left: 36.0 + widest(y), right: width_ - 72.0 - widest(scale), top: 34.0, bottom: height - 50.0 }
}

/// The predicted border: as far as it runs within the axes.
fn draw_border(sheet: &Sheet<'_>, plot: &Plot) {
    for layer in &plot.layers {
        let Layer::Line { label, points, .. } = layer else { continue };
        let inside = |&&[x, y]: &&[f64; 2]| {
            let within = |place: f64| (-1e-9..=1.0 + 1e-9).contains(&place);
            within(sheet.x.place(x)) && within(sheet.y.place(y))
        };
        for run in points.split(|point| !inside(&point)) {
            sheet.line(Ink(Role::Halo, Tint::Plain), run);
            sheet.line(Ink(Role::Theory, Tint::Plain), run);
        }
        let Frame { left, .. } = sheet.frame;
        if left > 0.0 {
            sheet.stroke(Ink(Role::Theory, Tint::Plain), &[(left, 16.0), (left + 22.0, 16.0)]);
            sheet.text(Ink(Role::Text, Tint::Plain), (left + 28.0, 16.0), Anchor::Start, label);
        }
    }
}

/// The scale of the colours beside the axes, with its numbers, its name above.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn draw_scale(sheet: &Sheet<'_>, scale: &Axis, name: &str) {
    let Frame { right, top, bottom, .. } = sheet.frame;
    let (left, edge) = (right + 18.0, right + 32.0);
    let height = |share: f64| bottom + share * (top - bottom);
    for step in 0..HEAT {
        let (low, high) = (step as f64 / HEAT as f64, (step + 1) as f64 / HEAT as f64);
        sheet.block(Ink(Role::Cell, Tint::Heat(step)), (left, height(high)), (edge, height(low)));
    }
    for &tick in &scale.ticks {
        let at = height(scale.place(tick));
        sheet.stroke(Ink(Role::Frame, Tint::Plain), &[(edge, at), (edge + 4.0, at)]);
        sheet.text(Ink(Role::Tick, Tint::Plain), (edge + 8.0, at), Anchor::Start, &scale.tick_label(tick));
    }
    let end = edge + 8.0 + scale.ticks.iter().map(|&tick| width(&scale.tick_label(tick), TEXT)).fold(20.0, f64::max);
    sheet.text(Ink(Role::Text, Tint::Plain), (end, 16.0), Anchor::End, name);
}
