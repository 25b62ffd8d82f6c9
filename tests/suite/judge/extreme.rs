//! Tests of extremes over replicates: the sample itself is judged.

use modewise::judge::finding::IntervalMethod::Sample;
use modewise::judge::verdict::Verdict::{Fails, Holds};
use modewise::numerics::statistics::binomial::proven_share;
use modewise::spec::check::{Check, Expectation};

use super::fixture::{
    all, at_least, at_most, check, column, evidence, finding, fixed, formulas, numbers, scattered, words,
};

/// Values below 1, one of which may be replaced.
fn small(count: usize, replaced: Option<f64>) -> Vec<f64> {
    let mut values = scattered(count, 5);
    if let Some(value) = replaced {
        values[count / 2] = value;
    }
    values
}

#[test]
fn one_counterexample_makes_an_extreme_fail_and_there_is_no_interval() {
    let rows = [
        ("max(x)", at_most("1")),
        ("max(abs(x))", at_most("1")),
        ("max(x) - min(x)", at_most("1")),
        ("max(x) - mean(x)", at_most("1")),
        (
            "0.5*max(x)",
            Expectation::Between { low: super::fixture::formula("0"), high: super::fixture::formula("0.5") },
        ),
        ("min(-x)", at_least("-1")),
        ("min(1 - x)", at_least("0")),
        ("max(x where x > 0)", at_most("1")),
    ];
    let mut failures = Vec::new();
    for (measure, expect) in rows {
        for replicates in [2, 16, 1000] {
            let of = |x| finding(replicates as u64, check(measure, expect.clone()), column(x));
            let (kept, broken) = (of(small(replicates, None)), of(small(replicates, Some(1e6))));
            let verdicts = (kept.verdict, broken.verdict) == (Holds, Fails);
            let none = [&kept, &broken]
                .iter()
                .all(|found| (found.interval, found.method, found.more_replicates) == (None, Sample, None));
            if !verdicts || !none {
                failures.push(format!("{measure} of {replicates}: {kept:#?}\n{broken:#?}"));
            }
        }
    }
    all(failures);
}

#[test]
fn an_extreme_that_all_keep_proves_a_share() {
    // 0.01^(1/n).
    let rows = [(2, 0.1), (16, 0.749_894), (100, 0.954_993), (1000, 0.995_405)];
    for (replicates, share) in rows {
        for (measure, expect) in [("max(x)", at_most("1")), ("min(-x)", at_least("-1"))] {
            let found = finding(replicates, check(measure, expect), column(small(replicates as usize, None)));
            assert!((found.proven_share.unwrap() - share).abs() < 1e-6, "{measure}: {found:#?}");
            assert_eq!(found.proven_share, Some(proven_share(replicates, 0.99)));
        }
    }
}

#[test]
fn nothing_is_proven_where_a_replicate_breaks_the_bound_or_the_measure_says_nothing_of_each() {
    let share = |measure: &str, expect, x| finding(100, check(measure, expect), column(x)).proven_share;
    assert_eq!(share("max(x)", at_most("1"), small(100, Some(2.0))), None, "a counterexample");
    assert_eq!(share("max(x)", at_least("0.5"), small(100, None)), None, "one is enough for this");
    assert_eq!(share("min(x)", at_most("0.5"), small(100, None)), None, "and for this");
    assert_eq!(share("max(x) - min(x)", at_most("1"), small(100, None)), None, "a difference of two replicates");
    assert_eq!(share("mean(x)", at_most("1"), small(100, None)), None, "a mean");
    let found = finding(100, check("max(x)", at_most("1")), fixed(column(small(100, None))));
    assert_eq!(found.proven_share, None, "nothing is drawn");
}

#[test]
fn an_extreme_within_each_replicate_is_a_number_like_any_other() {
    // Three rows for each of 16 replicates.
    let rows = || {
        let replicate = numbers(48).iter().map(|row| (row / 3.0).floor()).collect();
        evidence(&[("replicate", replicate), ("mode", [1.0, 2.0, 3.0].repeat(16)), ("x", scattered(48, 9))])
    };
    let staged = |group: &[&str], measure: &str| Check {
        group: words(group),
        reduce: formulas(&[("largest", "max(x)")]),
        ..check(measure, at_most("2"))
    };
    let within = finding(16, staged(&["replicate"], "mean(largest)"), rows());
    assert!(within.method != Sample && within.interval.is_some(), "{within:#?}");
    // Over replicates it is an extreme, in whichever stage.
    for check in [staged(&["mode"], "mean(largest)"), staged(&["replicate"], "max(largest)")] {
        let over = finding(16, check, rows());
        assert_eq!((over.method, over.interval, over.verdict), (Sample, None, Holds), "{over:#?}");
    }
}
