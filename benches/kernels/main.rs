//! Times of the kernels, each at the sizes that claims use, as rates and shares of what the machine can do.
//!
//! `cargo bench --bench kernels` runs all of them in about three minutes, `cargo bench --bench kernels -- 'descent'`
//! those whose name contains the word. First it measures the limits of a thread: fused products and sums in registers,
//! a sum over memory, random words. The rate of a kernel counts the operations of the textbook's algorithm, or the
//! bytes that have to be read and written, so a kernel that saves work can be above its limit.

mod detection;
mod learning;
mod limits;
mod reporting;
mod statistics;

use std::time::Duration;

use criterion::{BenchmarkGroup, Criterion};
use limits::AgainstLimits;

/// Criterion with our throughputs.
type Bencher = Criterion<AgainstLimits>;

fn main() {
    let mut criterion = Criterion::default()
        .with_measurement(AgainstLimits::default())
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .configure_from_args();
    learning::descent(&mut criterion);
    learning::flows(&mut criterion);
    learning::rumelhart(&mut criterion);
    learning::decompositions(&mut criterion);
    detection::triplets(&mut criterion);
    detection::generators(&mut criterion);
    statistics::bootstrap(&mut criterion);
    statistics::formulas(&mut criterion);
    reporting::site(&mut criterion);
    criterion.final_summary();
}

/// A group of kernels that take up to a second each.
fn slow<'a>(criterion: &'a mut Bencher, name: &str) -> BenchmarkGroup<'a, AgainstLimits> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    group
}
