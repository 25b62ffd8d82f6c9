//! What every page has, and what pages are made from.

use serde::Serialize;

use crate::change::compare::Change;
use crate::change::history::History;
use crate::record::Record;
use crate::report::Edition;

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
    pub(super) fn page(&self, part: &'static str, root: &str, title: &str, description: &str) -> Page {
        Page {
            title: title.to_owned(),
            description: description.to_owned(),
            root: root.to_owned(),
            part,
            performance: self.edition.performance.is_some(),
        }
    }
}
