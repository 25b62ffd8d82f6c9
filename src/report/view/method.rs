//! The page on how a verdict is reached.

use libm::{expm1, log1p};
use serde::Serialize;

use crate::judge::coverage::{CONFIDENCE, COVERAGE, Coverage, DATA_SETS};
use crate::judge::verdict::IntervalMethod;
use crate::record::Record;
use crate::report::figure::example::{DESCRIPTION, example};
use crate::report::html::Markup;
use crate::report::number::{Notation, count};
use crate::report::view::{Page, Source, VerdictView};
use crate::report::words::BY_SEVERITY;

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
    /// The chance of at least one false alarm if the findings are independent.
    pub independent: String,
    /// The same whatever their dependence.
    pub union: String,
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
pub fn method(source: &Source<'_>) -> MethodView {
    let risks = risks(source.record);
    let own = source.record.findings.iter().filter(|finding| finding.control.is_none()).count();
    MethodView {
        page: Page {
            title: "How a verdict is reached".to_owned(),
            description: "Replicates, intervals, verdicts, controls, seeds and limits".to_owned(),
            root: "../".to_owned(),
            part: "method",
        },
        example: Markup(example().inline("example", "Three intervals and their verdicts", DESCRIPTION)),
        verdicts: BY_SEVERITY.into_iter().rev().map(VerdictView::new).collect(),
        judged: count(risks.len() as u64),
        deterministic: count((own - risks.len()) as u64),
        independent: Notation::PerCent.number(independent(&risks)),
        union: Notation::PerCent.number(risks.iter().sum::<f64>().min(1.0)),
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

/// For each finding with an interval, the chance that its interval misses the true value: one minus the confidence.
fn risks(record: &Record) -> Vec<f64> {
    let with_interval = |claim: &str| {
        let own = record.findings.iter().filter(move |finding| finding.claim == claim && finding.control.is_none());
        own.filter(|finding| finding.method != IntervalMethod::Deterministic && finding.interval.is_some()).count()
    };
    let risks = |claim: &crate::record::ClaimRecord| vec![1.0 - claim.confidence; with_interval(&claim.id)];
    record.claims.iter().flat_map(risks).collect()
}

/// `1 - prod(1 - risk)`, without loss of digits.
fn independent(risks: &[f64]) -> f64 {
    -expm1(risks.iter().map(|risk| log1p(-risk)).sum())
}
