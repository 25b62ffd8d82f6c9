//! Why a command ended without an answer.

use std::io;
use std::path::PathBuf;

use crate::exit::Exit;
use crate::pipeline::PipelineError;
use crate::pipeline::selection::SelectionError;
use crate::plan::PlanError;
use crate::record::file::WriteError;
use crate::report::ReportError;
use crate::spec::yaml::problems::Problems;
use crate::versioned::ReadError;

/// Why a command ended without an answer.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Specs with mistakes.
    #[error("{}", problems(.0))]
    Specs(Problems),
    /// A selection that selects nothing.
    #[error("{0}")]
    NothingSelected(String),
    /// A flag whose value makes no sense here.
    #[error("{0}")]
    Usage(String),
    /// Cells that are not in the store.
    #[error(transparent)]
    Missing(#[from] crate::evidence::Missing),
    /// A claim that was valid and is no more.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A cell that could not be stored.
    #[error("the store could not be used: {0}")]
    Store(io::Error),
    /// No threads.
    #[error("threads could not be started: {0}")]
    Threads(String),
    /// A record or baseline that could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A record, baseline or measurement that could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A spec that could not be written.
    #[error("`{0}` could not be written: {1}")]
    Spec(PathBuf, io::Error),
    /// A table that could not be analysed.
    #[error("{0}")]
    Data(String),
    /// A cell that the store and the record do not have.
    #[error("{0}")]
    NothingToCompare(String),
    /// A site that could not be written.
    #[error("the site could not be written: {0}")]
    Site(#[from] ReportError),
    /// Nobody reads what is printed.
    #[error("standard output could not be written: {0}")]
    Output(#[from] io::Error),
}

impl From<SelectionError> for CliError {
    fn from(error: SelectionError) -> Self {
        match error {
            SelectionError::Nothing(reason) => Self::NothingSelected(reason),
            SelectionError::Glob(reason) => Self::Usage(reason),
        }
    }
}

impl From<PipelineError> for CliError {
    fn from(error: PipelineError) -> Self {
        match error {
            PipelineError::Specs(problems) => Self::Specs(problems),
            PipelineError::Selection(error) => error.into(),
            PipelineError::Plan(error) => error.into(),
            PipelineError::Threads(error) => Self::Threads(error),
            PipelineError::Store(error) => Self::Store(error),
            PipelineError::Missing(error) => error.into(),
            PipelineError::NotFinite(error) => Self::Write(error.into()),
        }
    }
}

impl CliError {
    /// The code that the program ends with. A closed pipe (`modewise list | head`) is no error.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Specs(_) => Exit::InvalidSpec,
            Self::NothingSelected(_) => Exit::NothingSelected,
            Self::Usage(_) | Self::Data(_) => Exit::Usage,
            Self::Missing(_) | Self::NothingToCompare(_) => Exit::CellsMissing,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Holds,
            Self::Plan(_)
            | Self::Store(_)
            | Self::Threads(_)
            | Self::Write(_)
            | Self::Read(_)
            | Self::Site(_)
            | Self::Spec(..)
            | Self::Output(_) => Exit::Internal,
        }
    }

    /// Whether there is anything to say.
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Every problem as it is drawn, and how many there are.
fn problems(problems: &Problems) -> String {
    let drawn: Vec<&str> = problems.0.iter().map(|problem| problem.rendered.trim_end()).collect();
    let number = problems.0.len();
    let noun = if number == 1 { "problem" } else { "problems" };
    format!("{}\n\n{number} {noun} in the specs", drawn.join("\n\n"))
}
