//! Verdicts under other master seeds on the pages.

use indexmap::IndexMap;
use modewise::judge::finding::PointValue;
use modewise::judge::verdict::Verdict;
use modewise::report::Edition;
use modewise::report::view::stability::outcomes;
use modewise::stability::{ClaimStability, FindingStability, Outcomes, Seeds, Stability};

use crate::report::{files_of, fixture, texts};

/// Seeds by verdict.
fn verdicts(of: &[(Verdict, &[u64])]) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for (verdict, seeds) in of {
        seeds.iter().for_each(|&seed| outcomes.add(*verdict, seed));
    }
    outcomes
}

fn stable(profile: &str, id: &str, seeds: &[u64]) -> ClaimStability {
    let judged = fixture::judged(id)[profile].clone();
    ClaimStability { judged, verdicts: verdicts(&[(Verdict::Holds, seeds)]), findings: Vec::new() }
}

fn finding(control: Option<&str>, hidden: f64, outcomes: Outcomes) -> FindingStability {
    FindingStability {
        check: "strong modes are on time".to_owned(),
        control: control.map(str::to_owned),
        point: Some(IndexMap::from([("hidden".to_owned(), PointValue::Number(hidden))])),
        verdicts: outcomes,
    }
}

/// A measurement of the fixture: one claim stable, one not, one out of date, the others not there.
pub(super) fn stability() -> Stability {
    let times = ClaimStability {
        verdicts: verdicts(&[(Verdict::Holds, &[2, 3, 4, 6]), (Verdict::Vacuous, &[5])]),
        findings: vec![
            finding(
                Some("shallow network"),
                32.0,
                verdicts(&[(Verdict::Inconclusive, &[5]), (Verdict::Fails, &[2, 3, 4, 6])]),
            ),
            finding(None, 64.0, verdicts(&[(Verdict::Holds, &[2, 3, 4])])),
            finding(None, 32.0, verdicts(&[(Verdict::Fails, &[2, 3, 4, 6]), (Verdict::Broken, &[5])])),
            finding(None, 16.0, verdicts(&[(Verdict::Inconclusive, &[2])])),
        ],
        ..stable("quick", "stages/learning-times", &[])
    };
    let plateaus = stable("quick", "stages/plateaus", &[2, 3, 4, 5, 6]);
    let old = ClaimStability { judged: "something else".to_owned(), ..stable("quick", "stages/depth", &[2]) };
    let of_quick = [("stages/learning-times", times), ("stages/plateaus", plateaus), ("stages/depth", old)];
    let full = stable("full", "stages/learning-times", &[1, 2, 3]);
    let map = |claims: Vec<(&str, ClaimStability)>| claims.into_iter().map(|(id, of)| (id.to_owned(), of)).collect();
    Stability {
        profiles: IndexMap::from([
            ("full".to_owned(), map(vec![("stages/learning-times", full)])),
            ("quick".to_owned(), map(of_quick.into())),
        ]),
        ..Stability::default()
    }
}

/// The pages with this measurement, without line breaks.
fn pages(stability: Option<&Stability>) -> impl Fn(&str) -> String {
    let files = files_of(&fixture::record(), &Edition { stability, ..Edition::default() });
    let pages = texts(&files, ".html");
    move |name| pages[&format!("{name}/index.html")].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_of_a_claim_says_how_it_came_out() {
    let stability = stability();
    let page = pages(Some(&stability));
    let cases = [
        ("stages/learning-times", "The same verdict under 2 of 2 other master seeds (full), 4 of 5 (quick). <a"),
        (
            "stages/plateaus",
            "The same verdict under 5 of 5 other master seeds (quick). It has not been measured under other master seeds (full).",
        ),
        (
            "stages/depth",
            "What was measured under other master seeds (quick) is out of date: the claim, its experiment or the rules of judging have changed since. It has not been measured under other master seeds (full).",
        ),
        ("detection/border", "It has not been measured under other master seeds (full and quick)."),
    ];
    for (id, expected) in cases {
        assert!(page(id).contains(expected), "{id}: {}", page(id));
    }
    assert!(!page("detection/living-things").contains("other master seeds"), "it was skipped");
}

#[test]
fn the_method_page_counts_clean_seeds_and_lists_what_was_not_stable() {
    let stability = stability();
    let page = pages(Some(&stability))("method");
    for expected in [
        "<em>full</em>: 2 of 2 seeds (2, 3) were clean, over 1 claim. 7 claims are left out, because nothing was measured: ",
        "<em>quick</em>: 4 of 5 seeds (2 to 6) were clean, over 2 claims; not clean: 5. 1 claim is left out, because what was \
         measured is out of date: stages/depth. 5 claims are left out, because nothing was measured: ",
        "singular value and the initial weights say</a> (quick) holds under 4 of 5 seeds, is vacuous under 1 (seed 5).",
        "<li>“strong modes are on time” at hidden = 32 fails under 4 of 5 seeds (seeds 2 to 4 and 6), is broken under 1 (seed 5)</li>",
        "<li>“strong modes are on time” at hidden = 16 is inconclusive under 1 of 5 seeds (seed 2), is not there under 4</li>",
        "<li>“strong modes are on time” at hidden = 64 holds under 3 of 5 seeds, is not there under 2</li>",
        "<li>1 more finding did not come out as it should under every seed.</li>",
        "a claim that is false at one point holds with a probability of at most half a per cent at the usual confidence, if intervals cover.",
    ] {
        assert!(page.contains(expected), "no `{expected}` in\n{page}");
    }
    assert!(!page.contains("stages/plateaus/index.html"), "a stable claim is not listed");
}

#[test]
fn without_a_measurement_nothing_is_said() {
    let page = pages(None);
    for name in ["stages/learning-times", "stages/depth", "method"] {
        assert!(!page(name).contains("other master seed"), "{name}");
    }
}

#[test]
fn seeds_are_counted_where_all_claims_have_them() {
    let claims = [
        verdicts(&[(Verdict::Holds, &[2, 3, 4]), (Verdict::Fails, &[5])]),
        verdicts(&[(Verdict::Holds, &[3, 5, 6]), (Verdict::Inconclusive, &[4])]),
    ];
    let seeds = Seeds::of(&claims);
    assert_eq!((seeds.all, seeds.clean), ([3, 4, 5].into(), [3].into()));
    assert_eq!(Seeds::of(&[] as &[Outcomes]), Seeds::default());
}

#[test]
fn many_seeds_are_named_in_runs() {
    let odd: Vec<u64> = (0..10).map(|place| 2 * place + 1).collect();
    let found = outcomes(&verdicts(&[(Verdict::Fails, &odd), (Verdict::Holds, &[30, 31])]), Verdict::Holds, 12);
    assert_eq!(found, "holds under 2 of 12 seeds, fails under 10 (seeds 1, 3, 5, 7, 9, 11 and 4 more)");
}
