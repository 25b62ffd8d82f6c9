//! The hidden categories: which mode carries each, when it is learned, and who is recognised as a member.

use faer::{Mat, MatRef};

use crate::data::Category;
use crate::experiment::common::crossing::or_missing;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::entries::{self, Recovered};
use crate::experiment::kinds::training::modes::Modes;
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::statistics::otsu_threshold::otsu_threshold;
use crate::numerics::statistics::rand_index::adjusted_rand_index;
use crate::table::Table;

/// Observer of the hidden categories.
pub struct Categories {
    carriers: Vec<Carrier>,
    item_categories: Vec<usize>,
    feature_categories: Vec<usize>,
    /// What was recovered about items and about features.
    recovered: Option<[Recovered; 2]>,
}

/// The mode that carries a category.
pub struct Carrier {
    /// Its number, from 0.
    pub mode: usize,
    item_overlap: f64,
    feature_overlap: f64,
}

impl Categories {
    /// Ready for the first observation.
    pub fn new(subject: &Subject) -> Self {
        let (y, categories) = (&subject.sample.y, &subject.sample.categories);
        let of = |members: fn(&Category) -> &Vec<usize>, count| labels(categories.iter().map(members), count);
        Self {
            carriers: categories.iter().map(|category| carrier(category, subject)).collect(),
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

    /// One row a category.
    pub fn write(&self, replicate: u64, modes: &Modes, table: &mut Table) {
        let agreement = |[items, features]: &[Recovered; 2]| {
            [
                adjusted_rand_index(&items.labels, &self.item_categories),
                adjusted_rand_index(&features.labels, &self.feature_categories),
            ]
        };
        let [items, features] = self.recovered.as_ref().map_or([f64::NAN; 2], agreement);
        for (number, carrier) in self.carriers.iter().enumerate() {
            table.push(&[
                replicate as f64,
                (number + 1) as f64,
                (carrier.mode + 1) as f64,
                carrier.item_overlap,
                carrier.feature_overlap,
                or_missing(modes.half_time(carrier.mode)),
                items,
                features,
            ]);
        }
    }

    /// The data as seen and as sorted by what was recovered, if it was.
    pub fn write_entries(&self, replicate: u64, subject: &Subject, table: &mut Table) {
        if let Some([items, features]) = &self.recovered {
            entries::write(replicate, subject.sample.y.as_ref(), items, features, table);
        }
    }
}

/// The mode whose item pattern has the largest squared overlap with that of the category.
pub fn carrier(category: &Category, subject: &Subject) -> Carrier {
    let overlap = |patterns: &Mat<f64>, members: &[usize], mode: usize| {
        let sum: f64 = members.iter().map(|&member| patterns[(member, mode)]).sum();
        sum * sum / members.len() as f64
    };
    let items = |mode: usize| overlap(&subject.rotated.v, &category.items, mode);
    let best = (0..subject.modes.len()).max_by(|&one, &other| items(one).total_cmp(&items(other)));
    let mode = best.expect("a subject has at least one mode");
    Carrier { mode, item_overlap: items(mode), feature_overlap: overlap(&subject.rotated.u, &category.features, mode) }
}

/// For each of `count` things the number of its category, from 1, or 0 for none.
fn labels<'a>(categories: impl Iterator<Item = &'a Vec<usize>>, count: usize) -> Vec<usize> {
    let mut labels = vec![0; count];
    for (number, members) in categories.enumerate() {
        members.iter().for_each(|&member| labels[member] = number + 1);
    }
    labels
}

/// Labels recovered from one pattern a category, each brought to length 1 and a positive sum. A thing belongs to the
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
