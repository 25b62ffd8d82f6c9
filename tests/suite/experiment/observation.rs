//! When flows are observed.

use modewise::experiment::common::observation::{MAX_SHOWN, shown, steps, times};

#[test]
fn the_last_observation_is_the_first_that_reaches_the_end() {
    for (until, every, expected) in
        [(0.3, 0.1, 3), (0.35, 0.1, 4), (1.0, 0.3, 4), (0.05, 0.1, 1), (12.0, 0.01, 1200), (1e6, 1.0, 1_000_000)]
    {
        assert_eq!(steps(until, every), expected, "{until} {every}");
    }
    // Every multiple is reached with its own number of steps, in spite of rounding.
    for every in [0.1, 0.01, 0.003, 1.0 / 3.0, 7.7] {
        for number in (1..2000).chain([99_999, 1_000_000]) {
            assert_eq!(steps(number as f64 * every, every), number, "{every}");
        }
    }
    assert_eq!(times(0.35, 0.1).collect::<Vec<_>>(), [0.0, 0.1, 0.2, 0.1 * 3.0, 0.4]);
}

#[test]
fn few_observations_are_shown_and_the_first_among_them() {
    for count in [0, 1, 399, 400, 401, 1000] {
        let shown: Vec<usize> = shown(count).collect();
        assert!(shown.len() <= MAX_SHOWN && shown.len() >= count.min(MAX_SHOWN / 2), "{count}");
        assert_eq!(shown.first().copied(), (count > 0).then_some(0));
    }
}
