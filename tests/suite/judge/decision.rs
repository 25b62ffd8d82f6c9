//! Tests of the decision: interval against band, and how many more replicates would decide.

use modewise::judge::decision::{more_replicates, more_trials, verdict};
use modewise::judge::verdict::Verdict::{self, Fails, Holds, Inconclusive};
use modewise::numerics::statistics::binomial::clopper_pearson;
use proptest::prelude::*;

use super::fixture::all;

type Band = [Option<f64>; 2];

/// What it is, measured value, interval, band, expected number.
type Row = (&'static str, f64, [f64; 2], Band, Option<u64>);

#[test]
fn an_interval_inside_holds_outside_fails_and_on_the_edge_is_open() {
    let band = [Some(1.0), Some(2.0)];
    let rows: [([f64; 2], Band, Verdict); 14] = [
        ([1.2, 1.8], band, Holds),
        ([1.0, 2.0], band, Holds),
        ([1.5, 1.5], band, Holds),
        ([0.9, 1.8], band, Inconclusive),
        ([1.2, 2.1], band, Inconclusive),
        ([0.9, 2.1], band, Inconclusive),
        ([0.5, 1.0], band, Inconclusive),
        ([0.5, 0.9], band, Fails),
        ([2.1, 2.2], band, Fails),
        ([0.5, 1.5], [None, Some(2.0)], Holds),
        ([2.5, 3.0], [None, Some(2.0)], Fails),
        ([1.5, 3.0], [None, Some(2.0)], Inconclusive),
        ([1.5, 3.0], [Some(1.0), None], Holds),
        ([0.5, 0.7], [Some(1.0), None], Fails),
    ];
    let wrong = rows.into_iter().filter(|&(interval, band, expected)| verdict(interval, band) != expected);
    all(wrong.map(|row| format!("{row:?}: {:?}", verdict(row.0, row.1))).collect());
}

#[test]
fn a_value_on_an_edge_but_for_rounding_lies_on_it() {
    let mean_of_35 = [0.1; 35].iter().sum::<f64>() / 35.0;
    let rows: [([f64; 2], Band, Verdict); 8] = [
        ([0.7 + 0.1; 2], [Some(0.6), Some(0.8)], Holds),
        ([0.1 + 0.2; 2], [None, Some(0.3)], Holds),
        ([mean_of_35; 2], [None, Some(0.1)], Holds),
        ([mean_of_35; 2], [Some(0.1), None], Holds),
        ([1e17 + 16.0; 2], [None, Some(1e17)], Holds),
        // Above by more than rounding.
        ([0.1 + 1e-15; 2], [None, Some(0.1)], Fails),
        ([-1e-15; 2], [Some(0.0), None], Fails),
        ([0.1, 0.1 + 1e-15], [None, Some(0.1)], Inconclusive),
    ];
    let wrong = rows.into_iter().filter(|&(interval, band, expected)| verdict(interval, band) != expected);
    all(wrong.map(|row| format!("{row:?}: {:?}", verdict(row.0, row.1))).collect());
}

#[test]
fn the_number_of_replicates_that_would_decide_follows_the_square_root() {
    // Of 33 replicates the number is known to a quarter: 33 * 4 * 1.25 - 33 = 132.
    let rows: [Row; 8] = [
        ("half width twice the distance", 1.0, [0.9, 1.125], [None, Some(1.0625)], Some(132)),
        ("outside, the near edge", 1.25, [1.0, 1.5], [Some(0.0), Some(1.125)], Some(132)),
        ("outside on the low side", -1.25, [-1.5, -1.0], [Some(-1.125), Some(0.0)], Some(132)),
        ("the harder of two edges", 1.0, [0.5, 1.5], [Some(0.75), Some(1.125)], Some(627)),
        ("an edge that is not reached", 1.0, [0.5, 1.5], [Some(0.25), Some(1.25)], Some(132)),
        ("the end of the interval on the edge", 1.0, [0.5, 1.5], [None, Some(1.5 - 1e-9)], Some(9)),
        ("on the edge", 1.0, [0.5, 1.5], [None, Some(1.0)], None),
        ("nearly on the edge", 1.0, [0.0, 2.0], [None, Some(1.2)], None),
    ];
    let found = |row: &Row| more_replicates(33, row.1, row.2, row.3);
    let wrong = rows.iter().filter(|row| found(row) != row.4);
    all(wrong.map(|row| format!("{row:?}: {:?}", found(row))).collect());
}

#[test]
fn the_number_of_trials_that_would_decide_is_near_the_least() {
    // All of n: the lower end is 0.005^(1/n), above 0.95 from n = ln 0.005 / ln 0.95 = 103.3 on.
    let more = more_trials(16, 16, 0.99, [Some(0.95), None]).unwrap();
    assert!((104..=106).contains(&(16 + more)), "{more}");
    assert_eq!(more_trials(8, 16, 0.99, [Some(0.5), None]), None, "on the edge nothing decides");
    // 0.005^(1/103) = 0.94986 is all but there; one more decides, but no number below 14, the share that 102 tell.
    let more = more_trials(102, 102, 0.99, [Some(0.95), None]).unwrap();
    assert!((14..=16).contains(&more), "{more}");
    for (successes, trials, bound) in [(15, 16, 0.8), (30, 32, 0.99), (50, 100, 0.4)] {
        let band = [Some(bound), None];
        let more = more_trials(successes, trials, 0.99, band).unwrap();
        let decided = |n: u64| {
            let share = successes as f64 / trials as f64;
            verdict(clopper_pearson((share * n as f64).round() as u64, n, 0.99), band) != Inconclusive
        };
        assert!(decided(trials + more) && !decided(trials), "{successes} of {trials} at {bound}: {more}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn with_that_many_replicates_the_interval_is_off_the_edge(
        measured in -2.0..2.0, below in 0.01..2.0, above in 0.01..2.0, edges in (-1.0..0.0, 0.0..1.0), n in 2u64..200,
    ) {
        let (measured, below, above): (f64, f64, f64) = (measured, below, above);
        let band = [Some(edges.0), Some(edges.1)];
        let shrunk = |factor: f64| [measured - factor * below, measured + factor * above];
        prop_assume!(verdict(shrunk(1.0), band) == Inconclusive);
        if let Some(more) = more_replicates(n, measured, shrunk(1.0), band) {
            let with = |n_more: u64| shrunk(f64::sqrt(n as f64 / n_more as f64));
            // A hundredth more, because on the very edge the interval still touches.
            let decided = (n + more) + (n + more).div_ceil(100);
            prop_assert!(verdict(with(decided), band) != Inconclusive, "{more} more leave {:?}", with(decided));
            // What is added because the width is known to one part in sqrt(2 (n - 1)) only.
            let safety = 1.0 + f64::sqrt(2.0 / (n - 1) as f64);
            let before = ((n + more - 1) as f64 / safety * 0.99) as u64;
            prop_assert!(before <= n || verdict(with(before), band) == Inconclusive, "fewer than {more} decide");
            prop_assert!((3..=20 * n).contains(&more), "{more} more than {n}");
        }
    }
}

#[test]
fn numbers_near_the_largest_do_not_overflow() {
    let band = [Some(0.5), None];
    assert_eq!(more_trials(u64::MAX / 2, u64::MAX / 2, 0.99, band), None);
    // Three times as many more do not fit into the number.
    assert_eq!(more_replicates(u64::MAX, 0.6, [0.4, 0.8], band), None);
}
