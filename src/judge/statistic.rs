//! A check's measure and expectation as functions of rows.

use super::over_replicates::OverReplicates;
use super::selection::{FirstStage, Selection, keeps_replicates};
use super::value::{Value, formulas, over_all};
use crate::spec::check::Check;
use crate::spec::formula::OverRows;

/// Measure and expectation over a table, ready to be evaluated for many choices of rows.
pub(super) enum Statistic<'a> {
    /// In one stage.
    Direct { measure: OverRows<'a>, expected: Vec<OverRows<'a>> },
    /// In two stages, the first over all replicates together: for each row of the table its group.
    Staged { check: &'a Check, stage: FirstStage<'a>, group_of: Vec<usize>, groups: usize },
}

impl<'a> Statistic<'a> {
    /// The statistic of a check over what it selected.
    pub(super) fn new(check: &'a Check, selection: &'a Selection) -> Result<Self, String> {
        let table = &selection.table;
        if keeps_replicates(check) {
            let expected = formulas(&check.expect).into_iter().map(|formula| formula.over(table)).collect();
            return Ok(Self::Direct { measure: check.measure.over(table), expected });
        }
        let stage = FirstStage::new(check, table);
        let all: Vec<usize> = selection.points.iter().flat_map(|point| point.rows.iter().copied()).collect();
        let split = super::selection::split(table, &all, &stage.group)?;
        let mut group_of = vec![usize::MAX; table.rows()];
        for (group, rows) in split.values().enumerate() {
            rows.iter().for_each(|&row| group_of[row] = group);
        }
        Ok(Self::Staged { check, stage, group_of, groups: split.len() })
    }

    /// Number of groups of the first stage that rows belong to; 0 in one stage.
    pub(super) fn groups(&self, rows: &[usize]) -> usize {
        match self {
            Self::Direct { .. } => 0,
            Self::Staged { group_of, groups, .. } => {
                let mut present = vec![false; *groups];
                rows.iter().for_each(|&row| present[group_of[row]] = true);
                present.into_iter().filter(|&present| present).count()
            }
        }
    }

    /// Its value over rows, which may repeat; missing if they belong to fewer than `groups` groups of the first stage,
    /// because a curve with fewer points is another measure.
    pub(super) fn value(&self, rows: &[usize], groups: usize) -> Value {
        match self {
            Self::Direct { measure, expected } => {
                Value::new(measure.value(rows), expected.iter().map(|formula| formula.value(rows)).collect())
            }
            Self::Staged { check, stage, group_of, groups: all } => {
                let mut rows_of = vec![Vec::new(); *all];
                rows.iter().for_each(|&row| rows_of[group_of[row]].push(row));
                rows_of.retain(|rows| !rows.is_empty());
                if rows_of.len() < groups {
                    return Value::MISSING;
                }
                let mut reduced = stage.empty();
                rows_of.iter().for_each(|rows| reduced.push(&stage.row(rows)));
                over_all(check, &reduced)
            }
        }
    }

    /// The same over choices of replicates, each of which brings its rows; none where it does not follow from a few
    /// numbers of each replicate.
    pub(super) fn over_replicates(&self, rows_of: &[Vec<usize>]) -> Option<OverReplicates<'_>> {
        match self {
            Self::Direct { measure, expected } => OverReplicates::direct(measure, expected, rows_of),
            Self::Staged { check, stage, group_of, groups } => {
                let mut rows_of_group = vec![vec![Vec::new(); rows_of.len()]; *groups];
                for (replicate, rows) in rows_of.iter().enumerate() {
                    rows.iter().for_each(|&row| rows_of_group[group_of[row]][replicate].push(row));
                }
                OverReplicates::staged(check, stage, &rows_of_group)
            }
        }
    }
}
