//! Files for programs: record, tables, badges, JUnit.

use std::process::Command;

use indexmap::IndexMap;
use modewise::record::Record;
use modewise::report::Edition;
use modewise::report::data::table_csv;
use modewise::table::Table;
use serde_json::Value;

use crate::report::{assert_none, edition, files, fixture, texts};

#[test]
fn the_same_record_gives_the_same_bytes() {
    assert_eq!(files(&fixture::record()), files(&fixture::record()));
}

#[test]
fn the_record_round_trips_through_the_site() {
    let mut record = fixture::record();
    record.digest = super::text(&record).digest;
    let read: Record = serde_json::from_slice(&files(&record)["record.json"]).expect("the record is read again");
    let again = files(&read);
    assert_eq!(read.claims, record.claims);
    assert_eq!(again, files(&record), "a site made from what was read is the same");
}

#[test]
fn files_are_written_and_replaced() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("a").join("b");
    for _ in 0..2 {
        let timing = fixture::timing();
        super::build(&fixture::record(), &edition(&timing), None, &site).expect("a site");
    }
    for (path, bytes) in files(&fixture::record()) {
        assert_eq!(std::fs::read(site.join(&path)).expect("a file of the site"), bytes, "{path}");
    }
}

#[test]
fn every_json_file_is_json_and_every_csv_file_is_rectangular() {
    let files = files(&fixture::record());
    let mut violations = Vec::new();
    for (path, text) in texts(&files, ".json") {
        if let Err(error) = serde_json::from_str::<Value>(&text) {
            violations.push(format!("{path}: {error}"));
        }
    }
    for (path, text) in texts(&files, ".csv") {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        if let Some(error) = reader.records().find_map(Result::err) {
            violations.push(format!("{path}: {error}"));
        }
    }
    assert_none(&violations);
}

#[test]
fn a_table_as_csv_keeps_every_bit_and_shows_labels() {
    let mut table = Table::new(["centre", "value"]);
    let values = [0.1 + 0.2, f64::NAN, -1e-300, 12_345_678.9];
    for (row, value) in values.iter().enumerate() {
        table.push(&[f64::from(u8::try_from(row % 2).expect("0 or 1")), *value]);
    }
    let labels = IndexMap::from([("centre".to_owned(), vec!["known".to_owned(), "by \"row\", twice".to_owned()])]);
    let text = table_csv(&table, &labels);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(|record| record.expect("a line of CSV")).collect();
    assert_eq!(rows.len(), values.len());
    for (row, value) in rows.iter().zip(values) {
        let read: f64 = if row[1].is_empty() { f64::NAN } else { row[1].parse().expect("a number") };
        assert_eq!(read.to_bits(), value.to_bits(), "{row:?}");
    }
    assert_eq!(&rows[1][0], "by \"row\", twice");
}

#[test]
fn badges_have_the_form_of_shields_endpoints() {
    let files = files(&fixture::record());
    let badges: Vec<_> = texts(&files, ".json").into_iter().filter(|(path, _)| path.starts_with("badge/")).collect();
    assert_eq!(badges.len(), fixture::record().claims.len() + 1);
    for (path, text) in badges {
        let badge: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(badge["schemaVersion"], 1, "{path}");
        for key in ["label", "message", "color"] {
            assert!(badge[key].as_str().is_some_and(|text| !text.is_empty()), "{path}: {key}");
        }
    }
    let overall: Value = serde_json::from_slice(&files["badge/overall.json"]).expect("JSON");
    assert_eq!(overall["message"], "4 of 8 hold, 1 skipped");
    assert_eq!(overall["color"], "critical");
}

#[test]
fn junit_counts_its_cases() {
    let files = files(&fixture::record());
    let junit = &texts(&files, "junit.xml")["junit.xml"];
    let number = |text: &str| junit.matches(text).count();
    let total = |name: &str| -> usize {
        let value = junit.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).expect("the root has totals")
    };
    assert_eq!(total("tests"), number("<testcase "));
    assert_eq!(total("failures"), number("<failure "));
    assert_eq!(total("errors"), number("<error "));
    assert!(!junit.split("<testsuite ").next().unwrap_or("").contains("skipped="), "the root has no skipped=");
}

#[test]
fn junit_is_valid_against_the_jenkins_schema() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (document, schema) = (folder.path().join("junit.xml"), folder.path().join("junit-10.xsd"));
    std::fs::write(&document, &files(&fixture::record())["junit.xml"]).expect("a temporary file");
    std::fs::write(&schema, include_str!("junit-10.xsd")).expect("a temporary file");
    let lint = Command::new("xmllint").arg("--noout").arg("--schema").args([&schema, &document]).output();
    match lint {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => eprintln!("skipped: xmllint is not installed ({error})"),
    }
}

#[test]
fn ids_that_leave_the_site_or_take_its_folders_are_refused() {
    for id in ["../x", "a/../b", "/etc/x", "a//b", "", "a b/c", "data/x", "method", "badge/overall", ".git/x", "a\\b"] {
        let mut record = fixture::record();
        record.claims[0].id = id.to_owned();
        let out = tempfile::tempdir().expect("a temporary folder");
        let error = super::build(&record, &Edition::default(), None, out.path()).expect_err(id);
        assert!(error.to_string().contains("(allowed: "), "{id}: {error}");
        assert!(std::fs::read_dir(out.path()).expect("a folder").next().is_none(), "{id}: something was written");
    }
}

#[test]
fn a_claim_below_another_one_is_refused_because_the_controls_of_that_have_their_tables_there() {
    let mut record = fixture::record();
    record.claims[1].id = format!("{}/control-1", record.claims[0].id);
    let out = tempfile::tempdir().expect("a temporary folder");
    let error = super::build(&record, &Edition::default(), None, out.path()).expect_err("one folder for two");
    assert!(error.to_string().contains("/control-1` lies below the claim `"), "{error}");
    assert!(std::fs::read_dir(out.path()).expect("a folder").next().is_none(), "something was written");
}

/// The tests in a browser look at this site too (`tests/browser/run.sh`).
#[test]
fn a_site_of_every_verdict_is_left_for_the_browser() {
    let site = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-of-every-verdict");
    let timing = fixture::timing();
    let performance = super::performance::performance();
    let stability = super::stability::stability();
    let edition = Edition { performance: Some(&performance), stability: Some(&stability), ..edition(&timing) };
    super::build(&fixture::record(), &edition, None, &site).expect("a site");
    assert!(site.join("performance/index.html").is_file());
}
