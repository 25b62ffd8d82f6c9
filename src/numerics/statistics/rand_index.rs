//! Agreement of two partitions.

use std::collections::BTreeMap;

/// Adjusted Rand index of two labellings of the same n things: 1 where the partitions are equal, 0 on average where
/// they are independent.
///
/// With `n_ij` things labelled `i` and `j` and `pairs(n) = n (n - 1)/2`:
/// `(sum pairs(n_ij) - e) / (1/2 [sum pairs(n_i.) + sum pairs(n_.j)] - e)`,
/// `e = sum pairs(n_i.) sum pairs(n_.j) / pairs(n)`. Two partitions that are both trivial in the same way agree: 1.
/// Hubert & Arabie 1985.
///
/// ```
/// use modewise::numerics::statistics::rand_index::adjusted_rand_index;
///
/// assert_eq!(adjusted_rand_index(&[0, 0, 1, 1], &[7, 7, 3, 3]), 1.0); // labels are only names
/// assert!(adjusted_rand_index(&[0, 0, 1, 1], &[0, 1, 0, 1]) < 0.0);
/// ```
///
/// # Panics
/// If one labelling is longer than the other.
pub fn adjusted_rand_index(a: &[usize], b: &[usize]) -> f64 {
    assert_eq!(a.len(), b.len(), "both label the same things");
    let both = pairs_within(a.iter().zip(b));
    let (within_a, within_b) = (pairs_within(a), pairs_within(b));
    let expected = if a.len() < 2 { 0.0 } else { within_a * within_b / pairs(a.len() as f64) };
    let largest = (within_a + within_b) / 2.0;
    if largest == expected { 1.0 } else { (both - expected) / (largest - expected) }
}

/// Number of pairs of things with equal labels.
fn pairs_within<L: Ord>(labels: impl IntoIterator<Item = L>) -> f64 {
    let mut sizes = BTreeMap::new();
    for label in labels {
        *sizes.entry(label).or_insert(0.0) += 1.0;
    }
    sizes.into_values().map(pairs).sum()
}

fn pairs(n: f64) -> f64 {
    n * (n - 1.0) / 2.0
}
