//! `modewise schema`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use crate::exit::Exit;
use crate::experiment::Registry;

const EXAMPLES: &str = "\
Examples:
  modewise schema > specs/claim.schema.json

Editors that know the YAML language server use it where a spec begins with
  # yaml-language-server: $schema=../claim.schema.json";

/// Print the JSON Schema of a claim's file.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Schema {
    /// Folder of the specs, with the experiments that are declared in _experiments/NAME/experiment.yaml
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
}

impl Schema {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry) -> Result<Exit, CliError> {
        let registry = crate::spec::with_declared(&self.specs, registry, false).map_err(CliError::Specs)?;
        writeln!(anstream::stdout(), "{:#}", crate::spec::schema(&registry))?;
        Ok(Exit::Holds)
    }
}
