//! Tests of the interval of a fraction: Clopper and Pearson where each replicate brings one row, bets where it brings
//! several.

use modewise::judge::Evidence;
use modewise::judge::finding::IntervalMethod::{self, Betting, ClopperPearson};
use modewise::judge::verdict::Verdict::Inconclusive;
use modewise::numerics::statistics::betting::bounded_mean;
use modewise::numerics::statistics::binomial::clopper_pearson;

use super::fixture::{all, at_least, check, column, evidence, finding};

#[test]
fn fractions_take_clopper_pearson_or_bets_by_the_rows_of_a_replicate_and_not_by_what_came_out() {
    // Of 16 replicates: how many rows each, in how many of them the condition is met.
    let rows: [(usize, usize, IntervalMethod); 7] = [
        (1, 16, ClopperPearson),
        (1, 12, ClopperPearson),
        (1, 0, ClopperPearson),
        (3, 48, Betting),
        (3, 47, Betting),
        (3, 30, Betting),
        (3, 0, Betting),
    ];
    let mut failures = Vec::new();
    for (each, met, method) in rows {
        let found = finding(16, check("fraction(x > 0.5)", at_least("0.1")), met_in(each, met));
        let exact = match method {
            ClopperPearson => clopper_pearson(met as u64, 16, 0.99),
            _ => {
                let share = |replicate: usize| (met.saturating_sub(3 * replicate)).min(3) as f64 / 3.0;
                bounded_mean(&(0..16).map(share).collect::<Vec<_>>(), [0.0, 1.0], 0.99)
            }
        };
        let same = found.interval.is_some_and(|ends| ends.iter().zip(exact).all(|(a, b)| (a - b).abs() < 1e-11));
        if found.method != method || found.measured != Some(met as f64 / (16 * each) as f64) || !same {
            failures.push(format!("{met} rows of {each} each, {exact:?}: {found:#?}"));
        }
    }
    all(failures);
    let all_of_16 = finding(16, check("fraction(x > 0.5)", at_least("0.95")), column(vec![1.0; 16]));
    assert_eq!((all_of_16.verdict, all_of_16.tolerance_use), (Inconclusive, None));
    assert!((88..=90).contains(&all_of_16.more_replicates.unwrap()), "{:?}", all_of_16.more_replicates);
}

/// Sixteen replicates of so many rows, the first `met` of which are 1.
fn met_in(each: usize, met: usize) -> Evidence {
    let replicate = (0..16 * each).map(|row| (row / each) as f64).collect();
    let x = (0..16 * each).map(|row| if row < met { 1.0 } else { 0.0 }).collect();
    evidence(&[("replicate", replicate), ("x", x)])
}

#[test]
fn a_row_that_fails_never_raises_the_lower_end_of_a_fraction() {
    for each in [1, 3, 5] {
        let mut before = 1.0;
        for met in (0..=16 * each).rev() {
            let found = finding(16, check("fraction(x > 0.5)", at_least("0.1")), met_in(each, met));
            let [low, _] = found.interval.unwrap();
            assert!(low < before || low == 0.0, "{met} of {each} rows each: {low} after {before}");
            before = low;
        }
        assert!(before == 0.0);
    }
}
