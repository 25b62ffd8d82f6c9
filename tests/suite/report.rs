//! Tests of `report`.

mod alteration;
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
mod stability;
mod templates;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use modewise::record::text::RecordText;
use modewise::record::{Record, Timing};
use modewise::report::html::Templates;
use modewise::report::{Edition, ReportError, site};

/// Contents of files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// The files of a record's site.
fn files(record: &Record) -> Files {
    let timing = fixture::timing();
    files_of(record, &edition(&timing))
}

/// The files of an edition of a record.
fn files_of(record: &Record, edition: &Edition<'_>) -> Files {
    let templates = Templates::load(None).expect("the program's templates parse");
    let files = Mutex::new(Files::new());
    let take = |path: &str, contents: &[&[u8]]| {
        files.lock().expect("nobody panics with files in hand").insert(path.to_owned(), contents.concat());
        Ok(())
    };
    site::files(record, &text(record), edition, &templates, &take).expect("the record makes a site");
    files.into_inner().expect("nobody panics with files in hand")
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
fn texts(files: &Files, ending: &str) -> BTreeMap<String, String> {
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
