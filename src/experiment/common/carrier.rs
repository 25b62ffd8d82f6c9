//! The mode that carries a hidden category.

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
    ///
    /// # Panics
    /// If the subject has no mode, which no problem that is drawn lacks.
    pub fn of(category: &Category, subject: &Subject) -> Self {
        let items = |mode: usize| squared_overlap(subject.rotated.v.col_as_slice(mode), &category.items);
        let best = (0..subject.modes.len()).max_by(|&one, &other| items(one).total_cmp(&items(other)));
        let mode = best.expect("a subject has at least one mode");
        let feature_overlap = squared_overlap(subject.rotated.u.col_as_slice(mode), &category.features);
        Self { mode, item_overlap: items(mode), feature_overlap }
    }
}

/// Squared overlap of a pattern of length 1 with the one that is equal on the members and 0 elsewhere.
pub fn squared_overlap(pattern: &[f64], members: &[usize]) -> f64 {
    let sum: f64 = members.iter().map(|&member| pattern[member]).sum();
    sum * sum / members.len() as f64
}
