//! Sums, and sums of squares.

/// Sum of squares in eight interleaved partial sums, so that the additions need not wait for each other. The order of
/// the additions is fixed.
pub fn sum_of_squares(values: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let mut chunks = values.chunks_exact(8);
    for chunk in &mut chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value * value;
        }
    }
    sums.iter().fold(0.0, |sum, part| sum + part)
        + chunks.remainder().iter().fold(0.0, |sum, value| sum + value * value)
}

/// Euclidean length.
pub fn length(values: &[f64]) -> f64 {
    sum_of_squares(values).sqrt()
}

/// Sum in eight interleaved partial sums, as in [`sum_of_squares`].
pub fn sum(values: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let mut chunks = values.chunks_exact(8);
    for chunk in &mut chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().chain(chunks.remainder()).fold(0.0, |sum, part| sum + part)
}
