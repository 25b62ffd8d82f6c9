//! From a check and the tables of one arm to findings.

use std::cell::OnceCell;

use super::Evidence;
use super::decision::verdict;
use super::finding::{Finding, IntervalMethod};
use super::goal::Goal;
use super::interval::{Interval, Judged, NoInterval, Sample, units};
use super::measure::{Measure, measure};
use super::selection::{Point, Selection, select};
use super::statistic::Statistic;
use super::value::Value;
use super::verdict::Verdict;
use crate::numerics::statistics::binomial::proven_share;
use crate::numerics::statistics::bootstrap::Resamples;
use crate::seed::{MasterSeed, stream};
use crate::spec::check::{Check, Expectation};
use crate::spec::claim::Claim;
use crate::spec::control::Control;
use crate::spec::formula::Formula;
use crate::spec::formula::function::{Function, RowFunction};
use crate::spec::formula::syntax::Node;
use crate::table::Table;

/// Resamples of an interval. At confidence 0.99 an end of the interval is the eighth value from the outside at 100
/// replicates and the second or third at 16. Its random error `sqrt(p (1 - p) / n) / f(z)` (`f` the normal density at
/// its `p`-quantile `z`) is then 4 % and 6 % of the half width, below the relative error of a standard deviation
/// estimated from as many replicates (`1 / sqrt(2 (n - 1))`: 7 % and 18 %), which no number of resamples can lower.
pub const RESAMPLES: usize = 2000;

/// One arm of a claim: the claim itself or one of its controls.
pub(super) struct Arm<'a> {
    /// The claim.
    pub(super) claim: &'a Claim,
    /// The control; none for the claim itself.
    pub(super) control: Option<&'a Control>,
    /// What its cells gave.
    pub(super) evidence: &'a Evidence,
    /// The seed that resamples are drawn from.
    pub(super) master: MasterSeed,
}

/// What the points of a check have in common.
struct CheckContext<'a> {
    arm: &'a Arm<'a>,
    check: &'a Check,
    selection: &'a Selection,
    statistic: Statistic<'a>,
    measure: Measure,
    /// Drawn when the first interval takes them.
    resamples: OnceCell<Resamples>,
}

/// The findings of a check, one for each point, or for each at which `at` is true; one broken finding where there is
/// nothing to split into points.
pub(super) fn findings(arm: &Arm<'_>, check: &Check, at: Option<&Formula>) -> Vec<Finding> {
    let broken = |reason: String| vec![Finding { note: Some(reason), ..arm.unjudged(check) }];
    if let Some(first) = arm.evidence.failures.first() {
        let failed = arm.evidence.failures.len();
        return broken(if failed == 1 { first.clone() } else { format!("{first}, and {} more failed", failed - 1) });
    }
    let Some(table) = arm.evidence.tables.get(&check.table) else {
        return broken(format!("there is no table `{}`", check.table));
    };
    let check = &arm.without_dropped_axes(check, table);
    let selection = match select(arm.claim, check, table) {
        Ok(selection) if selection.points.is_empty() => return broken(no_rows(check)),
        Ok(selection) => selection,
        Err(reason) => return broken(reason),
    };
    let wanted = |point: &&Point| at.is_none_or(|at| point.meets(at));
    match CheckContext::new(arm, check, &selection) {
        Ok(context) => selection.points.iter().filter(wanted).map(|point| context.finding(point)).collect(),
        Err(reason) => broken(reason),
    }
}

impl Arm<'_> {
    /// Replicates at each point.
    fn replicates(&self) -> u64 {
        self.control.and_then(|control| control.replicates).unwrap_or(self.claim.replicates)
    }

    /// A check as it applies in a control: not split by axes that the control drops and that have no value there.
    fn without_dropped_axes(&self, check: &Check, table: &Table) -> Check {
        let mut check = check.clone();
        if self.control.is_some() {
            let axis = |name: &String| {
                let mut parameters = self.claim.swept();
                parameters.any(|parameter| parameter.column == *name)
            };
            let missing = |values: &[f64]| values.iter().all(|value| value.is_nan());
            let dropped = |name: &String| axis(name) && table.column(name).is_some_and(missing);
            check.per.retain(|name| !dropped(name));
            check.group.retain(|name| !dropped(name));
        }
        check
    }

    /// A finding without any number: broken until there is evidence.
    fn unjudged(&self, check: &Check) -> Finding {
        Finding {
            check: check.name.clone(),
            control: self.control.map(|control| control.name.clone()),
            point: None,
            verdict: Verdict::Broken,
            measured: None,
            interval: None,
            expected: None,
            band: [None, None],
            tolerance_use: None,
            resolution: None,
            margin: None,
            proven_share: None,
            replicates: 0,
            rows: 0,
            method: IntervalMethod::None,
            more_replicates: None,
            note: None,
        }
    }
}

impl<'a> CheckContext<'a> {
    fn new(arm: &'a Arm<'a>, check: &'a Check, selection: &'a Selection) -> Result<Self, String> {
        let (drawn, wanted) = (selection.replicates.len(), arm.replicates());
        if drawn < 2 && wanted > 1 {
            return Err(format!(
                "table `{}` has {drawn} of {wanted} replicates, so nothing shows how they differ",
                check.table
            ));
        }
        let statistic = Statistic::new(check, selection)?;
        let measure = measure(arm.claim, check);
        Ok(Self { arm, check, selection, statistic, measure, resamples: OnceCell::new() })
    }

    /// The resamples that all points of the check take, drawn from a stream that is named by what is judged: a claim or
    /// a check with another name meets the same draws.
    fn resamples(&self) -> &Resamples {
        self.resamples.get_or_init(|| {
            let name = (self.arm.claim.kind.name, self.check.formulas());
            let mut stream = stream(self.arm.master, "bootstrap", &name, 0);
            Resamples::draw(units(self.selection.replicates.len()), RESAMPLES, &mut stream)
        })
    }

    fn finding(&self, point: &Point) -> Finding {
        let sample = Sample::new(point, self.selection);
        let unjudged = Finding {
            point: point.name.clone(),
            replicates: sample.replicates(),
            rows: point.rows.len() as u64,
            ..self.arm.unjudged(self.check)
        };
        match self.judged(&sample, &unjudged) {
            Ok(finding) => finding,
            Err(reason) => Finding { note: Some(reason), ..unjudged },
        }
    }

    /// The finding at a point, or the reason why it is broken.
    fn judged(&self, sample: &Sample<'_>, unjudged: &Finding) -> Result<Finding, String> {
        if sample.rows.is_empty() {
            return Err(no_rows(self.check));
        }
        let full = self.statistic.value(sample.rows, 0);
        let goal = Goal::new(&self.check.expect, full.expected)?;
        if !full.measured.is_finite() {
            return Err(format!(
                "the measure `{}` is missing over {} rows",
                self.check.measure.text,
                sample.rows.len()
            ));
        }
        let found = Finding {
            measured: Some(full.measured),
            expected: Some(goal.expected),
            band: goal.band,
            ..unjudged.clone()
        };
        match self.interval(sample, full) {
            Ok(interval) => Ok(self.decided(found, &goal, &interval)),
            Err(NoInterval::Broken(reason)) => Err(reason),
            Err(NoInterval::Undecided { reason, takes }) => Ok(Finding {
                verdict: Verdict::Inconclusive,
                more_replicates: takes
                    .and_then(|takes| takes.checked_sub(found.replicates))
                    .filter(|&more| more > 0 && self.arm.control.is_none()),
                note: Some(reason),
                ..found
            }),
        }
    }

    /// A finding with the verdict that its interval, or its value, gives.
    fn decided(&self, found: Finding, goal: &Goal, interval: &Interval) -> Finding {
        let measured = found.measured.expect("a finding is decided by its value");
        let ends = interval.ends.unwrap_or([measured; 2]);
        let verdict = verdict(ends, goal.band);
        let confidence = self.arm.claim.confidence;
        // A control has to fail: that more replicates might have it do so is no advice.
        let own = self.arm.control.is_none();
        let more = || interval.more_replicates(found.replicates, measured, goal.band, confidence);
        let pointlike = interval.ends.is_some_and(|[low, high]| low == high);
        let all_keep =
            verdict == Verdict::Holds && interval.method == IntervalMethod::Sample && self.bounds_every_row();
        Finding {
            verdict,
            interval: interval.ends,
            tolerance_use: goal.tolerance_use(ends),
            resolution: (verdict == Verdict::Holds).then(|| goal.resolution(ends)),
            margin: (!own && verdict == Verdict::Fails).then(|| goal.margin(ends)).flatten(),
            proven_share: all_keep.then(|| proven_share(found.replicates, confidence)),
            method: interval.method,
            more_replicates: (own && verdict == Verdict::Inconclusive).then(more).flatten(),
            note: pointlike.then(|| format!("the same in every resample of the {} replicates", found.replicates)),
            ..found
        }
    }

    /// Whether the check holds of a sample exactly if it does of each of its rows: a maximum below a bound, a minimum
    /// above one.
    fn bounds_every_row(&self) -> bool {
        let Node::Call { function, .. } = &self.check.measure.syntax.node else { return false };
        matches!(
            (function, &self.check.expect),
            (Function::Rows(RowFunction::Max), Expectation::AtMost { .. })
                | (Function::Rows(RowFunction::Min), Expectation::AtLeast { .. })
        )
    }

    fn interval(&self, sample: &Sample<'_>, full: Value) -> Result<Interval, NoInterval> {
        if !self.arm.evidence.drawn {
            return Ok(Interval::EXACT);
        }
        let judged = Judged {
            measure: &self.measure,
            statistic: &self.statistic,
            table: &self.selection.table,
            confidence: self.arm.claim.confidence,
        };
        Interval::of(&judged, sample, full, || self.resamples())
    }
}

fn no_rows(check: &Check) -> String {
    match &check.filter {
        Some(filter) => format!("no rows are left by `{}`", filter.text),
        None => format!("table `{}` has no rows", check.table),
    }
}
