//! What of claims is not as in the baseline, whatever came out.

use std::fs;

use indexmap::IndexMap;
use modewise::change::alteration::Alteration;
use modewise::change::band::{Band, BandMove, Growth, Way};
use modewise::change::baseline::{Baseline, read};
use modewise::change::compare::Change;
use modewise::judge::finding::PointValue;
use modewise::record::{ClaimRecord, FORMAT, Record};
use modewise::report::Edition;
use modewise::report::alteration::words;
use modewise::report::summary::summary as summary_md;
use modewise::report::view::change::summary;
use modewise::versioned::VERSION;
use serde_json::{Value as Json, json};

use crate::report::{assert_none, files_of, fixture, texts};

/// A change of the claim on learning times, and what is said of it, with whether it weakens the claim.
type Case = (fn(&mut ClaimRecord), &'static [(&'static str, bool)]);

const ON_TIME: &str = "strong modes are on time";
const ORDER: &str = "the order is that of the singular values";

fn hidden(value: f64) -> Option<IndexMap<String, PointValue>> {
    Some(IndexMap::from([("hidden".to_owned(), PointValue::Number(value))]))
}

/// Lets a check allow another bound at every point, with or without its spec saying so.
fn allow(claim: &mut ClaimRecord, written: Option<&str>, bound: f64) {
    if let Some(text) = written {
        claim.checks[0].expect.insert("at-most".to_owned(), text.to_owned());
    }
    for finding in claim.findings.iter_mut().filter(|finding| finding.check == ON_TIME) {
        finding.band = [None, Some(bound)];
    }
}

const CHECKS: &[Case] = &[
    (
        |claim| {
            claim.checks.retain(|check| check.name != ORDER);
            claim.findings.retain(|finding| finding.check != ORDER);
        },
        &[("check “the order is that of the singular values” is gone", true)],
    ),
    (
        |claim| {
            let mut check = claim.checks[1].clone();
            check.name = "another".to_owned();
            let mut finding = claim.findings[2].clone();
            finding.check.clone_from(&check.name);
            claim.checks.push(check);
            claim.findings.push(finding);
        },
        &[("check “another” is new", false)],
    ),
    (
        |claim| claim.checks[0].measure = "max(abs(half_time/predicted - 1))".to_owned(),
        &[(
            "check “strong modes are on time”: `measure` is now `max(abs(half_time/predicted - 1))`, was \
             `mean(abs(half_time/predicted - 1))`",
            false,
        )],
    ),
    (
        |claim| claim.checks[1].filter = Some("\"a\" == x".to_owned()),
        &[("check “the order is that of the singular values”: `where` is new: `\"a\" == x`", false)],
    ),
    (
        |claim| claim.checks[0].filter = None,
        &[("check “strong modes are on time”: `where` is gone, was `mode <= 12 and known(half_time)`", false)],
    ),
    (
        |claim| drop(claim.checks[0].lets.insert("predicted".to_owned(), "1.2*ln(s/m0_free - 1)".to_owned())),
        &[(
            "check “strong modes are on time”: `let predicted` is now `1.2*ln(s/m0_free - 1)`, was `ln(s/m0_free - 1) / \
             (2*g)`",
            false,
        )],
    ),
    (
        |claim| claim.checks[1].group.push("replicate".to_owned()),
        &[("check “the order is that of the singular values”: `group` is new: `replicate`", false)],
    ),
    (
        |claim| claim.findings.retain(|finding| finding.point != hidden(64.0)),
        &[("check “strong modes are on time” no longer looks at hidden = 64", true)],
    ),
    (
        |claim| {
            let mut finding = claim.findings[0].clone();
            finding.point = hidden(128.0);
            claim.findings.push(finding);
        },
        &[("check “strong modes are on time” also looks at hidden = 128", false)],
    ),
];

const BANDS: &[Case] = &[
    (
        |claim| allow(claim, Some("1%"), 0.01),
        &[
            (
                "check “strong modes are on time”: allows 0.5\u{202f}% more at hidden = 32: at most 1\u{202f}%, was at most \
                 0.5\u{202f}% (and in the same way at 1 other point)",
                true,
            ),
            ("check “strong modes are on time”: `expect at-most` is now `1%`, was `0.5%`", false),
        ],
    ),
    (
        |claim| allow(claim, Some("0.4%"), 0.004),
        &[
            ("check “strong modes are on time”: `expect at-most` is now `0.4%`, was `0.5%`", false),
            (
                "check “strong modes are on time”: allows 0.1\u{202f}% less at hidden = 32: at most 0.4\u{202f}%, was at most \
                 0.5\u{202f}% (and in the same way at 1 other point)",
                false,
            ),
        ],
    ),
    (
        |claim| allow(claim, None, 0.01),
        &[(
            "check “strong modes are on time”: allows 0.5\u{202f}% more at hidden = 32: at most 1\u{202f}%, was at most \
             0.5\u{202f}% (and in the same way at 1 other point)",
            false,
        )],
    ),
];

const CONTROLS: &[Case] = &[
    (|claim| claim.controls.clear(), &[("control “shallow network” is gone", true)]),
    (
        |claim| {
            let mut control = claim.controls[0].clone();
            control.name = "another".to_owned();
            claim.controls.push(control);
        },
        &[("control “another” is new", false)],
    ),
    (
        |claim| drop(claim.controls[0].set.insert("learner.linear.layers".to_owned(), json!(3))),
        &[("control “shallow network”: `set learner.linear.layers` is now `3`, was `1`", false)],
    ),
    (
        |claim| claim.controls[0].fails.retain(|check| check != ORDER),
        &[("control “shallow network”: no longer has to break “the order is that of the singular values”", true)],
    ),
    (
        |claim| drop(claim.controls[0].at.insert(ON_TIME.to_owned(), "hidden > 32".to_owned())),
        &[(
            "control “shallow network”: has to break “strong modes are on time” where `hidden > 32`, had to everywhere",
            true,
        )],
    ),
    (|claim| claim.controls[0].replicates = Some(8), &[("control “shallow network”: `replicates` is new: `8`", false)]),
];

const CLAIMS: &[Case] = &[
    (
        |claim| claim.title = "All in time".to_owned(),
        &[(
            "the claim: `title` is now `All in time`, was `Every mode is \
        learned when its singular value and the initial weights say`",
            false,
        )],
    ),
    (|claim| claim.statement.push_str("\n\nOr so."), &[("the claim: another statement", false)]),
    (
        |claim| {
            claim.experiment = "depth".to_owned();
            claim.parameters = json!({"layers": 2});
        },
        &[("the claim: `experiment` is now `depth`, was `training`", false)],
    ),
    (
        |claim| claim.parameters["learner"]["linear"]["layers"] = json!("many"),
        &[("the claim: `parameter learner.linear.layers` is now `many`, was `2`", false)],
    ),
    (
        |claim| drop(claim.sweep.insert("learner.linear.hidden".to_owned(), vec![json!(32)])),
        &[("the claim: `sweep learner.linear.hidden` is now `[32]`, was `[32,64]`", false)],
    ),
    (|claim| claim.replicates = 50, &[("the claim: `replicates` is now `50`, was `100`", true)]),
    (|claim| claim.replicates = 1000, &[("the claim: `replicates` is now `1000`, was `100`", false)]),
    (|claim| claim.confidence = 0.95, &[("the claim: `confidence` is now `0.95`, was `0.99`", true)]),
];

/// What is said of alterations, with whether they weaken the claim.
fn said(altered: &[Alteration], record: &Record) -> Vec<(String, bool)> {
    altered.iter().map(|alteration| (words(alteration, record.claims.first()), alteration.weaker)).collect()
}

#[test]
fn whatever_is_altered_is_named_and_what_weakens_a_claim_is_worse() {
    let before = fixture::record();
    let baseline = Baseline::of(&before);
    let mut violations = Vec::new();
    for (change, expected) in [CHECKS, BANDS, CONTROLS, CLAIMS].concat() {
        let mut after = before.clone();
        change(&mut after.claims[0]);
        let change = Change::between(Some(&baseline), &after);
        let found = said(&change.altered, &after);
        let expected: Vec<_> = expected.iter().map(|&(text, weaker)| (text.to_owned(), weaker)).collect();
        if found != expected {
            violations.push(format!("{found:#?}, expected {expected:#?}"));
        }
        let weaker = expected.iter().any(|(_, weaker)| *weaker);
        let sentence = if weaker { "1 claim has weaker evidence" } else { "1 claim is altered" };
        if summary(&change) != format!("Since the baseline, {sentence}.") || change.is_none() {
            violations.push(format!("{expected:?}: {}", summary(&change)));
        }
        if change.is_worse() != weaker {
            violations.push(format!("{expected:?}: worse is {}", change.is_worse()));
        }
    }
    assert_none(&violations);
    let nothing = "Nothing has changed since the baseline: neither verdicts and values nor what the claims say and how they are checked.";
    assert_eq!(summary(&Change::between(Some(&baseline), &before)), nothing);
}

#[test]
fn bands_are_wider_narrower_or_elsewhere() {
    let (open, at) = (None, Some);
    /// A band, another one, and what became of it.
    type Bands = (Band, Band, Option<(Way, Growth)>);
    let cases: &[Bands] = &[
        ([at(-1.0), at(1.0)], [at(-2.0), at(2.0)], Some((Way::Wider, Growth::Times(2.0)))),
        ([at(-2.0), at(2.0)], [at(0.0), at(1.0)], Some((Way::Narrower, Growth::Times(0.25)))),
        ([at(0.0), at(1.0)], [at(2.0), at(3.0)], Some((Way::Moved, Growth::Times(1.0)))),
        ([at(5.0), at(5.0)], [at(4.0), at(6.0)], Some((Way::Wider, Growth::By(2.0)))),
        ([at(4.0), at(6.0)], [at(5.0), at(5.0)], Some((Way::Narrower, Growth::By(2.0)))),
        ([open, at(1.0)], [open, at(3.0)], Some((Way::Wider, Growth::By(2.0)))),
        ([open, at(3.0)], [open, at(1.0)], Some((Way::Narrower, Growth::By(2.0)))),
        ([at(3.0), open], [at(1.0), open], Some((Way::Wider, Growth::By(2.0)))),
        ([at(1.0), open], [at(3.0), open], Some((Way::Narrower, Growth::By(2.0)))),
        ([at(0.0), at(1.0)], [open, at(1.0)], Some((Way::Wider, Growth::Bound))),
        ([at(0.0), at(1.0)], [at(0.0), open], Some((Way::Wider, Growth::Bound))),
        ([open, at(1.0)], [at(0.0), at(1.0)], Some((Way::Narrower, Growth::Bound))),
        ([open, at(1.0)], [at(1.0), open], Some((Way::Moved, Growth::Bound))),
        ([at(0.0), at(1.0)], [at(0.0), at(1.0 + 1e-12)], None),
        ([open, at(1.0)], [open, at(1.0)], None),
    ];
    let mut violations = Vec::new();
    for &(before, after, expected) in cases {
        let found = BandMove::between(None, before, after).map(|of| (of.way, of.growth()));
        if found != expected {
            violations.push(format!("{before:?} to {after:?}: {found:?}, expected {expected:?}"));
        }
    }
    assert_none(&violations);
}

#[test]
fn very_many_points_are_counted() {
    let before = fixture::record();
    let mut after = before.clone();
    let first = after.claims[0].findings[0].clone();
    for value in 100..110 {
        let mut finding = first.clone();
        finding.point = hidden(f64::from(value));
        after.claims[0].findings.push(finding);
    }
    let change = Change::between(Some(&Baseline::of(&before)), &after);
    let text =
        "check “strong modes are on time” also looks at 10 points: hidden = 100; hidden = 101; hidden = 102; 7 more";
    assert_eq!(said(&change.altered, &after), [(text.to_owned(), false)]);
    assert!(change.moved.is_empty(), "a new point did not move");
}

#[test]
fn what_follows_from_draws_and_profile_is_compared_only_where_they_are_the_same() {
    let before = fixture::record();
    let baseline = Baseline::of(&before);
    let mut after = before.clone();
    let claim = &mut after.claims[0];
    claim.replicates = 50;
    claim.findings.retain(|finding| finding.point != hidden(64.0));
    allow(claim, Some("1%"), 0.01);
    let wider = "check “strong modes are on time”: allows 0.5\u{202f}% more at hidden = 32: at most 1\u{202f}%, was at most \
                 0.5\u{202f}%";
    let (fewer, gone) = (
        "the claim: `replicates` is now `50`, was `100`",
        "check “strong modes are on time” no longer looks at hidden = 64",
    );
    let weaker = |record: &Record| -> Vec<String> {
        let change = Change::between(Some(&baseline), record);
        said(&change.altered, record).into_iter().filter(|(_, weaker)| *weaker).map(|(text, _)| text).collect()
    };
    assert_eq!(weaker(&after), [fewer, gone, wider]);
    after.seed += 1;
    assert_eq!(weaker(&after), [fewer, wider]);
    let other_draws = " Values and points are not compared: the baseline has other draws.";
    assert!(summary(&Change::between(Some(&baseline), &after)).ends_with(other_draws));
    after.profile = "full".to_owned();
    assert_eq!(weaker(&after), Vec::<String>::new(), "a profile may expect less");
    let other_profile =
        " Values, points, replicates, sweeps and expectations are not compared: the baseline has another profile.";
    assert!(summary(&Change::between(Some(&baseline), &after)).ends_with(other_profile));
}

/// A baseline as the first version wrote it.
fn old_baseline(record: &Record) -> Json {
    let mut json = json!(Baseline::of(record));
    json["format"] = json!(1);
    let fields = |json: &mut Json, names: &[&str]| {
        let map = json.as_object_mut().expect("a map");
        names.iter().for_each(|name| assert!(map.remove(*name).is_some(), "{name}"));
    };
    fields(&mut json, &["version"]);
    for claim in json["claims"].as_object_mut().expect("a map").values_mut() {
        fields(claim, &["design"]);
        claim["findings"].as_array_mut().expect("a list").iter_mut().for_each(|finding| fields(finding, &["band"]));
    }
    json
}

#[test]
fn a_baseline_of_the_first_format_is_compared_as_far_as_it_goes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("baseline.json");
    let before = fixture::record();
    fs::write(&file, old_baseline(&before).to_string()).expect("the folder can be written");
    let baseline = read(&file).expect("format 1 is read").expect("the file is there");
    let same = Change::between(Some(&baseline), &before);
    assert!(same.is_none() && !same.is_complete());
    assert_eq!(
        summary(&same),
        "No verdict has changed since the baseline. Formulas, tolerances, controls and experiments are not compared: an \
         earlier version saved the baseline, and `modewise baseline save` renews it."
    );
    let mut after = before.clone();
    (CHECKS[0].0)(&mut after.claims[0]);
    let change = Change::between(Some(&baseline), &after);
    assert_eq!(
        said(&change.altered, &after),
        [("check “the order is that of the singular values” is gone".to_owned(), true)]
    );
}

#[test]
fn files_of_other_formats_are_no_baseline() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("baseline.json");
    let record = fixture::record();
    let (mut baseline, mut old_record) = (json!(Baseline::of(&record)), json!(record));
    baseline["format"] = json!(99);
    baseline["version"] = json!("7.3.0");
    old_record["format"] = json!(1);
    old_record["provenance"]["version"] = json!("0.0.9");
    let cases = [
        (
            baseline,
            format!(
                "has format 99, written by modewise 7.3.0 (modewise {VERSION} reads formats 1 to 2; `modewise baseline \
                     save` writes it)"
            ),
        ),
        (
            old_record,
            format!(
                "has format 1, written by modewise 0.0.9 (modewise {VERSION} reads format {FORMAT}; `modewise report` \
                     writes it)"
            ),
        ),
    ];
    for (json, expected) in cases {
        fs::write(&file, json.to_string()).expect("the folder can be written");
        let error = read(&file).expect_err("another format").to_string();
        assert_eq!(error, format!("`{}` {expected}", file.display()));
    }
}

#[test]
fn the_site_and_the_summary_name_what_weakens_a_claim() {
    let before = fixture::record();
    let baseline = Baseline::of(&before);
    let mut after = before.clone();
    (CONTROLS[0].0)(&mut after.claims[0]);
    (CLAIMS[3].0)(&mut after.claims[0]);
    let edition = Edition { baseline: Some(&baseline), ..Edition::default() };
    let page = &texts(&files_of(&after, &edition), "index.html")["index.html"];
    for part in [
        "<h3>Weaker evidence</h3>",
        "</a>: control “shallow network” is gone</li>",
        "<h3>Altered</h3>",
        "</a>: the claim: “parameter learner.linear.layers” is now “many”, was “2”</li>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let text = summary_md(&after, Some(&Change::between(Some(&baseline), &after)), None);
    let line = "* Every mode is learned when its singular value and the initial weights say: control “shallow network” is gone\n";
    assert!(text.contains(line) && !text.contains("parameter learner"), "{text}");
}
