//! Snapshots of the items over learning: how far apart they are at each time, in what order to show them, and which
//! times are the stages.

use super::axis::of_column;
use super::model::Item;
use super::names::item_names;
use super::run::at_point;
use super::shown::column;
use crate::data::Data;
use crate::judge::Evidence;
use crate::numerics::statistics::dendrogram::{Merge, average_linkage, cut, leaf_order};
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::Moments;
use crate::spec::setting::settings;

/// Most groups that are told apart by colour.
const GROUPS: usize = 4;

/// The items at one time; similarity and distance by item and item.
pub(super) struct Frame {
    /// When.
    pub(super) time: f64,
    /// Inner products of the representations.
    pub(super) similarity: Vec<Vec<f64>>,
    distance: Vec<Vec<f64>>,
}

/// The items over learning, in order of time.
pub(super) struct Snapshots {
    /// One at least.
    pub(super) frames: Vec<Frame>,
    /// Unit of the time.
    pub(super) clock: String,
    /// The items, numbered as in the data.
    pub(super) items: Vec<Item>,
    /// The items as they stand at the end from top to bottom.
    pub(super) order: Vec<usize>,
}

/// Reads the table `similarity`. The colours are those of at most four groups, which the tree at the end is cut into.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
pub(super) fn snapshots(claim: &Claim, evidence: &Evidence, moments: &Moments) -> Result<Snapshots, String> {
    let table = at_point(claim, evidence, "similarity", &moments.point, Some(moments.replicate))?;
    let columns = ["time", "item", "other", "similarity", "distance"].map(|name| column(&table, name));
    let [time, item, other, similarity, distance] = columns;
    let (time, item, other, similarity, distance) = (time?, item?, other?, similarity?, distance?);
    let count = item.iter().fold(0.0, |most: f64, item| most.max(*item)) as usize;
    let square = || vec![vec![0.0; count]; count];
    let mut frames: Vec<Frame> = Vec::new();
    for row in 0..table.rows() {
        if frames.last().is_none_or(|frame| frame.time < time[row]) {
            frames.push(Frame { time: time[row], similarity: square(), distance: square() });
        }
        let frame = frames.last_mut().expect("there is always a last frame");
        for (a, b) in [(item[row], other[row]), (other[row], item[row])].map(|(a, b)| (a as usize - 1, b as usize - 1))
        {
            frame.similarity[a][b] = similarity[row];
            frame.distance[a][b] = distance[row];
        }
    }
    let end = frames.last().map(Frame::tree).unwrap_or_default();
    let places: Vec<f64> = (0..count).map(|item| item as f64).collect();
    let order = leaf_order(&end, &places);
    let groups = cut(&end, GROUPS, &order);
    let names = names(claim, moments, count)?;
    let items = names.into_iter().zip(groups).map(|(name, series)| Item { name, series }).collect();
    let clock = of_column(claim, "similarity", "time", "time").unit;
    Ok(Snapshots { frames, clock, items, order })
}

/// The names given, or those that the data know, or numbers.
pub(super) fn names(claim: &Claim, moments: &Moments, count: usize) -> Result<Vec<String>, String> {
    let numbers = || (1..=count).map(|number| number.to_string()).collect();
    let Some(given) = &moments.items else {
        let known = data(claim).as_ref().and_then(item_names).filter(|names| names.len() == count);
        return Ok(known.map_or_else(numbers, |names| names.iter().map(|name| (*name).to_owned()).collect()));
    };
    if given.len() != count {
        return Err(format!("names {} items, but table `similarity` has {count}", given.len()));
    }
    Ok(given.clone())
}

/// The data set at the first point; none where the experiment has no such parameter.
fn data(claim: &Claim) -> Option<Data> {
    let point = settings(claim, None).into_iter().next()?;
    serde_json::from_value(point.parameters.get("data")?.clone()).ok()
}

impl Frame {
    /// The merges of average linkage.
    pub(super) fn tree(&self) -> Vec<Merge> {
        average_linkage(self.distance.len(), |one, other| self.distance[one][other])
    }

    /// Mean squared distance of two items.
    fn spread(&self) -> f64 {
        let squares: f64 = self.distance.iter().flatten().map(|distance| distance * distance).sum();
        squares / (self.distance.len() * self.distance.len()) as f64
    }
}

impl Snapshots {
    /// For each share of the way of the mean squared distance from its first to its last value the first frame that has
    /// gone it, with its name; no frame twice.
    pub(super) fn stages(&self, names: &[(&'static str, f64)]) -> Vec<(usize, &'static str)> {
        let spreads: Vec<f64> = self.frames.iter().map(Frame::spread).collect();
        let last = spreads.len() - 1;
        let way = |frame: usize| (spreads[frame] - spreads[0]) / (spreads[last] - spreads[0]);
        let first = |share: f64| match share {
            0.0 => 0,
            1.0 => last,
            share => (0..last).find(|&frame| way(frame) >= share).unwrap_or(last),
        };
        let mut stages: Vec<(usize, &'static str)> = names.iter().map(|&(name, share)| (first(share), name)).collect();
        // Because where two stages are one frame the later name is the one to keep: the end is the end.
        stages.reverse();
        stages.dedup_by_key(|(frame, _)| *frame);
        stages.reverse();
        stages
    }
}
