//! `modewise schema`.

use std::io::Write;

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
pub struct Schema {}

impl Schema {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry) -> Result<Exit, CliError> {
        writeln!(anstream::stdout(), "{:#}", crate::spec::schema(registry))?;
        Ok(Exit::Holds)
    }
}
