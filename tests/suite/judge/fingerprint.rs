//! The fingerprint of what is judged: it changes with whatever a verdict follows from, and with nothing else.

use modewise::judge::fingerprint::{fingerprint, fingerprints};
use modewise::plan::plan;
use modewise::seed::MasterSeed;
use modewise::spec::check::Expectation;
use modewise::spec::claim::Claim;
use modewise::spec::extent::Extent;
use serde_json::json;

use crate::judge::fixture::{at_most, formula};
use crate::run::fake;

/// A change of a claim, with its name.
type Change = (&'static str, fn(&mut Claim));

fn claim() -> Claim {
    fake::claim("fakes/edge", &[8, 16], 20)
}

fn of(claim: &Claim, seed: u64) -> String {
    fingerprint(claim, &plan(claim, MasterSeed(seed)).expect("the fake can be planned"))
}

/// The fingerprint of the claim after a change.
fn after(change: impl Fn(&mut Claim)) -> String {
    let mut claim = claim();
    change(&mut claim);
    of(&claim, 1)
}

#[test]
fn neither_the_seed_nor_words_are_a_part_of_it() {
    let before = of(&claim(), 1);
    assert_eq!(of(&claim(), 2), before);
    let words = after(|claim| {
        claim.title.push('!');
        claim.statement.push('!');
        claim.why_this_tolerance.push('!');
        claim.tags.clear();
        claim.text.push_str("\n# a comment");
        claim.checks[0].about = Some("What it means.".to_owned());
        claim.controls[0].because.push('!');
    });
    assert_eq!(words, before);
}

#[test]
fn everything_that_a_verdict_follows_from_is_a_part_of_it() {
    let changes: [Change; 9] = [
        ("confidence", |claim| claim.confidence = 0.95),
        ("replicates", |claim| claim.replicates = 21),
        ("sweep", |claim| drop(claim.sweep[0].values.pop())),
        ("name", |claim| claim.checks[0].name.push('s')),
        ("measure", |claim| claim.checks[0].measure = formula("mean(s1)")),
        ("bound", |claim| {
            claim.checks[0].expect = Expectation::AtMost { bound: formula("4"), ideal: None };
        }),
        ("set", |claim| drop(claim.controls[0].set.insert("scale".to_owned(), json!(11.0)))),
        ("replicates of a control", |claim| claim.controls[0].replicates = Some(4)),
        ("at", |claim| claim.controls[0].fails[0].at = Some(formula("size > 8"))),
    ];
    let mut found = vec![of(&claim(), 1)];
    for (what, change) in changes {
        let changed = after(change);
        assert!(!found.contains(&changed), "{what}");
        found.push(changed);
    }
}

#[test]
fn every_profile_has_its_own() {
    let mut claim = claim();
    let expected: Vec<_> = claim.checks.iter().map(|check| check.expect.clone()).collect();
    let extent = |replicates| Extent { sweep: claim.sweep.clone(), replicates, expected: expected.clone() };
    let loose = Extent { expected: vec![at_most("1000"); expected.len()], ..extent(20) };
    claim.profiles =
        [("full".to_owned(), extent(20)), ("quick".to_owned(), extent(4)), ("loose".to_owned(), loose)].into();
    let quick = claim.with(&claim.profiles["quick"]);
    let of_plan = |claim: &Claim| fingerprints(claim, &plan(claim, MasterSeed(3)).expect("the fake can be planned"));
    let found = of_plan(&claim);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["full", "quick", "loose"]);
    assert_ne!(found["full"], found["quick"]);
    assert_ne!(found["full"], found["loose"], "a bound of its own");
    assert_eq!(found["quick"], of(&quick, 1), "whichever profile the claim is resolved for");
    assert_eq!(of_plan(&quick), found);
}
