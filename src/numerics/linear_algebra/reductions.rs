//! Sums of numbers, of squares and of products, each in a fixed order of additions.

use crate::numerics::simd::dispatch::with_simd;

/// Partial sums of [`sum_of_squares`].
const PARTS: usize = 32;

/// Sum of squares in 32 interleaved partial sums, so that the additions need not wait for each other. The order of the
/// additions is fixed: in the end the upper half of the partial sums is added to the lower until one is left.
pub fn sum_of_squares(values: &[f64]) -> f64 {
    with_simd(
        #[inline(always)]
        || {
            let (chunks, rest) = values.as_chunks::<PARTS>();
            let mut sums = [0.0; PARTS];
            for chunk in chunks {
                for (sum, value) in sums.iter_mut().zip(chunk) {
                    *sum += value * value;
                }
            }
            for (sum, value) in sums.iter_mut().zip(rest) {
                *sum += value * value;
            }
            total(sums)
        },
    )
}

/// [`sum_of_squares`] with zeros in place of the values at some places, counted from 0, which come in rising order.
pub fn sum_of_squares_without(values: &[f64], places: impl Iterator<Item = usize>) -> f64 {
    let mut places = places.peekable();
    with_simd(
        #[inline(always)]
        || {
            let mut sums = [0.0; PARTS];
            for (number, values) in values.chunks(PARTS).enumerate() {
                let mut chunk = [0.0; PARTS];
                chunk[..values.len()].copy_from_slice(values);
                while let Some(place) = places.next_if(|place| place / PARTS == number) {
                    chunk[place % PARTS] = 0.0;
                }
                for (sum, value) in sums.iter_mut().zip(chunk) {
                    *sum += value * value;
                }
            }
            total(sums)
        },
    )
}

/// Sum of the squares of differences, in the order of [`sum_of_squares`], of two slices of one length; what one of them is
/// longer by may be left out.
pub fn squared_distance(one: &[f64], other: &[f64]) -> f64 {
    with_simd(
        #[inline(always)]
        || {
            let ((ones, one), (others, other)) = (one.as_chunks::<PARTS>(), other.as_chunks::<PARTS>());
            let mut sums = [0.0; PARTS];
            for (one, other) in ones.iter().zip(others) {
                for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
                    *sum += (one - other) * (one - other);
                }
            }
            for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
                *sum += (one - other) * (one - other);
            }
            total(sums)
        },
    )
}

#[inline(always)]
fn total(mut sums: [f64; PARTS]) -> f64 {
    let mut half = PARTS / 2;
    while half > 0 {
        let (low, high) = sums.split_at_mut(half);
        for (sum, other) in low.iter_mut().zip(high) {
            *sum += *other;
        }
        half /= 2;
    }
    sums[0]
}

/// Inner product of two vectors of one length, added from the first term to the last; terms that only the longer one has are
/// left out.
pub fn inner_product(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Euclidean norm, the root of [`sum_of_squares`].
///
/// ```
/// use modewise::numerics::linear_algebra::reductions::norm;
///
/// assert_eq!(norm(&[3.0, 4.0]), 5.0);
/// ```
pub fn norm(values: &[f64]) -> f64 {
    sum_of_squares(values).sqrt()
}

/// Sum in eight interleaved partial sums, so that the additions need not wait for each other. The order of the additions
/// is fixed.
pub fn sum(values: &[f64]) -> f64 {
    with_simd(
        #[inline(always)]
        || {
            let (chunks, rest) = values.as_chunks::<8>();
            let mut sums = [0.0; 8];
            for chunk in chunks {
                for (sum, value) in sums.iter_mut().zip(chunk) {
                    *sum += value;
                }
            }
            sums.iter().chain(rest).fold(0.0, |sum, part| sum + part)
        },
    )
}
