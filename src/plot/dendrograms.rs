//! `dendrograms`: how the items group before, in the middle and at the end of learning.

use super::axis::of_column;
use super::model::{Fork, Item, Layer, Plot, PlotAxis};
use super::snapshots::{Snapshots, snapshots};
use crate::judge::Evidence;
use crate::numerics::statistics::dendrogram::{Merge, leaf_order};
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::Moments;

/// The stages by their share of the final separation.
const STAGES: [(&str, f64); 3] = [("before", 0.0), ("middle", 0.5), ("end", 1.0)];

/// A tree by average linkage for each snapshot; three of them are the stages.
pub(super) fn dendrograms(claim: &Claim, evidence: &Evidence, moments: &Moments) -> Result<Plot, String> {
    let snapshots = snapshots(claim, evidence, moments)?;
    let stages = snapshots.stages(&STAGES);
    let stage = |frame: usize| stages.iter().find(|(of, _)| *of == frame).map_or("", |(_, name)| *name);
    let mut place = vec![0.0; snapshots.items.len()];
    snapshots.order.iter().enumerate().for_each(|(at, &item)| place[item] = at as f64);
    let tree = |(number, frame): (usize, &super::snapshots::Frame)| {
        let merges = frame.tree();
        let order = leaf_order(&merges, &place);
        let leaves = order.iter().map(|&item| snapshots.items[item].clone()).collect();
        let forks = forks(&merges, &order, &snapshots);
        Layer::Tree { stage: stage(number).to_owned(), time: frame.time, clock: snapshots.clock.clone(), leaves, forks }
    };
    Ok(Plot {
        kind: String::new(),
        title: "dendrograms of the hidden representation over learning".to_owned(),
        caption: String::new(),
        x: of_column(claim, "similarity", "distance", "distance"),
        y: PlotAxis { label: "item".to_owned(), unit: String::new(), log: false },
        z: Some(of_column(claim, "similarity", "time", "time")),
        layers: snapshots.frames.iter().enumerate().map(tree).collect(),
    })
}

/// The forks of a tree whose leaves stand in `order`.
fn forks(merges: &[Merge], order: &[usize], snapshots: &Snapshots) -> Vec<Fork> {
    let leaf = |item: usize| {
        let place = order.iter().position(|other| *other == item).unwrap_or(0);
        let Item { series, .. } = snapshots.items[item];
        (place as f64, 0.0, Some(series))
    };
    let mut branches: Vec<(f64, f64, Option<usize>)> = (0..order.len()).map(leaf).collect();
    let fork = |merge: &Merge| {
        let [one, other] = merge.children.map(|child| branches[child]);
        let series = one.2.filter(|series| other.2 == Some(*series));
        let (places, from) = ([one.0, other.0], [one.1, other.1]);
        branches.push((0.5 * (one.0 + other.0), merge.height, series));
        Fork { places, from, distance: merge.height, series }
    };
    merges.iter().map(fork).collect()
}
