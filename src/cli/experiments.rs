//! `modewise experiments`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::CliError;
use super::parameters;
use super::style;
use crate::exit::Exit;
use crate::experiment::{ColumnDoc, Kind, Registry};
use crate::run::replicates;
use crate::seed::MasterSeed;
use crate::table::Tables;

const EXAMPLES: &str = "\
Examples:
  modewise experiments             what there is
  modewise experiments training    its parameters, and the columns that formulas may use
  modewise experiments coin --try '{throws: 3}'    ask the program of a declared experiment once, and say what is wrong";

/// List the experiments, or the parameters and columns of one.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Experiments {
    /// Name of an experiment
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Folder of the specs, with the experiments that are declared in _experiments/NAME/experiment.yaml
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    /// Run it for two replicates with these parameters, twice, and say what is wrong with its answers
    #[arg(long = "try", value_name = "PARAMETERS", requires = "name", num_args = 0..=1, default_missing_value = "{}")]
    attempt: Option<String>,
}

impl Experiments {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry) -> Result<Exit, CliError> {
        let allowed = self.attempt.is_some();
        let registry = crate::spec::with_declared(&self.specs, registry, allowed).map_err(CliError::Specs)?;
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
                let kind = registry.kind(name).ok_or_else(unknown)?;
                match &self.attempt {
                    None => write_kind(&mut out, kind)?,
                    Some(parameters) => return tried(&mut out, kind, parameters),
                }
            }
        }
        Ok(Exit::Holds)
    }
}

/// Asks an experiment for two replicates, twice, and says what came of it.
fn tried(out: &mut impl Write, kind: &Kind, parameters: &str) -> Result<Exit, CliError> {
    let parameters = crate::spec::value("--try", parameters).map_err(CliError::Specs)?;
    let experiment = kind.build(&parameters, Path::new(".")).map_err(|error| CliError::Usage(error.to_string()))?;
    if let Err(reason) = kind.prepare() {
        writeln!(out, "not ready: {reason}")?;
        return Ok(Exit::Broken);
    }
    let ask = || replicates(kind, experiment.as_ref(), 0..2, MasterSeed::default()).outcome;
    let tables = match ask() {
        Ok(tables) => tables,
        Err(failure) => {
            writeln!(out, "broken: {failure}")?;
            return Ok(Exit::Broken);
        }
    };
    for (name, table) in &tables {
        writeln!(out, "table {name}: {} rows, {}", table.rows(), table.names().collect::<Vec<_>>().join(", "))?;
    }
    match ask() {
        Ok(again) if of_the_same_bits(&again, &tables) => writeln!(out, "asked again, it gave the same numbers")?,
        Ok(_) => writeln!(out, "asked again, it gave other numbers: something plays a part that no seed decides")?,
        Err(failure) => {
            writeln!(out, "broken when it was asked again: {failure}")?;
            return Ok(Exit::Broken);
        }
    }
    Ok(Exit::Holds)
}

/// Whether tables hold the same numbers; missing values are equal.
fn of_the_same_bits(one: &Tables, other: &Tables) -> bool {
    let bits = |tables: &Tables| -> Vec<u64> {
        let columns = tables.values().flat_map(|table| table.columns().map(|(_, column)| column));
        columns.flatten().map(|value| if value.is_nan() { u64::MAX } else { value.to_bits() }).collect()
    };
    bits(one) == bits(other)
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
