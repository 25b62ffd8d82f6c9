//! Rank correlations of paired values, ties included.

use crate::numerics::statistics::correlation::pearson;

/// Kendall's tau-b, `(concordant - discordant) / sqrt((n0 - n1)(n0 - n2))`, where of the `n0 = n(n-1)/2` pairs `n1` are
/// tied in `x` and `n2` in `y` (Kendall 1945); in O(n log n) by counting the exchanges of a merge sort (Knight 1966).
///
/// `NaN` if any value is, or if all `x` or all `y` are equal (fewer than two values included).
///
/// ```
/// use modewise::numerics::statistics::rank_correlation::kendall_tau_b;
///
/// assert_eq!(kendall_tau_b(&[1.0, 2.0, 3.0], &[1.0, 8.0, 27.0]), 1.0);
/// assert!(kendall_tau_b(&[1.0, 2.0], &[5.0, 5.0]).is_nan());
/// ```
///
/// # Panics
/// If one list is longer than the other.
pub fn kendall_tau_b(x: &[f64], y: &[f64]) -> f64 {
    assert_eq!(x.len(), y.len(), "values are paired");
    if x.iter().chain(y).any(|value| value.is_nan()) {
        return f64::NAN;
    }
    let mut pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    pairs.sort_unstable_by(|a, b| order(a.0, b.0).then(order(a.1, b.1)));
    let tied_in_both = tied_pairs(&pairs, |a, b| a == b);
    let tied_in_x = tied_pairs(&pairs, |a, b| a.0 == b.0);
    let mut y: Vec<f64> = pairs.into_iter().map(|(_, y)| y).collect();
    let length = y.len();
    let discordant = exchanges(&mut y, &mut vec![0.0; length]) as f64;
    let tied_in_y = tied_pairs(&y, |a, b| a == b);
    let all = y.len() as f64 * (y.len() as f64 - 1.0) / 2.0;
    // Pairs that are tied in neither, less twice the discordant ones.
    let difference = all - tied_in_x - tied_in_y + tied_in_both - 2.0 * discordant;
    let (untied_in_x, untied_in_y) = (all - tied_in_x, all - tied_in_y);
    if untied_in_x <= 0.0 || untied_in_y <= 0.0 {
        return f64::NAN;
    }
    // The root of a square is exact, so that a perfect order without ties gives exactly 1.
    (difference / (untied_in_x * untied_in_y).sqrt()).clamp(-1.0, 1.0)
}

/// Spearman's rho: the correlation of the ranks, equal values sharing their mean rank.
///
/// `NaN` if any value is, or if all `x` or all `y` are equal (fewer than two values included).
///
/// ```
/// use modewise::numerics::statistics::rank_correlation::spearman;
///
/// assert!((spearman(&[1.0, 2.0, 3.0], &[1.0, 8.0, 27.0]) - 1.0).abs() < 1e-15);
/// assert!(spearman(&[1.0, 2.0], &[5.0, 5.0]).is_nan());
/// ```
///
/// # Panics
/// If one list is longer than the other.
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    assert_eq!(x.len(), y.len(), "values are paired");
    if x.iter().chain(y).any(|value| value.is_nan()) {
        return f64::NAN;
    }
    pearson(&ranks(x), &ranks(y))
}

/// Order of numbers, with `-0.0` equal to `0.0`.
fn order(a: f64, b: f64) -> std::cmp::Ordering {
    a.partial_cmp(&b).expect("callers have refused NaN")
}

/// Number of pairs within runs of equal neighbours.
fn tied_pairs<T>(sorted: &[T], equal: impl Fn(&T, &T) -> bool) -> f64 {
    let pairs = |run: &[T]| run.len() as f64 * (run.len() as f64 - 1.0) / 2.0;
    sorted.chunk_by(|a, b| equal(a, b)).map(pairs).sum()
}

/// Below this length exchanges are counted by insertion, which is faster.
const SHORT: usize = 12;

/// Sorts `y` by merging and counts the pairs that stood in the wrong order. `merged` is as long as `y`.
fn exchanges(y: &mut [f64], merged: &mut [f64]) -> u64 {
    if y.len() <= SHORT {
        return exchanges_by_insertion(y);
    }
    let middle = y.len() / 2;
    let (left, right) = y.split_at_mut(middle);
    let mut count = exchanges(left, &mut merged[..middle]) + exchanges(right, &mut merged[middle..]);
    let (mut i, mut j) = (0, 0);
    for place in merged.iter_mut() {
        let from_right = j < right.len() && (i == left.len() || right[j] < left[i]);
        if from_right {
            count += (left.len() - i) as u64;
            *place = right[j];
            j += 1;
        } else {
            *place = left[i];
            i += 1;
        }
    }
    y.copy_from_slice(merged);
    count
}

fn exchanges_by_insertion(y: &mut [f64]) -> u64 {
    let mut count = 0;
    for end in 1..y.len() {
        let mut place = end;
        while place > 0 && y[place] < y[place - 1] {
            y.swap(place, place - 1);
            place -= 1;
            count += 1;
        }
    }
    count
}

/// Rank of each value, from 1; equal values share their mean rank.
fn ranks(x: &[f64]) -> Vec<f64> {
    let mut places: Vec<usize> = (0..x.len()).collect();
    places.sort_by(|&a, &b| order(x[a], x[b]));
    let mut ranks = vec![0.0; x.len()];
    let mut before = 0;
    for run in places.chunk_by(|&a, &b| x[a] == x[b]) {
        for &place in run {
            ranks[place] = before as f64 + (run.len() + 1) as f64 / 2.0;
        }
        before += run.len();
    }
    ranks
}
