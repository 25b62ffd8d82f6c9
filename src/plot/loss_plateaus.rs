//! `loss-plateaus`: the loss over time in one replicate, and where the theory has it rest.

use super::axis::of_column;
use super::model::{Layer, Origin, Plot, PlotAxis};
use super::run::at_point;
use super::series::{summaries, unbroken};
use super::shown::column;
use super::thin::{LINE, note, thin};
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::OneRun;

/// Most plateaus: later ones lie too close together to be told apart.
const PLATEAUS: usize = 12;

/// Plateaus that span more than this factor are shown on logarithmic axes: on linear ones the later would lie on the
/// horizontal axis, and their times, which go with the inverse of the missing singular value, far apart.
const SPAN: f64 = 100.0;

/// The loss as a line, and a level for each saddle.
pub(super) fn loss_plateaus(claim: &Claim, evidence: &Evidence, run: &OneRun) -> Result<Plot, String> {
    let of_run = |table| at_point(claim, evidence, table, &run.point, Some(run.replicate));
    let (curve, saddles) = (of_run("curve")?, of_run("saddles")?);
    let plateaus = column(&saddles, "loss_theory")?;
    let log = plateaus.first().zip(plateaus.last()).is_some_and(|(first, last)| *first > SPAN * last);
    let axis = |column, label| PlotAxis { log, ..of_column(claim, "curve", column, label) };
    let (x, y) = (axis("time", "time"), axis("loss", "loss"));
    let rows: Vec<usize> = (0..curve.rows()).collect();
    let loss = summaries(&rows, column(&curve, "time")?, column(&curve, "loss")?);
    let points = thin(&loss, LINE);
    let caption = note(points.len(), loss.len());
    let points = points.iter().map(|loss| Some([x.shows(loss.x)?, y.shows(loss.mean)?])).collect();
    let line = |points| Layer::Line { label: "loss".to_owned(), series: 0, origin: Origin::Measured, points };
    let levels = column(&saddles, "saddle")?.iter().zip(plateaus);
    let levels: Vec<Layer> = levels
        .filter(|(_, level)| y.shows(**level).is_some())
        .map(|(&learned, &y)| Layer::Level { label: plateau(learned), y })
        .collect();
    let unshown = levels.len().saturating_sub(PLATEAUS);
    let unshown = if unshown > 0 { format!("{unshown} later plateaus are not shown.") } else { String::new() };
    let layers: Vec<Layer> = unbroken(points).into_iter().map(line).chain(levels.into_iter().take(PLATEAUS)).collect();
    Ok(Plot {
        kind: String::new(),
        title: "loss against time".to_owned(),
        caption: [caption, unshown].join(" ").trim().to_owned(),
        x,
        y,
        z: None,
        layers,
    })
}

fn plateau(learned: f64) -> String {
    if learned == 1.0 { "1 mode learned".to_owned() } else { format!("{learned} modes learned") }
}
