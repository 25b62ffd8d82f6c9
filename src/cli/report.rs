//! `modewise report`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::check::{self, exit_of};
use super::conclude::{conclude, workers};
use super::error::CliError;
use super::failure::fail;
use super::flags::{Loudness, RunFlags, SelectFlags, SiteFlags, SpecFlags};
use super::machine;
use super::watch::Watched;
use crate::change::baseline;
use crate::change::compare::Change;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::performance;
use crate::record::file::{WriteError, read, read_timing, write, write_timing};
use crate::record::text::{RecordText, text};
use crate::record::{Record, Timing};
use crate::report::Edition;
use crate::report::view::change::summary;
use crate::stability::Stability;
use crate::versioned;

const EXAMPLES: &str = "\
Examples:
  modewise report                               all claims, site in reports/site
  modewise report --profile quick               fewer replicates, for a pull request
  modewise report saddles --out ../saddles      the claims of one chapter
  modewise report saddles --open --watch        while a spec is being written
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
    /// Show the site in the browser
    #[arg(long)]
    open: bool,
    /// Write the site again whenever a spec or a template changes; only what changed is run again
    #[arg(long, conflicts_with_all = ["from", "no_store"])]
    watch: bool,
}

impl Report {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        if self.watch {
            return self.watch(registry, loudness);
        }
        let exit = self.once(registry, loudness)?;
        self.show();
        Ok(exit)
    }

    /// Concludes, or reads a record, and writes the site.
    fn once(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        // First, so that a mistake in them is known before anything runs.
        let baseline = baseline::read(&self.site.baseline)?;
        let performance = performance::read(&self.site.performance)?;
        let stability = versioned::read_if_there::<Stability>(&self.site.stability)?;
        let (record, text, timing) = match &self.from {
            Some(path) => self.read(path)?,
            None => {
                let (record, text, timing) = conclude(&self.specs, &self.selection, &self.run, registry, loudness)?;
                (record, text, Some(timing))
            }
        };
        // A fixed date asks for the same bytes from the same record: how long the run took stays in timing.json.
        let fixed = machine::fixed_date();
        let edition = Edition {
            date: fixed.or(timing.as_ref().map(|timing| timing.finished)),
            timing: timing.as_ref().filter(|_| fixed.is_none()),
            baseline: baseline.as_ref(),
            history: self.site.read_history(),
            performance: performance.as_ref(),
            stability: stability.as_ref(),
            url: self.site.address(),
        };
        let (templates, out) = (self.site.templates.as_deref(), self.site.out.as_path());
        let (kept, built) = workers(&self.run.work)?.beside(
            || self.keep(&text, timing.as_ref()),
            || crate::report::build(&record, &text, &edition, templates, out),
        );
        kept?;
        built?;
        check::print(&record, loudness)?;
        check::annotate(&record, loudness);
        if !loudness.quiet {
            if let Some(baseline) = &baseline {
                anstream::println!("{}", summary(&Change::between(Some(baseline), &record)));
            }
            anstream::eprintln!("the site is {}", self.site.out.join("index.html").display());
        }
        Ok(exit_of(&record))
    }

    /// Writes the site again and again. A mistake is said, and the next change is waited for.
    fn watch(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let folders = [Some(self.specs.specs.as_path()), self.site.templates.as_deref()];
        let folders: Vec<&Path> = folders.into_iter().flatten().collect();
        let mut shown = false;
        loop {
            let seen = Watched::look(&folders);
            match self.once(registry, loudness) {
                Err(error) if error.is_silent() => return Err(error),
                Err(error) => drop(fail(&error, loudness)),
                Ok(_) if shown => {}
                Ok(_) => {
                    self.show();
                    shown = true;
                }
            }
            if !loudness.quiet {
                anstream::eprintln!("waiting for a change of a spec or a template (Ctrl-C ends)");
            }
            seen.wait(&folders);
        }
    }

    /// Shows the site, if that was asked for. A system without a browser is no reason to fail.
    fn show(&self) {
        let page = self.site.out.join("index.html");
        if let Some(error) = self.open.then(|| machine::open(&page).err()).flatten() {
            anstream::eprintln!("warning: `{}` could not be shown: {error}", page.display());
        }
    }

    /// A record that was kept, and what lies beside it.
    fn read(&self, path: &Path) -> Result<(Record, RecordText, Option<Timing>), CliError> {
        let record = read(path)?;
        let text = text(&record).map_err(WriteError::NotFinite)?;
        Ok((record, text, timing_beside(path)))
    }

    /// Writes what a run gave, whatever becomes of its site: a mistake in a template costs no number.
    fn keep(&self, text: &RecordText, timing: Option<&Timing>) -> Result<(), WriteError> {
        let Some(timing) = timing.filter(|_| self.from.is_none()) else { return Ok(()) };
        write(text, &self.site.beside("record.json"))?;
        write_timing(timing, &self.site.beside("timing.json"))
    }
}

/// The timing that lies beside a record, if there is one: the site is complete without.
fn timing_beside(record: &Path) -> Option<Timing> {
    read_timing(&record.with_file_name("timing.json")).ok()
}
