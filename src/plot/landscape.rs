//! `landscape`: the loss of the scalar network over its two weights, the flow on it, and one trajectory.

use super::axis::of_column;
use super::model::{Layer, Origin, Plot, PlotAxis};
use super::run::at_point;
use super::shown::column;
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::OneRun;
use crate::theory::scalar::{contour, loss, slope};

/// The figure reaches so many times as far as the minimum on the diagonal.
const REACH: f64 = 1.75;

/// Contours are drawn at products of the weights `s (1 +- distance)`; at 1 they run through the saddle.
const DISTANCES: [f64; 6] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0];

/// The ways of the table `trajectory`.
const WAYS: [(f64, &str); 2] = [(1.0, "from beside the saddle"), (2.0, "from the ridge")];

/// Arrows along each side.
const ARROWS: usize = 13;

/// Points of a contour.
const POINTS: usize = 60;

/// Contours and valleys of the loss, arrows of the flow, the saddle, and the trajectory of a replicate.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
pub(super) fn landscape(claim: &Claim, evidence: &Evidence, of: &OneRun) -> Result<Plot, String> {
    let of_run = |table| at_point(claim, evidence, table, &of.point, Some(of.replicate));
    let (run, trajectory) = (of_run("run")?, of_run("trajectory")?);
    let s = column(&run, "target")?[0];
    let [time, way, w1, w2] = ["time", "way", "w1", "w2"].map(|name| column(&trajectory, name));
    let (time, way, w1, w2) = (time?, way?, w1?, w2?);
    let reach = w1.iter().chain(w2).fold(REACH * s.sqrt(), |reach, weight| reach.max(1.1 * weight.abs()));
    let mut layers: Vec<Layer> = DISTANCES
        .iter()
        .flat_map(|distance| [s * (1.0 - distance), s * (1.0 + distance)])
        .flat_map(|product| {
            let height = loss(s, 1.0, product);
            contour(product, reach, POINTS).into_iter().map(move |points| Layer::Contour { height, points })
        })
        .collect();
    layers.push(Layer::Arrows { label: "downhill".to_owned(), arrows: arrows(s, reach) });
    layers.extend(contour(s, reach, POINTS).into_iter().map(|points| Layer::Line {
        label: "minima".to_owned(),
        series: 0,
        origin: Origin::Theory,
        points,
    }));
    layers.push(Layer::Place { label: "saddle".to_owned(), at: [0.0, 0.0] });
    for (series, (number, label)) in WAYS.into_iter().enumerate() {
        let rows = (0..trajectory.rows()).filter(|&row| way[row] == number);
        let points: Vec<[f64; 3]> = rows.map(|row| [time[row], w1[row], w2[row]]).collect();
        if !points.is_empty() {
            layers.push(Layer::Path { label: label.to_owned(), series, points });
        }
    }
    let axis = |label: &str| PlotAxis { label: label.to_owned(), unit: String::new(), log: false };
    Ok(Plot {
        kind: String::new(),
        title: "loss of the scalar network over its two weights".to_owned(),
        caption: String::new(),
        x: axis("first weight"),
        y: axis("second weight"),
        z: Some(of_column(claim, "trajectory", "time", "time")),
        layers,
    })
}

/// The flow at the points of a grid.
fn arrows(s: f64, reach: f64) -> Vec<[f64; 4]> {
    let at = |place: usize| reach * (2.0 * (place as f64 + 0.5) / ARROWS as f64 - 1.0);
    let arrow = |(x, y): (f64, f64)| {
        let [dx, dy] = slope(s, x, y);
        [x, y, dx, dy]
    };
    (0..ARROWS).flat_map(|row| (0..ARROWS).map(move |column| (at(column), at(row)))).map(arrow).collect()
}
