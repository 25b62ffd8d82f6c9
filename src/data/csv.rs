//! A table in a file.

use std::collections::BTreeSet;
use std::path::Path;

use faer::Mat;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::parameter::{BuildError, ParameterError};

/// A file of comma-separated values whose first line names the columns. Nothing is random, unless the table is shuffled;
/// the bytes of the file, not its path, are part of the experiment's identity.
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
    /// The groups of items that part at each level, of a file with items in rows; none if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Levels>,
    /// Whether each feature is dealt to random items instead: its values stay, what goes with what is gone.
    #[serde(default)]
    pub shuffled: bool,
}

/// Groups of items by the classes that a column names. Nothing but measures of what was learned sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Levels {
    /// The column with the class of each item, left out of the table.
    pub class: String,
    /// For each level, the coarsest first, two groups or more that part there, each a list of classes. A class stands in one
    /// group of a level at most; items of other classes take no part in it.
    pub splits: Vec<Vec<Vec<String>>>,
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
    levels: &'a Option<Levels>,
    shuffled: bool,
}

/// The numbers of each line; `None` where one is missing.
type Lines = Vec<Vec<Option<f64>>>;

/// The places in a line that are read.
struct Places {
    numbers: Vec<usize>,
    class: Option<usize>,
}

/// Largest file that is read.
const MAX_BYTES: u64 = 256 << 20;

impl Csv {
    /// The canonical parameters and the table, features x items. `BuildError::Absent` if there is no file.
    pub(crate) fn read(&self, base: &Path) -> Result<(serde_json::Value, CsvTable), BuildError> {
        let bytes = self.bytes(base)?;
        let (lines, classes) = self.parse(&bytes)?;
        let levels = self.levels.as_ref().map(|levels| self.grouped(levels, &classes)).transpose()?;
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
            levels: &self.levels,
            shuffled: self.shuffled,
        };
        let canonical = serde_json::to_value(canonical).expect("plain data with string keys");
        Ok((canonical, CsvTable { table, levels: levels.unwrap_or_default(), shuffled: self.shuffled }))
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

    /// The numbers of each line, `None` where one is missing; and its class, if there are classes.
    fn parse(&self, bytes: &[u8]) -> Result<(Lines, Vec<String>), BuildError> {
        let unreadable =
            |error: ::csv::Error| refused("path", format!("names a file that is no table, `{}`: {error}", self.path));
        let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).from_reader(bytes);
        let header = reader.headers().map_err(unreadable)?.clone();
        let Places { numbers: places, class } = self.places(&header)?;
        let (mut lines, mut classes) = (Vec::new(), Vec::new());
        for (number, record) in reader.records().enumerate() {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(number as u64 + 2, ::csv::Position::line);
            let numbers = places.iter().map(|&place| self.number(&record[place], line, &header[place]));
            lines.push(numbers.collect::<Result<_, _>>()?);
            classes.extend(class.map(|place| record[place].to_owned()));
            if lines.len() * places.len() > MOST_ENTRIES {
                let most = format!("names a table that is too large (allowed: up to {MOST_ENTRIES} numbers)");
                return Err(refused("path", most));
            }
        }
        if lines.is_empty() {
            let empty = "names a file without numbers (allowed: a line of names, then lines of numbers)";
            return Err(refused("path", empty));
        }
        Ok((lines, classes))
    }

    /// The places in a line that are read.
    fn places(&self, header: &::csv::StringRecord) -> Result<Places, BuildError> {
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
        let class = self.levels.as_ref().map(|levels| place("levels.class", &levels.class)).transpose()?;
        let numbers: Vec<usize> = match &self.columns {
            None => (0..header.len()).filter(|&column| ![label, class].contains(&Some(column))).collect(),
            Some(names) => {
                let fields = names.iter().enumerate();
                fields.map(|(number, name)| place(&format!("columns.{number}"), name)).collect::<Result<_, _>>()?
            }
        };
        if numbers.is_empty() {
            return Err(refused("columns", "leaves no column (allowed: at least one)"));
        }
        Ok(Places { numbers, class })
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

impl Csv {
    /// The levels, from the class of each line.
    fn grouped(&self, levels: &Levels, classes: &[String]) -> Result<Vec<Level>, BuildError> {
        if self.orientation != Orientation::ItemsInRows {
            return Err(refused("levels", "needs a class for each item (allowed: with orientation items-in-rows)"));
        }
        let numbered = levels.splits.iter().enumerate();
        numbered.map(|(number, groups)| level(number, groups, classes)).collect()
    }
}

/// The level with this number, from 0, whose groups are lists of classes.
fn level(number: usize, groups: &[Vec<String>], classes: &[String]) -> Result<Level, BuildError> {
    let path = format!("levels.splits.{number}");
    if groups.len() < 2 {
        return Err(refused(&path, format!("has {} (allowed: two groups or more)", counted(groups.len(), "group"))));
    }
    let mut taken = BTreeSet::new();
    for (place, group) in groups.iter().enumerate() {
        let path = format!("{path}.{place}");
        if group.is_empty() {
            return Err(refused(&path, "is empty (allowed: one class or more)"));
        }
        for class in group {
            if !classes.contains(class) {
                let known: BTreeSet<String> = classes.iter().map(|class| format!("`{class}`")).collect();
                let known = known.into_iter().collect::<Vec<_>>().join(", ");
                return Err(refused(&path, format!("names the class `{class}`, which no item has (allowed: {known})")));
            }
            if !taken.insert(class) {
                return Err(refused(&path, format!("names the class `{class}` again (allowed: once in a level)")));
            }
        }
    }
    let items = |group: &Vec<String>| (0..classes.len()).filter(|&item| group.contains(&classes[item])).collect();
    let nodes = vec![groups.iter().map(items).collect()];
    Ok(Level { level: number + 1, s: None, count: groups.len() - 1, nodes, patterns: Vec::new() })
}

fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// The table of a file, features x items.
#[derive(Clone, Debug)]
pub(crate) struct CsvTable {
    table: Mat<f64>,
    levels: Vec<Level>,
    shuffled: bool,
}

impl CsvTable {
    /// Features x items, as in the file.
    pub(crate) fn numbers(&self) -> &Mat<f64> {
        &self.table
    }
}

impl Generator for CsvTable {
    fn shape(&self) -> (usize, usize) {
        self.table.shape()
    }

    fn is_random(&self) -> bool {
        self.shuffled
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let mut y = self.table.clone();
        if self.shuffled {
            let mut items: Vec<usize> = (0..y.ncols()).collect();
            for feature in 0..y.nrows() {
                items.shuffle(rng);
                (0..y.ncols()).for_each(|item| y[(feature, item)] = self.table[(feature, items[item])]);
            }
        }
        Sample { levels: self.levels.clone(), ..Sample::plain(y) }
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
