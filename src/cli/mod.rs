//! Commands: what the user types and what the terminal says.

pub mod error;
pub mod flags;
pub mod machine;
pub mod merge;
pub mod new;
pub mod parameters;
pub mod progress;
pub mod schema;
pub mod style;
pub mod watch;

pub mod analyze;
pub mod baseline;
pub mod completions;
pub mod conclude;
pub mod diff;
pub mod experiments;
pub mod explain;
pub mod failure;
pub mod list;
pub mod repro;
pub mod run;
pub mod show;
pub mod stability;
pub mod status;
pub mod validate;

pub mod check;
pub mod report;

use std::panic::{AssertUnwindSafe, catch_unwind};

use clap::{CommandFactory, Parser, Subcommand};

use crate::exit::Exit;
use crate::experiment::Registry;
pub use failure::fail;
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
    Explain(explain::Explain),
    Repro(repro::Repro),
    Diff(diff::Diff),
    Baseline(baseline::BaselineCommand),
    Stability(stability::Stability),
    New(new::New),
    Analyze(analyze::Analyze),
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
    guarded(command)
}

/// What `work` ends with; [`Exit::Internal`] if it panics, because the code 101 of a panic that nobody catches would
/// pass for [`Exit::Broken`]. The message of the panic and its place are on standard error by then.
pub fn guarded(work: impl FnOnce() -> Exit) -> Exit {
    // Unwind safe because nothing is done afterwards but to end the program.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        anstream::eprintln!(
            "{}error{:#}: this is a fault of modewise: please report the message above",
            style::ERROR,
            style::ERROR
        );
        Exit::Internal
    })
}

/// Reads the command line and does what it says.
fn command() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come as errors too, but belong on standard output and are none.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Holds };
            return error.print().map_or(Exit::Internal, |()| exit);
        }
    };
    let loudness = cli.loudness;
    let registry = Registry::built_in();
    let result = match cli.command {
        Command::Report(report) => report.execute(&registry, loudness),
        Command::Run(run) => run.execute(&registry, loudness),
        Command::Check(check) => check.execute(&registry, loudness),
        Command::List(list) => list.execute(&registry),
        Command::Validate(validate) => validate.execute(&registry, loudness),
        Command::Show(show) => show.execute(&registry),
        Command::Explain(explain) => explain.execute(&registry, loudness),
        Command::Repro(repro) => repro.execute(&registry, loudness),
        Command::Diff(diff) => diff.execute(loudness),
        Command::Baseline(baseline) => baseline.execute(loudness),
        Command::Stability(stability) => stability.execute(&registry, loudness),
        Command::New(new) => new.execute(loudness),
        Command::Analyze(analyze) => analyze.execute(),
        Command::Experiments(experiments) => experiments.execute(&registry),
        Command::Schema(schema) => schema.execute(&registry),
        Command::Status(status) => status.execute(&registry, loudness),
        Command::Merge(merge) => merge.execute(loudness),
        Command::Completions(completions) => completions.execute(command_line()),
    };
    result.unwrap_or_else(|error| fail(&error, loudness))
}

/// The exit codes, for the end of the help.
fn exit_codes() -> String {
    let lines: Vec<String> =
        Exit::ALL.iter().map(|(exit, meaning)| format!("  {:>3}  {meaning}", exit.code())).collect();
    format!("Exit codes:\n{}", lines.join("\n"))
}
