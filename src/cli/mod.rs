//! Commands: what the user types and what the terminal says.

pub mod check;
pub mod completions;
pub mod conclude;
pub mod error;
pub mod experiments;
pub mod flags;
pub mod list;
pub mod machine;
pub mod merge;
pub mod parameters;
pub mod progress;
pub mod report;
pub mod run;
pub mod schema;
pub mod select;
pub mod show;
pub mod status;
pub mod style;
pub mod validate;

use clap::{CommandFactory, Parser, Subcommand};

use crate::exit::Exit;
use error::CliError;
use flags::Loudness;

/// Claims about how networks learn, checked by seeded numerical experiments
#[derive(Debug, Parser)]
#[command(name = "modewise", version, max_term_width = 100, after_help = exit_codes())]
pub struct Cli {
    /// How much is said.
    #[command(flatten)]
    pub loudness: Loudness,
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run what is missing, judge every claim, write the site
    Report(report::Report),
    /// Compute missing cells, or this machine's share of them
    Run(run::Run),
    /// Say on the terminal which claims hold
    Check(check::Check),
    /// List the claims
    List(list::List),
    /// Check the specs without running anything
    Validate(validate::Validate),
    /// Show a claim as it is understood, and its plan
    Show(show::Show),
    /// List the experiments, or the parameters and columns of one
    Experiments(experiments::Experiments),
    /// Print the JSON Schema of a claim's file
    Schema(schema::Schema),
    /// Say which cells are missing
    Status(status::Status),
    /// Copy the cells of other stores into this one
    Merge(merge::Merge),
    /// Print completions for a shell
    Completions(completions::Completions),
}

/// Runs the program: what the command line says, with messages on standard error.
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come as errors too, but belong on standard output and are none.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Holds };
            return error.print().map_or(Exit::Internal, |()| exit);
        }
    };
    let loudness = cli.loudness;
    let result = match cli.command {
        Command::Report(report) => report.execute(loudness),
        Command::Run(run) => run.execute(loudness),
        Command::Check(check) => check.execute(loudness),
        Command::List(list) => list.execute(),
        Command::Validate(validate) => validate.execute(loudness),
        Command::Show(show) => show.execute(),
        Command::Experiments(experiments) => experiments.execute(),
        Command::Schema(schema) => schema.execute(),
        Command::Status(status) => status.execute(loudness),
        Command::Merge(merge) => merge.execute(loudness),
        Command::Completions(completions) => completions.execute(Cli::command()),
    };
    result.unwrap_or_else(|error| fail(&error))
}

fn fail(error: &CliError) -> Exit {
    match error {
        _ if error.is_silent() => {}
        // Problems in specs bring their own heading and drawing.
        CliError::Specs(_) => anstream::eprintln!("{error}"),
        _ => anstream::eprintln!("{}error{:#}: {error}", style::ERROR, style::ERROR),
    }
    error.exit()
}

/// The exit codes, for the end of the help.
fn exit_codes() -> String {
    let lines: Vec<String> =
        Exit::ALL.iter().map(|(exit, meaning)| format!("  {:>3}  {meaning}", exit.code())).collect();
    format!("Exit codes:\n{}", lines.join("\n"))
}
