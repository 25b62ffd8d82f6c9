//! Three stages of learning: how the items group before it, in its middle and at its end.

use faer::{Mat, MatRef};

use crate::data::Level;
use crate::experiment::common::thinned::Thinned;
use crate::experiment::{ColumnDoc, TableDoc, column};
use crate::numerics::linear_algebra::reductions::squared_distance;
use crate::numerics::statistics::dendrogram::{Merge, average_linkage};
use crate::table::{Table, row};

/// Most items whose stages are looked at.
const MAX_ITEMS: usize = 64;

/// Most states that are kept to find the middle among them, without the last one.
const MAX_KEPT: usize = 256;

const ABOUT: &str = "A stage of learning, three rows per replicate, for data with levels and up to 64 items: the tree of the items by average linkage of their distances in the representation, which the figure `dendrograms` draws. The height of a split is the mean distance of the items on its two sides";

const STAGE: ColumnDoc = column(
    "stage",
    "",
    "0: before learning; 1: in the middle, when the mean squared distance of the items has first gone half of its way from the start to the end, among every n-th state, at most 256; 2: at the end",
);

/// The columns, with the time's unit and what it is.
const fn columns(unit: &'static str, time: &'static str) -> [ColumnDoc; 6] {
    [
        column("time", unit, time),
        column("progress", "", "share of its way that the mean squared distance has gone"),
        column("top", "", "height of the highest split"),
        column("next", "", "height of the second highest split; missing for two items"),
        column("lowest", "", "height of the lowest split"),
        column(
            "at_root",
            "",
            "1 if the highest split divides none of the groups that part at level 1 of the data, so that it is the split at the root where that has two sides; 0 otherwise",
        )
        .bounded(0.0, 1.0),
    ]
}

/// The stages of a run whose time is steps times the rate.
pub const STAGES: TableDoc = TableDoc { name: "stages", about: ABOUT, keys: &[STAGE], columns: &TIMED };
const TIMED: [ColumnDoc; 6] = columns("time", "when it was");

/// The stages of a run whose time is counted in epochs.
pub const STAGES_BY_EPOCH: TableDoc = TableDoc { columns: &BY_EPOCH, ..STAGES };
const BY_EPOCH: [ColumnDoc; 6] = columns("epochs", "epochs learned by then");

/// Observer of the representation, which finds the stages among its states.
pub struct Stages {
    /// Groups of items that part at level 1.
    groups: Vec<Vec<usize>>,
    /// Axes of the states, N x M with orthonormal columns: a state is the representation times the axes.
    axes: Mat<f64>,
    /// The mean item in these axes, length M.
    mean: Vec<f64>,
    states: Thinned<State>,
}

/// A representation in the axes, units x M.
struct State {
    time: f64,
    weights: Mat<f64>,
}

impl Stages {
    /// Ready for the first state, if the items of the data have levels and are not too many. `axes` are those of the states,
    /// items x M with orthonormal columns; those of a representation itself are the identity.
    pub fn new(levels: &[Level], axes: MatRef<'_, f64>) -> Option<Self> {
        let splits = levels.iter().filter(|level| level.level == 1).flat_map(|level| &level.nodes);
        let groups: Vec<Vec<usize>> = splits.flatten().cloned().collect();
        let (items, count) = axes.shape();
        if groups.is_empty() || !(2..=MAX_ITEMS).contains(&items) {
            return None;
        }
        let mean = (0..count).map(|axis| axes.col(axis).iter().sum::<f64>() / items as f64).collect();
        Some(Self { groups, axes: axes.to_owned(), mean, states: Thinned::new(MAX_KEPT) })
    }

    /// The next state, units x M.
    pub fn observe(&mut self, time: f64, weights: MatRef<'_, f64>) {
        self.states.push(|| State { time, weights: weights.to_owned() });
    }

    /// The state that was observed last, and one row for each stage.
    pub fn write(&mut self, replicate: u64, time: f64, weights: MatRef<'_, f64>, table: &mut Table) {
        self.states.finish(|| State { time, weights: weights.to_owned() });
        let states = self.states.kept();
        let spreads: Vec<f64> = states.iter().map(|state| self.spread(state)).collect();
        let last = spreads.len() - 1;
        let progress = |state: usize| (spreads[state] - spreads[0]) / (spreads[last] - spreads[0]);
        let middle = (0..last).find(|&state| progress(state) >= 0.5).unwrap_or(last);
        for (stage, state) in [0, middle, last].into_iter().enumerate() {
            let merges = self.tree(&states[state]);
            let mut heights = merges.iter().rev().map(|merge| merge.height);
            row!(
                table,
                replicate,
                stage,
                time: states[state].time,
                progress: progress(state),
                top: heights.next(),
                next: heights.next(),
                lowest: merges.first().map(|merge| merge.height),
                at_root: usize::from(self.divides_no_group(&merges)),
            );
        }
    }

    /// Mean squared distance of two items, `2 (mean of |x|^2 - |mean of x|^2)`.
    fn spread(&self, State { weights, .. }: &State) -> f64 {
        let items = self.axes.nrows() as f64;
        let mean_row = |unit: usize| weights.row(unit).iter().zip(&self.mean).map(|(w, mean)| w * mean).sum::<f64>();
        let mean = (0..weights.nrows()).map(|unit| mean_row(unit) * mean_row(unit)).sum::<f64>();
        2.0 * (weights.squared_norm_l2() / items - mean)
    }

    /// The merges of the items.
    fn tree(&self, State { weights, .. }: &State) -> Vec<Merge> {
        let places = weights * self.axes.transpose();
        let of_item = |item: usize| places.col(item).try_as_col_major().expect("a column is contiguous").as_slice();
        average_linkage(places.ncols(), |one, other| squared_distance(of_item(one), of_item(other)).sqrt())
    }

    /// Whether each group lies on one side of the last merge.
    fn divides_no_group(&self, merges: &[Merge]) -> bool {
        let Some(last) = merges.last() else { return false };
        let side = side(merges, self.axes.nrows(), last.children[0]);
        self.groups.iter().all(|group| group.iter().all(|item| side[*item] == side[group[0]]))
    }
}

/// Which leaves a cluster has.
fn side(merges: &[Merge], leaves: usize, cluster: usize) -> Vec<bool> {
    let mut members = vec![false; leaves];
    let mut clusters = vec![cluster];
    while let Some(cluster) = clusters.pop() {
        match cluster.checked_sub(leaves) {
            None => members[cluster] = true,
            Some(merge) => clusters.extend(merges[merge].children),
        }
    }
    members
}
