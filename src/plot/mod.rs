//! Figures as numbers: what a figure of a spec shows.
//!
//! One file per kind of figure. Measurements are drawn first, the theory over them. Values that are missing, and on a logarithmic
//! axis those that are not positive, are not shown; a line breaks there. Long lines and large clouds are thinned evenly,
//! and the caption says so.

pub mod model;
mod shown;
mod thin;

mod axis;
mod run;
mod series;
mod snapshots;
mod theory;
mod xy;

mod dendrograms;
mod embedding;
mod heatmap;
mod landscape;
mod lines;
mod loss_plateaus;
mod mode_curves;
mod scatter;
mod similarity;
mod spectrum;

use crate::judge::Evidence;
use crate::spec::claim::{Claim, Figure, FigureKind};
use model::Plot;

/// The figures of a claim. A figure without any point to show (all rows filtered out, no such replicate) is an
/// error that names it.
///
/// # Errors
/// If a figure has nothing to show; all such figures are named.
pub fn plots(claim: &Claim, evidence: &Evidence) -> Result<Vec<Plot>, String> {
    let mut plots = Vec::new();
    let mut errors = Vec::new();
    for (place, figure) in claim.figures.iter().enumerate() {
        match plot(claim, evidence, figure) {
            Ok(plot) => plots.push(plot),
            Err(reason) => errors.push(format!("figure {} (`{}`) {reason}", place + 1, kind(figure))),
        }
    }
    if errors.is_empty() { Ok(plots) } else { Err(errors.join("; ")) }
}

/// The kind of a figure, as a spec names it.
pub fn kind(figure: &Figure) -> &'static str {
    match figure.kind {
        FigureKind::Lines(_) => "lines",
        FigureKind::Scatter(_) => "scatter",
        FigureKind::Heatmap { .. } => "heatmap",
        FigureKind::ModeCurves { .. } => "mode-curves",
        FigureKind::LossPlateaus { .. } => "loss-plateaus",
        FigureKind::Spectrum { .. } => "spectrum",
        FigureKind::Dendrograms(_) => "dendrograms",
        FigureKind::Similarity(_) => "similarity",
        FigureKind::Embedding { .. } => "embedding",
        FigureKind::Landscape(_) => "landscape",
    }
}

fn plot(claim: &Claim, evidence: &Evidence, figure: &Figure) -> Result<Plot, String> {
    let mut plot = match &figure.kind {
        FigureKind::Lines(xy) => lines::lines(claim, evidence, xy),
        FigureKind::Scatter(xy) => scatter::scatter(claim, evidence, xy),
        FigureKind::Heatmap { rows, x, y, z, border } => {
            heatmap::heatmap(claim, evidence, rows, [x, y, z], border.as_ref())
        }
        FigureKind::ModeCurves { replicate, modes, point } => {
            mode_curves::mode_curves(claim, evidence, *replicate, modes.as_deref(), point)
        }
        FigureKind::LossPlateaus { replicate, point } => {
            loss_plateaus::loss_plateaus(claim, evidence, *replicate, point)
        }
        FigureKind::Spectrum { point } => spectrum::spectrum(claim, evidence, point),
        FigureKind::Dendrograms(moments) => dendrograms::dendrograms(claim, evidence, moments),
        FigureKind::Similarity(moments) => similarity::similarity(claim, evidence, moments),
        FigureKind::Embedding { moments, x, y } => {
            embedding::embedding(claim, evidence, moments, [x.as_ref(), y.as_ref()])
        }
        FigureKind::Landscape(moments) => landscape::landscape(claim, evidence, moments),
    }?;
    kind(figure).clone_into(&mut plot.kind);
    // A kind leaves in `caption` what a reader should know about what is not shown.
    plot.caption = [figure.caption.trim_end(), &plot.caption].join(" ").trim_end().to_owned();
    Ok(plot)
}
