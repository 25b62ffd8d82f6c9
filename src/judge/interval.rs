//! The interval of a measure at one point.

use super::decision::{more_replicates, more_trials};
use super::finding::IntervalMethod;
use super::measure::Measure;
use super::selection::{Point, Selection};
use super::statistic::Statistic;
use super::value::Value;
use crate::numerics::statistics::betting::bounded_mean;
use crate::numerics::statistics::binomial::clopper_pearson;
use crate::numerics::statistics::bootstrap::{
    Bootstrap, BootstrapError, LEAST_UNITS, MOST_UNITS, Resamples, grouped, grouped_jackknife,
};
use crate::numerics::statistics::moments::mean;
use crate::numerics::statistics::order_statistic::{least_values, quantile_interval};
use crate::table::Table;

/// Groups of a jackknife over very many replicates: their means are normal, and Student's quantile for 31 degrees of
/// freedom is 7 % above the normal one.
const GROUPS: usize = 32;

/// The rows of one point, by replicate.
pub(super) struct Sample<'a> {
    /// All rows.
    pub(super) rows: &'a [usize],
    /// For each replicate of the table, in order, its rows here; may be none.
    by_replicate: Vec<Vec<usize>>,
}

/// What intervals are made of, at every point of a check.
pub(super) struct Judged<'a> {
    /// The kind of the measure.
    pub(super) measure: &'a Measure,
    /// The measure, with what is expected of it.
    pub(super) statistic: &'a Statistic<'a>,
    /// The rows that were selected, of all points.
    pub(super) table: &'a Table,
    /// Probability with which an interval is to cover.
    pub(super) confidence: f64,
}

/// An interval and how it came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    /// Its ends; none where the value itself is judged.
    pub(super) ends: Option<[f64; 2]>,
    /// How it was made.
    pub(super) method: IntervalMethod,
    /// Of Clopper and Pearson: successes and trials.
    counts: Option<[u64; 2]>,
}

/// Why there is no interval.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NoInterval {
    /// There are numbers, but nothing valid can be said from so few, or about such a measure.
    Undecided {
        /// Why.
        reason: String,
        /// So many replicates would do, if that is known.
        takes: Option<u64>,
    },
    /// A number is missing.
    Broken(String),
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
        self.with_rows().count() as u64
    }

    fn with_rows(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.by_replicate.iter().filter(|rows| !rows.is_empty())
    }

    /// Number of rows of each replicate; an error where they differ, since then a mean over rows is no mean over
    /// replicates.
    fn rows_each(&self) -> Result<usize, NoInterval> {
        let each = self.rows.len() / self.with_rows().count().max(1);
        if self.with_rows().all(|rows| rows.len() == each) {
            return Ok(each);
        }
        let reason = "replicates bring different numbers of rows, so that a mean over rows is not one over replicates: \
                      reduce each replicate to one row by `group: [replicate]`";
        Err(NoInterval::Undecided { reason: reason.to_owned(), takes: None })
    }

    /// The mean over the rows of each replicate.
    fn means(&self, values: &[f64]) -> Vec<f64> {
        let of_rows = |rows: &Vec<usize>| mean(&rows.iter().map(|&row| values[row]).collect::<Vec<_>>());
        self.with_rows().map(of_rows).collect()
    }

    /// The rows of the units that are resampled: replicates, or groups of them where there are very many.
    fn units(&self) -> Vec<Vec<usize>> {
        let unit_of = grouped(self.by_replicate.len());
        let mut units = vec![Vec::new(); units(self.by_replicate.len())];
        for (replicate, rows) in self.by_replicate.iter().enumerate() {
            units[unit_of(replicate)].extend_from_slice(rows);
        }
        units
    }
}

/// Number of units that so many replicates are resampled as.
pub(super) fn units(replicates: usize) -> usize {
    let unit_of = grouped(replicates);
    (0..replicates).map(unit_of).max().map_or(0, |last| last + 1)
}

impl Interval {
    /// Of a value that is judged as it is: nothing is drawn.
    pub(super) const EXACT: Self = Self { ends: None, method: IntervalMethod::Exact, counts: None };
    /// Of an extreme over replicates, likewise: the sample itself is judged.
    pub(super) const SAMPLE: Self = Self { ends: None, method: IntervalMethod::Sample, counts: None };

    /// The interval of a measure over the rows of a sample; `full` is what the measure is over all of them.
    pub(super) fn of<'r>(
        judged: &Judged<'_>,
        sample: &Sample<'_>,
        full: Value,
        resamples: impl FnOnce() -> &'r Resamples,
    ) -> Result<Self, NoInterval> {
        let &Judged { measure, table, confidence, .. } = judged;
        match measure {
            Measure::Extreme => Ok(Self::SAMPLE),
            Measure::Fraction { condition } => Self::fraction(&condition.by_row(table), sample, confidence),
            Measure::BoundedMean { of, range } => Self::bounded(&of.by_row(table), *range, sample, confidence),
            Measure::Quantile { of, level } if sample.rows_each() == Ok(1) => {
                Self::quantile(&of.by_row(table), *level, sample, confidence)
            }
            Measure::Quantile { level, .. } | Measure::OfQuantiles { level } => {
                let within = *level > 0.0 && *level < 1.0;
                let least = if within { least_values(*level, confidence).max(LEAST_UNITS) } else { usize::MAX };
                enough(sample, least)?;
                judged.resampled(sample, full, IntervalMethod::Bca, resamples)
            }
            Measure::Smooth => {
                enough(sample, LEAST_UNITS)?;
                judged.resampled(sample, full, IntervalMethod::Bootstrap, resamples)
            }
            Measure::Unsupported(reason) => Err(NoInterval::Undecided { reason: (*reason).to_owned(), takes: None }),
        }
    }

    /// Of the fraction of rows that meet a condition; `met` is 1 in a row that does.
    ///
    /// With one row for each replicate rows are the trials of Clopper and Pearson; with several, the share of rows of
    /// each replicate is a number from 0 to 1.
    fn fraction(met: &[f64], sample: &Sample<'_>, confidence: f64) -> Result<Self, NoInterval> {
        if sample.rows_each()? > 1 {
            return Self::bounded(met, [0.0, 1.0], sample, confidence);
        }
        let successes = sample.rows.iter().filter(|&&row| met[row] == 1.0).count() as u64;
        let trials = sample.rows.len() as u64;
        let ends = Some(clopper_pearson(successes, trials, confidence));
        Ok(Self { ends, method: IntervalMethod::ClopperPearson, counts: Some([successes, trials]) })
    }

    /// Of the mean of values in a known range, by bets.
    fn bounded(values: &[f64], range: [f64; 2], sample: &Sample<'_>, confidence: f64) -> Result<Self, NoInterval> {
        sample.rows_each()?;
        let means = sample.means(values);
        if let Some(outside) = means.iter().find(|value| !(range[0]..=range[1]).contains(value)) {
            let [low, high] = range;
            return Err(NoInterval::Broken(format!(
                "{outside} is outside of the range that is declared, {low} to {high}"
            )));
        }
        let ends = Some(bounded_mean(&means, range, confidence));
        Ok(Self { ends, method: IntervalMethod::Betting, counts: None })
    }

    /// Of a quantile of rows, one for each replicate, by its neighbours in order.
    fn quantile(values: &[f64], level: f64, sample: &Sample<'_>, confidence: f64) -> Result<Self, NoInterval> {
        let values: Vec<f64> = sample.rows.iter().map(|&row| values[row]).collect();
        match quantile_interval(&values, level, confidence) {
            Some(ends) => Ok(Self { ends: Some(ends), method: IntervalMethod::OrderStatistic, counts: None }),
            None => Err(too_few(sample, least_values(level, confidence))),
        }
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

impl Judged<'_> {
    /// The interval of resamples; where they would take too long, that of [`Judged::jackknife`].
    fn resampled<'r>(
        &self,
        sample: &Sample<'_>,
        full: Value,
        method: IntervalMethod,
        resamples: impl FnOnce() -> &'r Resamples,
    ) -> Result<Interval, NoInterval> {
        if sample.by_replicate.len() > MOST_UNITS && self.statistic.over_replicates(&sample.units()).is_none() {
            return self.jackknife(sample, full);
        }
        let bootstrap = self.bootstrap(sample, full, resamples())?;
        let ends = match method {
            IntervalMethod::Bca => bootstrap.bca(self.confidence),
            _ => bootstrap.interval(self.confidence)?,
        };
        Ok(Interval { ends: Some(ends), method, counts: None })
    }

    /// Bootstrap of the measure against the expectation of all rows: each resample's value is compared with that
    /// resample's own expectation, so that noise that both share cancels.
    fn bootstrap(&self, sample: &Sample<'_>, full: Value, resamples: &Resamples) -> Result<Bootstrap, NoInterval> {
        let groups = self.statistic.groups(sample.rows);
        let units = sample.units();
        let bootstrap = match self.statistic.over_replicates(&units) {
            Some(over) => {
                let value = |units: &[u32]| over.value(units, groups).against(full.expected);
                let all: Vec<u32> = (0..resamples.units() as u32).collect();
                // Because another order of summing may move the value.
                let rounding = full.measured - value(&all);
                Bootstrap::new(resamples, |units| value(units) + rounding)
            }
            None => {
                let mut rows = Vec::new();
                Bootstrap::new(resamples, |chosen| {
                    rows.clear();
                    chosen.iter().for_each(|&unit| rows.extend_from_slice(&units[unit as usize]));
                    self.statistic.value(&rows, groups).against(full.expected)
                })
            }
        };
        Ok(bootstrap?)
    }

    /// Of a statistic that does not follow from a few numbers of each replicate, over more than [`MOST_UNITS`] of them:
    /// the jackknife over [`GROUPS`] groups, which goes through the rows as many times instead of once for each
    /// resample.
    fn jackknife(&self, sample: &Sample<'_>, full: Value) -> Result<Interval, NoInterval> {
        let groups = self.statistic.groups(sample.rows);
        let without = |group: usize| {
            let others = sample.by_replicate.iter().enumerate().filter(|(replicate, _)| replicate % GROUPS != group);
            let rows: Vec<usize> = others.flat_map(|(_, rows)| rows.iter().copied()).collect();
            self.statistic.value(&rows, groups).against(full.expected)
        };
        let without: Vec<f64> = (0..GROUPS).map(without).collect();
        let ends = grouped_jackknife(full.measured, &without, self.confidence);
        if ends.iter().any(|end| end.is_nan()) {
            return Err(NoInterval::Broken("the measure is missing without some of the replicates".to_owned()));
        }
        Ok(Interval { ends: Some(ends), method: IntervalMethod::Jackknife, counts: None })
    }
}

fn enough(sample: &Sample<'_>, least: usize) -> Result<(), NoInterval> {
    if sample.replicates() < least as u64 { Err(too_few(sample, least)) } else { Ok(()) }
}

fn too_few(sample: &Sample<'_>, least: usize) -> NoInterval {
    let (replicates, takes) = (sample.replicates(), (least < usize::MAX).then_some(least as u64));
    let enough = takes.map_or_else(|| "no number is".to_owned(), |takes| format!("it takes {takes}"));
    let reason = format!("{replicates} replicates are too few for an interval of this measure: {enough}");
    NoInterval::Undecided { reason, takes }
}

impl From<BootstrapError> for NoInterval {
    fn from(error: BootstrapError) -> Self {
        match error {
            BootstrapError::Missing { .. } => Self::Broken(error.to_string()),
            BootstrapError::OneUnit | BootstrapError::FewUnits { .. } => {
                Self::Undecided { reason: error.to_string(), takes: Some(LEAST_UNITS as u64) }
            }
            BootstrapError::NoError => Self::Undecided { reason: error.to_string(), takes: None },
        }
    }
}
