//! Time on a processor, which other work on the machine hardly changes.
//!
//! The clock is the one of `clock.py`, `CLOCK_PROCESS_CPUTIME_ID`. On some machines it moves in ticks of up to 10 ms,
//! so everything is repeated until the ticks do not matter.

use std::time::Duration;

use cpu_time::ProcessTime;

/// Least processor seconds that are measured: 20 of the longest ticks. `clock.py` has the same.
const LEAST: f64 = 0.2;

/// Processor time of one piece of work.
pub(crate) fn of(work: impl FnOnce()) -> Duration {
    let start = ProcessTime::now();
    work();
    start.elapsed()
}

/// Processor seconds of a run: the mean over as many as it takes to measure them. `run` makes what it works on anew and
/// returns the time of the work alone.
pub(crate) fn mean(mut run: impl FnMut() -> Duration) -> f64 {
    let (mut total, mut runs) = (0.0, 0.0);
    while total < LEAST {
        total += run().as_secs_f64();
        runs += 1.0;
    }
    total / runs
}

/// Processor seconds of one call of `work`: of the fastest of a few rows of calls, each long enough to be measured.
#[expect(clippy::disallowed_methods, reason = "times are finite")]
pub(crate) fn fastest(mut work: impl FnMut()) -> f64 {
    const ROWS: usize = 5;
    let mut row = |calls: u32| of(|| (0..calls).for_each(|_| work())).as_secs_f64();
    let mut calls = 1;
    while row(calls) < LEAST {
        calls *= 2;
    }
    (0..ROWS).map(|_| row(calls)).fold(f64::INFINITY, f64::min) / f64::from(calls)
}
