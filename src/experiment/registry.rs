//! The registry: the kinds of experiments that a program offers, as a value that is handed down.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use crate::experiment::kinds::KINDS;
use crate::experiment::{Kind, reserved};

/// The kinds of experiments that specs may name, in the order of the documentation.
///
/// ```
/// use modewise::experiment::Registry;
///
/// let registry = Registry::built_in();
/// let kind = registry.kind("spectrum").expect("it is built in");
/// assert!(kind.table("modes").is_some());
/// ```
///
/// A clone shares the kinds, and the schemas that have been made.
#[derive(Clone)]
pub struct Registry {
    entries: Vec<Entry>,
}

/// A kind with the schema of its parameters, which is made when it is first asked for: loading a claim asks for its own
/// kind only.
#[derive(Clone)]
struct Entry {
    kind: Arc<Kind>,
    schema: OnceLock<Arc<Json>>,
}

/// Why kinds cannot stand in one registry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// Two kinds have one name.
    #[error("`{0}` is the name of two kinds of experiments")]
    NameTwice(String),
    /// A kind has two tables of one name.
    #[error("the experiment `{kind}` has two tables named `{table}`")]
    TableTwice {
        /// The kind.
        kind: String,
        /// The table.
        table: String,
    },
    /// A table has two columns of one name, or one whose name is reserved.
    #[error("the experiment `{kind}` cannot have the column `{column}` in the table `{table}`: the name is taken")]
    ColumnTaken {
        /// The kind.
        kind: String,
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
}

impl Registry {
    /// The kinds that come with the program.
    ///
    /// # Panics
    /// If two of them had one name, which a test rules out.
    pub fn built_in() -> Self {
        Self::new(KINDS.iter().cloned()).expect("a test checks the names of the built-in kinds")
    }

    /// A registry of these kinds alone.
    ///
    /// # Errors
    ///
    /// If two kinds, two tables of a kind or two columns of a table have one name, or a column has a reserved one.
    pub fn new(kinds: impl IntoIterator<Item = Kind>) -> Result<Self, RegistryError> {
        Self { entries: Vec::new() }.with(kinds)
    }

    /// The same registry with more kinds.
    ///
    /// # Errors
    ///
    /// As [`Registry::new`].
    pub fn with(mut self, kinds: impl IntoIterator<Item = Kind>) -> Result<Self, RegistryError> {
        for kind in kinds {
            if self.kind(kind.name).is_some() {
                return Err(RegistryError::NameTwice(kind.name.to_owned()));
            }
            check_names(&kind)?;
            self.entries.push(Entry { kind: Arc::new(kind), schema: OnceLock::new() });
        }
        Ok(self)
    }

    /// All kinds, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.entries.iter().map(|entry| &entry.kind)
    }

    /// The names of all kinds, in order.
    pub fn names(&self) -> Vec<&'static str> {
        self.kinds().map(|kind| kind.name).collect()
    }

    /// The kind of that name.
    pub fn kind(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds().find(|kind| kind.name == name)
    }

    /// The JSON Schema of the parameters of the kind of that name.
    pub fn schema(&self, name: &str) -> Option<Arc<Json>> {
        let entry = self.entries.iter().find(|entry| entry.kind.name == name)?;
        let schema = entry.schema.get_or_init(|| Arc::new(entry.kind.schema()));
        Some(Arc::clone(schema))
    }
}

fn check_names(kind: &Kind) -> Result<(), RegistryError> {
    let mut tables = BTreeSet::new();
    for table in kind.tables {
        if !tables.insert(table.name) {
            return Err(RegistryError::TableTwice { kind: kind.name.to_owned(), table: table.name.to_owned() });
        }
        let mut taken = reserved();
        if let Some(column) = table.all().find(|column| !taken.insert(column.name)) {
            let (kind, table, column) = (kind.name.to_owned(), table.name.to_owned(), column.name.to_owned());
            return Err(RegistryError::ColumnTaken { kind, table, column });
        }
    }
    Ok(())
}
