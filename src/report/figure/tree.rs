//! Dendrograms: leaves with their names on the left, branches that join where their distance says.

use crate::plot::model::{Fork, Item, Layer, Plot};
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::chart::axis_name;
use crate::report::figure::ink::{Ink, Role, Tint};
use crate::report::figure::numbers::joined;
use crate::report::figure::sheet::{Frame, Sheet, TEXT};
use crate::report::figure::title::title;
use crate::report::number::Notation;

/// Width of a panel, in pixels.
const WIDTH: f64 = 240.0;
/// Height of a leaf, in pixels.
const LEAF: f64 = 18.0;
/// Room for the title above, and for the axis below.
const ABOVE: f64 = 28.0;
const BELOW: f64 = 44.0;

/// Least length of the axis.
const LEAST: f64 = 1e-12;

/// Width and height of a panel with so many leaves.
pub fn extent(leaves: usize) -> (f64, f64) {
    (WIDTH, ABOVE + BELOW + LEAF * leaves as f64)
}

/// The largest distance in any tree of the figure, so that all have one scale.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn largest(plot: &Plot) -> f64 {
    let forks = plot.layers.iter().flat_map(|layer| match layer {
        Layer::Tree { forks, .. } => forks.as_slice(),
        _ => &[],
    });
    forks.map(|fork| fork.distance).fold(LEAST, f64::max)
}

/// Draws a tree into `place`; without names and numbers where that is `bare`.
pub fn draw(canvas: &mut Canvas, plot: &Plot, layer: &Layer, place: Frame, bare: bool) {
    let Layer::Tree { leaves, forks, .. } = layer else { return };
    let Some(sheet) = sheet(canvas, plot, leaves, place, bare) else { return };
    if !bare {
        draw_axis(&sheet, &axis_name(&plot.x));
        let at = (place.left, place.top + 10.0);
        sheet.text(Ink(Role::Text, Tint::Plain), at, Anchor::Start, &title(plot, layer));
    }
    draw_tree(&sheet, leaves, forks, bare);
}

/// The branches and names of a tree, for a drawing that has the axis already.
pub fn marks(plot: &Plot, leaves: &[Item], forks: &[Fork]) -> String {
    let canvas = alone(leaves, |canvas, place| {
        let sheet = sheet(canvas, plot, leaves, place, false);
        sheet.iter().for_each(|sheet| draw_tree(sheet, leaves, forks, false));
    });
    canvas.marks()
}

/// The axis alone, for a drawing in which the tree moves.
pub fn stage(plot: &Plot, leaves: &[Item]) -> Canvas {
    alone(leaves, |canvas, place| {
        let sheet = sheet(canvas, plot, leaves, place, false);
        sheet.iter().for_each(|sheet| draw_axis(sheet, &axis_name(&plot.x)));
    })
}

/// A canvas for one panel, drawn on.
fn alone(leaves: &[Item], draw: impl FnOnce(&mut Canvas, Frame)) -> Canvas {
    let (width, height) = extent(leaves.len());
    let mut canvas = Canvas::new(width, height);
    draw(&mut canvas, Frame { left: 0.0, right: width, top: 0.0, bottom: height });
    canvas
}

/// The axes of a panel: distance to the right, leaves downwards; none without leaves.
fn sheet<'a>(canvas: &'a mut Canvas, plot: &Plot, leaves: &[Item], place: Frame, bare: bool) -> Option<Sheet<'a>> {
    let size = (place.right.ceil() as u32, place.bottom.ceil() as u32);
    let x = Axis::exactly(0.0, 1.04 * largest(plot), false);
    let axes = (!leaves.is_empty()).then(|| Axis::exactly(0.5 - leaves.len() as f64, 0.5, false))?;
    Some(Sheet::new(canvas, size, frame(leaves, place, bare), x, axes))
}

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn frame(leaves: &[Item], place: Frame, bare: bool) -> Frame {
    if bare {
        return place;
    }
    let names = leaves.iter().map(|leaf| 1.08 * width(&leaf.name, TEXT)).fold(0.0, f64::max);
    Frame {
        left: place.left + names + 10.0,
        right: place.right - 8.0,
        top: place.top + ABOVE,
        bottom: place.bottom - BELOW,
    }
}

/// The branches, each at the height of its leaves; the colour is that of the group where a branch has one.
fn draw_tree(sheet: &Sheet<'_>, leaves: &[Item], forks: &[Fork], bare: bool) {
    for fork in forks {
        let [one, other] = fork.places.map(|place| -place);
        let path = [[fork.from[0], one], [fork.distance, one], [fork.distance, other], [fork.from[1], other]];
        let tint = fork.series.map_or(Tint::Plain, Tint::Series);
        sheet.line(Ink(Role::Branch, tint), &path);
    }
    if bare {
        return;
    }
    for (place, leaf) in leaves.iter().enumerate() {
        let (x, y) = sheet.pixel([0.0, -(place as f64)]);
        sheet.text(Ink(Role::Label, Tint::Series(leaf.series)), (x - 6.0, y), Anchor::End, &leaf.name);
    }
}

/// The distances below.
fn draw_axis(sheet: &Sheet<'_>, name: &str) {
    let Frame { left, right, bottom, .. } = sheet.frame;
    let frame = Ink(Role::Frame, Tint::Plain);
    sheet.stroke(frame, &[(left, bottom), (right, bottom)]);
    for &tick in &sheet.x.ticks {
        let (x, _) = sheet.pixel([tick, sheet.y.low]);
        sheet.stroke(frame, &[(x, bottom), (x, bottom + 4.0)]);
        let ink = Ink(Role::Tick, Tint::Plain);
        sheet.text(ink, (x, bottom + 14.0), Anchor::Middle, &sheet.x.tick_label(tick));
    }
    sheet.text(Ink(Role::Text, Tint::Plain), (0.5 * (left + right), bottom + 33.0), Anchor::Middle, name);
}

/// What a tree joins first and last, in words.
pub fn describe(plot: &Plot, layer: &Layer) -> String {
    let Layer::Tree { leaves, forks, .. } = layer else { return plot.title.clone() };
    let names = joined(leaves, forks);
    let said = |fork: Option<&Fork>, name: Option<&String>| {
        let (fork, name) = (fork?, name?);
        Some(format!("{name} at {} {}", plot.x.label, Notation::Plain.number(fork.distance)))
    };
    let first = said(forks.first(), names.first()).unwrap_or_default();
    let last = said(forks.last(), names.last()).unwrap_or_default();
    format!("Dendrogram of {} items. The first to join are {first}. The last are {last}.", leaves.len())
}
