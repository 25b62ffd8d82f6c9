//! `modewise analyze`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use faer::ColRef;
use serde_json::json;

use super::error::CliError;
use super::style;
use crate::data::csv::{Csv, Missing, Orientation};
use crate::exit::Exit;
use crate::numerics::linear_algebra::svd::{Svd, thin_svd};
use crate::parameter::{BuildError, ParameterError};
use crate::report::number::{Notation, count};
use crate::theory::learning::{finite_step_rate, half_time};

const EXAMPLES: &str = "\
Examples:
  modewise analyze animals.csv                                one line per item, with its name in the first column
  modewise analyze animals.csv --columns fur,wings,fins       some of the columns
  modewise analyze animals.csv --missing mean --modes 5       gaps filled with the mean of the feature
  modewise analyze traits.csv --features-in-rows --rate 1e-3  half times in steps of descent as well
  modewise analyze animals.csv --json | jq '.modes[0].items'";

/// Most names of items, and of features, on each side of a mode.
const NAMES: usize = 4;
/// Share of the largest entry of a pattern from which an item or a feature is named.
const NAMED: f64 = 0.4;

/// Say what a network with one hidden layer would learn first from a table of items and features.
///
/// The modes of the table are learned in the order of their singular values s. From small balanced weights, in which
/// each mode has the strength m0, mode s is half learned at the time ln(s/m0 - 1)/(2s), where time is learning rate
/// times steps.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Analyze {
    /// A table of comma-separated numbers; its first line names the columns
    #[arg(value_name = "DATA.csv")]
    data: PathBuf,
    /// A line is a feature and a column an item, not the other way round
    #[arg(long)]
    features_in_rows: bool,
    /// Column with names instead of numbers [default: the first, if it holds something else than numbers]
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
    /// The columns to read, separated by commas: features, or items with `--features-in-rows` [default: all but the
    /// label]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// What a missing value becomes
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    missing: Gap,
    /// Strength of each mode in the initial weights, as a share of the largest singular value, above 0 and below 0.5
    #[arg(long, value_name = "SHARE", default_value_t = 1e-6, value_parser = start)]
    start: f64,
    /// Learning rate, to give half times in steps of gradient descent as well
    #[arg(long, value_name = "RATE", value_parser = rate)]
    rate: Option<f64>,
    /// Number of modes to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    modes: usize,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// What a missing value becomes.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Gap {
    /// An error
    Refuse,
    /// 0
    Zero,
    /// The mean of the feature's other values
    Mean,
}

/// A mode of a table and what the theory says about it.
struct Mode {
    s: f64,
    /// Share of the sum of squares of the table.
    share: f64,
    /// None where the mode starts half learned or nearly so.
    half_time: Option<f64>,
    steps: Option<f64>,
    /// Items with the largest entries on each side, the largest first.
    items: [Vec<String>; 2],
    /// Features with the largest entries, those first of which the items of the first side have more.
    features: [Vec<String>; 2],
}

impl Analyze {
    /// Runs the command.
    pub(super) fn execute(&self) -> Result<Exit, CliError> {
        let header = Header::read(&self.data)?;
        let label = self.label.clone().or_else(|| header.default_label());
        let orientation = if self.features_in_rows { Orientation::FeaturesInRows } else { Orientation::ItemsInRows };
        let missing = match self.missing {
            Gap::Refuse => Missing::Refuse,
            Gap::Zero => Missing::Zero,
            Gap::Mean => Missing::Mean,
        };
        let path = self.data.display().to_string();
        let csv = Csv {
            path,
            orientation,
            missing,
            columns: self.columns.clone(),
            label: label.clone(),
            levels: None,
            shuffled: false,
        };
        let (_, table) = csv.read(Path::new("")).map_err(|error| CliError::Data(told(&error)))?;
        let svd = thin_svd(table.numbers().as_ref()).map_err(|error| CliError::Data(error.to_string()))?;
        if svd.rank() == 0 {
            return Err(CliError::Data(format!("`{}` holds only zeros (allowed: a table with a mode)", csv.path)));
        }
        let columns = self.columns.clone().unwrap_or_else(|| header.read_columns(label.as_deref()));
        let (items, features) = match orientation {
            Orientation::ItemsInRows => (header.names_of_lines(label.as_deref(), "item"), columns),
            Orientation::FeaturesInRows => (columns, header.names_of_lines(label.as_deref(), "feature")),
        };
        let modes: Vec<Mode> = (0..svd.rank()).map(|mode| self.mode(&svd, mode, &items, &features)).collect();
        let shape = table.numbers().shape();
        if self.json {
            self.print_json(shape, &modes)?
        } else {
            self.print(shape, &modes)?
        }
        Ok(Exit::Holds)
    }

    fn mode(&self, svd: &Svd, mode: usize, items: &[String], features: &[String]) -> Mode {
        let (s, m0) = (svd.s[mode], self.start * svd.s[0]);
        let known = |time: f64| Some(time).filter(|time| time.is_finite() && *time > 0.0);
        let energy: f64 = svd.s.iter().map(|s| s * s).sum();
        let (u, v) = (svd.u.col(mode), svd.v.col(mode));
        let first = v.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(1.0);
        Mode {
            s,
            share: s * s / energy,
            half_time: known(half_time(s, s, m0)),
            steps: self.rate.and_then(|rate| known(half_time(s, finite_step_rate(s, rate), m0) / rate)),
            items: sides(v, first, items),
            features: sides(u, first, features),
        }
    }

    fn print(&self, (features, items): (usize, usize), modes: &[Mode]) -> Result<(), CliError> {
        let mut out = anstream::stdout().lock();
        let (rank, features, items) = (count(modes.len() as u64), count(features as u64), count(items as u64));
        writeln!(out, "{items} items, {features} features, {rank} modes; the strongest is learned first.\n")?;
        let steps = if self.rate.is_some() { format!("{:>12}", "steps") } else { String::new() };
        let head =
            format!("mode{:>12}{:>10}{:>12}{steps}  items that it parts, and by what", "s", "share", "half time");
        writeln!(out, "{}{head}{:#}", style::STRONG, style::STRONG)?;
        let number =
            |value: Option<f64>| value.map_or_else(|| "at once".to_owned(), |value| Notation::Plain.number(value));
        for (place, mode) in modes.iter().take(self.modes).enumerate() {
            let (s, share) = (Notation::Plain.number(mode.s), Notation::PerCent.number(mode.share));
            let steps = self.rate.map(|_| format!("{:>12}", number(mode.steps))).unwrap_or_default();
            let (place, time) = (place + 1, number(mode.half_time));
            let numbers = format!("{place:>4}{s:>12}{share:>10}{time:>12}{steps}");
            writeln!(out, "{numbers}  {}", beside(&mode.items))?;
            writeln!(out, "{:width$}  by {}", "", beside(&mode.features), width = numbers.chars().count())?;
        }
        if modes.len() > self.modes {
            writeln!(out, "{:>4} more", modes.len() - self.modes)?;
        }
        let start = Notation::Plain.number(self.start);
        writeln!(out, "\nTime is learning rate x steps; every mode starts at {start} of the largest singular value.")?;
        Ok(())
    }

    fn print_json(&self, (features, items): (usize, usize), modes: &[Mode]) -> Result<(), CliError> {
        let mode = |(place, mode): (usize, &Mode)| {
            json!({"mode": place + 1, "s": mode.s, "share": mode.share, "half_time": mode.half_time, "steps": mode.steps,
                "items": mode.items, "features": mode.features})
        };
        let modes: Vec<_> = modes.iter().take(self.modes).enumerate().map(mode).collect();
        let answer =
            json!({"items": items, "features": features, "start": self.start, "rate": self.rate, "modes": modes});
        writeln!(anstream::stdout(), "{answer:#}")?;
        Ok(())
    }
}

/// The names of a file: of its columns, and what its first columns hold.
struct Header {
    columns: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl Header {
    fn read(path: &Path) -> Result<Self, CliError> {
        let unreadable = |error: ::csv::Error| {
            let what = if error.is_io_error() { "cannot be read" } else { "is no table" };
            CliError::Data(format!("`{}` {what}: {error}", path.display()))
        };
        let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).from_path(path).map_err(unreadable)?;
        let columns = reader.headers().map_err(unreadable)?.iter().map(str::to_owned).collect();
        let lines = reader.records().map(|line| Ok(line.map_err(unreadable)?.iter().map(str::to_owned).collect()));
        Ok(Self { columns, lines: lines.collect::<Result<_, CliError>>()? })
    }

    /// The first column, if any of its values is text.
    fn default_label(&self) -> Option<String> {
        let text = |value: &String| value.parse::<f64>().is_err() && !matches!(value.as_str(), "" | "?" | "NA" | "NaN");
        let texts = self.lines.iter().filter_map(|line| line.first()).any(text);
        self.columns.first().filter(|_| texts).cloned()
    }

    /// Names of what stands in lines: the column of labels, or numbers.
    fn names_of_lines(&self, label: Option<&str>, what: &str) -> Vec<String> {
        match label.and_then(|label| self.columns.iter().position(|column| column == label)) {
            Some(column) => self.lines.iter().map(|line| line[column].clone()).collect(),
            None => (1..=self.lines.len()).map(|line| format!("{what} {line}")).collect(),
        }
    }

    /// The columns that are read if none are named: all but the labels.
    fn read_columns(&self, label: Option<&str>) -> Vec<String> {
        self.columns.iter().filter(|name| Some(name.as_str()) != label).cloned().collect()
    }
}

/// The names with the largest entries of a pattern on either side, the side with the sign of `first` first.
fn sides(pattern: ColRef<'_, f64>, first: f64, names: &[String]) -> [Vec<String>; 2] {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|&one, &other| pattern[other].abs().total_cmp(&pattern[one].abs()));
    let largest = order.first().map_or(0.0, |&place| pattern[place].abs());
    [first, -first].map(|sign| {
        let own = order.iter().filter(|&&place| sign.signum() * pattern[place] > NAMED * largest);
        own.take(NAMES).map(|&place| names[place].clone()).collect()
    })
}

/// The two sides of a mode in words.
fn beside(sides: &[Vec<String>; 2]) -> String {
    let sides = sides.iter().map(|side| side.join(", ")).filter(|side| !side.is_empty());
    sides.collect::<Vec<_>>().join(" | ")
}

/// What is wrong with a table, in the words of the command line.
fn told(error: &BuildError) -> String {
    let BuildError::Parameters(errors) = error else { return error.to_string() };
    let flags = ["missing", "label", "columns"];
    let message = |error: &ParameterError| match flags.iter().find(|flag| error.path.iter().any(|part| part == **flag))
    {
        Some(flag) => format!("`--{flag}` {}", error.message),
        None => format!("DATA.csv {}", error.message),
    };
    let help = "`--columns` says which columns are read, `--label` which one holds names";
    let text = errors.iter().map(message).collect::<Vec<_>>().join("; ");
    if text.contains("(allowed: finite numbers)") { format!("{text}\n  help: {help}") } else { text }
}

fn start(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && *number < 0.5);
    number.ok_or_else(|| "is no share (allowed: above 0 and below 0.5)".to_owned())
}

fn rate(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && number.is_finite());
    number.ok_or_else(|| "is no rate (allowed: above 0)".to_owned())
}
