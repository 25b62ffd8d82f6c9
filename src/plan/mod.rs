//! From a claim to its cells: the units of work and of caching.
//!
//! A claim has arms (itself, then its controls), an arm has points (the product of the axes of its sweep), a point
//! has cells (batches of replicates). A cell is named by what its numbers follow from, so two claims or arms with
//! the same cell share it, and more replicates only add cells.

pub mod cell;

use std::path::Path;
use std::sync::Arc;

use crate::experiment::{Experiment, Kind};
use crate::parameter::BuildError;
use crate::seed::MasterSeed;
use crate::spec::claim::Claim;
use crate::spec::control::Control;
use crate::spec::setting::{AxisValue, Setting, settings};
use cell::Cell;

/// What has to be computed for a claim.
pub struct Plan {
    /// Id of the claim.
    pub claim: String,
    /// The claim itself, then its controls, in order. Empty if the claim is skipped.
    pub arms: Vec<Arm>,
    /// Why the claim is not run: a data file that is not there.
    pub skipped: Option<String>,
}

/// A claim itself or one of its controls.
pub struct Arm {
    /// Name of the control; none for the claim itself.
    pub control: Option<String>,
    /// The kind of experiment.
    pub kind: Arc<Kind>,
    /// Its points, in the order of the sweep (the last axis moves fastest).
    pub points: Vec<Point>,
}

/// One combination of the sweep's axes.
pub struct Point {
    /// Columns of the axes with their value here, in the order of the sweep.
    pub axes: Vec<(String, f64)>,
    /// The point for a reader, `hidden = 32, start = balanced`; empty where nothing is swept.
    pub text: String,
    /// The experiment with the parameters of the point.
    pub experiment: Arc<dyn Experiment>,
    /// Its cells, in order of replicate.
    pub cells: Vec<Cell>,
}

/// Why a claim could not be planned although it was checked: a file that changed in between.
#[derive(Debug, thiserror::Error)]
#[error("{claim}: {message}")]
pub struct PlanError {
    /// Id of the claim.
    pub claim: String,
    /// What is wrong.
    pub message: String,
}

/// Plans a claim. Relative paths in its parameters are seen from the folder of its file.
///
/// # Errors
/// If an experiment cannot be built, although its claim was valid when it was loaded.
pub fn plan(claim: &Claim, master: MasterSeed) -> Result<Plan, PlanError> {
    if let Some(reason) = &claim.absent {
        return Ok(Plan::skipped(claim, reason.clone()));
    }
    let arms = std::iter::once(None).chain(claim.controls.iter().map(Some));
    let arms: Result<Vec<Arm>, BuildError> = arms.map(|control| arm(claim, control, master)).collect();
    let id = claim.id.clone();
    match arms {
        Ok(arms) => Ok(Plan { claim: id, arms, skipped: None }),
        Err(BuildError::Absent(reason)) => Ok(Plan::skipped(claim, reason)),
        Err(error) => Err(PlanError { claim: id, message: error.to_string() }),
    }
}

fn arm(claim: &Claim, control: Option<&Control>, master: MasterSeed) -> Result<Arm, BuildError> {
    let replicates = control.and_then(|control| control.replicates).unwrap_or(claim.replicates);
    let base = Path::new(&claim.file).parent().unwrap_or(Path::new(""));
    let point = |Setting { parameters, axes, .. }: Setting<'_>| {
        let experiment: Arc<dyn Experiment> = claim.kind.build(&parameters, base)?.into();
        let cells = cell::cells(&claim.kind, experiment.as_ref(), replicates, master);
        let text = axes.iter().map(AxisValue::text).collect::<Vec<_>>().join(", ");
        let axes = axes.iter().map(|axis| (axis.parameter.column.clone(), axis.number())).collect();
        Ok(Point { axes, text, experiment, cells })
    };
    let points = settings(claim, control).into_iter().map(point).collect::<Result<_, BuildError>>()?;
    Ok(Arm { control: control.map(|control| control.name.clone()), kind: Arc::clone(&claim.kind), points })
}

impl Plan {
    /// The plan of a claim that is not run, because of what is missing.
    pub fn skipped(claim: &Claim, reason: String) -> Self {
        Self { claim: claim.id.clone(), arms: Vec::new(), skipped: Some(reason) }
    }

    /// Every cell with its point, arm by arm; a cell that two arms share comes twice.
    pub fn cells(&self) -> impl Iterator<Item = (&Point, &Cell)> {
        let points = self.arms.iter().flat_map(|arm| &arm.points);
        points.flat_map(|point| point.cells.iter().map(move |cell| (point, cell)))
    }

    /// Number of points of the claim itself.
    pub fn points(&self) -> usize {
        self.arms.first().map_or(0, |arm| arm.points.len())
    }
}
