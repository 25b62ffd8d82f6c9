//! Snapshots of the representation of the items over learning, for figures: how similar the items are, and where they are.

use faer::{Mat, MatRef};

use crate::experiment::common::thinned::Thinned;
use crate::experiment::{ColumnDoc, TableDoc, column};
use crate::numerics::linear_algebra::principal::{centred, principal_axes};
use crate::numerics::linear_algebra::reductions::{inner_product, norm};
use crate::table::{Table, Tables};

/// Most items of a snapshot.
pub const MOST_ITEMS: usize = 64;

/// Most snapshots of a run.
pub const MOST_TIMES: usize = 200;

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

const SIMILARITY_ABOUT: &str = "How alike two items are to the network, one row a time and pair of items, of replicate 0 only, if the parameter `snapshots` asks for it";

const EMBEDDING_ABOUT: &str = "Where the items are in the representation, one row a time and item, of replicate 0 only, if the parameter `snapshots` asks for it: classical scaling of their distances at the end, and earlier representations projected on the same axes";

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
pub struct Snapshots {
    kept: Thinned<(f64, Mat<f64>)>,
    last: Option<(f64, Mat<f64>)>,
}

impl Snapshots {
    /// Keeps at most `times` representations, at least 2.
    pub fn new(times: usize) -> Self {
        Self { kept: Thinned::new(times - 1), last: None }
    }

    /// The next one.
    pub fn observe(&mut self, time: f64, representation: impl FnOnce() -> Mat<f64>) {
        self.kept.push(|| (time, representation()));
    }

    /// The last one.
    pub fn finish(&mut self, time: f64, representation: Mat<f64>) {
        self.last = Some((time, representation));
    }

    fn all(&self) -> impl Iterator<Item = &(f64, Mat<f64>)> {
        let end = self.last.as_ref().filter(|end| self.kept.kept().last().is_none_or(|kept| kept.0 < end.0));
        self.kept.kept().iter().chain(end)
    }

    /// Writes both tables; the error says why there are no axes.
    pub fn write(&self, replicate: u64, tables: &mut Tables) -> Result<(), String> {
        let Some((_, end)) = self.all().last() else { return Ok(()) };
        let axes = principal_axes(end.as_ref(), COORDINATES).map_err(|error| error.to_string())?;
        for (time, representation) in self.all() {
            write_pairs(replicate, *time, representation.as_ref(), &mut tables[SIMILARITY.name]);
            let places = axes.transpose() * centred(representation.as_ref());
            for item in 0..places.ncols() {
                let place = |axis| places[(axis, item)];
                let row = [replicate as f64, *time, (item + 1) as f64, place(0), place(1), place(2)];
                tables[EMBEDDING.name].push(&row);
            }
        }
        Ok(())
    }
}

/// One row for each pair of items, in order.
fn write_pairs(replicate: u64, time: f64, representation: MatRef<'_, f64>, table: &mut Table) {
    let item = |item: usize| representation.col(item).try_as_col_major().expect("a column is contiguous").as_slice();
    for one in 0..representation.ncols() {
        for other in one..representation.ncols() {
            let (a, b) = (item(one), item(other));
            let [first, second] = [one, other].map(|item| (item + 1) as f64);
            table.push(&[replicate as f64, time, first, second, inner_product(a, b), distance(a, b)]);
        }
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    norm(&a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>())
}
