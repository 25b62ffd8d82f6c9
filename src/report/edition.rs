//! What a record is published with.

use crate::change::baseline::Baseline;
use crate::change::history::History;
use crate::performance::Performance;
use crate::record::Timing;
use crate::stability::Stability;

/// What surrounds a record when it is published. The site is complete without any of it.
#[derive(Clone, Debug, Default)]
pub struct Edition<'a> {
    /// When the record was made, seconds since 1970.
    pub date: Option<u64>,
    /// Wall-clock facts of the run.
    pub timing: Option<&'a Timing>,
    /// What the record is compared with; without one, every claim is new.
    pub baseline: Option<&'a Baseline>,
    /// The history that the record is added to.
    pub history: History,
    /// How fast the program is; without it the site has no page on that.
    pub performance: Option<&'a Performance>,
    /// How verdicts came out under other master seeds; without it nothing is said of them.
    pub stability: Option<&'a Stability>,
    /// Where the site is published, with a `/` at its end.
    pub url: Option<&'a str>,
}
