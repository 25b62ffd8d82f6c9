//! `modewise report`.

use std::path::PathBuf;

use clap::Args;

use super::check::{self, exit_of};
use super::conclude::{conclude, workers};
use super::error::CliError;
use super::flags::{Loudness, RunFlags, SelectFlags, SiteFlags, SpecFlags};
use crate::exit::Exit;
use crate::record::file::{read, read_timing, write, write_timing};
use crate::record::{Record, Timing};

const EXAMPLES: &str = "\
Examples:
  modewise report                               all claims, site in reports/site
  modewise report --profile quick               fewer replicates, for a pull request
  modewise report saddles --out ../saddles      the claims of one chapter
  modewise report --from reports/record.json    the site again, without running anything";

/// Run what is missing, judge every claim, write the site.
///
/// Cells that the store has are not run again. The site, `record.json` and `timing.json` are written whatever the
/// verdicts are; the exit code says what they are.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Report {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    run: RunFlags,
    #[command(flatten)]
    site: SiteFlags,
    /// Write the site of this record; run nothing
    #[arg(long, value_name = "RECORD", conflicts_with_all = ["claims", "tags", "profile", "seed", "no_store"])]
    from: Option<PathBuf>,
}

impl Report {
    /// Runs the command.
    pub fn execute(&self, loudness: Loudness) -> Result<Exit, CliError> {
        let (record, timing) = match &self.from {
            Some(path) => (read(path)?, timing_beside(path)),
            None => self.conclude(loudness)?,
        };
        let (templates, out) = (self.site.templates.as_deref(), self.site.out.as_path());
        workers(&self.run)?.within(|| crate::report::build(&record, timing.as_ref(), templates, out))?;
        check::print(&record, loudness)?;
        if !loudness.quiet {
            anstream::eprintln!("the site is {}", self.site.out.join("index.html").display());
        }
        Ok(exit_of(&record))
    }

    /// Concludes and writes the record before anything is rendered: a mistake in a template costs no number.
    fn conclude(&self, loudness: Loudness) -> Result<(Record, Option<Timing>), CliError> {
        let (record, timing) = conclude(&self.specs, &self.selection, &self.run, loudness)?;
        write(&record, &self.site.beside("record.json"))?;
        write_timing(&timing, &self.site.beside("timing.json"))?;
        Ok((record, Some(timing)))
    }
}

/// The timing that lies beside a record, if there is one: the site is complete without.
fn timing_beside(record: &std::path::Path) -> Option<Timing> {
    read_timing(&record.with_file_name("timing.json")).ok()
}
