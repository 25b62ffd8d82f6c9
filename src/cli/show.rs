//! `modewise show`.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::conclude::{load, plans, select};
use super::error::CliError;
use super::flags::{SeedFlags, SelectFlags, SpecFlags};
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::plan::{Arm, Plan};
use crate::report::words::counted;
use crate::spec::claim::Claim;

const EXAMPLES: &str = "\
Examples:
  modewise show saddles/learning-times                    the spec with every default, and its points
  modewise show saddles/learning-times --profile quick    as the profile has it
  modewise show saddles/learning-times --json | jq '.[].arms[].points[].cells'";

/// Show a claim as it is understood, and its plan.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    seed: SeedFlags,
    /// Print as JSON: the resolved spec as text, every point with its parameters and cells
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry) -> Result<Exit, CliError> {
        let catalogue = load(&self.specs, registry)?;
        let claims = select(&catalogue.claims, &self.selection)?;
        let plans = plans(&claims, self.seed.master())?;
        let mut out = anstream::stdout().lock();
        if self.json {
            let shown: Vec<Json> = claims.iter().zip(&plans).map(|(claim, plan)| as_json(claim, plan)).collect();
            writeln!(out, "{:#}", json!(shown))?;
            return Ok(Exit::Holds);
        }
        for (claim, plan) in claims.iter().zip(&plans) {
            writeln!(out, "# {}\n{}", claim.id, crate::spec::resolved(claim).trim_end())?;
            write_plan(&mut out, plan)?;
        }
        Ok(Exit::Holds)
    }
}

/// The plan as comments below the YAML, so that the whole is a spec still.
fn write_plan(out: &mut impl Write, plan: &Plan) -> Result<(), CliError> {
    if let Some(reason) = &plan.skipped {
        writeln!(out, "# plan: skipped, {reason}\n")?;
        return Ok(());
    }
    for arm in &plan.arms {
        let name = arm.control.as_ref().map_or_else(|| "plan".to_owned(), |control| format!("control {control}"));
        let cells = arm.points.iter().map(|point| point.cells.len()).sum();
        writeln!(out, "# {name}: {} in {}", counted(cells, "cell"), counted(arm.points.len(), "point"))?;
        for point in arm.points.iter().filter(|point| !point.text.is_empty()) {
            writeln!(out, "#   {}", point.text)?;
        }
    }
    writeln!(out)?;
    Ok(())
}

fn as_json(claim: &Claim, plan: &Plan) -> Json {
    json!({"id": claim.id, "spec": crate::spec::resolved(claim), "skipped": plan.skipped,
        "arms": plan.arms.iter().map(arm_as_json).collect::<Vec<_>>()})
}

fn arm_as_json(arm: &Arm) -> Json {
    let points: Vec<Json> = arm
        .points
        .iter()
        .map(|point| {
            let cells: Vec<&str> = point.cells.iter().map(|cell| cell.key.as_str()).collect();
            json!({"point": point.text, "experiment": {arm.kind.name: point.experiment.canonical()}, "cells": cells})
        })
        .collect();
    json!({"control": arm.control, "points": points})
}
