//! When each level of the data is learned, and how alike its items are.

use std::collections::BTreeMap;

use faer::{Mat, MatRef};

use crate::data::Level;
use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::development::state::State;
use crate::numerics::statistics::extreme::larger;
use crate::table::{Table, row};

/// Observer of the levels.
pub struct Levels(Vec<Track>);

/// One level over time.
struct Track {
    level: Level,
    eigenvalue: f64,
    /// Length of the data's part in the level.
    target: f64,
    half: Crossing,
}

impl Levels {
    /// Ready for the first observation.
    pub fn new(subject: &Subject) -> Self {
        let y = &subject.sample.y;
        let similarity = y.transpose() * y;
        let track = |level: Level| {
            let target = part(&level, y.as_ref()).sqrt();
            let eigenvalue = within_less_between(&level, similarity.as_ref());
            Track { eigenvalue, target, half: Crossing::linear(target / 2.0), level }
        };
        Self(by_number(&subject.sample.levels).into_iter().map(track).collect())
    }

    /// The next state.
    pub fn observe(&mut self, state: &State) {
        for track in &mut self.0 {
            // The output in rotated feature coordinates has the same lengths as the output.
            let now = larger(0.0, part(&track.level, state.rotated_output.as_ref())).sqrt();
            track.half.observe(state.time, now);
        }
    }

    /// One row per level.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for Track { level, eigenvalue, target, half } in &self.0 {
            let half_time = half.at().filter(|_| *target > 0.0);
            let (modes, eigenvalue) = (level.count, *eigenvalue);
            row!(table, replicate, level: level.level, modes, s: level.s, eigenvalue, half_time);
        }
    }
}

/// The levels in order of their numbers; parts with the same number are one level, whose singular value is missing
/// where the parts have different ones.
pub fn by_number(levels: &[Level]) -> Vec<Level> {
    let mut joined: BTreeMap<usize, Level> = BTreeMap::new();
    for level in levels {
        if let Some(first) = joined.get_mut(&level.level) {
            first.s = first.s.filter(|&s| level.s == Some(s));
            first.count += level.count;
            first.nodes.extend(level.nodes.iter().cloned());
            first.patterns.extend(level.patterns.iter().cloned());
        } else {
            joined.insert(level.level, level.clone());
        }
    }
    joined.into_values().collect()
}

/// Sum of squares of the part of a table (anything x items) in the space of a level.
pub fn part(level: &Level, table: MatRef<'_, f64>) -> f64 {
    table.row_iter().map(|row| level.projection(&row.iter().copied().collect::<Vec<f64>>())).sum()
}

/// What an item is alike to the items on its side of a split, summed, less what it is alike to those on one other side;
/// mean over the items, sides and splits of a level. Without splits, summed over all items. Missing for levels that are
/// no splits.
///
/// In an ultrametric `similarity` (N x N) this is the eigenvalue of the level, the square of its singular value: Saxe,
/// McClelland, Ganguli 2019, "basic-level categories"; see [`crate::theory::tree`].
pub fn within_less_between(level: &Level, similarity: MatRef<'_, f64>) -> f64 {
    if !level.patterns.is_empty() {
        return f64::NAN;
    }
    let summed = |item: usize, others: &[usize]| others.iter().map(|&other| similarity[(item, other)]).sum::<f64>();
    if level.nodes.is_empty() {
        let all: Vec<usize> = (0..similarity.ncols()).collect();
        return all.iter().map(|&item| summed(item, &all)).sum::<f64>() / all.len() as f64;
    }
    let mut differences = Vec::new();
    for sides in &level.nodes {
        for (number, own) in sides.iter().enumerate() {
            for other in sides.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other) {
                differences.extend(own.iter().map(|&item| summed(item, own) - summed(item, other)));
            }
        }
    }
    differences.iter().sum::<f64>() / differences.len() as f64
}

/// For each pair of items the level at which they part, N x N; 0 for an item and itself, and where they never part.
pub fn parting(levels: &[Level], items: usize) -> Mat<f64> {
    let mut parting = Mat::zeros(items, items);
    for level in levels {
        for sides in &level.nodes {
            for (number, own) in sides.iter().enumerate() {
                for other in sides.iter().enumerate().filter(|(other, _)| *other != number).flat_map(|(_, other)| other)
                {
                    own.iter().for_each(|&item| parting[(item, *other)] = level.level as f64);
                }
            }
        }
    }
    parting
}
