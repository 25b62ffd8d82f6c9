//! Figures as numbers: what a figure of a spec shows.
//!
//! One file per kind of figure. Measurements are drawn first, the theory over them. Values that are missing, and on a
//! logarithmic axis those that are not positive, are not shown; a line breaks there. Long lines and large clouds are
//! thinned evenly, and the caption says so.

pub mod model;
mod names;
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
use crate::spec::claim::Claim;
use crate::spec::language::figure_kinds::{Figure, FigureKind};
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
            Err(reason) => errors.push(format!("figure {} (`{}`) {reason}", place + 1, figure.kind.name())),
        }
    }
    if errors.is_empty() { Ok(plots) } else { Err(errors.join("; ")) }
}

fn plot(claim: &Claim, evidence: &Evidence, figure: &Figure) -> Result<Plot, String> {
    let mut plot = match &figure.kind {
        FigureKind::Lines(options) => lines::lines(claim, evidence, options),
        FigureKind::Scatter(options) => scatter::scatter(claim, evidence, options),
        FigureKind::Heatmap(options) => heatmap::heatmap(claim, evidence, options),
        FigureKind::ModeCurves(options) => mode_curves::mode_curves(claim, evidence, options),
        FigureKind::LossPlateaus(options) => loss_plateaus::loss_plateaus(claim, evidence, options),
        FigureKind::Spectrum(options) => spectrum::spectrum(claim, evidence, options),
        FigureKind::Dendrograms(options) => dendrograms::dendrograms(claim, evidence, options),
        FigureKind::Similarity(options) => similarity::similarity(claim, evidence, options),
        FigureKind::Embedding(options) => embedding::embedding(claim, evidence, options),
        FigureKind::Landscape(options) => landscape::landscape(claim, evidence, options),
    }?;
    figure.kind.name().clone_into(&mut plot.kind);
    // A kind leaves in `caption` what a reader should know about what is not shown.
    plot.caption = [figure.caption.trim_end(), &plot.caption].join(" ").trim_end().to_owned();
    Ok(plot)
}
