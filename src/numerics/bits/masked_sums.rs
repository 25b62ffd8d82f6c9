//! Sums of the numbers that the bits of words select.

use multiversion::multiversion;
use multiversion::target::match_target;

use crate::numerics::simd::dispatch::with_simd;

/// The sums of four numbers that four bits can select, for each four of 64 numbers.
type Fours = [[f64; 16]; 16];

/// Adds to each of `sums` the `weights` that the bits of its words select, lowest bit first. There is a word for each sum
/// and each 64 weights, those for the first 64 weights first; missing weights are 0, and so are the bits beyond them.
///
/// Four bits choose from a table of 16 sums, which two wide registers hold: eight words look it up at once. Where the
/// registers are narrower, eight bits choose from a table of 256 sums in memory, each the sum of two of those.
/// Either way the sums of neighbours are added first: of the fours of a byte, of two bytes, of four bytes, and
/// then the halves of the word, the lower first, to what was there; the bits are the same.
///
/// ```
/// use modewise::numerics::bits::masked_sums::add_masked_sums;
///
/// let mut sums = [100.0, 0.0];
/// add_masked_sums(&[0b101, 0b010], &[1.0, 2.0, 4.0], &mut sums);
/// assert_eq!(sums, [105.0, 2.0]);
/// ```
///
/// # Panics
/// If there is another number of words than that.
pub fn add_masked_sums(words: &[u64], weights: &[f64], sums: &mut [f64]) {
    check(words, weights, sums);
    dispatch(words, weights, sums);
}

/// [`add_masked_sums`] by tables in memory, on every machine.
///
/// # Panics
/// Like [`add_masked_sums`].
pub fn add_masked_sums_in_memory(words: &[u64], weights: &[f64], sums: &mut [f64]) {
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

#[inline(always)]
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

/// The sums that eight bits can select, for each eight of 64 numbers; in whole lines of the cache, because half of the
/// registers that are written there would lie across two.
#[repr(align(64))]
struct Eights([[f64; 256]; 8]);

fn in_memory(words: &[u64], weights: &[f64], sums: &mut [f64]) {
    let mut tables = Eights([[0.0; 256]; 8]);
    for (words, weights) in words.chunks_exact(sums.len()).zip(weights.chunks(64)) {
        let pairs = weights.len().div_ceil(16);
        fill(&mut tables.0[..2 * pairs], weights);
        match pairs {
            1 => add_pairs::<1>(words, &tables, sums),
            2 => add_pairs::<2>(words, &tables, sums),
            3 => add_pairs::<3>(words, &tables, sums),
            _ => add_pairs::<4>(words, &tables, sums),
        }
    }
}

/// The sums of eights, from those of fours.
fn fill(eights: &mut [[f64; 256]], weights: &[f64]) {
    with_simd(
        #[inline(always)]
        || {
            let fours = sums_of_fours(weights);
            let (pairs, _) = fours.as_chunks::<2>();
            for (table, pair) in eights.iter_mut().zip(pairs) {
                // Copies, which cannot be what is written.
                let [lows, highs] = *pair;
                for (sums, high) in table.chunks_exact_mut(16).zip(highs) {
                    for (sum, low) in sums.iter_mut().zip(lows) {
                        *sum = low + high;
                    }
                }
            }
        },
    );
}

/// Adds what the lowest `PAIRS` pairs of bytes select; two words at a time, whose sums lie side by side in a register. Wider
/// ones would only be filled one number at a time.
fn add_pairs<const PAIRS: usize>(words: &[u64], tables: &Eights, sums: &mut [f64]) {
    let (twos, last_word) = words.as_chunks::<2>();
    let (sums, last_sum) = sums.as_chunks_mut::<2>();
    for (sums, words) in sums.iter_mut().zip(twos) {
        add_two::<PAIRS>(*words, tables, sums);
    }
    if let ([word], [sum]) = (last_word, last_sum) {
        let mut sums = [*sum, 0.0];
        add_two::<PAIRS>([*word, 0], tables, &mut sums);
        *sum = sums[0];
    }
}

#[inline(always)]
fn add_two<const PAIRS: usize>([one, other]: [u64; 2], tables: &Eights, sums: &mut [f64; 2]) {
    let (one, other) = (one.to_le_bytes(), other.to_le_bytes());
    let chosen = |byte: usize| [tables.0[byte][usize::from(one[byte])], tables.0[byte][usize::from(other[byte])]];
    let pair = |number: usize| {
        if number < PAIRS { plus(chosen(2 * number), chosen(2 * number + 1)) } else { [0.0; 2] }
    };
    *sums = plus(plus(*sums, plus(pair(0), pair(1))), plus(pair(2), pair(3)));
}

#[inline(always)]
fn plus(one: [f64; 2], other: [f64; 2]) -> [f64; 2] {
    [one[0] + other[0], one[1] + other[1]]
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
    pub(crate) fn add(words: &[u64], fours: &Fours, both_halves: bool, sums: &mut [f64]) {
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
