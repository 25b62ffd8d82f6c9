//! The work of `benches/peers`, done by this library: `ours WORK` with `descent ITEMS HIDDEN FEATURES STEPS`,
//! `triplets ROWS COLUMNS FIRST COUNT` or `growth`. Prints JSON: processor seconds, and numbers to compare.

mod clock;
mod growth;

use std::hint::black_box;

use faer::Mat;
use modewise::learn::linear_network::LinearNetwork;
use modewise::learn::rotation::rotate;
use modewise::numerics::bits::packed::{BitMatrix, Centred};
use modewise::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions};
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::seed::{MasterSeed, stream};

/// Rate of descent, small enough for all sizes.
const RATE: f64 = 1e-4;

/// Share of ones outside of the blocks, and what tables are centred by.
const BACKGROUND: f64 = 0.2;

const USAGE: &str =
    "usage: ours descent ITEMS HIDDEN FEATURES STEPS | ours triplets ROWS COLUMNS FIRST COUNT | ours growth";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = arguments.iter().skip(1).map(|text| text.parse().expect("whole numbers")).collect();
    match (arguments.first().map(String::as_str), &numbers[..]) {
        (Some("descent"), &[items, hidden, features, steps]) => descent(items, hidden, features, steps),
        (Some("triplets"), &[rows, columns, first, count]) => triplets(rows, columns, first, count),
        (Some("growth"), []) => growth::growth(),
        _ => eprintln!("{USAGE}"),
    }
}

/// Numbers between -1 and 1 that every language makes alike: `((a i + b j^2 + c i j) mod 1009)/504 - 1`.
fn pattern(rows: usize, columns: usize, [a, b, c]: [usize; 3]) -> Mat<f64> {
    Mat::from_fn(rows, columns, |i, j| ((a * i + b * j * j + c * i * j) % 1009) as f64 / 504.0 - 1.0)
}

/// Steps of descent of a two-layer net that learns an F x N table, and the loss afterwards.
fn descent(items: usize, hidden: usize, features: usize, steps: usize) {
    let y = pattern(features, items, [7, 13, 1]);
    let weights = [1e-2 * pattern(hidden, items, [3, 5, 2]), 1e-2 * pattern(features, hidden, [11, 17, 3])];
    let rotated = rotate(&thin_svd(y.as_ref()).expect("a finite table"), &weights);
    let mut loss = 0.0;
    let seconds = clock::mean(|| {
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let time = clock::of(|| (0..steps).for_each(|_| chain.step(black_box(RATE))));
        loss = chain.loss();
        time
    });
    println!("{{\"seconds\": {:e}, \"check\": [{loss:e}]}}", seconds / steps as f64);
}

/// The three leading triplets of matrices of zeros and ones, centred, and the singular values of the last.
fn triplets(rows: usize, columns: usize, first: usize, count: usize) {
    let table = |matrix: usize| BitMatrix::from_fn(rows, columns, category(rows, columns, matrix));
    let matrices: Vec<BitMatrix> = (first..first + count).map(table).collect();
    let mut lanczos = Lanczos::new(rows, columns);
    let mut s = Vec::new();
    let seconds = clock::mean(|| {
        let mut rng = stream(MasterSeed::default(), "start", &(rows, columns), 0);
        clock::of(|| {
            for bits in &matrices {
                let table = Centred { bits, mean: BACKGROUND, scale: 1.0 };
                s = lanczos
                    .leading(&table, LanczosOptions { count: 3, tolerance: 1e-6 }, &mut rng)
                    .expect("a finite table")
                    .s;
            }
        })
    });
    let seconds = seconds / count as f64;
    println!("{{\"seconds\": {seconds:e}, \"check\": [{:e}, {:e}, {:e}]}}", s[0], s[1], s[2]);
}

/// The entries of a table with three blocks on its diagonal, denser one after the other.
fn category(rows: usize, columns: usize, matrix: usize) -> impl Fn(usize, usize) -> bool {
    move |i, j| {
        let block = |k: usize| (i * 8 / rows == 2 * k) && (j * 8 / columns == 2 * k);
        let dense = (0..3).any(block);
        hash(i, j, matrix) < if dense { 500 + 50 * (i * 8 / rows) as u64 } else { 200 }
    }
}

/// A number below 1000 that looks random and that every language makes alike: 32-bit finaliser of MurmurHash3.
fn hash(i: usize, j: usize, matrix: usize) -> u64 {
    let mut h = (i as u64 * 0x9E37 + j as u64 * 0x85EB_CA6B + matrix as u64 * 0xC2B2_AE35 + 1) & 0xFFFF_FFFF;
    for (shift, factor) in [(16, 0x85EB_CA6B_u64), (13, 0xC2B2_AE35)] {
        h ^= h >> shift;
        h = (h * factor) & 0xFFFF_FFFF;
    }
    (h ^ (h >> 16)) % 1000
}
