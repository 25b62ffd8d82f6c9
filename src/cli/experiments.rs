//! `modewise experiments`.

use std::io::Write;

use clap::Args;

use super::error::CliError;
use super::parameters;
use super::style;
use crate::exit::Exit;
use crate::experiment::{ColumnDoc, Kind, Registry};

const EXAMPLES: &str = "\
Examples:
  modewise experiments             what there is
  modewise experiments training    its parameters, and the columns that formulas may use";

/// List the experiments, or the parameters and columns of one.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Experiments {
    /// Name of an experiment
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Experiments {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry) -> Result<Exit, CliError> {
        let mut out = anstream::stdout().lock();
        match &self.name {
            None => {
                for kind in registry.kinds() {
                    writeln!(out, "{}{:<12}{:#} {}", style::STRONG, kind.name, style::STRONG, kind.about)?;
                }
            }
            Some(name) => {
                let unknown = || {
                    CliError::Usage(format!("`{name}` is not an experiment (allowed: {})", registry.names().join(", ")))
                };
                write_kind(&mut out, registry.kind(name).ok_or_else(unknown)?)?;
            }
        }
        Ok(Exit::Holds)
    }
}

/// Everything that a spec can say to and ask of a kind of experiment.
fn write_kind(out: &mut impl Write, kind: &Kind) -> Result<(), CliError> {
    writeln!(out, "{}{}{:#}: {}\n", style::STRONG, kind.name, style::STRONG, kind.about)?;
    writeln!(out, "{}Parameters{:#}", style::STRONG, style::STRONG)?;
    for line in parameters::lines(&kind.schema()) {
        writeln!(out, "  {line}")?;
    }
    for table in kind.tables {
        writeln!(out, "\n{}Table {}{:#}: {}", style::STRONG, table.name, style::STRONG, table.about)?;
        let width = table.all().map(|column| column.name.len()).max().unwrap_or(0);
        for (role, columns) in [("key", table.keys), ("", table.columns)] {
            for column in columns {
                writeln!(out, "  {:<width$}  {}", column.name, described(column, role))?;
            }
        }
    }
    Ok(())
}

fn described(column: &ColumnDoc, role: &str) -> String {
    let marks: Vec<&str> = [role, column.unit].into_iter().filter(|mark| !mark.is_empty()).collect();
    if marks.is_empty() { column.about.to_owned() } else { format!("[{}] {}", marks.join(", "), column.about) }
}
