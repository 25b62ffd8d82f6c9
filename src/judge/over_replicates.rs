//! A statistic over choices of replicates, from a few numbers of each.

use super::selection::FirstStage;
use super::value::{Value, over_all};
use crate::spec::check::Check;
use crate::spec::formula::{OverRows, OverUnits};
use crate::table::Table;

/// Measure and expectation, ready to be evaluated for many choices of replicates.
pub(super) enum OverReplicates<'a> {
    /// In one stage.
    Direct { measure: OverUnits, expected: Vec<OverUnits> },
    /// In two stages.
    Staged { check: &'a Check, empty: Table, groups: Vec<Group> },
}

/// A group of the first stage.
pub(super) struct Group {
    /// What is the same in all its rows.
    kept: Vec<f64>,
    /// The new columns.
    made: Vec<OverUnits>,
    /// Whether a replicate has rows in it.
    present: Vec<bool>,
}

impl<'a> OverReplicates<'a> {
    /// Of measure and expectation in one stage; `rows_of` each replicate.
    pub(super) fn direct(measure: &OverRows<'_>, expected: &[OverRows<'_>], rows_of: &[Vec<usize>]) -> Option<Self> {
        Some(Self::Direct { measure: measure.over_units(rows_of)?, expected: over_units(expected.iter(), rows_of)? })
    }

    /// Of a check in two stages; `rows_of` each group and, in it, each replicate. A group without any rows is left out.
    pub(super) fn staged(check: &'a Check, stage: &FirstStage<'_>, rows_of: &[Vec<Vec<usize>>]) -> Option<Self> {
        let group = |rows_of: &Vec<Vec<usize>>| {
            let row = *rows_of.iter().flatten().next()?;
            let present = rows_of.iter().map(|rows| !rows.is_empty()).collect();
            Some(over_units(stage.made(), rows_of).map(|made| Group { kept: stage.kept(row).collect(), made, present }))
        };
        let groups = rows_of.iter().filter_map(group).collect::<Option<_>>()?;
        Some(Self::Staged { check, empty: stage.empty(), groups })
    }

    /// Its value over replicates, which may repeat; missing if they belong to fewer than `groups` groups of the first
    /// stage, because a curve with fewer points is another measure.
    pub(super) fn value(&self, replicates: &[u32], groups: usize) -> Value {
        match self {
            Self::Direct { measure, expected } => Value::new(
                measure.value(replicates),
                expected.iter().map(|formula| formula.value(replicates)).collect(),
            ),
            Self::Staged { check, empty, groups: all } => {
                let mut reduced = empty.clone();
                for group in all.iter().filter(|group| group.has_any(replicates)) {
                    let made = group.made.iter().map(|formula| formula.value(replicates));
                    reduced.push(&group.kept.iter().copied().chain(made).collect::<Vec<f64>>());
                }
                if reduced.rows() < groups { Value::MISSING } else { over_all(check, &reduced) }
            }
        }
    }
}

impl Group {
    fn has_any(&self, replicates: &[u32]) -> bool {
        replicates.iter().any(|&replicate| self.present[replicate as usize])
    }
}

/// Formulas over replicates; none if one does not follow from a few numbers of each.
fn over_units<'b, 'c: 'b>(
    formulas: impl Iterator<Item = &'b OverRows<'c>>,
    rows_of: &[Vec<usize>],
) -> Option<Vec<OverUnits>> {
    formulas.map(|formula| formula.over_units(rows_of)).collect()
}
