//! Tests of the verdict of a claim: severity, controls.

use modewise::judge::verdict::Verdict::{self, Broken, Fails, Holds, Inconclusive, Skipped, Vacuous};
use modewise::judge::{Evidence, judge};
use modewise::seed::MasterSeed;
use modewise::spec::control::{Control, MustFail};

use super::fixture::{NAN, all, at_most, check, claim, control, evidence, formula, judged, numbers, scattered};

/// Sixteen replicates whose error is around a value.
fn errors(value: f64) -> Evidence {
    let half_time = scattered(16, 1).iter().map(|noise| value + 0.1 * (noise - 0.5)).collect();
    evidence(&[("replicate", numbers(16)), ("mode", vec![1.0; 16]), ("half_time", half_time)])
}

/// Evidence for a check `mean(half_time)` at most 1.
fn of(verdict: Verdict) -> Evidence {
    match verdict {
        Holds => errors(0.5),
        Fails => errors(2.0),
        Inconclusive => errors(1.0),
        _ => errors(NAN),
    }
}

#[test]
fn the_gravest_finding_decides_and_a_control_has_to_fail() {
    let rows = [
        (Holds, Fails, Holds),
        (Inconclusive, Fails, Inconclusive),
        (Fails, Fails, Fails),
        (Broken, Fails, Broken),
        (Holds, Holds, Vacuous),
        (Holds, Inconclusive, Vacuous),
        (Holds, Broken, Vacuous),
        (Inconclusive, Holds, Vacuous),
        (Fails, Holds, Fails),
        (Fails, Broken, Fails),
        (Broken, Holds, Broken),
    ];
    let mut failures = Vec::new();
    for (own, in_control, expected) in rows {
        let mut claim = claim(16, vec![check("mean(half_time)", at_most("1"))]);
        claim.controls = vec![control("broken on purpose", &["the check"])];
        let judgement = judged(&claim, &[of(own), of(in_control)]);
        let found: Vec<Verdict> = judgement.findings.iter().map(|finding| finding.verdict).collect();
        let right = judgement.verdict == expected
            && found == [own, in_control]
            && judgement.controls_failed == [in_control == Fails]
            && judgement.reason.is_some() == (expected != Holds)
            && judgement.findings[1].control.as_deref() == Some("broken on purpose");
        if !right {
            failures
                .push(format!("{own:?} and {in_control:?}: {:?} {found:?} {:?}", judgement.verdict, judgement.reason));
        }
    }
    all(failures);
}

#[test]
fn reasons_are_sentences() {
    let mut claim = claim(16, vec![check("mean(half_time)", at_most("1"))]);
    claim.controls = vec![control("shallow network", &["the check"])];
    let rows = [
        (Holds, Holds, "check `the check` does not fail in the control `shallow network`"),
        (
            Holds,
            Broken,
            "check `the check` is broken: the measure `mean(half_time)` is missing over 16 rows in the control \
             `shallow network`",
        ),
        (Fails, Fails, "check `the check` fails"),
        (Inconclusive, Fails, "check `the check` is inconclusive"),
        (Broken, Fails, "check `the check` is broken: the measure `mean(half_time)` is missing over 16 rows"),
    ];
    let reason = |own, in_control| judged(&claim, &[of(own), of(in_control)]).reason.unwrap();
    let wrong = rows.into_iter().filter(|&(own, in_control, expected)| reason(own, in_control) != expected);
    all(wrong.map(|(own, in_control, _)| reason(own, in_control)).collect());
}

#[test]
fn nothing_checked_is_broken() {
    let judgement = judged(&claim(16, Vec::new()), &[errors(0.5)]);
    assert_eq!((judgement.verdict, judgement.reason.as_deref()), (Broken, Some("nothing was checked")));
}

#[test]
fn a_claim_whose_figures_cannot_be_drawn_is_broken_and_a_worse_verdict_stays() {
    let claim = claim(16, vec![check("mean(half_time)", at_most("1"))]);
    let undrawable = |own| judge(&claim, MasterSeed(1), &[of(own)], Err("no rows to draw"));
    for own in [Holds, Inconclusive] {
        let judgement = undrawable(own);
        assert_eq!((judgement.verdict, judgement.reason.as_deref()), (Broken, Some("no rows to draw")), "{own:?}");
    }
    let judgement = undrawable(Fails);
    assert_eq!((judgement.verdict, judgement.reason.as_deref()), (Fails, Some("check `the check` fails")));
}

#[test]
fn a_claim_without_its_data_is_skipped() {
    let mut claim = claim(16, vec![check("mean(half_time)", at_most("1"))]);
    claim.absent = Some("`data/zoo.csv` is not there".to_owned());
    let judgement = judged(&claim, &[]);
    assert_eq!((judgement.verdict, judgement.reason, judgement.findings), (Skipped, claim.absent, Vec::new()));
}

/// Errors of 16 replicates at hidden 32 and at hidden 64.
fn at_both(first: f64, second: f64) -> Evidence {
    let noise = scattered(32, 1);
    let half_time = noise.iter().enumerate().map(|(row, noise)| if row < 16 { first } else { second } + 0.1 * noise);
    evidence(&[
        ("hidden", [vec![32.0; 16], vec![64.0; 16]].concat()),
        ("replicate", [numbers(16), numbers(16)].concat()),
        ("half_time", half_time.collect()),
    ])
}

#[test]
fn a_control_has_to_fail_in_every_finding_that_it_names() {
    let mut first = check("mean(half_time)", at_most("1"));
    first.per = vec!["hidden".to_owned()];
    let mut second = check("max(half_time)", at_most("10"));
    second.name = "another".to_owned();
    let everywhere = |names: &[&str]| control("control", names).fails;
    let at =
        |condition: &str| vec![MustFail { check: "the check".to_owned(), at: Some(formula(condition)), filter: None }];
    let other_rows =
        |condition: &str| vec![MustFail { check: "the check".to_owned(), at: None, filter: Some(formula(condition)) }];
    let rows: [(Vec<MustFail>, [f64; 2], Option<&str>); 14] = [
        (everywhere(&["the check"]), [2.0, 2.0], None),
        (everywhere(&["the check"]), [0.5, 2.0], Some("does not fail in 1 of 2 findings")),
        (everywhere(&["the check"]), [0.5, 0.5], Some("does not fail")),
        (
            everywhere(&["the check"]),
            [2.0, NAN],
            Some("is broken: the measure `mean(half_time)` is missing over 16 rows"),
        ),
        (everywhere(&["the check", "another"]), [2.0, 2.0], Some("does not fail")),
        (everywhere(&["the check", "another"]), [2.0, 20.0], None),
        (everywhere(&["another"]), [0.5, 20.0], None),
        (at("hidden == 64"), [0.5, 2.0], None),
        (at("hidden == 32"), [0.5, 2.0], Some("does not fail")),
        (at("hidden > 1"), [0.5, 2.0], Some("does not fail in 1 of 2 findings")),
        (at("hidden > 100"), [2.0, 2.0], Some("is looked at nowhere")),
        (other_rows("hidden == 64"), [0.5, 2.0], None),
        (other_rows("hidden == 32"), [0.5, 2.0], Some("does not fail")),
        (other_rows("hidden > 100"), [2.0, 2.0], Some("is broken: no rows are left by `hidden > 100`")),
    ];
    let mut failures = Vec::new();
    for (fails, errors, expected) in rows {
        let mut claim = claim(16, vec![first.clone(), second.clone()]);
        claim.controls = vec![Control { fails: fails.clone(), ..control("control", &[]) }];
        let judgement = judged(&claim, &[at_both(0.5, 0.5), at_both(errors[0], errors[1])]);
        let mut named = judgement.findings.iter().filter(|finding| finding.control.is_some());
        let right = judgement.controls_failed == [expected.is_none()]
            && judgement.verdict == if expected.is_none() { Holds } else { Vacuous }
            && named.all(|found| claim.controls[0].names(&found.check))
            && judgement.reason.as_deref().is_some_and(|reason| {
                let name = if fails.len() > 1 { "another" } else { &fails[0].check };
                reason == format!("check `{name}` {} in the control `control`", expected.unwrap_or_default())
            }) == expected.is_some();
        if !right {
            failures.push(format!("{fails:?} {errors:?}: {:?} {:#?}", judgement.reason, judgement.findings));
        }
    }
    all(failures);
}

#[test]
fn a_control_that_names_no_check_proves_nothing() {
    let mut claim = claim(16, vec![check("mean(half_time)", at_most("1"))]);
    claim.controls = vec![control("idle", &[])];
    let judgement = judged(&claim, &[of(Holds), of(Fails)]);
    assert_eq!((judgement.verdict, judgement.controls_failed), (Vacuous, vec![false]));
    assert_eq!(judgement.reason.as_deref(), Some("control `idle` names no check that must fail"));
}

#[test]
fn one_control_that_does_not_fail_is_enough_to_prove_nothing() {
    let mut claim = claim(16, vec![check("mean(half_time)", at_most("1"))]);
    claim.controls = vec![control("one", &["the check"]), control("two", &["the check"])];
    let judgement = judged(&claim, &[of(Holds), of(Fails), of(Holds)]);
    assert_eq!((judgement.verdict, judgement.controls_failed), (Vacuous, vec![true, false]));
}

#[test]
fn an_axis_that_a_control_drops_splits_nothing_there() {
    let mut per_start = check("mean(half_time)", at_most("1"));
    per_start.per = vec!["start".to_owned()];
    let mut claim = claim(16, vec![per_start]);
    claim.controls = vec![control("another start", &["the check"])];
    let with_start = |error: f64, start: f64| {
        let mut evidence = errors(error);
        evidence.tables["modes"].set_first("start", start);
        evidence
    };
    let judgement = judged(&claim, &[with_start(0.5, 1.0), with_start(2.0, NAN)]);
    assert_eq!(judgement.verdict, Holds, "{:?}", judgement.reason);
    assert_eq!(judgement.findings[1].point, None);
    // In the claim itself a point without a name is no point.
    let judgement = judged(&claim, &[with_start(0.5, NAN), with_start(2.0, NAN)]);
    assert_eq!(judgement.verdict, Broken);
}
