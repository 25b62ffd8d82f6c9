//! Parameters of experiments: reading them, and saying what is wrong with them.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Why parameters make no experiment.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Parameters that are not allowed; all that were found.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Parameters(Vec<ParameterError>),
    /// A data file that is not there; the claim is skipped.
    #[error("{0}")]
    Absent(String),
}

/// A parameter that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` {message}", path.join("."))]
pub struct ParameterError {
    /// The place below the experiment, like `learner`, `linear`, `rate`; list items by their number.
    pub path: Vec<String>,
    /// What is wrong and what is allowed, as in `is negative (allowed: greater than 0)`.
    pub message: String,
}

impl ParameterError {
    /// A parameter at a dotted path.
    pub fn new(path: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            message: message.into(),
        }
    }
}

/// Reads typed parameters; a structural error carries its path.
///
/// # Errors
/// If the parameters do not have the form of the type; a mistake has its path.
pub fn read<T: DeserializeOwned>(parameters: &Json) -> Result<T, BuildError> {
    serde_path_to_error::deserialize(parameters).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        BuildError::Parameters(vec![ParameterError::new(path, error.inner().to_string())])
    })
}

/// Collects everything that is wrong with the parameters of one experiment.
#[derive(Debug, Default)]
pub struct Refusals(Vec<ParameterError>);

impl Refusals {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses the parameter at a dotted path.
    pub fn refuse(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(ParameterError::new(path, message));
    }

    /// Refuses a value that is not `allowed`, which `range` says in words.
    pub fn unless(&mut self, allowed: bool, path: &str, value: impl std::fmt::Display, range: &str) {
        if !allowed {
            self.refuse(path, format!("is {value} (allowed: {range})"));
        }
    }

    /// Refuses values that are not above 0 and finite.
    pub fn unless_positive(&mut self, values: &[(&str, f64)]) {
        for &(path, value) in values {
            self.unless(value > 0.0 && value.is_finite(), path, value, "above 0");
        }
    }

    /// Refuses what others refuse.
    pub fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// True as long as nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An error with all refusals, if there are any.
    ///
    /// # Errors
    /// If anything was refused.
    pub fn finish(self) -> Result<(), BuildError> {
        if self.0.is_empty() { Ok(()) } else { Err(BuildError::Parameters(self.0)) }
    }
}
