//! Tests of `report`.

mod change;
mod fields;
mod figures;
mod files;
mod film;
mod fixture;
mod formulas;
mod machines;
mod numbers;
mod pages;
mod performance;
mod templates;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use modewise::record::text::RecordText;
use modewise::record::{Record, Timing};
use modewise::report::html::Templates;
use modewise::report::{Edition, ReportError, site};

/// The files of a record's site.
fn files(record: &Record) -> site::Files {
    let templates = Templates::load(None).expect("the program's templates parse");
    let timing = fixture::timing();
    site::files(record, &text(record), &edition(&timing), &templates).expect("the record makes a site")
}

/// The text of a record.
fn text(record: &Record) -> RecordText {
    modewise::record::text::text(record).expect("the record is finite")
}

/// Writes the site of a record.
fn build(record: &Record, edition: &Edition<'_>, templates: Option<&Path>, out: &Path) -> Result<(), ReportError> {
    modewise::report::build(record, &text(record), edition, templates, out)
}

/// A record with its timing, and nothing else.
fn edition(timing: &Timing) -> Edition<'_> {
    Edition { date: Some(timing.finished), timing: Some(timing), ..Edition::default() }
}

/// The text files among them whose name ends like this.
fn texts(files: &site::Files, ending: &str) -> BTreeMap<String, String> {
    let texts = files.iter().filter(|(path, _)| path.ends_with(ending));
    texts.map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).expect("files are UTF-8"))).collect()
}

/// Fails once with all violations.
fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

/// The values of an attribute in a page, in order.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
