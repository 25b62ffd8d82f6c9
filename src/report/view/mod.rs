//! What pages say: texts that are ready to print, in the order in which templates print them.

pub mod change;
pub mod figure;
pub mod film;
pub mod order;
pub mod performance;
pub mod provenance;
pub mod stability;

pub mod check;
pub mod claim;
pub mod index;
pub mod method;

use serde::Serialize;

use crate::change::compare::Change;
use crate::change::history::History;
use crate::judge::verdict::Verdict;
use crate::record::Record;
use crate::report::Edition;
use crate::report::words::{meaning, word};

/// What every page has.
#[derive(Debug, Serialize)]
pub struct Page {
    /// Title of the window.
    pub title: String,
    /// What the page is about, for search engines and link previews.
    pub description: String,
    /// The way up to the folder of the site: empty or `../`s.
    pub root: String,
    /// Which part of the site it is: `index`, `claim`, `method`, `provenance`, `performance`.
    pub part: &'static str,
    /// Whether the site has a page on performance.
    pub performance: bool,
}

/// A verdict for a page.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictView {
    /// In a word; also its CSS class.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A term and what is to be said about it.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// Text.
    pub text: String,
}

/// A record with everything around it that pages are made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The record.
    pub record: &'a Record,
    /// What surrounds it.
    pub edition: &'a Edition<'a>,
    /// What changed since the baseline; none without one.
    pub change: Option<&'a Change>,
    /// The history with the record at its end.
    pub history: &'a History,
}

impl Source<'_> {
    /// What a page has that is such a part of the site, so far below its folder.
    fn page(&self, part: &'static str, root: &str, title: &str, description: &str) -> Page {
        Page {
            title: title.to_owned(),
            description: description.to_owned(),
            root: root.to_owned(),
            part,
            performance: self.edition.performance.is_some(),
        }
    }
}

impl VerdictView {
    /// The verdict in words.
    pub fn new(verdict: Verdict) -> Self {
        Self { word: word(verdict), meaning: meaning(verdict) }
    }
}

impl Fact {
    /// A term and a text.
    pub fn new(term: &str, text: impl Into<String>) -> Self {
        Self { term: term.to_owned(), text: text.into() }
    }
}

/// The command that makes the numbers again; `selection` may be empty.
pub fn command(record: &Record, verb: &str, selection: &str) -> String {
    let mut command = format!("modewise {verb}");
    if !selection.is_empty() {
        command.push_str(&format!(" {selection}"));
    }
    command.push_str(&format!(" --seed {}", record.seed));
    if record.profile != "full" {
        command.push_str(&format!(" --profile {}", record.profile));
    }
    command
}
