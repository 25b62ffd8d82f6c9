//! The mode that carries a hidden category.

use faer::Mat;

use crate::data::Category;
use crate::experiment::common::subject::Subject;

/// The mode that carries a category.
pub struct Carrier {
    /// Its number, from 0.
    pub mode: usize,
    /// Squared overlap of its item pattern with that of the category, 0 to 1.
    pub item_overlap: f64,
    /// The same for its feature pattern.
    pub feature_overlap: f64,
}

impl Carrier {
    /// The mode whose item pattern has the largest squared overlap with that of the category.
    pub fn of(category: &Category, subject: &Subject) -> Self {
        let overlap = |patterns: &Mat<f64>, members: &[usize], mode: usize| {
            let sum: f64 = members.iter().map(|&member| patterns[(member, mode)]).sum();
            sum * sum / members.len() as f64
        };
        let items = |mode: usize| overlap(&subject.rotated.v, &category.items, mode);
        let best = (0..subject.modes.len()).max_by(|&one, &other| items(one).total_cmp(&items(other)));
        let mode = best.expect("a subject has at least one mode");
        let feature_overlap = overlap(&subject.rotated.u, &category.features, mode);
        Self { mode, item_overlap: items(mode), feature_overlap }
    }
}
