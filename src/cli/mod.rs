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

/// Claims about how networks learn, checked by seeded numerical experiments.
#[derive(Debug, Parser)]
#[command(name = "modewise", version, max_term_width = 100, after_help = exit_codes())]
struct Cli {
    #[command(flatten)]
    loudness: Loudness,
    #[command(subcommand)]
    command: Command,
}

// Without doc comments, because they would hide those of the commands themselves.
#[derive(Debug, Subcommand)]
enum Command {
    Report(report::Report),
    Run(run::Run),
    Check(check::Check),
    List(list::List),
    Validate(validate::Validate),
    Show(show::Show),
    Experiments(experiments::Experiments),
    Schema(schema::Schema),
    Status(status::Status),
    Merge(merge::Merge),
    Completions(completions::Completions),
}

/// The command line, as clap knows it.
pub fn command_line() -> clap::Command {
    Cli::command()
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
        Command::Completions(completions) => completions.execute(command_line()),
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
