//! In how many places two rows of bits both have a 1.

use crate::numerics::linear_algebra::reductions::{inner_product, sum};
use crate::numerics::simd::dispatch::with_simd;

/// Rows that are compared with as many others at a time.
const BLOCK: usize = 16;

/// Rows of the counts that one pass of a product takes.
const PASS: usize = 8;

/// The Gram matrix `G = Y Y^T` of a standardised table `Y = scale (X - mean 1 1^T)` with an n x m matrix `X` of zeros and
/// ones by rows, from the n x n co-occurrences `C = X X^T`, which are whole numbers and exact. Keeps its memory from one
/// table to the next.
#[derive(Clone, Debug, Default)]
pub struct CoOccurrences {
    columns: usize,
    mean: f64,
    scale: f64,
    counts: Vec<i32>,
    /// The diagonal of the counts: how many ones each row has.
    ones: Vec<f64>,
}

impl CoOccurrences {
    /// Fewest rows of a table.
    pub(crate) const MIN_ROWS: usize = BLOCK;

    /// Counts for a table of at least 16 rows and less than `2^31` columns, whose words
    /// stand in tiles: that of row `i` in tile `t` is `words[t rows + i]`.
    ///
    /// Blocks of 16 x 16 on and below the diagonal are counted, and also written where their transpose belongs; the last
    /// ones overlap those before them.
    ///
    /// # Panics
    /// If the table has fewer rows or more columns, or another number of words than that.
    pub fn count(&mut self, words: &[u64], [rows, columns]: [usize; 2], mean: f64, scale: f64) {
        assert!(rows >= Self::MIN_ROWS && i32::try_from(columns).is_ok(), "{rows} x {columns} can be counted");
        assert_eq!(words.len(), rows * columns.div_ceil(64), "each row has a word for each 64 columns");
        (self.columns, self.mean, self.scale) = (columns, mean, scale);
        self.counts.resize(rows * rows, 0);
        let counts = &mut self.counts[..];
        with_simd(
            #[inline(always)]
            || {
                for start in (0..rows).step_by(BLOCK) {
                    let row = start.min(rows - BLOCK);
                    for column in (0..=start).step_by(BLOCK) {
                        let column = column.min(rows - BLOCK);
                        let block = block(words, rows, row, column);
                        for (place, of_row) in block.iter().enumerate() {
                            counts[(row + place) * rows + column..][..BLOCK].copy_from_slice(of_row);
                            for (other, of_column) in block.iter().enumerate() {
                                counts[(column + place) * rows + row + other] = of_column[place];
                            }
                        }
                    }
                }
            },
        );
        self.ones.clear();
        self.ones.extend(self.counts.iter().step_by(rows + 1).map(|&ones| f64::from(ones)));
    }

    /// `product = G v`, n components each. With `c` for the diagonal of `C`, which has the sums of the rows of `X`,
    /// `G = scale^2 (C - mean (c 1^T + 1 c^T) + mean^2 m 1 1^T)`.
    ///
    /// # Panics
    /// If one of the vectors has another number of components.
    pub fn apply(&self, v: &[f64], product: &mut [f64]) {
        self.apply_counts(v, product);
        let total = sum(v);
        let (along, shift) =
            (self.mean * total, self.mean * (inner_product(&self.ones, v) - self.mean * self.columns as f64 * total));
        let square = self.scale * self.scale;
        for (entry, ones) in product.iter_mut().zip(&self.ones) {
            *entry = square * (*entry - along * ones - shift);
        }
    }

    /// `product = C v`, the sum over the rows of the counts in their order, each term fused with what was there.
    fn apply_counts(&self, v: &[f64], product: &mut [f64]) {
        let rows = self.ones.len();
        assert_eq!([v.len(), product.len()], [rows; 2], "vectors have one component per row");
        product.fill(0.0);
        with_simd(
            #[inline(always)]
            || {
                let (passes, last) = v.as_chunks::<PASS>();
                let mut counts = self.counts.chunks_exact(rows);
                for weights in passes {
                    let mut pass = [&self.counts[..0]; PASS];
                    for row in &mut pass {
                        *row = &counts.next().expect("there is a row for each component")[..product.len()];
                    }
                    for (place, sum) in product.iter_mut().enumerate() {
                        let mut total = *sum;
                        for row in 0..PASS {
                            total = f64::from(pass[row][place]).mul_add(weights[row], total);
                        }
                        *sum = total;
                    }
                }
                for (row, weight) in counts.zip(last) {
                    for (sum, count) in product.iter_mut().zip(row) {
                        *sum = f64::from(*count).mul_add(*weight, *sum);
                    }
                }
            },
        );
    }
}

/// Counts for the rows from `row` on with those from `column` on.
#[inline(always)]
fn block(words: &[u64], rows: usize, row: usize, column: usize) -> [[i32; BLOCK]; BLOCK] {
    let mut block = [[0; BLOCK]; BLOCK];
    for (place, counts) in block.iter_mut().enumerate() {
        let mut sums = [0_u64; BLOCK];
        for tile in words.chunks_exact(rows) {
            let (one, others) = (tile[row + place], &tile[column..][..BLOCK]);
            for other in 0..BLOCK {
                sums[other] += (one & others[other]).count_ones() as u64;
            }
        }
        for other in 0..BLOCK {
            counts[other] = sums[other] as i32;
        }
    }
    block
}
