//! `modewise status`.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::conclude::{load, plans, select};
use super::error::CliError;
use super::flags::{Loudness, SeedFlags, SelectFlags, SpecFlags, StoreFlags};
use super::style;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::plan::Plan;
use crate::report::words::counted;
use crate::store::{Lookup, Store};

const EXAMPLES: &str = "\
Examples:
  modewise status                        which cells are missing; exit code 106 if any is
  modewise status --profile quick        of the quick profile
  modewise status --json | jq '[.[].missing] | add'";

/// Say which cells are missing.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Status {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    seed: SeedFlags,
    #[command(flatten)]
    store: StoreFlags,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// The cells of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Count {
    stored: usize,
    missing: usize,
    /// Files that are not usable, among the missing.
    unusable: Vec<String>,
}

impl Status {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let catalogue = load(&self.specs, registry)?;
        let claims = select(&catalogue.claims, &self.selection)?;
        let store = Store::folder(&self.store.store);
        let plans = plans(&claims, self.seed.master())?;
        let counts: Vec<(&Plan, Count)> = plans.iter().map(|plan| (plan, count(plan, &store))).collect();
        if self.json {
            print_json(&counts)?
        } else {
            print(&counts, loudness)?
        }
        let missing = counts.iter().any(|(_, count)| count.missing > 0);
        Ok(if missing { Exit::CellsMissing } else { Exit::Holds })
    }
}

/// Looks every cell of a claim up, once.
fn count(plan: &Plan, store: &Store) -> Count {
    let mut cells: Vec<_> = plan.cells().map(|(_, cell)| &cell.key).collect();
    cells.sort();
    cells.dedup();
    let mut count = Count::default();
    for key in cells {
        match store.check(key) {
            Lookup::Found(()) => count.stored += 1,
            Lookup::Missing => count.missing += 1,
            Lookup::Unusable(file, reason) => {
                count.missing += 1;
                count.unusable.push(format!("`{}` {reason}", file.display()));
            }
        }
    }
    count
}

fn print_json(counts: &[(&Plan, Count)]) -> Result<(), CliError> {
    let claims: Vec<_> = counts
        .iter()
        .map(|(plan, count)| {
            json!({"id": plan.claim, "stored": count.stored, "missing": count.missing, "unusable": count.unusable,
            "skipped": plan.skipped})
        })
        .collect();
    writeln!(anstream::stdout(), "{:#}", json!(claims))?;
    Ok(())
}

fn print(counts: &[(&Plan, Count)], loudness: Loudness) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    let width = counts.iter().map(|(plan, _)| plan.claim.chars().count()).max().unwrap_or(0);
    for (plan, count) in counts {
        for unusable in &count.unusable {
            anstream::eprintln!("warning: {unusable}");
        }
        if loudness.quiet && count.missing == 0 {
            continue;
        }
        let Count { stored, missing, .. } = count;
        let state = match (&plan.skipped, missing) {
            (Some(reason), _) => format!("skipped: {reason}"),
            (None, 0) => format!("{stored} stored"),
            (None, missing) => format!("{stored} stored, {}{missing} missing{:#}", style::STRONG, style::STRONG),
        };
        writeln!(out, "{:<width$}  {state}", plan.claim)?;
    }
    let missing: usize = counts.iter().map(|(_, count)| count.missing).sum();
    let all: usize = counts.iter().map(|(_, count)| count.stored + count.missing).sum();
    writeln!(out, "{missing} of {} missing", counted(all, "cell"))?;
    Ok(())
}
