//! A table in a file.

use std::collections::BTreeSet;
use std::path::Path;

use faer::Mat;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::matrix::Fixed;
use crate::data::sample::MOST_ENTRIES;
use crate::parameter::{BuildError, ParameterError};

/// A file of comma-separated values whose first line names the columns. Nothing is random; the bytes of the file, not
/// its path, are part of the experiment's identity.
///
/// A value is missing if it is empty, `?`, `NA` or `NaN`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Csv {
    /// Path of the file, seen from the folder of the spec.
    pub path: String,
    /// What a line of the file is.
    pub orientation: Orientation,
    /// What a missing value becomes.
    pub missing: Missing,
    /// The columns to read, by name, in this order; all but the label if not given.
    #[serde(default)]
    pub columns: Option<Vec<String>>,
    /// A column with names instead of numbers, left out of the table.
    #[serde(default)]
    pub label: Option<String>,
}

/// What a line of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// A line is a feature, a column an item.
    FeaturesInRows,
    /// A line is an item, a column a feature.
    ItemsInRows,
}

/// What a missing value becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// An error.
    Refuse,
    /// 0.
    Zero,
    /// The mean of the feature's other values.
    Mean,
}

/// What decides the table, in place of [`Csv`]: the content of the file, not its path.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Canonical<'a> {
    blake3: String,
    orientation: Orientation,
    missing: Missing,
    columns: &'a Option<Vec<String>>,
    label: &'a Option<String>,
}

/// Largest file that is read.
const MAX_BYTES: u64 = 256 << 20;

impl Csv {
    /// The canonical parameters and the table, features x items. `BuildError::Absent` if there is no file.
    pub(crate) fn read(&self, base: &Path) -> Result<(serde_json::Value, Fixed), BuildError> {
        let bytes = self.bytes(base)?;
        let lines = self.parse(&bytes)?;
        let mut features = match self.orientation {
            Orientation::FeaturesInRows => lines,
            Orientation::ItemsInRows => transpose(&lines),
        };
        if self.missing == Missing::Mean {
            features.iter_mut().enumerate().try_for_each(|(number, feature)| impute(number, feature))?;
        }
        let table =
            Mat::from_fn(features.len(), features[0].len(), |feature, item| features[feature][item].unwrap_or(0.0));
        let canonical = Canonical {
            blake3: blake3::hash(&bytes).to_hex().to_string(),
            orientation: self.orientation,
            missing: self.missing,
            columns: &self.columns,
            label: &self.label,
        };
        let canonical = serde_json::to_value(canonical).expect("plain data with string keys");
        Ok((canonical, Fixed(table)))
    }

    fn bytes(&self, base: &Path) -> Result<Vec<u8>, BuildError> {
        let path = base.join(&self.path);
        let unreadable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => BuildError::Absent(format!("the data file `{}` is not there", self.path)),
            _ => refused("path", format!("names a file that cannot be read, `{}`: {error}", self.path)),
        };
        let size = std::fs::metadata(&path).map_err(unreadable)?.len();
        if size > MAX_BYTES {
            return Err(refused("path", format!("names a file of {size} bytes (allowed: up to {MAX_BYTES})")));
        }
        std::fs::read(&path).map_err(unreadable)
    }

    /// The numbers of each line; `None` where one is missing.
    fn parse(&self, bytes: &[u8]) -> Result<Vec<Vec<Option<f64>>>, BuildError> {
        let unreadable =
            |error: ::csv::Error| refused("path", format!("names a file that is no table, `{}`: {error}", self.path));
        let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).from_reader(bytes);
        let header = reader.headers().map_err(unreadable)?.clone();
        let places = self.places(&header)?;
        let mut lines = Vec::new();
        for (number, record) in reader.records().enumerate() {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(number as u64 + 2, ::csv::Position::line);
            let numbers = places.iter().map(|&place| self.number(&record[place], line, &header[place]));
            lines.push(numbers.collect::<Result<_, _>>()?);
            if lines.len() * places.len() > MOST_ENTRIES {
                let most = format!("names a table that is too large (allowed: up to {MOST_ENTRIES} numbers)");
                return Err(refused("path", most));
            }
        }
        if lines.is_empty() {
            let empty = "names a file without numbers (allowed: a line of names, then lines of numbers)";
            return Err(refused("path", empty));
        }
        Ok(lines)
    }

    /// The places in a line that are read.
    fn places(&self, header: &::csv::StringRecord) -> Result<Vec<usize>, BuildError> {
        let mut names = BTreeSet::new();
        if let Some(twice) = header.iter().find(|&name| !names.insert(name)) {
            let message = format!("names a file with two columns `{twice}` (allowed: columns with different names)");
            return Err(refused("path", message));
        }
        let place = |field: &str, name: &String| {
            header.iter().position(|column| column == name).ok_or_else(|| {
                let known: Vec<String> = header.iter().map(|column| format!("`{column}`")).collect();
                refused(field, format!("names `{name}`, which is no column (allowed: {})", known.join(", ")))
            })
        };
        let label = self.label.as_ref().map(|name| place("label", name)).transpose()?;
        let places: Vec<usize> = match &self.columns {
            None => (0..header.len()).filter(|&column| Some(column) != label).collect(),
            Some(names) => {
                let fields = names.iter().enumerate();
                fields.map(|(number, name)| place(&format!("columns.{number}"), name)).collect::<Result<_, _>>()?
            }
        };
        if places.is_empty() {
            return Err(refused("columns", "leaves no column (allowed: at least one)"));
        }
        Ok(places)
    }

    fn number(&self, text: &str, line: u64, column: &str) -> Result<Option<f64>, BuildError> {
        let place = || format!("line {line} of `{}`, column `{column}`", self.path);
        if matches!(text, "" | "?" | "NA" | "NaN") {
            return match self.missing {
                Missing::Refuse => {
                    let message = format!("is refuse, but there is no value in {} (allowed: zero or mean)", place());
                    Err(refused("missing", message))
                }
                Missing::Zero | Missing::Mean => Ok(None),
            };
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(refused("path", format!("names a file with `{text}` in {} (allowed: finite numbers)", place()))),
        }
    }
}

fn refused(field: &str, message: impl Into<String>) -> BuildError {
    BuildError::Parameters(vec![ParameterError::new(&format!("data.csv.{field}"), message)])
}

fn transpose(lines: &[Vec<Option<f64>>]) -> Vec<Vec<Option<f64>>> {
    (0..lines[0].len()).map(|column| lines.iter().map(|line| line[column]).collect()).collect()
}

/// Fills the gaps of a feature with the mean of its other values.
fn impute(number: usize, feature: &mut [Option<f64>]) -> Result<(), BuildError> {
    let known: Vec<f64> = feature.iter().copied().flatten().collect();
    if known.is_empty() {
        let message = format!("is mean, but feature {} has no value (allowed: zero)", number + 1);
        return Err(refused("missing", message));
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    feature.iter_mut().for_each(|value| *value = value.or(Some(mean)));
    Ok(())
}
