//! Files for other programs: pictures of badges, research object, feed, summary, annotations.

use std::collections::BTreeSet;

use modewise::judge::verdict::Verdict;
use modewise::report::annotation::{annotations, line_of};
use modewise::report::date::{day, rfc3339, utc};
use modewise::report::summary::summary;
use serde_json::Value;

use crate::report::{assert_none, files, fixture, texts};

#[test]
fn every_badge_is_also_a_picture() {
    let files = files(&fixture::record());
    let mut violations = Vec::new();
    for (path, json) in texts(&files, ".json").into_iter().filter(|(path, _)| path.starts_with("badge/")) {
        let message = serde_json::from_str::<Value>(&json).expect("JSON")["message"].as_str().expect("text").to_owned();
        let picture = files.get(&path.replace(".json", ".svg")).map(|bytes| String::from_utf8_lossy(bytes));
        if !picture.is_some_and(|picture| picture.contains(&format!(">{message}</text>"))) {
            violations.push(format!("{path}: no picture says {message}"));
        }
    }
    assert_none(&violations);
}

#[test]
fn the_research_object_describes_every_file() {
    let files = files(&fixture::record());
    let description: Value = serde_json::from_slice(&files["ro-crate-metadata.json"]).expect("JSON");
    let graph = description["@graph"].as_array().expect("a graph");
    let ids: BTreeSet<&str> = graph.iter().filter_map(|entity| entity["@id"].as_str()).collect();
    assert_eq!(ids.len(), graph.len(), "no entity is there twice");
    let undescribed = files.keys().filter(|path| *path != "ro-crate-metadata.json" && !ids.contains(path.as_str()));
    assert_none(&undescribed.map(|path| format!("{path} is not described")).collect::<Vec<_>>());
    let root = graph.iter().find(|entity| entity["@id"] == "./").expect("the root of the data");
    for property in ["name", "description", "datePublished", "license"] {
        assert!(!root[property].is_null(), "{property}");
    }
    let references = graph.iter().flat_map(|entity| entity.as_object().into_iter().flatten());
    let lost = references.filter_map(|(_, value)| value["@id"].as_str()).filter(|id| !ids.contains(id));
    assert_eq!(lost.collect::<Vec<_>>(), ["https://w3id.org/ro/crate/1.1"], "all other references resolve");
}

/// What RO-Crate 1.1 says a crate MUST have: sections 2.1 and 4.1 to 4.4 of the specification, and appendix "JSON-LD".
#[test]
fn the_research_object_has_what_its_specification_demands() {
    let files = files(&fixture::record());
    let description: Value = serde_json::from_slice(&files["ro-crate-metadata.json"]).expect("JSON");
    assert_eq!(description["@context"], "https://w3id.org/ro/crate/1.1/context");
    let graph = description["@graph"].as_array().expect("a graph");
    let entity = |id: &str| graph.iter().find(|entity| entity["@id"] == id).expect("an entity");
    let descriptor = entity("ro-crate-metadata.json");
    assert_eq!(descriptor["@type"], "CreativeWork");
    assert_eq!(descriptor["about"]["@id"], "./");
    assert_eq!(descriptor["conformsTo"]["@id"], "https://w3id.org/ro/crate/1.1");
    let root = entity("./");
    assert_eq!(root["@type"], "Dataset");
    assert!(root["datePublished"].as_str().is_some_and(|date| date.len() >= 10 && date.as_bytes()[4] == b'-'));
    let parts: Vec<&str> =
        root["hasPart"].as_array().expect("parts").iter().filter_map(|part| part["@id"].as_str()).collect();
    let flat =
        |value: &Value| value.as_object().is_none_or(|entries| entries.len() == 1 && entries.contains_key("@id"));
    let mut violations = Vec::new();
    for entity in graph {
        let id = entity["@id"].as_str().unwrap_or_default();
        let values = entity.as_object().into_iter().flat_map(serde_json::Map::values);
        let mut single = values.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
        if id.is_empty() || entity["@type"].is_null() {
            violations.push(format!("{entity} has no id or no type"));
        } else if !single.all(flat) {
            violations.push(format!("{id} holds another entity instead of a reference"));
        } else if entity["@type"] == "File" {
            let path = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./%~".contains(&byte));
            if !path || id.starts_with('/') || id.contains("..") || !files.contains_key(id) || !parts.contains(&id) {
                violations.push(format!("{id} is no encoded relative path, or no part, or not there"));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn a_summary_stays_short_and_keeps_what_fails() {
    let mut record = fixture::record();
    let template = record.claims.iter().find(|claim| claim.verdict == Verdict::Fails).expect("one fails").clone();
    for number in 0..2_000 {
        let mut claim = template.clone();
        claim.id = format!("many/claim-{number}");
        claim.verdict = Verdict::Holds;
        claim.title = "A claim with a long title ".repeat(6);
        record.claims.push(claim);
    }
    let text = summary(&record, None, None);
    assert!(text.len() <= 200_000, "{} bytes", text.len());
    assert!(text.contains("## fails: ") && text.contains("The rest is left out here"));
    assert!(text.trim_end().ends_with('.'), "the last line is whole");
}

#[test]
fn annotations_name_the_line_of_check_and_control() {
    let spec = "title: x\nchecks:\n  - name: \"a: b\"\n    table: t\n  - {name: c, table: t}\n  - name: d # why\n\
                controls:\n  - name: c\n    set: {}\n";
    let cases =
        [("checks", "a: b", 3), ("checks", "c", 5), ("checks", "d", 6), ("controls", "c", 8), ("checks", "e", 2)];
    for (section, name, line) in cases {
        assert_eq!(line_of(spec, section, name), line, "{section} {name}");
    }
    assert_eq!(line_of(spec, "figures", "c"), 1);
    let record = fixture::record();
    let found = annotations(&record);
    for claim in &record.claims {
        let annotated = found.iter().any(|annotation| annotation.file == claim.file);
        let needed = !matches!(claim.verdict, Verdict::Holds | Verdict::Skipped);
        assert_eq!(annotated, needed, "{}", claim.id);
    }
    for annotation in found {
        let command = annotation.command();
        assert!(!command.contains('\n') && command.matches("::").count() >= 2, "{command}");
    }
}

#[test]
fn dates_are_those_of_the_calendar() {
    let cases = [
        (0, "1970-01-01 00:00 UTC", "1970-01-01T00:00:00Z"),
        (951_782_399, "2000-02-28 23:59 UTC", "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29 00:00 UTC", "2000-02-29T00:00:00Z"),
        (1_700_000_000, "2023-11-14 22:13 UTC", "2023-11-14T22:13:20Z"),
        (4_107_542_400, "2100-03-01 00:00 UTC", "2100-03-01T00:00:00Z"),
        (12_622_780_800, "2370-01-01 00:00 UTC", "2370-01-01T00:00:00Z"),
    ];
    for (seconds, words, machine) in cases {
        assert_eq!((utc(seconds).as_str(), rfc3339(seconds).as_str()), (words, machine));
        assert_eq!(day(seconds), machine[..10]);
    }
}
