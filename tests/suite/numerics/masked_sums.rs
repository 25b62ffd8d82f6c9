//! Tests of `numerics::selected_sums`.

use modewise::numerics::bits::masked_sums::{add_masked_sums, add_masked_sums_in_memory};
use modewise::seed::{MasterSeed, stream};
use rand::{Rng, RngExt};

/// Words of `weights` bits for each row, 64 bits of every row first, as many weights, and what is there before.
fn problem(rows: usize, weights: usize) -> (Vec<u64>, Vec<f64>, Vec<f64>) {
    let mut rng = stream(MasterSeed(8), "selected", &(rows, weights), 0);
    let width = |word: usize| (weights - word / rows * 64).min(64);
    let words = (0..rows * weights.div_ceil(64)).map(|word| rng.next_u64() >> (64 - width(word))).collect();
    let mut numbers = |count| (0..count).map(|_| rng.random::<f64>() - 0.5).collect();
    (words, numbers(weights), numbers(rows))
}

#[test]
fn registers_and_memory_give_the_same_bits_and_the_sum() {
    let mut wrong = Vec::new();
    for rows in [1, 7, 8, 9, 16, 61] {
        for weights in [1, 2, 4, 5, 31, 32, 33, 40, 63, 64, 65, 100, 128, 200] {
            let (words, weights, before) = problem(rows, weights);
            let (mut in_registers, mut in_memory) = (before.clone(), before.clone());
            add_masked_sums(&words, &weights, &mut in_registers);
            add_masked_sums_in_memory(&words, &weights, &mut in_memory);
            let sum = |(row, before): (usize, &f64)| {
                let is_chosen = |bit: usize| (words[bit / 64 * rows + row] >> (bit % 64)) & 1 == 1;
                let chosen = weights.iter().enumerate().filter(|(bit, _)| is_chosen(*bit));
                before + chosen.map(|(_, weight)| weight).sum::<f64>()
            };
            let expected = before.iter().enumerate().map(sum);
            let close = expected.zip(&in_memory).all(|(expected, observed)| (expected - observed).abs() < 1e-14);
            if !close || in_registers != in_memory {
                wrong.push((rows, weights.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn four_bits_choose_the_sum_in_their_order() {
    for count in 1..=4 {
        let words: Vec<u64> = (0..1 << count).collect();
        let (_, weights, _) = problem(1, count);
        let mut expected = vec![0.0; words.len()];
        for (sum, word) in expected.iter_mut().zip(&words) {
            for (bit, weight) in weights.iter().enumerate() {
                *sum += if (word >> bit) & 1 == 1 { *weight } else { 0.0 };
            }
        }
        for add in [add_masked_sums, add_masked_sums_in_memory] {
            let mut sums = vec![0.0; words.len()];
            add(&words, &weights, &mut sums);
            assert_eq!(sums, expected, "{count} weights");
        }
    }
}
