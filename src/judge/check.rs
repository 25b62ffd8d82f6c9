//! From a check and the tables of one arm to findings.

use std::cell::OnceCell;

use super::decision::verdict;
use super::finding::{Finding, IntervalMethod};
use super::goal::Goal;
use super::interval::{Interval, Sample};
use super::selection::{Point, Selection, keeps_replicates, select};
use super::statistic::{Statistic, Value, formulas};
use super::verdict::Verdict;
use super::{Evidence, RESAMPLES};
use crate::numerics::statistics::bootstrap::Resamples;
use crate::seed::{MasterSeed, stream};
use crate::spec::claim::{Check, Claim, Control};
use crate::table::Table;

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
    /// Drawn when the first interval takes them.
    resamples: OnceCell<Resamples>,
    /// For a measure that is the fraction of rows that meet a condition: whether each row does.
    met: Option<Vec<f64>>,
}

/// The findings of a check, one a point; one broken finding where there is nothing to split into points.
pub(super) fn findings(arm: &Arm<'_>, check: &Check) -> Vec<Finding> {
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
    match CheckContext::new(arm, check, &selection) {
        Ok(context) => selection.points.iter().map(|point| context.finding(point)).collect(),
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
                let mut parameters = self.claim.sweep.iter().flat_map(|axis| &axis.parameters);
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
            claim: self.claim.id.clone(),
            check: check.name.clone(),
            control: self.control.map(|control| control.name.clone()),
            point: None,
            verdict: Verdict::Broken,
            measured: None,
            interval: None,
            expected: None,
            band: [None, None],
            tolerance_use: None,
            replicates: 0,
            rows: 0,
            method: IntervalMethod::Deterministic,
            more_replicates: None,
            repeat: None,
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
        let constant = formulas(&check.expect).iter().all(|formula| !formula.syntax.aggregates());
        let condition = check.measure.as_fraction().filter(|_| constant && keeps_replicates(check));
        let met = condition.map(|condition| condition.by_row(&selection.table));
        let statistic = Statistic::new(check, selection)?;
        Ok(Self { arm, check, selection, statistic, resamples: OnceCell::new(), met })
    }

    /// The resamples that all points of the check take.
    fn resamples(&self) -> &Resamples {
        self.resamples.get_or_init(|| {
            let name = (&self.arm.claim.id, &self.check.name);
            let mut stream = stream(self.arm.master, "bootstrap", &name, 0);
            Resamples::draw(self.selection.replicates.len(), RESAMPLES, &mut stream)
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
        let interval = self.interval(sample, full)?;
        let verdict = verdict(interval.ends.unwrap_or([full.measured; 2]), goal.band);
        let confidence = self.arm.claim.confidence;
        // A control has to fail: that more replicates might have it do so is no advice.
        let open = verdict == Verdict::Inconclusive && self.arm.control.is_none();
        let more = || interval.more_replicates(unjudged.replicates, full.measured, goal.band, confidence);
        let pointlike = interval.ends.is_some_and(|[low, high]| low == high);
        Ok(Finding {
            verdict,
            measured: Some(full.measured),
            interval: interval.ends,
            expected: Some(goal.expected),
            band: goal.band,
            tolerance_use: Some(goal.tolerance_use(full.measured)),
            method: interval.method,
            more_replicates: open.then(more).flatten(),
            repeat: interval.repeat(self.selection.replicates.len() as u64, full.measured, goal.band, confidence),
            note: pointlike.then(|| format!("the same in every resample of the {} replicates", unjudged.replicates)),
            ..unjudged.clone()
        })
    }

    fn interval(&self, sample: &Sample<'_>, full: Value) -> Result<Interval, String> {
        if self.arm.replicates() == 1 {
            return Ok(Interval::DETERMINISTIC);
        }
        let confidence = self.arm.claim.confidence;
        let fraction = self.met.as_ref().and_then(|met| Interval::fraction(met, sample, confidence));
        if let Some(interval) = fraction {
            return Ok(interval);
        }
        Interval::bootstrap(&self.statistic, sample, full, self.resamples(), confidence)
            .map_err(|error| error.to_string())
    }
}

fn no_rows(check: &Check) -> String {
    match &check.filter {
        Some(filter) => format!("no rows are left by `{}`", filter.text),
        None => format!("table `{}` has no rows", check.table),
    }
}
