//! The interval of a measure at one point.

use super::decision::{more_replicates, more_trials};
use super::finding::IntervalMethod;
use super::repeat::Repeat;
use super::selection::{Point, Selection};
use super::statistic::{Statistic, Value};
use crate::numerics::statistics::binomial::clopper_pearson;
use crate::numerics::statistics::bootstrap::{BootstrapError, Resamples, bca};

/// The rows of one point, by replicate.
pub(super) struct Sample<'a> {
    /// All rows.
    pub(super) rows: &'a [usize],
    /// For each replicate of the table (in the order in which [`Resamples`] number them) its rows here; may be none.
    by_replicate: Vec<Vec<usize>>,
}

/// An interval and how it came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    /// Its ends; none where the value is deterministic.
    pub(super) ends: Option<[f64; 2]>,
    /// How it was made.
    pub(super) method: IntervalMethod,
    /// Of Clopper and Pearson: successes and trials.
    counts: Option<[u64; 2]>,
}

impl<'a> Sample<'a> {
    /// The rows of a point of a selection.
    pub(super) fn new(point: &'a Point, selection: &Selection) -> Self {
        let mut by_replicate = vec![Vec::new(); selection.replicates.len()];
        let replicate = selection.table.column("replicate").expect("a selection without replicates is an error");
        for &row in &point.rows {
            let place = selection.replicates.partition_point(|&other| other < replicate[row]);
            by_replicate[place].push(row);
        }
        Self { rows: &point.rows, by_replicate }
    }

    /// Number of replicates that have rows.
    pub(super) fn replicates(&self) -> u64 {
        self.by_replicate.iter().filter(|rows| !rows.is_empty()).count() as u64
    }

    fn drawn<'b>(&self, replicates: &[u32], rows: &'b mut Vec<usize>) -> &'b [usize] {
        rows.clear();
        replicates.iter().for_each(|&replicate| rows.extend_from_slice(&self.by_replicate[replicate as usize]));
        rows
    }
}

impl Interval {
    /// The single number of a claim with one replicate.
    pub(super) const DETERMINISTIC: Self = Self { ends: None, method: IntervalMethod::Deterministic, counts: None };

    /// Bootstrap of the measure against the expectation of all rows: each resample's value is compared with that
    /// resample's own expectation, so that noise that both share cancels.
    pub(super) fn bootstrap(
        statistic: &Statistic<'_>,
        sample: &Sample<'_>,
        full: Value,
        resamples: &Resamples,
        confidence: f64,
    ) -> Result<Self, BootstrapError> {
        let groups = statistic.groups(sample.rows);
        let ends = match statistic.over_replicates(&sample.by_replicate) {
            Some(over) => {
                let value = |replicates: &[u32]| over.value(replicates, groups).against(full.expected);
                let all: Vec<u32> = (0..resamples.units() as u32).collect();
                // Because another order of summing may move the value.
                let rounding = full.measured - value(&all);
                bca(resamples, confidence, |replicates| value(replicates) + rounding)?
            }
            None => {
                let mut rows = Vec::new();
                let mut value = |replicates: &[u32]| statistic.value(sample.drawn(replicates, &mut rows), groups);
                bca(resamples, confidence, |replicates| value(replicates).against(full.expected))?
            }
        };
        Ok(Self { ends: Some(ends), method: IntervalMethod::Bca, counts: None })
    }

    /// Clopper-Pearson for a fraction of replicates; `met` says for each row of the table whether it meets the condition.
    ///
    /// With one row a replicate the trials are the rows. With several the replicates are the trials where they agree;
    /// none where they do not, since the rows of a replicate are not independent.
    pub(super) fn fraction(met: &[f64], sample: &Sample<'_>, confidence: f64) -> Option<Self> {
        let replicates = sample.replicates();
        let successes = sample.rows.iter().filter(|&&row| met[row] == 1.0).count() as u64;
        let rows = sample.rows.len() as u64;
        let successes = match successes {
            _ if rows == replicates => successes,
            0 => 0,
            _ if successes == rows => replicates,
            _ => return None,
        };
        let ends = Some(clopper_pearson(successes, replicates, confidence));
        Some(Self { ends, method: IntervalMethod::ClopperPearson, counts: Some([successes, replicates]) })
    }

    /// What the finding would be with another master seed; none without an interval.
    pub(super) fn repeat(
        &self,
        replicates: u64,
        measured: f64,
        band: [Option<f64>; 2],
        confidence: f64,
    ) -> Option<Repeat> {
        self.ends.map(|ends| match self.counts {
            Some([successes, trials]) => Repeat::of_fraction(successes, trials, band, confidence),
            None => Repeat::of_value(measured, ends, band, replicates, confidence),
        })
    }

    /// About how many more replicates would move the interval off the edges of the band.
    pub(super) fn more_replicates(
        &self,
        replicates: u64,
        measured: f64,
        band: [Option<f64>; 2],
        confidence: f64,
    ) -> Option<u64> {
        match self.counts {
            Some([successes, trials]) => more_trials(successes, trials, confidence, band),
            None => more_replicates(replicates, measured, self.ends?, band),
        }
    }
}
