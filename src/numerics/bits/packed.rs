//! Matrices of zeros and ones, one bit per entry.

use std::ops::Range;

use rand::Rng;

use crate::numerics::bits::bernoulli::Bernoulli;
use crate::numerics::bits::masked_sums::add_masked_sums;
use crate::numerics::linear_algebra::co_occurrences::CoOccurrences;
use crate::numerics::linear_algebra::operator::Operator;
use crate::numerics::linear_algebra::reductions::sum;
use crate::numerics::simd::dispatch::with_simd;

/// A matrix of zeros and ones, packed, beside its transpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BitMatrix {
    by_row: Packed,
    by_column: Packed,
}

/// A block whose entries have their own probability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its rows.
    pub rows: Range<usize>,
    /// Its columns.
    pub columns: Range<usize>,
    /// The probability of a 1.
    pub density: Bernoulli,
}

impl BitMatrix {
    /// A matrix of zeros with at least one row and one column.
    ///
    /// # Panics
    /// If it has none.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self { by_row: Packed::zeros(rows, columns), by_column: Packed::zeros(columns, rows) }
    }

    /// The matrix with a 1 where `entry(row, column)` is true.
    ///
    /// ```
    /// use modewise::numerics::bits::packed::BitMatrix;
    ///
    /// let bits = BitMatrix::from_fn(3, 100, |row, column| column % 3 == row);
    /// assert!(bits.entry(2, 98) && !bits.entry(2, 99));
    /// ```
    ///
    /// # Panics
    /// If it has no row or no column.
    pub fn from_fn(rows: usize, columns: usize, entry: impl Fn(usize, usize) -> bool) -> Self {
        let mut matrix = Self::zeros(rows, columns);
        for column in 0..columns {
            for row in 0..rows {
                matrix.by_row.words[(column / 64) * rows + row] |= u64::from(entry(row, column)) << (column % 64);
            }
        }
        matrix.by_row.transpose_into(&mut matrix.by_column);
        matrix
    }

    /// Draws every entry anew: independent, 1 with probability `background`, or that of the block it lies in (the
    /// last, if several).
    ///
    /// # Panics
    /// If a block does not lie inside the matrix.
    pub fn draw(&mut self, background: Bernoulli, blocks: &[Block], rng: &mut (impl Rng + Clone)) {
        let (rows, columns) = (self.rows(), self.columns());
        self.by_row.draw_block(0..rows, 0..columns, background, rng);
        for block in blocks {
            self.by_row.draw_block(block.rows.clone(), block.columns.clone(), block.density, rng);
        }
        self.by_row.transpose_into(&mut self.by_column);
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.by_row.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.by_row.columns
    }

    /// Whether the entry at a row and a column is 1.
    ///
    /// # Panics
    /// If the place lies so far outside of the matrix that no word holds it; nearer ones outside mean nothing.
    pub fn entry(&self, row: usize, column: usize) -> bool {
        (self.by_row.words[(column / 64) * self.rows() + row] >> (column % 64)) & 1 == 1
    }

    /// Share of ones.
    pub fn mean(&self) -> f64 {
        let ones: u64 = self.by_row.words.iter().map(|word| u64::from(word.count_ones())).sum();
        ones as f64 / (self.rows() * self.columns()) as f64
    }
}

impl Operator for BitMatrix {
    fn rows(&self) -> usize {
        self.rows()
    }

    fn columns(&self) -> usize {
        self.columns()
    }

    fn apply(&self, v: &[f64], product: &mut [f64]) {
        self.by_row.apply(v, product);
    }

    fn apply_transpose(&self, u: &[f64], product: &mut [f64]) {
        self.by_column.apply(u, product);
    }

    fn row_sums(&self, sums: &mut [f64]) {
        self.by_row.sums(sums);
    }

    fn column_sums(&self, sums: &mut [f64]) {
        self.by_column.sums(sums);
    }
}

/// `scale (X - mean 1 1^T)` for a matrix `X` of zeros and ones: products are those of `X` with a correction of rank
/// one.
#[derive(Clone, Copy, Debug)]
pub struct Centred<'a> {
    /// The matrix `X`.
    pub bits: &'a BitMatrix,
    /// What is taken from every entry.
    pub mean: f64,
    /// The factor afterwards.
    pub scale: f64,
}

/// Most rows of which co-occurrences are counted. A row costs as much as it saves at about 256: counting takes 0.15 ns for
/// each pair of rows and word, a product with the counts 0.1 ns a pair, and of the twenty steps that a table takes
/// each saves two products with the words, about 4 ns a word.
const MAX_ROWS: usize = 256;

impl Centred<'_> {
    fn gram_of(&self, rows: &Packed, gram: &mut CoOccurrences) -> bool {
        let worth_it = (CoOccurrences::MIN_ROWS..=MAX_ROWS).contains(&rows.rows) && rows.columns >= rows.rows;
        if worth_it {
            gram.count(&rows.words, [rows.rows, rows.columns], self.mean, self.scale);
        }
        worth_it
    }

    /// From a product of `X` with a vector whose components have that sum.
    fn correct(&self, sum: f64, product: &mut [f64]) {
        let shift = self.mean * sum;
        with_simd(
            #[inline(always)]
            || {
                for entry in product {
                    *entry = self.scale * (*entry - shift);
                }
            },
        );
    }
}

impl Operator for Centred<'_> {
    fn rows(&self) -> usize {
        self.bits.rows()
    }

    fn columns(&self) -> usize {
        self.bits.columns()
    }

    fn apply(&self, v: &[f64], product: &mut [f64]) {
        self.bits.apply(v, product);
        self.correct(sum(v), product);
    }

    fn apply_transpose(&self, u: &[f64], product: &mut [f64]) {
        self.bits.apply_transpose(u, product);
        self.correct(sum(u), product);
    }

    fn row_sums(&self, sums: &mut [f64]) {
        self.bits.row_sums(sums);
        self.correct(self.columns() as f64, sums);
    }

    fn column_sums(&self, sums: &mut [f64]) {
        self.bits.column_sums(sums);
        self.correct(self.rows() as f64, sums);
    }

    fn row_gram(&self, gram: &mut CoOccurrences) -> bool {
        self.gram_of(&self.bits.by_row, gram)
    }

    fn column_gram(&self, gram: &mut CoOccurrences) -> bool {
        self.gram_of(&self.bits.by_column, gram)
    }
}

/// Bits in tiles of 64 columns: the word of a row's columns `64 w` to `64 w + 63`, lowest bit first, is
/// `words[w rows + row]`. Bits beyond the last column are 0.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Packed {
    rows: usize,
    columns: usize,
    words: Vec<u64>,
}

impl Packed {
    fn zeros(rows: usize, columns: usize) -> Self {
        assert!(rows > 0 && columns > 0, "a matrix has rows and columns");
        Self { rows, columns, words: vec![0; rows * columns.div_ceil(64)] }
    }

    fn draw_block<R: Rng + Clone>(
        &mut self,
        rows: Range<usize>,
        columns: Range<usize>,
        density: Bernoulli,
        rng: &mut R,
    ) {
        assert!(rows.end <= self.rows && columns.end <= self.columns, "a block lies inside its matrix");
        // A copy, whose state stays in registers.
        let mut own = rng.clone();
        for tile in columns.start / 64..columns.end.div_ceil(64) {
            let mask = ones_below(columns.end - 64 * tile) & !ones_below(columns.start.saturating_sub(64 * tile));
            for word in &mut self.words[tile * self.rows..][rows.clone()] {
                *word = (*word & !mask) | (density.word(&mut own) & mask);
            }
        }
        *rng = own;
    }

    /// Writes the transpose, of the matching shape, 64 x 64 bits at a time.
    fn transpose_into(&self, transposed: &mut Self) {
        for (tile, words) in self.words.chunks_exact(self.rows).enumerate() {
            let columns = (self.columns - 64 * tile).min(64);
            for (row_tile, rows) in words.chunks(64).enumerate() {
                let mut square = [0; 64];
                square[..rows.len()].copy_from_slice(rows);
                transpose_square(&mut square);
                let start = row_tile * transposed.rows + 64 * tile;
                transposed.words[start..start + columns].copy_from_slice(&square[..columns]);
            }
        }
    }

    /// Number of ones in each row.
    fn sums(&self, sums: &mut [f64]) {
        sums.fill(0.0);
        with_simd(
            #[inline(always)]
            || {
                for words in self.words.chunks_exact(self.rows) {
                    for (sum, word) in sums.iter_mut().zip(words) {
                        *sum += f64::from(word.count_ones());
                    }
                }
            },
        );
    }

    /// The product with a vector.
    fn apply(&self, v: &[f64], product: &mut [f64]) {
        product.fill(0.0);
        add_masked_sums(&self.words, v, product);
    }
}

/// A word with ones at the bits below `bit`, all of them from 64 on.
fn ones_below(bit: usize) -> u64 {
    if bit >= 64 { u64::MAX } else { (1 << bit) - 1 }
}

/// Transposes 64 x 64 bits in place: swaps the off-diagonal quarters, then those of the quarters, and so on.
/// (Warren, "Hacker's Delight", 2nd edition, Section 7-3.)
fn transpose_square(square: &mut [u64; 64]) {
    let (mut half, mut mask) = (32, 0x0000_0000_FFFF_FFFF_u64);
    while half > 0 {
        for row in (0..64).filter(|row| row & half == 0) {
            let swap = ((square[row] >> half) ^ square[row + half]) & mask;
            square[row] ^= swap << half;
            square[row + half] ^= swap;
        }
        half /= 2;
        mask ^= mask << half;
    }
}
