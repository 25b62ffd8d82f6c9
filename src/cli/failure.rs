//! What the terminal says when a command fails.

use crate::cli::error::CliError;
use crate::cli::flags::Loudness;
use crate::cli::{machine, style};
use crate::exit::Exit;
use crate::report::annotation::Annotation;
use crate::spec::yaml::problems::Problem;

/// Says what went wrong; of specs also to GitHub, on their lines.
pub fn fail(error: &CliError, loudness: Loudness) -> Exit {
    if let (CliError::Specs(problems), true) = (error, loudness.annotate || machine::on_github()) {
        problems.0.iter().for_each(|problem| eprintln!("{}", annotation(problem).command()));
    }
    match error {
        _ if error.is_silent() => {}
        // Problems in specs bring their own heading and drawing.
        CliError::Specs(_) => anstream::eprintln!("{error}"),
        _ => anstream::eprintln!("{}error{:#}: {error}", style::ERROR, style::ERROR),
    }
    error.exit()
}

/// A mistake in a spec as an annotation of its line.
fn annotation(problem: &Problem) -> Annotation {
    let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    Annotation {
        error: true,
        file: problem.file.clone(),
        line: problem.line.max(1),
        column: Some(problem.column).filter(|&column| column > 0),
        title: "a mistake in a spec".to_owned(),
        message: format!("{}{help}", problem.message),
    }
}
