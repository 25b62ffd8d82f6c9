//! `modewise baseline`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::error::CliError;
use super::flags::{BASELINE, Loudness, RECORD};
use crate::change::baseline::Baseline;
use crate::exit::Exit;
use crate::record::file::read;
use crate::report::words::{counted, overall};

const EXAMPLES: &str = "\
Examples:
  modewise report && modewise baseline save    what later records are compared with; commit reports/baseline.json
  modewise diff                                what changed since";

/// Keep the claims, verdicts and values of a record, to compare later ones with.
#[derive(Args, Debug)]
#[command(name = "baseline", after_help = EXAMPLES)]
pub struct BaselineCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write the baseline from a record
    Save {
        /// The record
        #[arg(long, value_name = "FILE", default_value = RECORD)]
        record: PathBuf,
        /// The baseline, which is replaced if it is there
        #[arg(long, value_name = "FILE", default_value = BASELINE)]
        baseline: PathBuf,
    },
}

impl BaselineCommand {
    /// Runs the command.
    pub(super) fn execute(&self, loudness: Loudness) -> Result<Exit, CliError> {
        let Action::Save { record, baseline } = &self.action;
        let record = read(record)?;
        Baseline::of(&record).write(baseline)?;
        if !loudness.quiet {
            let verdicts: Vec<_> = record.claims.iter().map(|claim| claim.verdict).collect();
            let claims = counted(record.claims.len(), "claim");
            writeln!(anstream::stdout(), "{} keeps {claims}. {}", baseline.display(), overall(&verdicts))?;
        }
        Ok(Exit::Holds)
    }
}
