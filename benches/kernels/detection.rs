//! Tables of zeros and ones, trees, leading singular triplets.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput};
use modewise::data::Data;
use modewise::data::tree::Tree;
use modewise::numerics::bernoulli::Bernoulli;
use modewise::numerics::bits::{BitMatrix, Block, Centred};
use modewise::numerics::lanczos::{Lanczos, Wanted};
use modewise::seed::{MasterSeed, stream};

/// Tables as features x objects.
const SIZES: [(usize, usize); 3] = [(400, 640), (1000, 2000), (1600, 3200)];

const BACKGROUND: f64 = 0.2;

/// Three categories of falling size, so that three leading triplets stand out from the noise.
fn categories(rows: usize, columns: usize) -> Vec<Block> {
    let share = |number: usize, size: usize| number * size / 4..number * size / 4 + size / (5 + number);
    let block =
        |number| Block { rows: share(number, rows), columns: share(number, columns), density: Bernoulli::new(0.5) };
    (0..3).map(block).collect()
}

/// The leading triplets of a centred table, to the residual that the experiment `detection` asks for.
pub(crate) fn triplets(criterion: &mut Criterion) {
    let mut group = crate::slow(criterion, "leading triplets of a 0/1 table, rows x columns");
    for (rows, columns) in SIZES {
        let mut rng = stream(MasterSeed::default(), "benchmark", &(rows, columns), 0);
        let mut bits = BitMatrix::zeros(rows, columns);
        bits.draw(Bernoulli::new(BACKGROUND), &categories(rows, columns), &mut rng);
        let deviation = (BACKGROUND * (1.0 - BACKGROUND)).sqrt();
        let table = Centred { bits: &bits, mean: BACKGROUND, scale: 1.0 / deviation };
        let mut lanczos = Lanczos::new(rows, columns);
        for count in [1, 3] {
            let wanted = Wanted { count, tolerance: 1e-6 };
            let name = format!("{rows} x {columns}, k = {count}");
            group.bench_function(name, |bencher| {
                let start = || stream(MasterSeed::default(), "start", &(rows, columns), 0);
                bencher.iter(|| lanczos.leading(&table, wanted, &mut start()).expect("a finite table has triplets"));
            });
        }
    }
    group.finish();
}

/// New tables and new trees; entries a second.
pub(crate) fn generators(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw");
    for (rows, columns) in SIZES {
        let mut rng = stream(MasterSeed::default(), "benchmark", &(rows, columns), 0);
        let mut bits = BitMatrix::zeros(rows, columns);
        let categories = categories(rows, columns);
        group.throughput(Throughput::Elements((rows * columns) as u64));
        group.bench_function(format!("0/1 table, {rows} x {columns}"), |bencher| {
            bencher.iter(|| bits.draw(black_box(Bernoulli::new(BACKGROUND)), &categories, &mut rng));
        });
    }
    for depth in [3, 5, 8] {
        let tree = Data::Tree(Tree { depth, branching: 2, flip: 0.1, features: 1000 });
        let source = tree.prepare(Path::new("")).expect("the tree is allowed");
        group.throughput(Throughput::Elements((source.items() * source.features()) as u64));
        group.bench_function(format!("tree, {} items x 1000 features", source.items()), |bencher| {
            bencher.iter(|| source.draw(MasterSeed::default(), black_box(0)));
        });
    }
    group.finish();
}
