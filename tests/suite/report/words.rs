//! Verdicts and findings in words.

use modewise::judge::finding::Finding;
use modewise::judge::verdict::Verdict::{self, Broken, Fails, Holds, Inconclusive, Skipped, Vacuous};
use modewise::report::words::{listed, meaning, outlook, overall, quoted, sentence, word};

use crate::report::fixture;

#[test]
fn all_verdicts_are_one_sentence() {
    let cases: &[(&[Verdict], &str)] = &[
        (&[], "There are no claims."),
        (&[Holds], "The one claim holds."),
        (&[Fails], "None of 1 claim holds: 1 fails."),
        (&[Holds, Holds], "Both claims hold."),
        (&[Holds, Fails], "1 of 2 claims holds; 1 fails."),
        (&[Holds, Holds, Fails, Fails, Broken], "2 of 5 claims hold; 1 is broken and 2 fail."),
        (
            &[Skipped, Holds, Vacuous, Inconclusive],
            "1 of 4 claims holds; 1 is vacuous, 1 is inconclusive and 1 is skipped.",
        ),
        (&[Skipped, Skipped], "None of 2 claims holds: 2 are skipped."),
    ];
    for (verdicts, expected) in cases {
        assert_eq!(overall(verdicts), *expected, "{verdicts:?}");
    }
}

#[test]
fn a_skipped_claim_never_counts_as_holding() {
    for other in [Holds, Fails, Broken] {
        assert!(!overall(&[other, Skipped]).starts_with("All"), "{other:?}");
    }
}

#[test]
fn every_verdict_has_its_own_word_and_meaning() {
    let distinct = |texts: Vec<&str>| texts.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(distinct(Verdict::BY_SEVERITY.map(word).to_vec()), 6);
    assert_eq!(distinct(Verdict::BY_SEVERITY.map(meaning).to_vec()), 6);
}

#[test]
fn the_list_of_verdicts_is_in_the_order_of_their_severity() {
    let places: Vec<usize> = Verdict::BY_SEVERITY.iter().map(|verdict| verdict.severity()).collect();
    assert_eq!(places, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn findings_are_sentences() {
    let record = fixture::record();
    let sentences = record.claims.iter().flat_map(|claim| {
        let check = |finding| claim.check_of(finding).expect("a finding has a check");
        claim.findings.iter().map(move |finding| sentence(check(finding), claim, finding))
    });
    insta::assert_snapshot!(sentences.collect::<Vec<_>>().join("\n"));
}

#[test]
fn an_open_finding_says_what_more_replicates_would_do() {
    let found = |verdict, control: Option<&str>, more_replicates| {
        let record = fixture::record();
        let first = record.claims[0].findings[0].clone();
        outlook(&Finding { verdict, control: control.map(str::to_owned), more_replicates, ..first })
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(found(Inconclusive, None, Some(72)), some("About 72 more replicates would decide."));
    let close = some("It is too close to the edge of what is allowed for more replicates to decide.");
    assert_eq!(found(Inconclusive, None, None), close);
    assert_eq!(found(Inconclusive, Some("shallow"), None), None);
    assert_eq!(found(Holds, None, None), None);
}

#[test]
fn backticks_become_quotation_marks() {
    let cases =
        [("a", "a"), ("check `a b` fails", "check “a b” fails"), ("`a` and `b`", "“a” and “b”"), ("5` off", "5` off")];
    for (text, expected) in cases {
        assert_eq!(quoted(text), expected);
    }
}

#[test]
fn lists_read_as_in_a_sentence() {
    for (parts, expected) in [(&[][..], ""), (&["a"], "a"), (&["a", "b"], "a and b"), (&["a", "b", "c"], "a, b and c")]
    {
        assert_eq!(listed(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>()), expected);
    }
}
