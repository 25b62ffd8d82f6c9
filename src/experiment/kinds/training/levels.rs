//! When the groups of items at each level of the hierarchy come apart.

use std::ops::Range;

use faer::{ColRef, Mat};

use crate::data::level::contrasts;
use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::subject::Subject;
use crate::experiment::common::thinned::Thinned;
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::linear_algebra::product::{Shape, multiply};
use crate::numerics::linear_algebra::reductions::{inner_product, norm};
use crate::table::{Table, row};

/// Most observations of the hidden distances that are kept to find half of a final value, which is known only at the end.
const MAX_KEPT: usize = 8192;

/// Observer of the distances between the groups of items that part at each level.
pub struct Levels {
    contrasts: Contrasts,
    levels: Vec<Level>,
    /// Distances in the first hidden layer.
    hidden: Thinned<(f64, Vec<f64>)>,
}

/// Differences of group means, and room for what a layer makes of them.
struct Contrasts {
    /// In rotated item coordinates, N' x contrasts, by columns.
    differences: Vec<f64>,
    /// What the data make of them, each of length 1, in rotated feature coordinates, F' x contrasts, by columns; 0 where
    /// they make nothing of it.
    directions: Vec<f64>,
    /// Units x contrasts, by columns.
    activity: Vec<f64>,
    /// At each level.
    lengths: Vec<f64>,
}

/// One level: the mean distance over its nodes and the pairs of children of each.
struct Level {
    level: usize,
    /// Its contrasts, which come after those of the level before.
    span: Range<usize>,
    /// In the data.
    target: f64,
    /// The same over the length of each contrast.
    s: f64,
    half: Crossing,
}

impl Levels {
    /// Ready for the first observation.
    pub fn new(subject: &Subject) -> Self {
        let items = subject.sample.y.ncols();
        let mut columns = Vec::new();
        let spans: Vec<_> = contrasts(&subject.sample.levels, items)
            .into_iter()
            .map(|(level, contrasts)| {
                let start = columns.len();
                columns.extend(contrasts);
                (level, start..columns.len())
            })
            .collect();
        let contrasts = Mat::from_fn(items, columns.len(), |item, contrast| columns[contrast][item]);
        let contrasts = subject.rotated.v.transpose() * contrasts;
        let s = &subject.rotated.s;
        let of_data = |mode: usize, contrast: usize| s.get(mode).map_or(0.0, |s| s * contrasts[(mode, contrast)]);
        let target = Mat::from_fn(subject.rotated.u.ncols(), columns.len(), of_data);
        let level = |(level, span): (usize, Range<usize>)| {
            let scaled = span.clone().map(|contrast| target.col(contrast).norm_l2() / norm(&columns[contrast]));
            let s = scaled.sum::<f64>() / span.len() as f64;
            let target = span.clone().map(|contrast| target.col(contrast).norm_l2()).sum::<f64>() / span.len() as f64;
            Level { level, target, s, half: Crossing::linear(target / 2.0), span }
        };
        let levels = spans.into_iter().map(level).collect();
        let differences = contrasts.col_iter().flat_map(|column| column.iter().copied().collect::<Vec<_>>()).collect();
        let direction = |column: ColRef<'_, f64>| {
            let length = column.norm_l2();
            column.iter().map(|x| if length > 0.0 { x / length } else { 0.0 }).collect::<Vec<_>>()
        };
        let directions = target.col_iter().flat_map(direction).collect();
        let contrasts = Contrasts { differences, directions, activity: Vec::new(), lengths: Vec::new() };
        Self { contrasts, levels, hidden: Thinned::new(MAX_KEPT) }
    }

    /// The next state.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork) {
        let Self { contrasts, levels, hidden } = self;
        if levels.is_empty() {
            return;
        }
        if chain.layers() > 1 {
            hidden.push(|| (time, contrasts.distances(levels, first_layer(chain)).to_vec()));
        }
        // Levels that have come apart need no more looks, except between two that have not.
        let waits = |level: &Level| level.half.at().is_none();
        if let (Some(first), Some(last)) = (levels.iter().position(waits), levels.iter().rposition(waits)) {
            let waiting = &mut levels[first..=last];
            let told_apart = contrasts.told_apart(waiting, all_layers(chain));
            for (level, told_apart) in waiting.iter_mut().zip(told_apart) {
                level.half.observe(time, *told_apart);
            }
        }
    }

    /// One row per level, after the last state.
    pub fn write(&mut self, replicate: u64, chain: &LinearNetwork, table: &mut Table) {
        let output = self.contrasts.told_apart(&self.levels, all_layers(chain)).to_vec();
        let hidden = self.contrasts.distances(&self.levels, first_layer(chain)).to_vec();
        for (number, level) in self.levels.iter().enumerate() {
            let exists = level.target > 0.0;
            row!(
                table,
                replicate,
                level: level.level,
                s: level.s,
                half_time: level.half.at().filter(|_| exists),
                hidden_half_time: self.hidden_half_time(number, hidden[number]).filter(|_| exists),
                separation: exists.then(|| output[number] / level.target),
            );
        }
    }

    /// When the distance in the first hidden layer reached half of what it is at the end.
    fn hidden_half_time(&self, level: usize, last: f64) -> Option<f64> {
        let mut half = Crossing::linear(last / 2.0);
        self.hidden.kept().iter().for_each(|(time, distances)| half.observe(*time, distances[level]));
        half.at()
    }
}

/// Weights from the items, by columns, into a number of units.
struct Weights<'a> {
    weights: &'a [f64],
    units: usize,
}

fn first_layer(chain: &LinearNetwork) -> Weights<'_> {
    Weights { weights: chain.layer(0), units: chain.weight(0).nrows() }
}

fn all_layers(chain: &LinearNetwork) -> Weights<'_> {
    Weights { weights: chain.product_by_columns(), units: chain.product().nrows() }
}

impl Contrasts {
    /// The distances at some levels, one after the other, behind these weights.
    fn distances(&mut self, levels: &[Level], weights: Weights<'_>) -> &[f64] {
        let units = weights.units;
        let contrasts = self.activate(levels, weights);
        let lengths = self.activity[..contrasts.len() * units].chunks_exact(units).map(norm);
        self.lengths = means(levels, lengths);
        &self.lengths
    }

    /// How far the output tells the groups apart at some levels, one after the other: the differences that it makes
    /// between groups, along those that the data make. What tells them apart in any other way counts for nothing, and the wrong way
    /// round it counts against them.
    fn told_apart(&mut self, levels: &[Level], weights: Weights<'_>) -> &[f64] {
        let units = weights.units;
        let contrasts = self.activate(levels, weights);
        let directions = self.directions[contrasts.start * units..].chunks_exact(units);
        let along = self.activity[..contrasts.len() * units].chunks_exact(units).zip(directions);
        self.lengths = means(levels, along.map(|(output, direction)| inner_product(output, direction)));
        &self.lengths
    }

    /// Brings the contrasts of some levels through the weights, and says which they are.
    fn activate(&mut self, levels: &[Level], Weights { weights, units }: Weights<'_>) -> Range<usize> {
        let ([first, ..], [.., last]) = (levels, levels) else { return 0..0 };
        let contrasts = first.span.start..last.span.end;
        let shape = Shape { rows: units, inner: weights.len() / units, columns: contrasts.len() };
        let differences = &self.differences[contrasts.start * shape.inner..contrasts.end * shape.inner];
        self.activity.resize(units * contrasts.len(), 0.0);
        multiply(&mut self.activity, weights, differences, shape);
        contrasts
    }
}

/// For each level the mean over its contrasts, which come one after the other.
fn means(levels: &[Level], mut of_contrasts: impl Iterator<Item = f64>) -> Vec<f64> {
    let mean = |level: &Level| of_contrasts.by_ref().take(level.span.len()).sum::<f64>() / level.span.len() as f64;
    levels.iter().map(mean).collect()
}
