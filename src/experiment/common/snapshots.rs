//! Snapshots of the representation of the items over learning, for figures: how similar the items are, and where they are.

use faer::{Mat, MatRef};

use crate::data::Source;
use crate::experiment::common::thinned::Thinned;
use crate::experiment::{ColumnDoc, Reason, TableDoc, column};
use crate::numerics::linear_algebra::principal::{centred, principal_axes};
use crate::numerics::linear_algebra::reductions::{inner_product, norm};
use crate::parameter::Refusals;
use crate::table::{Table, Tables, row};

/// Most items of a snapshot.
pub const MAX_ITEMS: usize = 64;

/// Most snapshots of a run.
pub const MAX_TIMES: usize = 200;

/// Number of principal coordinates.
const COORDINATES: usize = 3;

const ITEM: ColumnDoc = column("item", "", "number of the item, 1 for the first column of the data");

const OTHER: ColumnDoc =
    column("other", "", "number of the other item, not before the first; the same for an item with itself");

const PAIR: [ColumnDoc; 2] = [
    column("similarity", "", "inner product of the representations of the two items"),
    column("distance", "", "Euclidean distance of the representations of the two items"),
];

const PLACE: [ColumnDoc; COORDINATES] = [
    column(
        "axis1",
        "",
        "coordinate along the first principal axis of the representations at the end; at every time the mean of the items is 0",
    ),
    column("axis2", "", "along the second"),
    column("axis3", "", "along the third"),
];

const SIMILARITY_ABOUT: &str = "How alike two items are to the network, one row per time and pair of items, of replicate 0 only, if the parameter `snapshots` asks for it";

const EMBEDDING_ABOUT: &str = "Where the items are in the representation, one row per time and item, of replicate 0 only, if the parameter `snapshots` asks for it: classical scaling of their distances at the end, and earlier representations projected on the same axes";

const fn time(unit: &'static str, about: &'static str) -> ColumnDoc {
    column("time", unit, about)
}

const STEPS: ColumnDoc = time("time", "steps times the rate");
const EPOCHS: ColumnDoc = time("epochs", "epochs learned");

/// Similarity and distance of items over time.
pub const SIMILARITY: TableDoc =
    TableDoc { name: "similarity", about: SIMILARITY_ABOUT, keys: &[STEPS, ITEM, OTHER], columns: &PAIR };

/// Places of items over time.
pub const EMBEDDING: TableDoc =
    TableDoc { name: "embedding", about: EMBEDDING_ABOUT, keys: &[STEPS, ITEM], columns: &PLACE };

/// The same over epochs.
pub const SIMILARITY_BY_EPOCH: TableDoc = TableDoc { keys: &[EPOCHS, ITEM, OTHER], ..SIMILARITY };

/// The same over epochs.
pub const EMBEDDING_BY_EPOCH: TableDoc = TableDoc { keys: &[EPOCHS, ITEM], ..EMBEDDING };

/// Representations of the items (units x items) over time: every n-th one and the last.
pub struct Snapshots(Thinned<(f64, Mat<f64>)>);

impl Snapshots {
    /// Keeps at most `times` representations, at least 2.
    pub fn new(times: usize) -> Self {
        Self(Thinned::new(times - 1))
    }

    /// The next one.
    pub fn observe(&mut self, time: f64, representation: impl FnOnce() -> Mat<f64>) {
        self.0.push(|| (time, representation()));
    }

    /// The one that was observed last, kept in any case.
    pub fn finish(&mut self, time: f64, representation: impl FnOnce() -> Mat<f64>) {
        self.0.finish(|| (time, representation()));
    }

    /// Writes both tables.
    ///
    /// # Errors
    /// If there are no axes, because their decomposition does not converge.
    pub fn write(&self, replicate: u64, tables: &mut Tables) -> Result<(), Reason> {
        let Some((_, end)) = self.0.kept().last() else { return Ok(()) };
        let axes = principal_axes(end.as_ref(), COORDINATES)?;
        for (time, representation) in self.0.kept() {
            write_pairs(replicate, *time, representation.as_ref(), &mut tables[SIMILARITY.name]);
            let places = axes.transpose() * centred(representation.as_ref());
            let table = &mut tables[EMBEDDING.name];
            for number in 0..places.ncols() {
                let [axis1, axis2, axis3] = [0, 1, 2].map(|axis| places[(axis, number)]);
                let item = number + 1;
                row!(table, replicate, time: *time, item, axis1, axis2, axis3);
            }
        }
        Ok(())
    }
}

/// One row for each pair of items, in order.
fn write_pairs(replicate: u64, time: f64, representation: MatRef<'_, f64>, table: &mut Table) {
    let of_item = |item: usize| representation.col(item).try_as_col_major().expect("a column is contiguous").as_slice();
    for first in 0..representation.ncols() {
        for second in first..representation.ncols() {
            let (a, b) = (of_item(first), of_item(second));
            let [item, other] = [first, second].map(|number| number + 1);
            let (similarity, distance) = (inner_product(a, b), distance(a, b));
            row!(table, replicate, time, item, other, similarity, distance);
        }
    }
}

/// Refuses more snapshots than a figure can use.
pub fn check(snapshots: Option<usize>, source: &Source, refusals: &mut Refusals) {
    let Some(times) = snapshots else { return };
    refusals.unless((3..=MAX_TIMES).contains(&times), "snapshots", times, &format!("3 to {MAX_TIMES}"));
    let items = source.items();
    if items > MAX_ITEMS {
        refusals.refuse("snapshots", format!("are of {items} items (allowed: up to {MAX_ITEMS})"));
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    norm(&a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>())
}
