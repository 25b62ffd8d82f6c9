//! Time on a processor, which other work on the machine hardly changes.

use std::fs;

/// Processor seconds of this process so far, from `/proc/self/schedstat`.
pub(crate) fn seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").expect("Linux counts the time of processes");
    let nanoseconds = text.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.expect("the first number is the time on a processor") * 1e-9
}

/// Processor seconds of one call of `work`: of the fastest of a few rows of calls, each long enough to be measured.
#[expect(clippy::disallowed_methods, reason = "times are finite")]
pub(crate) fn fastest(mut work: impl FnMut()) -> f64 {
    const ROWS: usize = 5;
    const LEAST: f64 = 0.02;
    let mut row = |calls: u32| {
        let before = seconds();
        (0..calls).for_each(|_| work());
        seconds() - before
    };
    let mut calls = 1;
    while row(calls) < LEAST {
        calls *= 2;
    }
    (0..ROWS).map(|_| row(calls)).fold(f64::INFINITY, f64::min) / f64::from(calls)
}
