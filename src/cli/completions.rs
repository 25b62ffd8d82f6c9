//! `modewise completions`.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::error::CliError;
use crate::exit::Exit;

const EXAMPLES: &str = "\
Examples:
  modewise completions bash > ~/.local/share/bash-completion/completions/modewise
  modewise completions fish > ~/.config/fish/completions/modewise.fish";

/// Print completions for a shell.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub(super) fn execute(&self, mut program: clap::Command) -> Result<Exit, CliError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "modewise", &mut script);
        std::io::stdout().write_all(&script)?;
        Ok(Exit::Holds)
    }
}
