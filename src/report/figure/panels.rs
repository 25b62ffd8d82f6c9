//! Figures of several panels: one for each stage, side by side in a file and as wide as there is room on a page.

use crate::plot::model::{Layer, Plot};
use crate::report::figure::canvas::Canvas;
use crate::report::figure::sheet::Frame;
use crate::report::figure::title::title;
use crate::report::figure::{FULL, Size, matrix, tree};

/// Room between two panels, in pixels.
const GAP: f64 = 12.0;

/// A panel on a page of its own.
pub struct Panel {
    /// What it shows: "Middle, time 1.3".
    pub title: String,
    /// What there is to see.
    pub description: String,
    /// The drawing.
    pub canvas: Canvas,
}

/// Whether a figure is one of panels.
pub fn has_panels(plot: &Plot) -> bool {
    plot.layers.iter().any(|layer| matches!(layer, Layer::Tree { .. } | Layer::Matrix { .. }))
}

/// The layers of the stages, in order of time.
fn stages(plot: &Plot) -> Vec<&Layer> {
    let is_stage = |layer: &&Layer| match layer {
        Layer::Tree { stage, .. } | Layer::Matrix { stage, .. } => !stage.is_empty(),
        _ => false,
    };
    plot.layers.iter().filter(is_stage).collect()
}

/// A panel for each stage, then the scale of the colours where there is one.
pub fn panels(plot: &Plot) -> Vec<Panel> {
    let panel = |layer: &&Layer| {
        let (width, height) = extent(layer);
        let mut canvas = Canvas::new(width, height);
        draw(&mut canvas, plot, layer, Frame { left: 0.0, right: width, top: 0.0, bottom: height }, false);
        let description = match layer {
            Layer::Matrix { items, .. } => matrix::describe(plot, items),
            _ => tree::describe(plot, layer),
        };
        Panel { title: title(plot, layer), description, canvas }
    };
    let mut panels: Vec<Panel> = stages(plot).iter().map(panel).collect();
    if let Some(scale) = matrix::scale_panel(plot) {
        let title = "Scale of the colours".to_owned();
        let description = matrix::describe(plot, &[]);
        panels.push(Panel { title, description, canvas: scale });
    }
    panels
}

/// All panels in one drawing.
pub fn together(plot: &Plot, size: Size) -> Canvas {
    let stages = stages(plot);
    let Some(first) = stages.first() else { return size.canvas() };
    let (width, height) = if size.thumbnail { thumbnail(size, stages.len()) } else { extent(first) };
    let count = stages.len() as f64;
    let gap = if size.thumbnail { 6.0 } else { GAP };
    let scale = if size.thumbnail { 0.0 } else { matrix::scale_width(plot) };
    let mut canvas =
        if size.thumbnail { size.canvas() } else { Canvas::new(count * width + (count - 1.0) * gap + scale, height) };
    let drop = if size.thumbnail { 0.5 * (f64::from(size.height) - height) } else { 0.0 };
    for (number, layer) in stages.iter().enumerate() {
        let left = number as f64 * (width + gap) + if size.thumbnail { gap } else { 0.0 };
        let place = Frame { left, right: left + width, top: drop, bottom: drop + height };
        draw(&mut canvas, plot, layer, place, size.thumbnail);
    }
    if !size.thumbnail {
        matrix::draw_scale(&mut canvas, plot, count * (width + gap), height);
    }
    canvas
}

/// Width and height of a panel.
fn extent(layer: &Layer) -> (f64, f64) {
    match layer {
        Layer::Matrix { items, .. } => matrix::extent(items),
        Layer::Tree { leaves, .. } => tree::extent(leaves.len()),
        _ => FULL.extent(),
    }
}

/// Width and height of a panel in a thumbnail: as large as fits.
fn thumbnail(size: Size, panels: usize) -> (f64, f64) {
    let (width, height) = size.extent();
    let width = (width - 6.0 * (panels as f64 + 1.0)) / panels as f64;
    (width, height - 20.0)
}

fn draw(canvas: &mut Canvas, plot: &Plot, layer: &Layer, place: Frame, bare: bool) {
    match layer {
        Layer::Matrix { .. } => matrix::draw(canvas, plot, layer, place, bare),
        _ => tree::draw(canvas, plot, layer, place, bare),
    }
}
