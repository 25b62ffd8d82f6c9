//! The data as seen and as sorted by what was learned, for figures.

use faer::MatRef;

use crate::table::{Table, row};

/// Most entries of a table that is written down.
const MAX_ENTRIES: usize = 10_000;

/// What was recovered about items or about features.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// Number of the category of each thing, from 1, or 0 for none.
    pub labels: Vec<usize>,
    /// How far each lies above the threshold of its category; 0 for none.
    pub margins: Vec<f64>,
}

impl Recovered {
    /// The place of each thing, from 1, in the order of the categories, the most certain first; without category last.
    fn places(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.labels.len()).collect();
        let last = |thing: usize| (self.labels[thing] == 0, self.labels[thing]);
        order.sort_by(|&one, &other| {
            last(one).cmp(&last(other)).then(self.margins[other].total_cmp(&self.margins[one]))
        });
        let mut places = vec![0; order.len()];
        order.into_iter().enumerate().for_each(|(place, thing)| places[thing] = place + 1);
        places
    }
}

/// Writes one row per entry of the F x N data `y`, if there are not too many.
pub fn write(replicate: u64, y: MatRef<'_, f64>, items: &Recovered, features: &Recovered, table: &mut Table) {
    if y.nrows() * y.ncols() > MAX_ENTRIES {
        return;
    }
    let (item_places, feature_places) = (items.places(), features.places());
    for (item, &item_place) in item_places.iter().enumerate() {
        for (feature, &feature_place) in feature_places.iter().enumerate() {
            row!(
                table,
                replicate,
                item: item + 1,
                feature: feature + 1,
                value: y[(feature, item)],
                item_place,
                feature_place,
            );
        }
    }
}
