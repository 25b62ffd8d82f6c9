//! Exit codes: what a script may rely on.

use crate::judge::verdict::Verdict;

/// What a command ends with. The report is written before, whatever the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Exit {
    /// Every claim that was judged holds.
    Holds = 0,
    /// Something went wrong that is neither the claims' nor the user's fault.
    Internal = 1,
    /// The command line is wrong.
    Usage = 2,
    /// No claim was selected, or all that were are skipped.
    NothingSelected = 4,
    /// A spec is invalid; nothing was run.
    InvalidSpec = 96,
    /// A claim fails, or is vacuous: a control did not fail.
    Fails = 100,
    /// No claim fails, but one is broken: a cell failed, or there was no number to judge.
    Broken = 101,
    /// No claim fails or is broken, but one is inconclusive: more replicates may decide.
    Inconclusive = 102,
    /// A claim is worse than in the baseline: its verdict, or the evidence for it.
    Worse = 103,
    /// A result was not reproduced.
    NotReproduced = 104,
    /// Cells are missing.
    CellsMissing = 106,
}

impl Exit {
    /// Every code with its meaning, in order.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Holds, "every claim that was judged holds"),
        (Self::Internal, "internal error"),
        (Self::Usage, "wrong command line"),
        (Self::NothingSelected, "no claim selected, or all of them skipped"),
        (Self::InvalidSpec, "invalid spec, nothing was run"),
        (Self::Fails, "a claim fails or is vacuous"),
        (Self::Broken, "a claim is broken: a cell failed, or there is no number to judge"),
        (Self::Inconclusive, "a claim is inconclusive: more replicates may decide"),
        (Self::Worse, "worse than the baseline, in a verdict or in the evidence"),
        (Self::NotReproduced, "not reproduced"),
        (Self::CellsMissing, "cells are missing"),
    ];

    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The code of a run whose claims have these verdicts: the worst decides. A skipped claim is not judged.
    ///
    /// Here alone a claim that fails, or is vacuous, comes before one that is broken ([`Verdict::severity`] has it the
    /// other way round): what is broken may be mended and run again, but a refutation stands, and a script that waits
    /// for [`Self::Fails`] must not miss it because some other claim could not be judged.
    pub fn of(verdicts: &[Verdict]) -> Self {
        let refuted = verdicts.iter().find(|verdict| matches!(verdict, Verdict::Fails | Verdict::Vacuous));
        let judged = verdicts.iter().filter(|&&verdict| verdict != Verdict::Skipped);
        match refuted.or_else(|| judged.min_by_key(|verdict| verdict.severity())) {
            Some(Verdict::Fails | Verdict::Vacuous) => Self::Fails,
            Some(Verdict::Broken) => Self::Broken,
            Some(Verdict::Inconclusive) => Self::Inconclusive,
            Some(Verdict::Holds) => Self::Holds,
            Some(Verdict::Skipped) | None => Self::NothingSelected,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
