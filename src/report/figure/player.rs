//! Learning as a film: the figures of one run beside each other, what moves in them at each time.

use serde::Serialize;

use crate::plot::model::{Item, Layer, Plot};
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::Canvas;
use crate::report::figure::sheet::Frame;
use crate::report::figure::{Size, chart, matrix, plane, title, tree};

/// Size of the curves beside the other pictures.
const CURVE: Size = Size { width: 400, height: 260, thumbnail: false };

/// A figure of the film.
#[derive(Debug, Serialize)]
pub struct Scene {
    /// Kind of the figure.
    pub kind: String,
    /// The drawing at the end, as SVG; the group `moving` or the colours of the group `cells` change with time.
    pub svg: String,
    /// Whether its cells change their colour, and nothing moves.
    pub cells: bool,
    /// At each time of the film the marks of the group `moving`, or the colours of the cells, a hexadecimal digit each.
    pub frames: Vec<String>,
}

/// The film of one run.
#[derive(Debug, Serialize)]
pub struct Film {
    /// "time 1.3", for each frame.
    pub moments: Vec<String>,
    /// The figures.
    pub scenes: Vec<Scene>,
}

/// The film of the figures of a claim, in their order; none unless there are dendrograms to give the times.
///
/// Takes part in it whatever shows the same times: similarities and embeddings; and curves over time, with a line where
/// time stands.
pub fn film(plots: &[Plot]) -> Option<Film> {
    let trees = plots.iter().find(|plot| plot.layers.iter().any(|layer| matches!(layer, Layer::Tree { .. })))?;
    let times: Vec<(f64, &str)> = trees
        .layers
        .iter()
        .filter_map(|layer| match layer {
            Layer::Tree { time, clock, .. } => Some((*time, clock.as_str())),
            _ => None,
        })
        .collect();
    let at: Vec<f64> = times.iter().map(|(time, _)| *time).collect();
    let moments = times.iter().map(|(time, clock)| title::moment(*time, clock)).collect();
    let clock = times.first().map_or("", |(_, clock)| *clock);
    let mut scenes = Vec::new();
    for (number, plot) in plots.iter().enumerate() {
        let scene = match plot.kind.as_str() {
            "mode-curves" | "loss-plateaus" => Some(curve(plot, &at)),
            "lines" if over(plot, clock) => Some(curve(plot, &at)),
            "dendrograms" if std::ptr::eq(plot, trees) => Some(grove(plot)),
            "similarity" => pairs(plot, &at),
            "embedding" => ways(plot, &at),
            _ => None,
        };
        scenes.extend(scene.map(|(canvas, cells, frames)| Scene {
            kind: plot.kind.clone(),
            svg: still(canvas, number, &plot.title, frames.last().filter(|_| !cells)),
            cells,
            frames,
        }));
    }
    Some(Film { moments, scenes })
}

/// Whether a figure shows something over the time of the film.
fn over(plot: &Plot, clock: &str) -> bool {
    !clock.is_empty() && [&plot.x.label, &plot.x.unit].into_iter().any(|name| name == clock)
}

/// What does not move, whether cells change, what changes at each time.
type Parts = (Canvas, bool, Vec<String>);

/// The drawing, with the last frame in the group that moves: what the page says does not depend on the script.
fn still(mut canvas: Canvas, number: usize, title: &str, last: Option<&String>) -> String {
    if let Some(last) = last {
        canvas.group("moving", last);
    }
    let id = format!("film-{}", number + 1);
    canvas.inline(&id, title, "It changes with the time that the slider shows; the figures below show its stages.")
}

/// A curve with a vertical line where time stands.
fn curve(plot: &Plot, times: &[f64]) -> Parts {
    let (canvas, frame, axis) = chart::placed(plot, CURVE);
    let frames = times.iter().map(|&time| cursor(time, frame, &axis)).collect();
    (canvas, false, frames)
}

/// The line where time stands; none where a logarithmic axis cannot show it.
fn cursor(time: f64, frame: Frame, axis: &Axis) -> String {
    let place = if axis.log && time <= 0.0 { 0.0 } else { axis.place(time).clamp(0.0, 1.0) };
    let x = frame.left + place * (frame.right - frame.left);
    let mut canvas = CURVE.canvas();
    canvas.line("cursor", &[(x, frame.top), (x, frame.bottom)]);
    canvas.marks()
}

fn grove(plot: &Plot) -> Parts {
    let trees: Vec<(&Vec<Item>, String)> = plot
        .layers
        .iter()
        .filter_map(|layer| match layer {
            Layer::Tree { leaves, forks, .. } => Some((leaves, tree::marks(plot, leaves, forks))),
            _ => None,
        })
        .collect();
    let canvas = trees.first().map_or_else(|| CURVE.canvas(), |(leaves, _)| tree::stage(plot, leaves));
    (canvas, false, trees.into_iter().map(|(_, marks)| marks).collect())
}

fn pairs(plot: &Plot, times: &[f64]) -> Option<Parts> {
    let (canvas, frames) = matrix::moving(plot)?;
    same_times(frames, times).map(|frames| (canvas, true, frames))
}

fn ways(plot: &Plot, times: &[f64]) -> Option<Parts> {
    let (canvas, frames) = plane::moving(plot);
    same_times(frames, times).map(|frames| (canvas, false, frames))
}

/// The frames, if they are those of the film.
fn same_times(frames: Vec<(f64, String)>, times: &[f64]) -> Option<Vec<String>> {
    let same = frames.iter().map(|(time, _)| time).eq(times);
    same.then(|| frames.into_iter().map(|(_, frame)| frame).collect())
}
