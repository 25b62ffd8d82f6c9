//! `similarity`: what every two items share in the representation, at several times.

use super::axis::of_column;
use super::model::{Layer, Plot, PlotAxis};
use super::snapshots::{Frame, snapshots};
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::Moments;

/// The stages by their share of the final separation.
const STAGES: [(&str, f64); 4] = [("before", 0.0), ("early", 0.25), ("later", 0.65), ("end", 1.0)];

/// A matrix for each snapshot, its items in the order of the tree at the end; some of them are the stages.
pub(super) fn similarity(claim: &Claim, evidence: &Evidence, moments: &Moments) -> Result<Plot, String> {
    let snapshots = snapshots(claim, evidence, moments)?;
    let stages = snapshots.stages(&STAGES);
    let stage = |frame: usize| stages.iter().find(|(of, _)| *of == frame).map_or("", |(_, name)| *name);
    let items: Vec<_> = snapshots.order.iter().map(|&item| snapshots.items[item].clone()).collect();
    let matrix = |(number, frame): (usize, &Frame)| {
        let row = |&one: &usize| snapshots.order.iter().map(|&other| frame.similarity[one][other]).collect();
        let z = snapshots.order.iter().map(row).collect();
        Layer::Matrix {
            stage: stage(number).to_owned(),
            time: frame.time,
            clock: snapshots.clock.clone(),
            items: items.clone(),
            z,
        }
    };
    let axis = |label: &str| PlotAxis { label: label.to_owned(), unit: String::new(), log: false };
    Ok(Plot {
        kind: String::new(),
        title: "similarity of items in the hidden representation over learning".to_owned(),
        caption: String::new(),
        x: axis("item"),
        y: axis("other item"),
        z: Some(of_column(claim, "similarity", "similarity", "similarity")),
        layers: snapshots.frames.iter().enumerate().map(matrix).collect(),
    })
}
