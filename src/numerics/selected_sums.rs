//! Sums of the numbers that the bits of words select.

use multiversion::multiversion;
use multiversion::target::match_target;

use crate::numerics::wide::wide;

/// The sums of four numbers that four bits can select, for each four of 64 numbers.
type Fours = [[f64; 16]; 16];

/// Adds to each of `sums` the `weights` that the bits of its words select, lowest bit first. There is a word for each sum
/// and each 64 weights, those for the first 64 weights first; missing weights are 0, and so are the bits beyond them.
///
/// Four bits choose from a table of 16 sums, which two wide registers hold: eight words look it up at once. Where the
/// registers are narrower, eight bits choose from a table of 256 sums in memory, each the sum of two of those.
/// Either way the sums of neighbours are added first: of the fours of a byte, of two bytes, of four bytes, and
/// then the halves of the word, the lower first, to what was there; the bits are the same.
pub fn add_selected(words: &[u64], weights: &[f64], sums: &mut [f64]) {
    check(words, weights, sums);
    dispatch(words, weights, sums);
}

/// The same by tables in memory, on every machine.
pub fn add_selected_in_memory(words: &[u64], weights: &[f64], sums: &mut [f64]) {
    check(words, weights, sums);
    in_memory(words, weights, sums);
}

fn check(words: &[u64], weights: &[f64], sums: &[f64]) {
    assert_eq!(words.len(), weights.len().div_ceil(64) * sums.len(), "each sum has a word for each 64 weights");
}

#[multiversion(targets("x86_64+avx512f"))]
fn dispatch(words: &[u64], weights: &[f64], sums: &mut [f64]) {
    match_target! {
        "x86_64+avx512f" => for (words, weights) in words.chunks_exact(sums.len()).zip(weights.chunks(64)) {
            in_registers::add(words, &sums_of_fours(weights), weights.len() > 32, sums);
        },
        _ => in_memory(words, weights, sums),
    }
}

fn sums_of_fours(weights: &[f64]) -> Fours {
    let mut tables = [[0.0; 16]; 16];
    for (weights, table) in weights.chunks(4).zip(&mut tables) {
        for bit in 0..4 {
            let weight = weights.get(bit).copied().unwrap_or(0.0);
            let (known, new) = table.split_at_mut(1 << bit);
            for (sum, part) in new.iter_mut().zip(known) {
                *sum = *part + weight;
            }
        }
    }
    tables
}

fn in_memory(words: &[u64], weights: &[f64], sums: &mut [f64]) {
    let mut tables = [[0.0; 256]; 8];
    for (words, weights) in words.chunks_exact(sums.len()).zip(weights.chunks(64)) {
        join(&sums_of_fours(weights), &mut tables);
        // Not for wide registers: they would only be filled one number at a time.
        for (sum, word) in sums.iter_mut().zip(words) {
            let [a, b, c, d, e, f, g, h] = word.to_le_bytes().map(usize::from);
            let low = (tables[0][a] + tables[1][b]) + (tables[2][c] + tables[3][d]);
            let high = (tables[4][e] + tables[5][f]) + (tables[6][g] + tables[7][h]);
            *sum = (*sum + low) + high;
        }
    }
}

/// The sums that eight bits can select, for each eight of 64 numbers.
fn join(fours: &Fours, eights: &mut [[f64; 256]; 8]) {
    wide(
        #[inline(always)]
        || {
            for (table, pair) in eights.iter_mut().zip(fours.chunks_exact(2)) {
                for (sums, high) in table.chunks_exact_mut(16).zip(&pair[1]) {
                    for (sum, low) in sums.iter_mut().zip(&pair[0]) {
                        *sum = *low + *high;
                    }
                }
            }
        },
    );
}

#[cfg(target_arch = "x86_64")]
mod in_registers {
    use std::arch::x86_64::{
        __m512d, __m512i, _mm512_add_pd, _mm512_permutex2var_pd, _mm512_setzero_pd, _mm512_srli_epi64,
    };

    use safe_unaligned_simd::x86_64::{_mm512_loadu_pd, _mm512_loadu_si512, _mm512_storeu_pd};

    use super::Fours;

    /// Sixteen sums.
    type Table = [__m512d; 2];

    #[target_feature(enable = "avx512f")]
    pub(super) fn add(words: &[u64], fours: &Fours, both_halves: bool, sums: &mut [f64]) {
        let (low, high) = fours.split_at(8);
        add_half::<0>(words, low, sums);
        if both_halves {
            add_half::<32>(words, high, sums);
        }
    }

    /// Adds what the 32 bits from `FIRST` on select.
    #[target_feature(enable = "avx512f")]
    fn add_half<const FIRST: u32>(words: &[u64], fours: &[[f64; 16]], sums: &mut [f64]) {
        let mut tables = [[_mm512_setzero_pd(); 2]; 8];
        for (table, four) in tables.iter_mut().zip(fours) {
            let (halves, _) = four.as_chunks::<8>();
            *table = [_mm512_loadu_pd(&halves[0]), _mm512_loadu_pd(&halves[1])];
        }
        let (words, last_words) = words.as_chunks::<8>();
        let (sums, last_sums) = sums.as_chunks_mut::<8>();
        for (sums, words) in sums.iter_mut().zip(words) {
            add_eight::<FIRST>(words, &tables, sums);
        }
        if !last_words.is_empty() {
            let (mut words, mut sums) = ([0; 8], [0.0; 8]);
            words[..last_words.len()].copy_from_slice(last_words);
            sums[..last_sums.len()].copy_from_slice(last_sums);
            add_eight::<FIRST>(&words, &tables, &mut sums);
            last_sums.copy_from_slice(&sums[..last_sums.len()]);
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn add_eight<const FIRST: u32>(words: &[u64; 8], tables: &[Table; 8], sums: &mut [f64; 8]) {
        let words = _mm512_srli_epi64::<FIRST>(_mm512_loadu_si512(words));
        let [a, b, c, d, e, f, g, h] = tables;
        let first = _mm512_add_pd(chosen(a, words), chosen(b, _mm512_srli_epi64::<4>(words)));
        let second = _mm512_add_pd(chosen(c, _mm512_srli_epi64::<8>(words)), chosen(d, _mm512_srli_epi64::<12>(words)));
        let third = _mm512_add_pd(chosen(e, _mm512_srli_epi64::<16>(words)), chosen(f, _mm512_srli_epi64::<20>(words)));
        let fourth =
            _mm512_add_pd(chosen(g, _mm512_srli_epi64::<24>(words)), chosen(h, _mm512_srli_epi64::<28>(words)));
        let half = _mm512_add_pd(_mm512_add_pd(first, second), _mm512_add_pd(third, fourth));
        _mm512_storeu_pd(sums, _mm512_add_pd(_mm512_loadu_pd(sums), half));
    }

    /// For each word the sum that its four lowest bits choose.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn chosen(table: &Table, words: __m512i) -> __m512d {
        _mm512_permutex2var_pd(table[0], words, table[1])
    }
}
