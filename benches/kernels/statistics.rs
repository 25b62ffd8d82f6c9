//! The bootstrap, and formulas over rows.

use std::hint::black_box;

use criterion::Throughput;
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::statistics::bootstrap::{Resamples, interval};
use modewise::seed::{MasterSeed, stream};
use modewise::spec::formula::Formula;
use modewise::table::Table;

const REPLICATES: usize = 100;
const MODES: usize = 31;

/// Resamples of an interval, as in a report.
const RESAMPLES: usize = 2000;

/// Columns of random numbers around 1, and `mode` from 1 up.
fn table(rows: usize, names: &[&str]) -> Table {
    let mut rng = stream(MasterSeed::default(), "benchmark", &rows, 0);
    let mut table = Table::default();
    for name in names {
        let deviates = normal_matrix(rows, 1, &mut rng);
        table.set(name, deviates.col(0).iter().map(|deviate| 1.0 + 0.1 * deviate).collect());
    }
    table.set("mode", (0..rows).map(|row| (row % MODES + 1) as f64).collect());
    table
}

fn formula(text: &str) -> Formula {
    Formula::parse(text).expect("the formula is written here")
}

/// Intervals of measures of a table with a row for each replicate and mode: of the mean of every mode, and of measures
/// of all rows together.
pub(crate) fn bootstrap(criterion: &mut crate::Bencher) {
    let mut rng = stream(MasterSeed::default(), "bootstrap", &"benchmark", 0);
    let resamples = Resamples::draw(REPLICATES, RESAMPLES, &mut rng);
    let table = table(REPLICATES * MODES, &["x", "y"]);
    let mut group = crate::slow(criterion, "BCa interval, 100 replicates x 31 modes");
    let x = table.column("x").expect("the table has the column");
    // An addition for each replicate that a resample draws.
    let additions = (REPLICATES * RESAMPLES) as u64;
    group.throughput(Throughput::Elements(MODES as u64 * additions));
    group.bench_function("mean of each mode", |bencher| {
        bencher.iter(|| {
            (0..MODES).for_each(|mode| {
                let mean = |drawn: &[u32]| {
                    drawn.iter().map(|&replicate| x[replicate as usize * MODES + mode]).sum::<f64>()
                        / drawn.len() as f64
                };
                black_box(interval(&resamples, 0.99, mean).expect("a mean has an interval"));
            });
        });
    });
    group.throughput(Throughput::Bytes(MODES as u64 * 2 * 8 * additions));
    for measure in ["mean(x)/mean(y)", "median(x)", "kendall(x, y)", "crossing(x*mode, mode, 9.5)"] {
        let formula = formula(measure);
        let over = formula.over(&table);
        group.bench_function(measure, |bencher| {
            let mut rows = Vec::new();
            let mut value = |drawn: &[u32]| {
                rows.clear();
                drawn.iter().for_each(|&one| rows.extend(one as usize * MODES..(one as usize + 1) * MODES));
                over.value(&rows)
            };
            bencher.iter(|| interval(&resamples, 0.99, &mut value).expect("the measure has an interval"));
        });
    }
    group.finish();
}

/// A column computed from others, row by row.
pub(crate) fn formulas(criterion: &mut crate::Bencher) {
    const ROWS: usize = 1_000_000;
    let table = table(ROWS, &["s", "g", "m0", "half_time"]);
    let mut group = crate::slow(criterion, "formula in each of a million rows");
    let cases = [("s*g", 2), ("mode <= 12 and known(half_time)", 2), ("abs(half_time/(ln(9*s/m0 - 1)/(2*g)) - 1)", 4)];
    for (text, columns) in cases {
        // The columns that it reads, and the one that it writes.
        group.throughput(Throughput::Bytes(8 * (columns + 1) * ROWS as u64));
        let formula = formula(text);
        group.bench_function(text, |bencher| bencher.iter(|| formula.by_row(black_box(&table))));
    }
    group.finish();
}
