//! When the groups of items at each level of the hierarchy come apart.

use std::ops::Range;

use faer::Mat;

use crate::data::level::contrasts;
use crate::experiment::training::crossing::{Crossing, or_missing};
use crate::experiment::training::subject::Subject;
use crate::experiment::training::thinned::Thinned;
use crate::learn::chain::Chain;
use crate::numerics::product::{Shape, multiply};
use crate::numerics::squares::length;
use crate::table::Table;

/// Most observations of the hidden distances that are kept, to find half of a final value that is known only at the end.
const KEPT: usize = 8192;

/// Observer of the distances between the groups of items that part at each level.
pub struct Levels {
    /// Differences of group means in rotated item coordinates, N' x contrasts, by columns.
    contrasts: Vec<f64>,
    /// The contrasts through each layer.
    signals: Vec<Signal>,
    levels: Vec<Distance>,
    hidden: Thinned<(f64, Vec<f64>)>,
}

/// Activity of a layer, units x contrasts, by columns.
struct Signal {
    units: usize,
    activity: Vec<f64>,
}

/// One level: the mean distance over its nodes and the pairs of children of each.
struct Distance {
    level: usize,
    /// Its contrasts.
    span: Range<usize>,
    /// In the data.
    target: f64,
    /// The same over the length of each contrast.
    s: f64,
    output: f64,
    hidden: f64,
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
        let target = Mat::from_fn(s.len(), columns.len(), |mode, contrast| s[mode] * contrasts[(mode, contrast)]);
        let level = |(level, span): (usize, Range<usize>)| {
            let scaled = span.clone().map(|contrast| target.col(contrast).norm_l2() / length(&columns[contrast]));
            let s = scaled.sum::<f64>() / span.len() as f64;
            let target = span.clone().map(|contrast| target.col(contrast).norm_l2()).sum::<f64>() / span.len() as f64;
            Distance { level, target, s, output: 0.0, hidden: 0.0, half: Crossing::linear(target / 2.0), span }
        };
        let levels = spans.into_iter().map(level).collect();
        let signal = |weight: &Mat<f64>| {
            let units = weight.nrows();
            Signal { units, activity: vec![0.0; units * columns.len()] }
        };
        let contrasts = contrasts.col_iter().flat_map(|column| column.iter().copied().collect::<Vec<_>>()).collect();
        let signals = subject.rotated.weights.iter().map(signal).collect();
        Self { levels, contrasts, signals, hidden: Thinned::new(KEPT) }
    }

    /// The next state.
    pub fn observe(&mut self, time: f64, chain: &Chain) {
        if self.levels.is_empty() {
            return;
        }
        let mut before = &self.contrasts;
        for (layer, Signal { units, activity }) in self.signals.iter_mut().enumerate() {
            let shape = Shape { rows: *units, inner: chain.weight(layer).ncols(), columns: activity.len() / *units };
            multiply(activity, chain.layer(layer), before, shape);
            before = activity;
        }
        let (first, last) = (&self.signals[0], &self.signals[self.signals.len() - 1]);
        for level in &mut self.levels {
            level.output = last.mean_length(&level.span);
            level.hidden = first.mean_length(&level.span);
            level.half.observe(time, level.output);
        }
        let levels = &self.levels;
        self.hidden.push(|| (time, levels.iter().map(|level| level.hidden).collect()));
    }

    /// One row a level.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for (number, level) in self.levels.iter().enumerate() {
            let exists = level.target > 0.0;
            let hidden = if self.signals.len() > 1 { self.hidden_half_time(number) } else { None };
            table.push(&[
                replicate as f64,
                level.level as f64,
                level.s,
                or_missing(level.half.at().filter(|_| exists)),
                or_missing(hidden.filter(|_| exists)),
                if exists { level.output / level.target } else { f64::NAN },
            ]);
        }
    }

    /// When the distance in the first hidden layer reached half of what it is at the end.
    fn hidden_half_time(&self, level: usize) -> Option<f64> {
        let mut half = Crossing::linear(self.levels[level].hidden / 2.0);
        self.hidden.kept().iter().for_each(|(time, distances)| half.observe(*time, distances[level]));
        half.at()
    }
}

impl Signal {
    /// Mean length of some columns.
    fn mean_length(&self, contrasts: &Range<usize>) -> f64 {
        let columns = self.activity.chunks_exact(self.units).skip(contrasts.start).take(contrasts.len());
        columns.map(length).sum::<f64>() / contrasts.len() as f64
    }
}
