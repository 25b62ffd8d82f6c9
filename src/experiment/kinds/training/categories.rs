//! The hidden categories: which mode carries each, when it is learned, and who is recognised as a member.

use faer::{Mat, MatRef};

use crate::data::Category;
use crate::experiment::common::carrier::Carrier;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::entries::{self, Recovered};
use crate::experiment::kinds::training::modes::Modes;
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::statistics::otsu_threshold::otsu_threshold;
use crate::numerics::statistics::rand_index::adjusted_rand_index;
use crate::table::{Table, row};

/// Observer of the hidden categories.
pub struct Categories {
    carriers: Vec<Carrier>,
    item_categories: Vec<usize>,
    feature_categories: Vec<usize>,
    /// What was recovered about items and about features.
    recovered: Option<[Recovered; 2]>,
}

impl Categories {
    /// Ready for the first observation.
    pub fn new(subject: &Subject) -> Self {
        let (y, categories) = (&subject.sample.y, &subject.sample.categories);
        let of = |members: fn(&Category) -> &Vec<usize>, count| labels(categories.iter().map(members), count);
        Self {
            carriers: categories.iter().map(|category| Carrier::of(category, subject)).collect(),
            item_categories: of(|category| &category.items, y.ncols()),
            feature_categories: of(|category| &category.features, y.nrows()),
            recovered: None,
        }
    }

    /// The next state: at the first in which all carriers are half learned, the categories are recovered.
    pub fn observe(&mut self, chain: &LinearNetwork, modes: &Modes, subject: &Subject) {
        let ready = |carrier: &Carrier| modes.half_time(carrier.mode).is_some();
        if self.recovered.is_some() || self.carriers.is_empty() || !self.carriers.iter().all(ready) {
            return;
        }
        let product = chain.product();
        let responses = |basis: &Mat<f64>, of: &dyn Fn(usize) -> Mat<f64>| {
            let patterns =
                self.carriers.iter().map(|carrier| (basis * of(carrier.mode)).col(0).iter().copied().collect());
            recovered(&patterns.collect::<Vec<Vec<f64>>>())
        };
        let items = responses(&subject.rotated.v, &|mode| column(product.transpose(), mode));
        let features = responses(&subject.rotated.u, &|mode| column(product, mode));
        self.recovered = Some([items, features]);
    }

    /// One row per category.
    pub fn write(&self, replicate: u64, modes: &Modes, table: &mut Table) {
        let agreement = |[items, features]: &[Recovered; 2]| {
            [
                adjusted_rand_index(&items.labels, &self.item_categories),
                adjusted_rand_index(&features.labels, &self.feature_categories),
            ]
        };
        let [items, features] = self.recovered.as_ref().map_or([f64::NAN; 2], agreement);
        for (number, carrier) in self.carriers.iter().enumerate() {
            row!(
                table,
                replicate,
                category: number + 1,
                mode: carrier.mode + 1,
                overlap: carrier.item_overlap,
                feature_overlap: carrier.feature_overlap,
                half_time: modes.half_time(carrier.mode),
                rand_index: items,
                feature_rand_index: features,
            );
        }
    }

    /// The data as seen and as sorted by what was recovered, if it was.
    pub fn write_entries(&self, replicate: u64, subject: &Subject, table: &mut Table) {
        if let Some([items, features]) = &self.recovered {
            entries::write(replicate, subject.sample.y.as_ref(), items, features, table);
        }
    }
}

/// For each of `count` things the number of its category, from 1, or 0 for none.
fn labels<'a>(categories: impl Iterator<Item = &'a Vec<usize>>, count: usize) -> Vec<usize> {
    let mut labels = vec![0; count];
    for (number, members) in categories.enumerate() {
        members.iter().for_each(|&member| labels[member] = number + 1);
    }
    labels
}

/// Labels recovered from one pattern per category, each brought to length 1 and a positive sum. A thing belongs to the
/// category above whose threshold it lies furthest, or to none; the threshold of a pattern is that between the two
/// classes into which it splits best.
fn recovered(patterns: &[Vec<f64>]) -> Recovered {
    let mut labels = vec![0; patterns[0].len()];
    let mut margins = vec![0.0; labels.len()];
    for (number, pattern) in patterns.iter().enumerate() {
        let length = pattern.iter().map(|x| x * x).sum::<f64>().sqrt();
        let scale = if pattern.iter().sum::<f64>() < 0.0 { -length } else { length };
        let unit: Vec<f64> = pattern.iter().map(|x| x / scale).collect();
        let threshold = otsu_threshold(&unit);
        for (thing, x) in unit.iter().enumerate() {
            if x - threshold > margins[thing] {
                (labels[thing], margins[thing]) = (number + 1, x - threshold);
            }
        }
    }
    Recovered { labels, margins }
}

fn column(a: MatRef<'_, f64>, number: usize) -> Mat<f64> {
    a.subcols(number, 1).to_owned()
}
