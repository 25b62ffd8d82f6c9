//! Times of the kernels, each at the sizes that claims use.
//!
//! `cargo bench --bench kernels` runs all of them in about two minutes, `cargo bench --bench kernels -- 'descent'` those
//! whose name contains the word. Products of matrices and vectors count floating-point operations, so that their
//! throughput in elements reads as FLOP: `5 Gelem/s` is 5 GFLOP/s. The other throughputs are entries, rows or intervals.

mod detection;
mod learning;
mod reporting;
mod statistics;

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .configure_from_args();
    learning::descent(&mut criterion);
    learning::flows(&mut criterion);
    learning::decompositions(&mut criterion);
    detection::triplets(&mut criterion);
    detection::generators(&mut criterion);
    statistics::bootstrap(&mut criterion);
    statistics::formulas(&mut criterion);
    reporting::site(&mut criterion);
    criterion.final_summary();
}

/// A group of kernels that take up to a second each.
fn slow<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    group
}
