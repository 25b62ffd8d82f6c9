//! Tables of zeros and ones, trees, leading singular triplets.

use std::convert::Infallible;
use std::hint::black_box;
use std::path::Path;

use criterion::Throughput;
use modewise::data::Data;
use modewise::data::tree::Tree;
use modewise::numerics::bits::bernoulli::Bernoulli;
use modewise::numerics::bits::packed::{BitMatrix, Block, Centred};
use modewise::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions};
use modewise::seed::{MasterSeed, stream};
use rand::{Rng, TryRng};

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
pub(crate) fn triplets(criterion: &mut crate::Bencher) {
    let mut group = crate::slow(criterion, "leading triplets of a 0/1 table, rows x columns");
    for (rows, columns) in SIZES {
        let mut rng = stream(MasterSeed::default(), "benchmark", &(rows, columns), 0);
        let mut bits = BitMatrix::zeros(rows, columns);
        bits.draw(Bernoulli::new(BACKGROUND), &categories(rows, columns), &mut rng);
        let deviation = (BACKGROUND * (1.0 - BACKGROUND)).sqrt();
        let table = Centred { bits: &bits, mean: BACKGROUND, scale: 1.0 / deviation };
        let mut lanczos = Lanczos::new(rows, columns);
        for count in [1, 3] {
            let options = LanczosOptions { count, tolerance: 1e-6 };
            let mut leading = || {
                let mut start = stream(MasterSeed::default(), "start", &(rows, columns), 0);
                lanczos.leading(&table, options, &mut start).expect("a finite table has triplets")
            };
            // A product and a sum for each entry in the products with the table and its transpose.
            let products = 2 * leading().steps as u64;
            group.throughput(Throughput::Elements(products * 2 * (rows * columns) as u64));
            let name = format!("{rows} x {columns}, k = {count}");
            group.bench_function(name, |bencher| bencher.iter(&mut leading));
        }
    }
    group.finish();
}

/// Counts the random words that are drawn.
#[derive(Clone)]
struct Counted<R> {
    rng: R,
    words: u64,
}

impl<R: Rng> TryRng for Counted<R> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.words += 1;
        Ok(self.rng.next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.words += 1;
        Ok(self.rng.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.words += bytes.len().div_ceil(8) as u64;
        self.rng.fill_bytes(bytes);
        Ok(())
    }
}

/// New tables: the random bits that they take. New trees: the bytes of their tables.
pub(crate) fn generators(criterion: &mut crate::Bencher) {
    let mut group = criterion.benchmark_group("draw");
    for (rows, columns) in SIZES {
        let mut rng = stream(MasterSeed::default(), "benchmark", &(rows, columns), 0);
        let mut bits = BitMatrix::zeros(rows, columns);
        let categories = categories(rows, columns);
        let mut counted = Counted { rng: rng.clone(), words: 0 };
        bits.draw(Bernoulli::new(BACKGROUND), &categories, &mut counted);
        group.throughput(Throughput::Bits(64 * counted.words));
        group.bench_function(format!("0/1 table, {rows} x {columns}"), |bencher| {
            bencher.iter(|| bits.draw(black_box(Bernoulli::new(BACKGROUND)), &categories, &mut rng));
        });
    }
    for depth in [3, 5, 8] {
        let tree = Data::Tree(Tree { depth, branching: 2, flip: 0.1, features: 1000 });
        let source = tree.prepare(Path::new("")).expect("the tree is allowed");
        group.throughput(Throughput::Bytes((8 * source.items() * source.features()) as u64));
        group.bench_function(format!("tree, {} items x 1000 features", source.items()), |bencher| {
            bencher.iter(|| source.draw(MasterSeed::default(), black_box(0)));
        });
    }
    group.finish();
}
