//! Tests of how an interval is made: it follows from the formulas and from what the columns declare.

use modewise::judge::Evidence;
use modewise::judge::finding::Finding;
use modewise::judge::finding::IntervalMethod::{self, Bca, Betting, Bootstrap, ClopperPearson, OrderStatistic, Sample};
use modewise::judge::verdict::Verdict::{Broken, Holds, Inconclusive};
use modewise::numerics::statistics::betting::bounded_mean;
use modewise::numerics::statistics::order_statistic::quantile_interval;
use modewise::spec::check::{Check, Expectation};

use super::fixture::{
    all, at_least, at_most, check, claim, column, control, equals, evidence, finding, formula, formulas, judged,
    numbers, scattered, words,
};

/// Columns of every kind, one row for each replicate.
fn every(count: usize) -> Evidence {
    let noise = |seed| scattered(count, seed);
    let rare = |seed| noise(seed).iter().map(|noise| if *noise < 0.1 { 1.0 / 3.0 } else { 1.0 }).collect::<Vec<_>>();
    evidence(&[
        ("replicate", numbers(count)),
        ("mode", numbers(count).iter().map(|number| number % 4.0 + 1.0).collect()),
        ("x", noise(1).iter().map(|noise| noise + 1.0).collect()),
        ("theory", noise(2).iter().map(|noise| noise + 1.0).collect()),
        ("rank", rare(3)),
        ("share", rare(4)),
        ("errors", noise(5).iter().map(|noise| (4.0 * noise).floor()).collect()),
    ])
}

#[test]
fn the_method_follows_from_formula_and_columns() {
    let rows: [(&str, IntervalMethod); 33] = [
        ("mean(x)", Bootstrap),
        ("mean(abs(x - theory))", Bootstrap),
        ("mean(x)/mean(theory)", Bootstrap),
        ("mean(rank*x)", Bootstrap),
        ("slope(x, mode)", Bootstrap),
        ("sd(x)", Bootstrap),
        ("mean(rank)", Betting),
        ("mean(share)", Betting),
        ("mean(1 - rank)", Betting),
        ("mean(2*abs(rank) + 1)", Betting),
        ("mean(rank - share)", Betting),
        ("fraction(x > 1.5)", ClopperPearson),
        ("fraction(rank == 1)", ClopperPearson),
        ("fraction(errors == 0)", ClopperPearson),
        ("median(x)", OrderStatistic),
        ("quantile(x, 0.9)", OrderStatistic),
        ("median(rank)", OrderStatistic),
        ("median(x) - median(theory)", Bca),
        ("median(x)/mean(x)", Bca),
        ("quantile(x, 0.9)/quantile(x, 0.1)", Bca),
        ("max(x)", Sample),
        ("max(errors)", Sample),
        ("min(rank)", Sample),
        ("mean(errors)", IntervalMethod::None),
        ("mean(errors*rank)", IntervalMethod::None),
        ("mean(rank)/mean(x)", IntervalMethod::None),
        ("mean(x) + mean(share)", IntervalMethod::None),
        ("slope(share, x)", IntervalMethod::None),
        ("sd(rank)", IntervalMethod::None),
        ("1 - fraction(x > 1)", IntervalMethod::None),
        ("mean(x where mode == 1)", Bootstrap),
        ("median(x where mode == 1)", Bca),
        ("max(x where mode == 1)", Sample),
    ];
    let mut failures = Vec::new();
    for (measure, method) in rows {
        let found = finding(64, check(measure, at_most("1000")), every(64));
        let interval = !matches!(method, Sample | IntervalMethod::None);
        let verdict = if method == IntervalMethod::None { Inconclusive } else { Holds };
        let reason = found.note.as_deref().is_some_and(|note| note.contains("no interval is known to cover"));
        let right = (found.method, found.interval.is_some(), found.verdict) == (method, interval, verdict)
            && reason == (method == IntervalMethod::None);
        if !right {
            failures.push(format!("{measure}: {found:#?}"));
        }
    }
    all(failures);
}

#[test]
fn without_a_method_a_finding_is_inconclusive_and_says_what_to_ask_for() {
    let rows = [
        (
            "mean(rank)/mean(x)",
            at_most("5"),
            "ask for the `fraction` of replicates that are right, or for a plain `mean`",
        ),
        ("mean(errors)", at_most("5"), "ask for the `fraction` of replicates with the right count"),
        ("mean(rank)", at_most("mean(theory)"), "what is expected differs between replicates"),
        ("fraction(x > 1)", at_least("mean(share)"), "what is expected differs between replicates"),
    ];
    let mut failures = Vec::new();
    for (measure, expect, reason) in rows {
        let found = finding(64, check(measure, expect), every(64));
        let note = found.note.clone().unwrap_or_default();
        if found.verdict != Inconclusive || found.more_replicates.is_some() || !note.contains(reason) {
            failures.push(format!("{measure}: {found:#?}"));
        }
    }
    all(failures);
}

#[test]
fn rank_correlations_that_are_all_one_do_not_prove_that_all_are() {
    let ones = evidence(&[("replicate", numbers(16)), ("rank", vec![1.0; 16])]);
    let declared = finding(16, check("mean(rank)", at_least("0.99")), ones);
    // Four modes in their order in each of 16 replicates.
    let ordered = evidence(&[
        ("replicate", numbers(64).iter().map(|row| (row / 4.0).floor()).collect()),
        ("mode", [1.0, 2.0, 3.0, 4.0].repeat(16)),
        ("half_time", [0.5, 1.5, 2.0, 7.0].repeat(16)),
    ]);
    let staged = Check {
        group: words(&["replicate"]),
        reduce: formulas(&[("tau", "kendall(half_time, mode)")]),
        ..check("mean(tau)", at_least("0.99"))
    };
    let made = finding(16, staged, ordered);
    for found in [declared, made] {
        assert_eq!((found.measured, found.verdict, found.method), (Some(1.0), Inconclusive, Betting));
        assert_eq!(found.interval, Some(bounded_mean(&[1.0; 16], [-1.0, 1.0], 0.99)));
        assert!(found.interval.unwrap()[0] < 0.4, "{found:#?}");
    }
}

#[test]
fn the_range_of_a_bounded_mean_follows_the_formula() {
    type Row = (&'static str, [f64; 2], fn(f64) -> f64);
    let rows: [Row; 6] = [
        ("mean(rank)", [-1.0, 1.0], |rank| rank),
        ("mean(1 - rank)", [0.0, 2.0], |rank| 1.0 - rank),
        ("mean(-rank)", [-1.0, 1.0], |rank| -rank),
        ("mean((rank + 1)/2)", [0.0, 1.0], |rank| rank / 2.0 + 0.5),
        ("mean(3*rank - 1)", [-4.0, 2.0], |rank| 3.0 * rank - 1.0),
        ("mean(abs(rank))", [0.0, 1.0], f64::abs),
    ];
    let rank: Vec<f64> = scattered(40, 3).iter().map(|noise| if *noise < 0.2 { -0.5 } else { 1.0 }).collect();
    let mut failures = Vec::new();
    for (measure, range, change) in rows {
        let found =
            finding(40, check(measure, at_most("10")), evidence(&[("replicate", numbers(40)), ("rank", rank.clone())]));
        let values: Vec<f64> = rank.iter().map(|&rank| change(rank)).collect();
        let expected = bounded_mean(&values, range, 0.99);
        if found.interval.is_none_or(|ends| ends.iter().zip(expected).any(|(a, b)| (a - b).abs() > 1e-11)) {
            failures.push(format!("{measure}: {found:#?}, expected {expected:?}"));
        }
    }
    all(failures);
}

#[test]
fn a_value_beyond_the_declared_range_breaks_the_check() {
    let mut rank = vec![1.0; 16];
    rank[7] = 1.5;
    let found = finding(16, check("mean(rank)", at_most("2")), evidence(&[("replicate", numbers(16)), ("rank", rank)]));
    let note = "1.5 is outside of the range that is declared, -1 to 1";
    assert_eq!((found.verdict, found.note.as_deref()), (Broken, Some(note)));
}

#[test]
fn too_few_replicates_are_inconclusive_and_the_finding_says_how_many_it_takes() {
    // Replicates, measure, how many it takes.
    let rows = [
        (8, "mean(x)", 16),
        (15, "mean(x)", 16),
        (2, "mean(x)/mean(theory)", 16),
        (7, "median(x)", 8),
        (16, "quantile(x, 0.9)", 51),
        (50, "quantile(x, 0.1)", 51),
        (12, "median(x)/mean(x)", 16),
        (50, "quantile(x, 0.9)/mean(x)", 51),
    ];
    let mut failures = Vec::new();
    for (replicates, measure, takes) in rows {
        let of = |replicates: u64| finding(replicates, check(measure, at_most("1000")), every(replicates as usize));
        let (found, enough) = (of(replicates), of(takes));
        let note = format!("{replicates} replicates are too few for an interval of this measure: it takes {takes}");
        let right = (found.verdict, found.interval, found.method) == (Inconclusive, None, IntervalMethod::None)
            && found.more_replicates == Some(takes - replicates)
            && found.note.as_deref() == Some(note.as_str())
            && (enough.verdict, enough.interval.is_some()) == (Holds, true);
        if !right {
            failures.push(format!("{replicates} of {measure}: {found:#?}\n{enough:#?}"));
        }
    }
    all(failures);
}

#[test]
fn no_advice_is_given_for_a_control() {
    let mut claim = claim(8, vec![check("mean(x)", at_most("1000"))]);
    claim.controls = vec![control("the same", &["the check"])];
    let found = judged(&claim, &[every(8), every(8)]).findings;
    let advice: Vec<_> = found.iter().map(|found| (found.verdict, found.more_replicates)).collect();
    assert_eq!(advice, [(Inconclusive, Some(8)), (Inconclusive, None)]);
}

#[test]
fn a_quantile_lies_between_order_statistics() {
    let x: Vec<f64> = scattered(60, 8);
    for (measure, level) in [("median(x)", 0.5), ("quantile(x, 0.9)", 0.9), ("quantile(x, 0.25)", 0.25)] {
        let found = finding(60, check(measure, at_most("2")), column(x.clone()));
        assert_eq!((found.method, found.interval), (OrderStatistic, quantile_interval(&x, level, 0.99)), "{measure}");
    }
}

#[test]
fn replicates_with_different_numbers_of_rows_have_no_fraction_and_no_bounded_mean() {
    let replicate = [numbers(16), numbers(8)].concat();
    for measure in ["mean(rank)", "fraction(rank > 0)"] {
        let rows = evidence(&[("replicate", replicate.clone()), ("rank", vec![1.0; 24])]);
        let found = finding(16, check(measure, at_least("0.1")), rows);
        let note = found.note.unwrap();
        assert_eq!(found.verdict, Inconclusive, "{measure}");
        assert!(note.ends_with("reduce each replicate to one row by `group: [replicate]`"), "{note}");
    }
}

fn intervals(findings: &[Finding]) -> Vec<Option<[f64; 2]>> {
    findings.iter().map(|finding| finding.interval).collect()
}

#[test]
fn another_name_changes_no_interval_and_another_formula_does() {
    let checks = |name: &str, measure: &str| {
        let named = |suffix: &str, check: Check| Check { name: format!("{name}{suffix}"), ..check };
        vec![
            named(" 1", check(measure, equals("1.5", 1.0))),
            named(" 2", Check { measure: formula("median(x)/mean(x)"), ..check("mean(x)", at_most("3")) }),
        ]
    };
    let of = |id: &str, name: &str, measure: &str| {
        let mut claim = claim(16, checks(name, measure));
        (claim.id, claim.chapter, claim.title) = (id.to_owned(), id.to_owned(), name.to_owned());
        intervals(&judged(&claim, &[every(16)]).findings)
    };
    let first = of("chapter/claim", "the check", "mean(x)");
    assert!(first.iter().all(Option::is_some));
    assert_eq!(of("another/name", "something else", "mean(x)"), first);
    let other = of("chapter/claim", "the check", "0 + mean(x)");
    assert!(other[0] != first[0] && other[1] == first[1], "a stream of its own for each formula");
}

#[test]
fn an_expectation_that_moves_with_the_data_takes_the_bootstrap_of_the_difference() {
    let found = finding(16, check("median(x)", at_most("2*median(theory)")), every(16));
    assert_eq!((found.method, found.verdict), (Bca, Holds));
    let constant = Expectation::AtMost { bound: formula("2*1.5"), ideal: None };
    assert_eq!(finding(16, check("median(x)", constant), every(16)).method, OrderStatistic);
}
