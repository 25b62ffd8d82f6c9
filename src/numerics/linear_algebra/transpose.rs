//! Transposes of small matrices.

use multiversion::multiversion;
use multiversion::target::match_target;

/// Writes the transpose of `a`, `rows` x `columns`, to `out`, both column by column.
///
/// ```
/// use modewise::numerics::linear_algebra::transpose::transpose;
///
/// let mut out = [0.0; 6];
/// transpose(&mut out, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 3);
/// assert_eq!(out, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
/// ```
///
/// # Panics
/// If one of the two is not `rows * columns` long.
pub fn transpose(out: &mut [f64], a: &[f64], rows: usize, columns: usize) {
    assert_eq!([out.len(), a.len()], [rows * columns; 2], "the matrix is {rows} x {columns}");
    dispatch(out, a, rows, columns);
}

#[multiversion(targets("x86_64+avx"))]
fn dispatch(out: &mut [f64], a: &[f64], rows: usize, columns: usize) {
    match_target! {
        "x86_64+avx" => if columns < 4 {
            by_entries(out, a, rows, columns);
        } else {
            in_registers::by_fours(out, a, rows, columns);
        },
        _ => by_entries(out, a, rows, columns),
    }
}

#[inline]
fn by_entries(out: &mut [f64], a: &[f64], rows: usize, columns: usize) {
    for (number, column) in a.chunks_exact(rows.max(1)).enumerate() {
        for (row, entry) in column.iter().enumerate() {
            out[row * columns + number] = *entry;
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod in_registers {
    use std::arch::x86_64::{
        __m256d, _mm256_castpd128_pd256, _mm256_insertf128_pd, _mm256_unpackhi_pd, _mm256_unpacklo_pd,
    };

    use safe_unaligned_simd::x86_64::{_mm_loadu_pd, _mm256_storeu_pd};

    #[target_feature(enable = "avx")]
    pub(crate) fn by_fours(out: &mut [f64], entries: &[f64], rows: usize, columns: usize) {
        for first in (0..columns).step_by(4) {
            let first = first.min(columns - 4);
            let (a, last_a) = twos(entries, rows, first);
            let (b, last_b) = twos(entries, rows, first + 1);
            let (c, last_c) = twos(entries, rows, first + 2);
            let (d, last_d) = twos(entries, rows, first + 3);
            let mut place = first;
            for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d) {
                let (ac, bd) = (beside(a, c), beside(b, d));
                for row in [_mm256_unpacklo_pd(ac, bd), _mm256_unpackhi_pd(ac, bd)] {
                    _mm256_storeu_pd(out[place..].first_chunk_mut().expect("four columns are left"), row);
                    place += columns;
                }
            }
            if let ([a], [b], [c], [d]) = (last_a, last_b, last_c, last_d) {
                out[place..][..4].copy_from_slice(&[*a, *b, *c, *d]);
            }
        }
    }

    /// The entries of a column by twos, and what is left.
    #[inline(always)]
    fn twos(entries: &[f64], rows: usize, column: usize) -> (&[[f64; 2]], &[f64]) {
        entries[column * rows..][..rows].as_chunks()
    }

    #[inline]
    #[target_feature(enable = "avx")]
    fn beside(low: &[f64; 2], high: &[f64; 2]) -> __m256d {
        _mm256_insertf128_pd::<1>(_mm256_castpd128_pd256(_mm_loadu_pd(low)), _mm_loadu_pd(high))
    }
}
