//! The page on how a verdict is reached.

use serde::Serialize;

use crate::judge::coverage::{CONFIDENCE, COVERAGE, Coverage, DATA_SETS};
use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::Record;
use crate::report::figure::example::{DESCRIPTION, example};
use crate::report::html::Markup;
use crate::report::number::{Notation, count};
use crate::report::view::figure::two_widths;
use crate::report::view::{Page, Source, VerdictView};

/// The page.
#[derive(Debug, Serialize)]
pub struct MethodView {
    /// What every page has.
    pub page: Page,
    /// A drawn example of three verdicts.
    pub example: Markup,
    /// Verdicts and what they mean.
    pub verdicts: Vec<VerdictView>,
    /// Number of findings with an interval.
    pub judged: String,
    /// Number of findings without one.
    pub deterministic: String,
    /// Number of controls' checks that must fail.
    pub must_fail: String,
    /// With another master seed, the chance that a claim that holds would fail or be vacuous, at most.
    pub alarm: String,
    /// The same chance that one would be inconclusive.
    pub undecided: String,
    /// What the first would be at most if every true value lay on the edge of its band.
    pub on_the_edge: String,
    /// Master seed of the run.
    pub seed: String,
    /// How often intervals cover the truth, as simulations found.
    pub coverage: Vec<CoverageView>,
    /// Confidence that those intervals state.
    pub coverage_confidence: String,
    /// Number of simulated data sets behind each number.
    pub data_sets: String,
}

/// A measured coverage.
#[derive(Debug, Serialize)]
pub struct CoverageView {
    /// The measure.
    pub measure: &'static str,
    /// What the data are.
    pub data: &'static str,
    /// Replicates in each data set.
    pub replicates: String,
    /// Share of the intervals that cover the true value.
    pub covered: String,
}

/// The page on how a verdict is reached.
#[expect(clippy::disallowed_methods, reason = "chances are finite; sums of them leave 0 to 1 by rounding only")]
pub fn method(source: &Source<'_>) -> MethodView {
    let repeats = repeats(source.record);
    let chance = |sum: f64| Notation::PerCent.number(sum.min(1.0));
    let picture = |id: &str, width| example(width).inline(id, "Three intervals and their verdicts", DESCRIPTION);
    MethodView {
        page: source.page(
            "method",
            "../",
            "How a verdict is reached",
            "Replicates, intervals, verdicts, controls, seeds and limits",
        ),
        example: Markup(two_widths(&picture("example", 640.0), &picture("example-narrow", 400.0))),
        verdicts: Verdict::BY_SEVERITY.into_iter().rev().map(VerdictView::new).collect(),
        judged: count(repeats.judged as u64),
        deterministic: count(repeats.deterministic as u64),
        must_fail: count(repeats.must_fail as u64),
        alarm: chance(repeats.alarm),
        undecided: chance(repeats.undecided),
        on_the_edge: chance(repeats.on_the_edge),
        seed: source.record.seed.to_string(),
        coverage: COVERAGE.iter().map(coverage_view).collect(),
        coverage_confidence: Notation::PerCent.number(CONFIDENCE),
        data_sets: count(DATA_SETS),
    }
}

fn coverage_view(coverage: &Coverage) -> CoverageView {
    CoverageView {
        measure: coverage.measure,
        data: coverage.data,
        replicates: count(coverage.replicates as u64),
        covered: format!("{:.1}\u{202f}%", 100.0 * coverage.covered),
    }
}

/// What the findings of claims that hold would be with another master seed.
struct Repeats {
    /// Findings of the claims themselves with an interval.
    judged: usize,
    /// Findings of the claims themselves without one.
    deterministic: usize,
    /// Checks of controls that must fail.
    must_fail: usize,
    /// Sum of the chances of an alarm: a finding fails, a check of a control does not.
    alarm: f64,
    /// Sum of the chances that a finding is inconclusive.
    undecided: f64,
    /// Sum of the chances that an interval misses on one side.
    on_the_edge: f64,
}

/// Sums over the findings of claims that hold: bounds, whatever the dependence between findings.
#[expect(clippy::disallowed_methods, reason = "chances are finite; sums of them leave 0 to 1 by rounding only")]
fn repeats(record: &Record) -> Repeats {
    let mut sums = Repeats { judged: 0, deterministic: 0, must_fail: 0, alarm: 0.0, undecided: 0.0, on_the_edge: 0.0 };
    for claim in record.claims.iter().filter(|claim| claim.verdict == Verdict::Holds) {
        let findings: Vec<&Finding> = record.findings.iter().filter(|finding| finding.claim == claim.id).collect();
        for own in findings.iter().filter(|finding| finding.control.is_none()) {
            match own.repeat {
                None => sums.deterministic += 1,
                Some(repeat) => {
                    sums.judged += 1;
                    sums.alarm += repeat.fails;
                    sums.undecided += (1.0 - repeat.holds - repeat.fails).max(0.0);
                    sums.on_the_edge += (1.0 - claim.confidence) / 2.0;
                }
            }
        }
        for control in &claim.controls {
            for check in &control.fails {
                let points = findings
                    .iter()
                    .filter(|finding| finding.control.as_ref() == Some(&control.name) && finding.check == *check);
                // One point that fails is enough: the chance that none does is at most the least.
                sums.alarm += points.map(|finding| finding.repeat.map_or(0.0, |r| 1.0 - r.fails)).fold(1.0, f64::min);
                sums.must_fail += 1;
            }
        }
    }
    sums
}
