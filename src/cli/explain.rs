//! `modewise explain`.

use std::io::Write;

use clap::Args;

use super::conclude::{load, plans, select};
use super::error::CliError;
use super::flags::{Loudness, SeedFlags, SelectFlags, SpecFlags, StoreFlags};
use super::style;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::plan::cell::{Cell, Origin};
use crate::plan::{Arm, Plan, Point};
use crate::report::words::counted;
use crate::store::folder::Folder;
use crate::store::reason::{Reason, reason};
use crate::store::{Lookup, Store};

const EXAMPLES: &str = "\
Examples:
  modewise explain saddles/learning-times       which of its cells would run, and why
  modewise explain saddles/learning-times -v    what is in the store as well
  modewise explain --profile quick --seed 2     all claims";

/// Say why cells would run: what the nearest cell of the store has that is different.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    seed: SeedFlags,
    #[command(flatten)]
    store: StoreFlags,
}

impl Explain {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let catalogue = load(&self.specs, registry)?;
        let claims = select(&catalogue.claims, &self.selection)?;
        let folder = Folder::new(&self.store.store);
        let known = folder.origins().map_err(CliError::Store)?;
        let store = Store::folder(folder.path());
        let mut out = anstream::stdout().lock();
        for plan in plans(&claims, self.seed.master())? {
            writeln!(out, "{}{}{:#}: {}", style::STRONG, plan.claim, style::STRONG, headline(&plan, &store))?;
            for (arm, point, cell) in cells(&plan) {
                match why(cell, &store, &known) {
                    Some(why) => writeln!(out, "  {}: {why}", place(arm, point, cell))?,
                    None if loudness.verbose => writeln!(out, "  {}: in the store", place(arm, point, cell))?,
                    None => {}
                }
            }
        }
        Ok(Exit::Holds)
    }
}

fn cells(plan: &Plan) -> impl Iterator<Item = (&Arm, &Point, &Cell)> {
    let points = plan.arms.iter().flat_map(|arm| arm.points.iter().map(move |point| (arm, point)));
    points.flat_map(|(arm, point)| point.cells.iter().map(move |cell| (arm, point, cell)))
}

fn headline(plan: &Plan, store: &Store) -> String {
    if let Some(reason) = &plan.skipped {
        return format!("skipped, {reason}");
    }
    let all = cells(plan).count();
    match cells(plan).filter(|(_, _, cell)| store.check(&cell.key) != Lookup::Found(())).count() {
        0 => format!("nothing would run, {} in the store", counted(all, "cell")),
        missing => format!("{missing} of {} would run", counted(all, "cell")),
    }
}

/// Why a cell would run; none if it would not.
fn why(cell: &Cell, store: &Store, known: &[Origin]) -> Option<String> {
    match store.check(&cell.key) {
        Lookup::Found(()) => return None,
        Lookup::Unusable(file, unusable) => return Some(format!("its file `{}` {unusable}", file.display())),
        Lookup::Missing => {}
    }
    Some(match reason(&cell.origin, known) {
        Reason::Code { was } => {
            let short = |text: &str| text.chars().take(10).collect::<String>();
            format!("the code of the experiment changed ({} to {})", short(&was), short(&cell.origin.fingerprint))
        }
        Reason::Seed { were } => {
            let were: Vec<String> = were.iter().map(u64::to_string).collect();
            format!("the store has it for the master seed {}, not for {}", were.join(", "), cell.origin.seed.0)
        }
        Reason::Replicates { were: [first, end] } => {
            format!("the store has replicates {first} to {} of it", end.saturating_sub(1))
        }
        Reason::Parameters(changes) => {
            let changes: Vec<String> =
                changes.iter().map(|(path, was, is)| format!("`{path}` is {was} instead of {is}")).collect();
            format!("new; in the nearest cell of the store {}", changes.join(", "))
        }
        Reason::Never => format!("the store has no cell of the experiment `{}`", cell.origin.experiment),
    })
}

/// Where a cell is in its claim.
fn place(arm: &Arm, point: &Point, cell: &Cell) -> String {
    let control = arm.control.as_ref().map(|control| format!("control \"{control}\""));
    let point = Some(point.text.clone()).filter(|text| !text.is_empty());
    let range = &cell.origin.replicates;
    let replicates = format!("replicates {} to {}", range.start, range.end - 1);
    [control, point, Some(replicates)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
