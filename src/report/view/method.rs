//! The page on how a verdict is reached.

use serde::Serialize;

use crate::judge::coverage::{CONFIDENCE, COVERAGE, Coverage, DATA_SETS};
use crate::judge::verdict::Verdict;
use crate::report::figure::example::{DESCRIPTION, example};
use crate::report::html::Markup;
use crate::report::number::{Notation, count};
use crate::report::view::figure::two_widths;
use crate::report::view::stability::{StabilityView, stability};
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
    /// Master seed of the run.
    pub seed: String,
    /// How often intervals cover the truth, as simulations found.
    pub coverage: Vec<CoverageView>,
    /// Confidence that those intervals state.
    pub coverage_confidence: String,
    /// Number of simulated data sets behind each number.
    pub data_sets: String,
    /// How verdicts came out under other master seeds; none where nothing was measured.
    pub stability: Option<StabilityView>,
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
    let totals = source.record.totals();
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
        judged: count(totals.intervals),
        deterministic: count(totals.values),
        must_fail: count(totals.must_fail),
        seed: source.record.seed.to_string(),
        coverage: COVERAGE.iter().map(coverage_view).collect(),
        coverage_confidence: Notation::PerCent.number(CONFIDENCE),
        data_sets: count(DATA_SETS),
        stability: stability(source),
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
