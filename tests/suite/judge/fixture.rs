//! Claims and tables made in code.

use std::sync::Arc;

use indexmap::IndexMap;
use modewise::experiment::{self, Build, Kind, Parameters, TableDoc};
use modewise::judge::finding::Finding;
use modewise::judge::{Evidence, Judgement, judge};
use modewise::parameter::BuildError;
use modewise::seed::MasterSeed;
use modewise::spec::axis::{Axis, AxisParameter};
use modewise::spec::check::{Check, Expectation};
use modewise::spec::claim::{Citation, Claim};
use modewise::spec::control::{Control, MustFail};
use modewise::spec::formula::Formula;
use modewise::table::Table;
use serde_json::json;

pub(crate) const NAN: f64 = f64::NAN;

/// Fails once, with every row that failed.
pub(crate) fn all(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

/// A kind of experiment that cannot be run; its table `modes` has the key `mode`.
pub(crate) static KIND: Kind = Kind {
    name: "fake",
    about: "An experiment that tests make up",
    parameters: Parameters::Typed(|| schemars::json_schema!({})),
    tables: &[TableDoc {
        name: "modes",
        about: "a mode",
        keys: &[experiment::column("mode", "", "number of the mode")],
        columns: &[
            experiment::column("s", "", "singular value"),
            experiment::column("half_time", "rate x steps", "time at which it is half learned"),
            experiment::column("x", "", "a number"),
            experiment::column("theory", "", "what the number should be"),
            experiment::column("rank", "", "a rank correlation").bounded(-1.0, 1.0),
            experiment::column("share", "", "a share").bounded(0.0, 1.0),
            experiment::column("errors", "", "a count").few(),
        ],
    }],
    build: Build::Function(|_, _| Err(BuildError::Absent("a fake experiment does not run".to_owned()))),
    fingerprint: "",
};

pub(crate) fn formula(text: &str) -> Formula {
    Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(crate) fn formulas(texts: &[(&str, &str)]) -> IndexMap<String, Formula> {
    texts.iter().map(|(name, text)| ((*name).to_owned(), formula(text))).collect()
}

pub(crate) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(crate) fn equals(value: &str, absolute: f64) -> Expectation {
    Expectation::Equals { value: formula(value), absolute: Some(absolute), relative: None }
}

pub(crate) fn at_most(bound: &str) -> Expectation {
    Expectation::AtMost { bound: formula(bound), ideal: None }
}

pub(crate) fn at_least(bound: &str) -> Expectation {
    Expectation::AtLeast { bound: formula(bound), ideal: None }
}

/// A check on the table `modes`.
pub(crate) fn check(measure: &str, expect: Expectation) -> Check {
    Check {
        name: "the check".to_owned(),
        about: None,
        table: "modes".to_owned(),
        lets: IndexMap::new(),
        filter: None,
        per: Vec::new(),
        group: Vec::new(),
        reduce: IndexMap::new(),
        measure: formula(measure),
        expect,
    }
}

/// A claim about these checks, with an axis `hidden` and one `start` of which the values are labels.
pub(crate) fn claim(replicates: u64, checks: Vec<Check>) -> Claim {
    let axis = |column: &str, labels: Option<&[&str]>| Axis {
        parameters: vec![AxisParameter {
            path: format!("learner.{column}"),
            column: column.to_owned(),
            labels: labels.map(words),
        }],
        values: Vec::new(),
    };
    Claim {
        id: "chapter/claim".to_owned(),
        chapter: "chapter".to_owned(),
        file: "specs/chapter/claim.yaml".to_owned(),
        text: String::new(),
        title: "A claim".to_owned(),
        statement: String::new(),
        source: Citation { cite: "nobody".to_owned(), locator: None },
        why_this_tolerance: String::new(),
        tags: Vec::new(),
        confidence: 0.99,
        kind: Arc::new(KIND.clone()),
        parameters: json!({}),
        sweep: vec![axis("hidden", None), axis("start", Some(&["normal", "balanced"]))],
        replicates,
        checks,
        controls: Vec::new(),
        figures: Vec::new(),
        absent: None,
        profiles: IndexMap::new(),
    }
}

/// A control that must fail in these checks.
pub(crate) fn control(name: &str, fails: &[&str]) -> Control {
    Control {
        name: name.to_owned(),
        because: String::new(),
        set: IndexMap::new(),
        replicates: None,
        fails: fails.iter().map(|check| MustFail { check: (*check).to_owned(), at: None, filter: None }).collect(),
    }
}

/// A table of these columns.
pub(crate) fn table(columns: &[(&str, Vec<f64>)]) -> Table {
    let mut table = Table::default();
    for (name, values) in columns {
        table.set(name, values.clone());
    }
    table
}

/// Evidence of one table, `modes`, of what is drawn.
pub(crate) fn evidence(columns: &[(&str, Vec<f64>)]) -> Evidence {
    Evidence { tables: IndexMap::from([("modes".to_owned(), table(columns))]), drawn: true, failures: Vec::new() }
}

/// The same where nothing is drawn.
pub(crate) fn fixed(evidence: Evidence) -> Evidence {
    Evidence { drawn: false, ..evidence }
}

/// One number `x` for each replicate.
pub(crate) fn column(values: Vec<f64>) -> Evidence {
    evidence(&[("replicate", numbers(values.len())), ("x", values)])
}

pub(crate) fn numbers(count: usize) -> Vec<f64> {
    (0..count).map(|number| number as f64).collect()
}

/// Values that look random and are the same everywhere, between 0 and 1.
pub(crate) fn scattered(count: usize, seed: u32) -> Vec<f64> {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let states = std::iter::successors(Some(seed.wrapping_mul(2_654_435_761)), next);
    states.skip(3).take(count).map(|state| f64::from(state >> 8) / f64::from(1 << 24)).collect()
}

pub(crate) fn judged(claim: &Claim, evidence: &[Evidence]) -> Judgement {
    judge(claim, MasterSeed(1), evidence, Ok(()))
}

/// The findings of one check of a claim without controls.
pub(crate) fn findings(replicates: u64, check: Check, evidence: Evidence) -> Vec<Finding> {
    judged(&claim(replicates, vec![check]), &[evidence]).findings
}

/// The only finding of one check.
pub(crate) fn finding(replicates: u64, check: Check, evidence: Evidence) -> Finding {
    let mut findings = findings(replicates, check, evidence);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}
