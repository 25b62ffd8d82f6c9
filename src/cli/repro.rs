//! `modewise repro`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::conclude::{load, plans_to_run, select};
use super::error::CliError;
use super::flags::{Loudness, RECORD, SeedFlags, SelectFlags, SpecFlags, StoreFlags};
use super::style;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::plan::{Arm, Plan, Point};
use crate::record::Record;
use crate::record::file::read;
use crate::report::words::counted;
use crate::run::replicates;
use crate::store::Store;
use crate::store::format::Outcome;
use crate::table::{Table, Tables};

const EXAMPLES: &str = "\
Examples:
  modewise repro saddles/learning-times                     its first point, replicate 0
  modewise repro saddles/learning-times hidden=64 7         another point and replicate
  modewise repro saddles/learning-times 2 --control shallow  the second point of a control
Exit code 104 if any bit differs.";

/// So many differences are printed.
const SHOWN: usize = 10;

/// Run one replicate again and compare it, bit by bit, with what the store and the record have.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Repro {
    /// The claim, by id
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// The point: its place in `modewise show`, from 1, or values of its axes, as `hidden=64,start=balanced`
    #[arg(value_name = "POINT", default_value = "1")]
    point: String,
    /// The replicate, from 0
    #[arg(value_name = "REPLICATE", default_value_t = 0)]
    replicate: u64,
    /// In this control instead of the claim itself
    #[arg(long, value_name = "NAME")]
    control: Option<String>,
    /// The record to compare with, if it is there
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    record: PathBuf,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    seed: SeedFlags,
    #[command(flatten)]
    store: StoreFlags,
}

impl Repro {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let catalogue = load(&self.specs, registry)?;
        let selection = SelectFlags { claims: vec![self.claim.clone()], tags: Vec::new() };
        let claims = select(&catalogue.claims, &selection)?;
        let [claim] = claims.as_slice() else {
            return Err(CliError::Usage(format!("`{}` selects {} claims (allowed: one)", self.claim, claims.len())));
        };
        let plan = plans_to_run(&[claim], self.seed.master())?.remove(0);
        let arm = self.arm(&plan)?;
        let point = find(arm, &self.point)?;
        let replicate = self.replicate;
        let cell = point.cells.iter().find(|cell| cell.origin.replicates.contains(&replicate)).ok_or_else(|| {
            let last = point.cells.last().map_or(0, |cell| cell.origin.replicates.end - 1);
            CliError::Usage(format!("there is no replicate {replicate} (allowed: 0 to {last})"))
        })?;
        let stored = Store::folder(&self.store.store).read(&cell.key).found();
        let stored = stored.map(|outcome| ("the store", outcome.map(|tables| of_replicate(tables, replicate))));
        let recorded = self.recorded(&plan.claim, arm, point).map(|tables| ("the record", Ok(tables)));
        let known: Vec<(&str, Outcome)> = stored.into_iter().chain(recorded).collect();
        if known.is_empty() {
            let reason =
                "neither the store nor a record has this replicate (`modewise run` or `modewise report` make them)";
            return Err(CliError::NothingToCompare(reason.to_owned()));
        }
        let again = replicates(&arm.kind, point.experiment.as_ref(), replicate..replicate + 1, self.seed.master());
        report(&known, &again.outcome, loudness)
    }

    fn arm<'a>(&self, plan: &'a Plan) -> Result<&'a Arm, CliError> {
        if let Some(reason) = &plan.skipped {
            return Err(CliError::NothingSelected(format!("{} is skipped: {reason}", plan.claim)));
        }
        plan.arms.iter().find(|arm| arm.control == self.control).ok_or_else(|| {
            let names: Vec<&str> = plan.arms.iter().filter_map(|arm| arm.control.as_deref()).collect();
            let name = self.control.as_deref().unwrap_or_default();
            CliError::Usage(format!("`{name}` is no control of {} (allowed: {})", plan.claim, names.join(", ")))
        })
    }

    /// The rows of the point and replicate in the record; none where it is of another seed, or has no such rows.
    fn recorded(&self, claim: &str, arm: &Arm, point: &Point) -> Option<Tables> {
        let record: Record = read(&self.record).ok().filter(|record| record.seed == self.seed.seed)?;
        let tables = match &arm.control {
            None => record.tables.get(claim)?,
            Some(control) => record.control_tables.get(claim)?.get(control)?,
        };
        let here = |table: &Table, row: usize| {
            let is = |name: &str, value: f64| table.column(name).is_some_and(|column| column[row] == value);
            is("replicate", self.replicate as f64) && point.axes.iter().all(|(name, value)| is(name, *value))
        };
        let rows = |table: &Table| -> Vec<usize> { (0..table.rows()).filter(|&row| here(table, row)).collect() };
        let mut found = Tables::new();
        for (name, table) in tables {
            let mut own = Table::default();
            let rows = table.select(&rows(table));
            let axis = |name: &str| point.axes.iter().any(|(axis, _)| axis == name);
            rows.columns().filter(|(name, _)| !axis(name)).for_each(|(name, values)| own.set(name, values.to_vec()));
            found.insert(name.clone(), own);
        }
        found.values().any(|table| table.rows() > 0).then_some(found)
    }
}

/// Says how the replicate compares with what is known of it.
fn report(known: &[(&str, Outcome)], again: &Outcome, loudness: Loudness) -> Result<Exit, CliError> {
    let mut out = anstream::stdout().lock();
    let mut exit = Exit::Holds;
    for (place, expected) in known {
        let differences = match (expected, again) {
            (Ok(expected), Ok(again)) => differences(expected, again),
            (Err(expected), Err(again)) if expected.reason == again.reason => Vec::new(),
            (expected, again) => vec![format!("it was {}, it is {}", outcome(expected), outcome(again))],
        };
        if differences.is_empty() {
            if !loudness.quiet {
                writeln!(out, "the same as in {place}, to the last bit: {}", extent(expected))?;
            }
            continue;
        }
        exit = Exit::NotReproduced;
        let number = counted(differences.len(), "difference");
        writeln!(out, "{}not reproduced{:#}: {number} from {place}", style::ERROR, style::ERROR)?;
        let shown = if loudness.verbose { differences.len() } else { SHOWN };
        for difference in differences.iter().take(shown) {
            writeln!(out, "  {difference}")?;
        }
    }
    Ok(exit)
}

/// The point of that place or with those values.
fn find<'a>(arm: &'a Arm, text: &str) -> Result<&'a Point, CliError> {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let wanted: Vec<String> = text.split(',').map(plain).collect();
    let matches = |point: &&Point| {
        let values: Vec<String> = point.text.split(", ").map(plain).collect();
        wanted.iter().all(|value| values.contains(value))
    };
    let place = text.parse::<usize>().ok().and_then(|place| arm.points.get(place.checked_sub(1)?));
    let point = place.or_else(|| arm.points.iter().find(matches));
    point.ok_or_else(|| {
        let texts: Vec<&str> = arm.points.iter().map(|point| point.text.as_str()).collect();
        let named =
            if texts.iter().all(|text| text.is_empty()) { String::new() } else { format!(": {}", texts.join("; ")) };
        CliError::Usage(format!("`{text}` is no point (allowed: 1 to {}{named})", texts.len()))
    })
}

/// The rows of one replicate.
fn of_replicate(tables: Tables, replicate: u64) -> Tables {
    let rows = |table: &Table| {
        let replicates = table.column("replicate").unwrap_or_default();
        let rows: Vec<usize> = (0..table.rows()).filter(|&row| replicates[row] == replicate as f64).collect();
        table.select(&rows)
    };
    tables.iter().map(|(name, table)| (name.clone(), rows(table))).collect()
}

/// Values whose bits differ, and tables of another form; missing values are equal.
fn differences(expected: &Tables, again: &Tables) -> Vec<String> {
    let mut found = Vec::new();
    for (name, table) in expected {
        let Some(other) =
            again.get(name).filter(|other| other.names().eq(table.names()) && other.rows() == table.rows())
        else {
            found.push(format!("table {name} has another form"));
            continue;
        };
        for ((column, values), (_, others)) in table.columns().zip(other.columns()) {
            for (row, (value, other)) in values.iter().zip(others).enumerate() {
                if value.to_bits() != other.to_bits() && !(value.is_nan() && other.is_nan()) {
                    found.push(format!("{name}, row {row}, {column}: {value:?} became {other:?}"));
                }
            }
        }
    }
    found
}

fn outcome(outcome: &Outcome) -> String {
    outcome.as_ref().map_or_else(|failure| format!("a failure ({})", failure.reason), |_| "a result".to_owned())
}

fn extent(outcome: &Outcome) -> String {
    match outcome {
        Ok(tables) => {
            let values = tables.values().map(|table| table.rows() * table.names().count()).sum();
            format!("{} in {}", counted(values, "value"), counted(tables.len(), "table"))
        }
        Err(failure) => format!("the failure ({})", failure.reason),
    }
}
