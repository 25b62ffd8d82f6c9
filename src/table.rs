//! Tables: named columns of numbers, what experiments return and formulas read.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::row;

/// The tables of one experiment by name, in the order in which the experiment documents them.
pub type Tables = IndexMap<String, Table>;

/// Named columns of equal length.
///
/// A cell of a table is a finite number or *missing* (`NaN` here, `null` in JSON): a half time that was never
/// reached, a prediction where the theory is silent. Infinity is never a value; [`Table::infinite`]
/// finds it and the run turns it into a failed cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: IndexMap<String, Vec<f64>>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let columns = names.into_iter().map(|name| (name.to_owned(), Vec::new())).collect();
        Self { columns }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// How many bytes its numbers take as text, with a comma each, at most but for rare ones.
    pub fn text_size(&self) -> usize {
        22 * self.rows() * self.columns.len()
    }

    /// The names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// The columns with their names, in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &[f64])> {
        self.columns.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// One column, one value per row.
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        self.columns.get(name).map(Vec::as_slice)
    }

    /// Adds one row, each value with the name of its column, in the order of the columns; see [`row!`].
    ///
    /// # Panics
    /// If the names are not those of the columns, in order.
    pub fn push_named<const N: usize>(&mut self, row: [(&str, f64); N]) {
        assert_eq!(N, self.columns.len(), "a row has one value per column");
        for ((column, values), (name, value)) in self.columns.iter_mut().zip(row) {
            assert_eq!(column, name, "a row names its columns in the order of the table");
            values.push(value);
        }
    }

    /// Adds one row; `row` holds one value per column, in the order of the columns.
    ///
    /// # Panics
    /// If there are more values than columns, or fewer.
    pub fn push(&mut self, row: &[f64]) {
        assert_eq!(row.len(), self.columns.len(), "a row has one value per column");
        for (values, &value) in self.columns.values_mut().zip(row) {
            values.push(value);
        }
    }

    /// Adds a column (or replaces the one of that name); as long as the table, unless it is the first.
    ///
    /// # Panics
    /// If the table has columns of another length.
    pub fn set(&mut self, name: &str, values: Vec<f64>) {
        assert!(self.columns.is_empty() || values.len() == self.rows(), "a column is as long as its table");
        self.columns.insert(name.to_owned(), values);
    }

    /// Adds a column of one repeated value in front of the others.
    pub fn set_first(&mut self, name: &str, value: f64) {
        let rows = self.rows();
        self.columns.shift_insert(0, name.to_owned(), vec![value; rows]);
    }

    /// Appends the rows of a table with the same columns in the same order.
    ///
    /// # Panics
    /// If both have columns, and not the same ones in the same order.
    pub fn append(&mut self, other: &Self) {
        if self.columns.is_empty() {
            self.columns.clone_from(&other.columns);
            return;
        }
        assert!(self.names().eq(other.names()), "tables that are joined have the same columns");
        for (values, more) in self.columns.values_mut().zip(other.columns.values()) {
            values.extend_from_slice(more);
        }
    }

    /// The rows with these numbers, in that order.
    pub fn select(&self, rows: &[usize]) -> Self {
        let pick = |values: &Vec<f64>| rows.iter().map(|&row| values[row]).collect();
        Self { columns: self.columns.iter().map(|(name, values)| (name.clone(), pick(values))).collect() }
    }

    /// The first infinite value: its column and row.
    pub fn infinite(&self) -> Option<(&str, usize)> {
        self.columns().find_map(|(name, values)| Some((name, values.iter().position(|value| value.is_infinite())?)))
    }
}

/// In JSON a map from column to values, with `null` for a missing one; in binary the bits as they are.
impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_map(self.columns.iter().map(|(name, values)| (name, Column(values))))
        } else {
            serializer.collect_map(&self.columns)
        }
    }
}

/// A column in JSON.
struct Column<'a>(&'a [f64]);

impl Serialize for Column<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|value| value.is_finite().then_some(*value)))
    }
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let columns: IndexMap<String, Vec<f64>> = if deserializer.is_human_readable() {
            IndexMap::<String, Vec<Option<f64>>>::deserialize(deserializer)?
                .into_iter()
                .map(|(name, values)| (name, values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect()))
                .collect()
        } else {
            IndexMap::deserialize(deserializer)?
        };
        let rows = columns.first().map_or(0, |(_, values)| values.len());
        if let Some((name, _)) = columns.iter().find(|(_, values)| values.len() != rows) {
            return Err(serde::de::Error::custom(format!("column `{name}` is not as long as the first")));
        }
        Ok(Self { columns })
    }
}

/// What may stand in a cell of a table.
pub trait Cell {
    /// As a number; missing where there is none.
    fn cell(self) -> f64;
}

impl Cell for f64 {
    fn cell(self) -> f64 {
        self
    }
}

impl Cell for usize {
    fn cell(self) -> f64 {
        self as f64
    }
}

impl Cell for u64 {
    fn cell(self) -> f64 {
        self as f64
    }
}

impl<T: Cell> Cell for Option<T> {
    fn cell(self) -> f64 {
        self.map_or(f64::NAN, Cell::cell)
    }
}

/// Adds a row to a table, each value beside the name of its column: `row!(table, replicate, mode: number + 1, s)`. A
/// name without a value stands for the variable of that name; a value may be any [`Cell`].
///
/// Because the names are compared with those of the table, two values that are exchanged do not pass for each other.
///
/// ```
/// use modewise::table::{Table, row};
/// let mut table = Table::new(["replicate", "mode", "half_time"]);
/// let replicate = 0_u64;
/// row!(table, replicate, mode: 1_usize, half_time: Some(2.5));
/// row!(table, replicate, mode: 2_usize, half_time: None::<f64>);
/// assert_eq!(table.column("mode"), Some(&[1.0, 2.0][..]));
/// ```
///
/// # Panics
/// If the names are not those of the columns, in order.
#[macro_export]
macro_rules! row {
    (@cell $name:ident) => {
        $crate::table::Cell::cell($name)
    };
    (@cell $name:ident $value:expr) => {
        $crate::table::Cell::cell($value)
    };
    ($table:expr, $($name:ident $(: $value:expr)?),+ $(,)?) => {
        $table.push_named([$((stringify!($name), $crate::row!(@cell $name $($value)?))),+])
    };
}
