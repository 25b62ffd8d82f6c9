//! `modewise stability`: how verdicts come out under other master seeds.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use super::conclude::with_declared;
use super::error::CliError;
use super::flags::{Loudness, STABILITY, SelectFlags, SpecFlags, WorkFlags};
use super::progress::Progress;
use super::style;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::judge::verdict::Verdict;
use crate::pipeline::Options;
use crate::report::view::stability::{findings, need, outcomes};
use crate::report::words::{counted, predicate};
use crate::seed::MasterSeed;
use crate::stability::measuring::{Measured, Measuring};
use crate::stability::{ClaimStability, Seeds};
use crate::versioned::read_if_there;

const EXAMPLES: &str = "\
Examples:
  modewise stability                              all claims under the master seeds 2 to 21
  modewise stability --profile quick --seeds 100  fewer replicates, the seeds 2 to 101
  modewise stability saddles --first 22           the claims of one chapter, the seeds 22 to 41
  modewise stability --no-store                   keep the cells of one seed only, in memory

The exit code is 0 if the file was written, whatever the verdicts are.";

/// Measure how verdicts come out under other master seeds.
///
/// The selected claims are run and judged under one seed after the other. What came out replaces what the file has of
/// the same claims in the same profile; everything else stays. `modewise report` shows it. A seed is clean if every
/// claim holds under it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Stability {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    /// Number of master seeds
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    seeds: u64,
    /// The first of them; each of the others is one more
    #[arg(long, value_name = "N", default_value_t = MasterSeed::default().0 + 1)]
    first: u64,
    #[command(flatten)]
    work: WorkFlags,
    /// The file, which is made if it is not there
    #[arg(long, value_name = "FILE", default_value = STABILITY)]
    out: PathBuf,
}

impl Stability {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let last = self.first.checked_add(self.seeds - 1).ok_or_else(|| {
            CliError::Usage(format!(
                "{} seeds from {} on are too many (allowed: up to {})",
                self.seeds,
                self.first,
                u64::MAX
            ))
        })?;
        // First, so that a mistake in it is known before anything runs.
        let mut stability = read_if_there::<crate::stability::Stability>(&self.out)?.unwrap_or_default();
        let options = Options {
            specs: self.specs.specs.clone(),
            profile: self.specs.profile.clone(),
            selection: self.selection.selection(),
            master: MasterSeed::default(),
            store: self.work.open_store(),
            jobs: self.work.threads(),
            registry: with_declared(&self.specs, registry)?,
        };
        let mut measuring = Measuring::begin(&options)?;
        if !loudness.quiet {
            let skipped = measuring.skipped().iter();
            skipped.for_each(|(id, reason)| anstream::eprintln!("{id} is skipped: {reason}"));
        }
        for seed in self.first..=last {
            run_seed(&mut measuring, seed, loudness)?;
        }
        let measured = measuring.end();
        stability.update(measured.clone());
        stability.write(&self.out)?;
        print(&measured)?;
        if !loudness.quiet {
            anstream::eprintln!("{} is written", self.out.display());
        }
        Ok(Exit::Holds)
    }
}

/// Runs and judges under a seed, and says in a line how that came out.
fn run_seed(measuring: &mut Measuring<'_>, seed: u64, loudness: Loudness) -> Result<(), CliError> {
    // Because a line for each claim and seed would be too much: a bar on a terminal, otherwise nothing.
    let quiet = loudness.quiet || !std::io::stderr().is_terminal();
    let progress = Progress::new(Loudness { quiet, ..loudness });
    let verdicts = measuring.under(seed, &|event| progress.tell(event))?;
    drop(progress);
    if !loudness.quiet {
        let holding = verdicts.iter().filter(|(_, verdict)| *verdict == Verdict::Holds).count();
        let others = verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Holds);
        let others: String = others.map(|(id, verdict)| format!("; {id} {}", predicate(*verdict, 1))).collect();
        let others = if loudness.verbose { others } else { String::new() };
        anstream::eprintln!("seed {seed}: {holding} of {} hold{others}", verdicts.len());
    }
    Ok(())
}

/// How many seeds are clean, and every claim that was not stable with its worst findings.
fn print(measured: &Measured) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    let seeds = Seeds::of(measured.claims.values().map(|claim| &claim.verdicts));
    writeln!(out, "{} of {} clean ({})", seeds.clean.len(), counted(seeds.all.len(), "seed"), measured.profile)?;
    let mut unstable: Vec<(&String, &ClaimStability)> =
        measured.claims.iter().filter(|(_, claim)| !claim.is_stable()).collect();
    unstable.sort_by_key(|(_, claim)| need(&claim.verdicts));
    for (id, claim) in unstable {
        let of = claim.verdicts.seeds().len();
        let verdicts = outcomes(&claim.verdicts, Verdict::Holds, of);
        writeln!(out, "{}{id}{:#} {verdicts}", style::STRONG, style::STRONG)?;
        let (findings, more) = findings(claim);
        for line in findings.iter().chain((!more.is_empty()).then_some(&more)) {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}
