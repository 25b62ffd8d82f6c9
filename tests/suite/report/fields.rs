//! The fields that templates may use, and the page that documents them.

use std::collections::BTreeSet;

use modewise::change::baseline::Baseline;
use modewise::change::compare::Change;
use modewise::change::history::History;
use modewise::judge::verdict::Verdict;
use modewise::report::Edition;
use modewise::report::view::{Source, claim, index, method, performance, provenance};
use serde::Serialize;
use serde_json::Value;

use crate::report::{assert_none, fixture};

/// Paths of a view: `claims[].title`.
fn paths(view: &impl Serialize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(&serde_json::to_value(view).expect("views are plain data"), "", &mut found);
    found
}

fn collect(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if !path.is_empty() {
                found.insert(path.to_owned());
            }
            for (name, inner) in fields {
                collect(inner, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, found);
            }
        }
        Value::Array(items) => {
            let path = format!("{path}[]");
            items.iter().for_each(|item| collect(item, &path, found));
            if !items.first().is_some_and(Value::is_array) {
                found.insert(path);
            }
        }
        Value::Null => {}
        _ => drop(found.insert(path.to_owned())),
    }
}

/// The fields that a section of the page documents.
fn documented(heading: &str) -> BTreeSet<String> {
    let text = include_str!("../../../docs/templates.md");
    let section = text.split("\n## ").find(|section| section.lines().next().is_some_and(|line| line.contains(heading)));
    let rows = section.expect("a section of docs/templates.md").lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split('`').next()?.to_owned())).collect()
}

#[test]
fn every_field_is_documented_and_every_documented_field_is_there() {
    let mut record = fixture::record();
    let before = record.clone();
    let gone = record.claims.pop().expect("the fixture has claims");
    let holding = record.claims.iter().position(|claim| claim.verdict == Verdict::Holds).expect("one holds");
    record.claims[holding].verdict = Verdict::Fails;
    record.claims[holding].replicates -= 1;
    for finding in record.claims.iter_mut().flat_map(|claim| &mut claim.findings) {
        finding.measured = finding.measured.map(|value| 1.01 * value);
    }
    let change = Change::between(Some(&Baseline::of(&before)), &record);
    let (history, timing) = (History::default().with(&before, Some(1)), fixture::timing());
    let measured = super::performance::performance();
    let stability = super::stability::stability();
    let edition = Edition {
        date: Some(1),
        timing: Some(&timing),
        performance: Some(&measured),
        stability: Some(&stability),
        ..Edition::default()
    };
    let source = Source { record: &record, edition: &edition, change: Some(&change), history: &history };
    let mut of_claims = BTreeSet::new();
    for claim_record in record.claims.iter().chain([&gone]) {
        of_claims.append(&mut paths(&claim::claim(&source, claim_record).expect("a view")));
    }
    let pages = [
        ("`index.html`", paths(&index::index(&source).expect("a view"))),
        ("`claim.html`", of_claims),
        ("`method.html`", paths(&method::method(&source))),
        ("`provenance.html`", paths(&provenance::provenance(&source))),
        ("`performance.html`", paths(&performance::performance(&source).expect("something was measured"))),
    ];
    let common: BTreeSet<String> = documented("Every page").into_iter().chain(["page".to_owned()]).collect();
    let mut violations = Vec::new();
    for (page, found) in pages {
        let known = documented(page);
        let missing = found.iter().filter(|path| !known.contains(*path) && !common.contains(*path));
        violations.extend(missing.map(|path| format!("docs/templates.md does not document `{path}` of {page}")));
        let lost = known.iter().filter(|path| !found.contains(*path));
        violations
            .extend(lost.map(|path| format!("docs/templates.md documents `{path}` of {page}, which is not there")));
    }
    assert_none(&violations);
}
