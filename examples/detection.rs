//! How large must a category be to stand out of noise?
//!
//! `cargo run --example detection`. A table of zeros and ones is noise of density `q` but for a block of objects and
//! features whose density is `p`. Random matrix theory gives the leading singular value and the overlap of its vectors
//! with the block; here both are measured in one table of each block size.

use std::error::Error;

use modewise::numerics::bits::bernoulli::Bernoulli;
use modewise::numerics::bits::packed::{BitMatrix, Block, Centred};
use modewise::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions};
use modewise::seed::{MasterSeed, stream};
use modewise::theory::detection::{coherence, coherence_of_overlap, critical_area, expected_triplet, signal_to_noise};

/// Features and objects of the table, the rows and columns; density of the noise and of the block.
const FEATURES: usize = 1000;
const OBJECTS: usize = 600;
const BACKGROUND: f64 = 0.2;
const DENSITY: f64 = 0.5;

fn main() -> Result<(), Box<dyn Error>> {
    let (objects, features) = (OBJECTS as f64, FEATURES as f64);
    let snr = signal_to_noise(DENSITY, BACKGROUND);
    let critical = critical_area(snr, objects, features);
    println!("a block can be found from {critical:.0} entries on: {:.0} objects and features each", critical.sqrt());
    let half = coherence_of_overlap(0.5, objects / features).ok_or("an overlap is below 1")?;
    println!("half of it is found at {half:.2} times as many\n");

    println!("side  coherence  s1 in theory  measured  overlap in theory  measured");
    let mut lanczos = Lanczos::new(FEATURES, OBJECTS);
    for side in [15, 30, 45, 60, 90] {
        let mut rng = stream(MasterSeed(1), "table", &side, 0);
        let mut bits = BitMatrix::zeros(FEATURES, OBJECTS);
        let block = Block { rows: 0..side, columns: 0..side, density: Bernoulli::new(DENSITY) };
        bits.draw(Bernoulli::new(BACKGROUND), &[block], &mut rng);

        // Normalised to noise of mean 0 and variance 1; never formed, only multiplied.
        let scale = 1.0 / (BACKGROUND * (1.0 - BACKGROUND)).sqrt();
        let table = Centred { bits: &bits, mean: BACKGROUND, scale };
        let found = lanczos.leading(&table, LanczosOptions { count: 1, tolerance: 1e-6 }, &mut rng)?;

        // The cosine with the block's indicator, whose entries are 1/sqrt(side); objects are the columns.
        let along: f64 = (0..side).map(|object| found.v[(object, 0)]).sum();
        let overlap = along * along / side as f64;

        let coherence = coherence(snr, (side * side) as f64, objects, features);
        let expected = expected_triplet(coherence, objects / features);
        let s1 = found.s[0] / features.sqrt();
        println!(
            "{side:>4}  {coherence:>9.2}  {:>12.3}  {s1:>8.3}  {:>17.3}  {overlap:>8.3}",
            expected.s1, expected.objects
        );
        // Because close to coherence 1 a single table of this size scatters.
        if !(0.6..2.0).contains(&coherence) {
            assert!((s1 / expected.s1 - 1.0).abs() < 0.05, "theory and measurement agree within 5 %");
            assert!((overlap - expected.objects).abs() < 0.1, "so do the overlaps, within 0.1");
        }
    }
    Ok(())
}
