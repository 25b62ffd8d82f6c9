//! `modewise validate`.

use std::io::Write;

use clap::Args;

use super::conclude::load;
use super::error::CliError;
use super::flags::{Loudness, SpecFlags};
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::report::words::counted;

const EXAMPLES: &str = "\
Examples:
  modewise validate                    every mistake in specs/, with its line
  modewise validate --profile quick    also what the profile changes
  modewise validate --specs drafts     another folder";

/// Check the specs without running anything.
///
/// All mistakes of all files are found at once. Nothing else runs before the specs are valid. A claim whose data file
/// is absent is no mistake; it is named, because it would be skipped. Neither is a check that no control names; it is
/// named, because nothing shows that it can fail.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Validate {
    #[command(flatten)]
    specs: SpecFlags,
}

impl Validate {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let catalogue = load(&self.specs, registry)?;
        if !loudness.quiet {
            let chapters = counted(catalogue.chapters.len(), "chapter");
            let mut out = anstream::stdout().lock();
            writeln!(out, "{} in {chapters}: no problems", counted(catalogue.claims.len(), "claim"))?;
            for claim in &catalogue.claims {
                if let Some(reason) = &claim.absent {
                    writeln!(out, "{} would be skipped: {reason}", claim.id)?;
                }
                for check in claim.without_control() {
                    writeln!(out, "{}: no control names the check `{}`", claim.id, check.name)?;
                }
            }
        }
        Ok(Exit::Holds)
    }
}
