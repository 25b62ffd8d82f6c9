//! What is found about a check.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::goal::Resolution;
use super::verdict::Verdict;

/// A check's measured value with its interval, and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Name of the check.
    pub check: String,
    /// Name of the control in which it was found; none for the claim itself.
    pub control: Option<String>,
    /// Values of the check's `per` columns; none if there are no such columns.
    pub point: Option<IndexMap<String, PointValue>>,
    /// What is concluded.
    pub verdict: Verdict,
    /// The measured value; none if broken.
    pub measured: Option<f64>,
    /// Its interval at the claim's confidence; none where the value itself is judged, and where no valid one is to be
    /// had.
    pub interval: Option<[f64; 2]>,
    /// The expected value: of `equals` and `exactly` the value, of `at-most` and `at-least` the bound, of
    /// `between` the middle.
    pub expected: Option<f64>,
    /// The allowed band, none for an open end.
    pub band: [Option<f64>; 2],
    /// Distance from the expected value of the end of the interval that is nearer to an edge, divided by the tolerance:
    /// 1 at the edge of the band. None of a bound whose spec names no ideal value.
    pub tolerance_use: Option<f64>,
    /// Of a finding that holds: by how much the expected value could be wrong while it still held.
    pub resolution: Option<Resolution>,
    /// Of a finding of a control that fails: the factor by which the tolerance could grow before it no longer failed.
    pub margin: Option<f64>,
    /// Of an extreme of which every replicate keeps the bound: the share of all replicates that at least do, at the
    /// claim's confidence.
    pub proven_share: Option<f64>,
    /// Replicates behind the number.
    pub replicates: u64,
    /// Rows behind the number.
    pub rows: u64,
    /// How the interval was made.
    pub method: IntervalMethod,
    /// Of an inconclusive finding of the claim itself: about how many more replicates would decide; none where the
    /// value is too close to the edge of the band to say.
    pub more_replicates: Option<u64>,
    /// Of a broken finding: why. Otherwise anything a reader should know.
    pub note: Option<String>,
}

/// Value of an axis at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PointValue {
    /// A number.
    Number(f64),
    /// The label of a value that is not a number.
    Label(String),
}

/// How an interval was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// No interval: nothing behind the number is drawn.
    Exact,
    /// No interval: an extreme over replicates, judged by the sample itself.
    Sample,
    /// Clopper-Pearson, for a fraction of replicates.
    ClopperPearson,
    /// Bets of constant size, for the mean of values in a known range.
    Betting,
    /// Order statistics, for a quantile.
    OrderStatistic,
    /// Bootstrap over replicates, bias-corrected and accelerated: a function of quantiles.
    Bca,
    /// The hull of that and of the studentised bootstrap: a smooth function of continuous columns.
    Bootstrap,
    /// Jackknife over groups of replicates, where there are very many and the measure does not follow from sums.
    Jackknife,
    /// None that is known to cover, or none at this number of replicates.
    None,
}
