//! What an experiment from outside declares about itself.

use std::path::PathBuf;
use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::experiment::TableDoc;

/// A declared experiment: everything that a built-in kind says about itself, and how its program is run.
pub struct Declaration {
    /// Its name in a spec: that of its folder.
    pub name: String,
    /// What it does, in a sentence.
    pub about: String,
    /// The folder of its file, in which its commands run.
    pub folder: PathBuf,
    /// The program and its arguments; no shell reads them.
    pub command: Vec<String>,
    /// A command that is run once before the first cell of a run.
    pub setup: Option<Vec<String>>,
    /// A command whose output is part of every key, such as the version of a library.
    pub version: Option<Vec<String>>,
    /// Globs of the files whose bytes are part of every key, seen from the folder. Without any, no cell is stored.
    pub inputs: Vec<String>,
    /// Its parameters by name.
    pub parameters: IndexMap<String, Parameter>,
    /// Streams of seeds by name, each with the parameters on which it depends.
    pub seeds: IndexMap<String, Vec<String>>,
    /// The tables that it answers with.
    pub tables: &'static [TableDoc],
    /// What a cell may take.
    pub limits: Limits,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// What it means.
    pub about: String,
    /// Its unit; empty for a pure number, text, and a file.
    pub unit: String,
    /// What it may be.
    pub allowed: Allowed,
    /// What it is where the spec does not say; a parameter without a default has to be given.
    pub default: Option<Json>,
}

/// What a parameter may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// Whole numbers.
    Integer(Bounds),
    /// Numbers.
    Number(Bounds),
    /// `true` or `false`.
    Flag,
    /// Text; one of these, if there are any.
    Text(Vec<String>),
    /// The path of a file, seen from the spec. The program gets an absolute path, the key the bytes.
    File,
}

/// Between which numbers a parameter lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least number that is allowed.
    pub from: Option<f64>,
    /// The largest number that is allowed.
    pub to: Option<f64>,
    /// A number below all that are allowed.
    pub above: Option<f64>,
    /// A number above all that are allowed.
    pub below: Option<f64>,
}

/// What a cell may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long the program may be silent after a request.
    pub time: Duration,
    /// How many threads it uses: of its programs no more run at once than there are processors for.
    pub threads: usize,
    /// The most memory that it may map, in bytes.
    pub memory: Option<u64>,
    /// Things of which there is one, such as a GPU: cells that need the same never run at once.
    pub exclusive: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_mins(10), threads: 1, memory: None, exclusive: Vec::new() }
    }
}

impl Bounds {
    /// Whether a number lies between them.
    pub fn allow(&self, value: f64) -> bool {
        value.is_finite()
            && self.from.is_none_or(|from| value >= from)
            && self.to.is_none_or(|to| value <= to)
            && self.above.is_none_or(|above| value > above)
            && self.below.is_none_or(|below| value < below)
    }

    /// In words: "from 1 to 10", "above 0"; empty if every number is allowed.
    pub fn in_words(&self) -> String {
        let bound = |word: &str, bound: Option<f64>| bound.map(|bound| format!("{word} {bound}"));
        let all =
            [bound("from", self.from), bound("above", self.above), bound("to", self.to), bound("below", self.below)];
        all.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Allowed {
    /// In words, for "(allowed: ..)".
    pub fn in_words(&self) -> String {
        let numbers = |numbers: &str, bounds: &Bounds| match bounds.in_words() {
            bounds if bounds.is_empty() => numbers.to_owned(),
            bounds => format!("{numbers} {bounds}"),
        };
        match self {
            Self::Integer(bounds) => numbers("whole numbers", bounds),
            Self::Number(bounds) => numbers("numbers", bounds),
            Self::Flag => "true or false".to_owned(),
            Self::Text(choices) if choices.is_empty() => "text".to_owned(),
            Self::Text(choices) => choices.join(", "),
            Self::File => "the path of a file, seen from the spec".to_owned(),
        }
    }
}
