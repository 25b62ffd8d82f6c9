//! The page on performance: there if something was measured, readable, and refused with a reason where it is nonsense.

use std::fs;

use modewise::performance::{Performance, read};
use modewise::report::Edition;
use serde_json::{Value as Json, json};

use crate::report::{files_of, fixture, texts};

/// A measurement with every kind of entry.
fn measurement() -> Json {
    json!({
        "format": 1,
        "date": "2026-11-24",
        "machine": {"processor": "a processor, AVX2", "cores": 2, "memory_gib": 8, "system": "Linux, x86_64"},
        "versions": {"modewise": "0.1.0", "numpy": "2.4.4"},
        "rows": [
            {"work": "descent step", "size": "8 x 16 x 16", "ours": 6.7e-7, "peer": "NumPy", "theirs": 8.2e-6, "ratio": 12.3,
             "target": 20.0, "rounds": 5, "clock": "processor", "note": null},
            {"work": "descent step", "size": "1000 x 32 x 2000", "ours": 2.7e-4, "peer": "NumPy", "theirs": 1.9e-2,
             "ratio": 71.0, "target": 40.0, "rounds": 5, "clock": "processor", "note": null},
            {"work": "claim hierarchy/rumelhart", "size": "1/8 of the replicates", "ours": 4.0, "peer": "NumPy and SciPy",
             "theirs": 3.6, "ratio": 0.9, "target": null, "rounds": 3, "clock": "wall", "note": "a note"}
        ],
        "limits": [{"work": "quick profile, two threads", "measured": 25.23, "limit": 30.0, "unit": "s"}],
        "growth": [{"work": "descent step", "against": "items", "points": [[64.0, 1e-5], [256.0, 1.6e-4]], "slope": 2.0}]
    })
}

/// What reading a file with these contents gives, an error as its text behind the file's name.
fn read_back(contents: &str) -> Result<Performance, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("peers.json");
    fs::write(&path, contents).expect("a temporary file");
    let name = format!("`{}`", path.display());
    match read(&path) {
        Ok(found) => Ok(found.expect("the file is there")),
        Err(error) => Err(error.to_string().strip_prefix(&name).expect("an error names the file").to_owned()),
    }
}

pub(super) fn performance() -> Performance {
    read_back(&measurement().to_string()).expect("the measurement is right")
}

/// The pages of a site with this measurement.
fn pages(performance: Option<&Performance>) -> std::collections::BTreeMap<String, String> {
    texts(&files_of(&fixture::record(), &Edition { performance, ..Edition::default() }), ".html")
}

#[test]
fn the_page_says_what_was_measured() {
    let pages = pages(Some(&performance()));
    let page = &pages["performance/index.html"];
    for part in [
        "faster in 2 of 3 comparisons; the ratio aimed at is reached in 1 of 2.",
        "670\u{202f}ns",
        "8.2\u{202f}µs",
        "270\u{202f}µs",
        "a processor, AVX2",
        "wall clock, two cores, 3 rounds, a note",
        "25.2 s",
        "64 (10\u{202f}µs) to 256 (160\u{202f}µs)",
    ] {
        assert!(page.contains(part), "no `{part}` in\n{page}");
    }
    let linked = |(path, page): (&String, &String)| (!page.contains("performance/index.html")).then(|| path.clone());
    assert_eq!(pages.iter().filter_map(linked).collect::<Vec<_>>(), Vec::<String>::new(), "every page links to it");
}

#[test]
fn without_a_measurement_there_is_neither_page_nor_link() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(read(&folder.path().join("peers.json")).expect("a missing file is no error"), None);
    let with = |(path, page): (&String, &String)| page.contains("performance/").then(|| path.clone());
    let pages = pages(None);
    assert_eq!(pages.iter().filter_map(with).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(!pages.contains_key("performance/index.html"));
}

#[test]
fn what_was_not_measured_is_refused_with_the_reason() {
    let changed = |pointer: &str, value: Json| {
        let mut contents = measurement();
        *contents.pointer_mut(pointer).expect(pointer) = value;
        contents.to_string()
    };
    let cases = [
        ("{".to_owned(), " is not a measurement of performance: EOF"),
        (
            changed("/rows", json!(3)),
            " is not a measurement of performance: invalid type: integer `3`, expected a sequence",
        ),
        (changed("/rows/0/clock", json!("sun")), " is not a measurement of performance: unknown variant `sun`"),
        (changed("/format", json!(2)), " has format 2, written by modewise 0.1.0 (modewise "),
        (changed("/rows/0/ratio", json!(0.0)), " has 0 as `ratio` of \"descent step\" (allowed: above 0)"),
        (changed("/rows/1/target", json!(-1.0)), " has -1 as `target` of \"descent step\" (allowed: above 0)"),
        (changed("/growth/0/points/1/0", json!(0.0)), " has 0 as `points` of \"descent step\" (allowed: above 0)"),
    ];
    for (contents, expected) in cases {
        let error = read_back(&contents).expect_err(expected);
        assert!(error.starts_with(expected), "{error}, expected {expected}");
    }
}
