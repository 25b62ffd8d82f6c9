//! From the cells of a claim to its tables.

use crate::experiment::TableDoc;
use crate::plan::{Arm, Plan, Point};
use crate::store::Store;
use crate::table::{Table, Tables};

/// What an arm of a claim (the claim itself or one of its controls) has to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Its tables, over all points and replicates: the columns of the axes, then those of the experiment.
    pub tables: Tables,
    /// Whether anything behind its numbers is drawn at random; otherwise every replicate is the same.
    pub drawn: bool,
    /// The cells that failed, each with its point and reason. Any failure breaks the checks of the arm.
    pub failures: Vec<String>,
}

/// Cells that a claim needs are not in the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{claim}: {missing} of {of} cells are missing")]
pub struct Missing {
    /// Id of the claim.
    pub claim: String,
    /// How many.
    pub missing: u64,
    /// How many it needs.
    pub of: u64,
}

/// The evidence of every arm of a claim, in order of its points and replicates.
///
/// # Errors
/// If a cell of the plan is not in the store.
pub fn collect(plan: &Plan, store: &Store) -> Result<Vec<Evidence>, Missing> {
    let mut missing = 0;
    let evidence = plan.arms.iter().map(|arm| arm_evidence(arm, store, &mut missing)).collect();
    if missing > 0 {
        return Err(Missing { claim: plan.claim.clone(), missing, of: plan.cells().count() as u64 });
    }
    Ok(evidence)
}

fn arm_evidence(arm: &Arm, store: &Store, missing: &mut u64) -> Evidence {
    let drawn = arm.points.iter().any(|point| !point.experiment.draws().is_empty());
    let mut evidence = Evidence { tables: empty(arm), drawn, failures: Vec::new() };
    for point in &arm.points {
        for cell in &point.cells {
            match store.read(&cell.key).found() {
                None => *missing += 1,
                Some(Ok(tables)) => append(&mut evidence.tables, point, tables),
                Some(Err(failure)) if point.text.is_empty() => evidence.failures.push(failure.to_string()),
                Some(Err(failure)) => evidence.failures.push(format!("at {}: {failure}", point.text)),
            }
        }
    }
    evidence
}

/// The tables of an arm without rows: no failed cell takes a column with it.
fn empty(arm: &Arm) -> Tables {
    let axes = arm.points.first().map_or(&[][..], |point| &point.axes);
    let table = |doc: &TableDoc| {
        let form = doc.table();
        Table::new(axes.iter().map(|(column, _)| column.as_str()).chain(form.names()))
    };
    arm.kind.tables.iter().map(|doc| (doc.name.to_owned(), table(doc))).collect()
}

/// Appends the tables of a cell, each row with the values of the axes in front.
fn append(all: &mut Tables, point: &Point, tables: Tables) {
    for (name, mut table) in tables {
        for (column, value) in point.axes.iter().rev() {
            table.set_first(column, *value);
        }
        all.entry(name).or_default().append(&table);
    }
}
