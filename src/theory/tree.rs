//! The spectrum of branching diffusion on a regular tree.

/// A level of the tree with its eigenvalue of the item covariance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TreeLevel {
    /// 0: the mode that all items share; `j` from 1: the splits `j - 1` branches below the root.
    pub level: usize,
    /// Eigenvalue of the item covariance for one feature; the expected singular value of `F` features is
    /// `sqrt(F eigenvalue)`.
    pub eigenvalue: f64,
    /// Its degeneracy, the number of modes.
    pub count: usize,
}

/// The levels of a tree of `depth` branchings (at least 1), each into `branching` (at least 2), whose features flip
/// with probability `flip` on each branch; largest eigenvalue first.
///
/// The covariance of two leaves whose paths meet `h` branches up is `q_h = (1 - 2 flip)^(2h)`. With `n_0 = 1` and
/// `n_j = B^j - B^(j-1)` leaves at distance `j`, the mode that all leaves share has the eigenvalue
/// `sum_{j=0..D} n_j q_j`, and the splits at height `h` have `sum_{j<h} n_j q_j - B^(h-1) q_h`, `(B-1) B^(D-h)` times.
///
/// ```
/// use modewise::theory::tree::levels;
///
/// let levels = levels(3, 2, 0.1);
/// assert_eq!(levels.iter().map(|level| level.count).collect::<Vec<_>>(), [1, 1, 2, 4]);
/// assert!((levels[1].eigenvalue - 1.4106).abs() < 1e-4); // the split at the root
/// ```
///
/// Source: Saxe, McClelland, Ganguli, "Learning hierarchical category structure in deep neural networks", CogSci
/// 2013; the item covariance is ultrametric, and its eigenvectors are the splits of the tree.
pub fn levels(depth: usize, branching: usize, flip: f64) -> Vec<TreeLevel> {
    let width = branching as f64;
    let similarity: Vec<f64> = powers((1.0 - 2.0 * flip) * (1.0 - 2.0 * flip)).take(depth + 1).collect();
    let leaves: Vec<f64> = powers(width).take(depth + 1).collect();
    // `within[h]`: summed covariance of a leaf with the leaves at distance up to `h`.
    let mut within = vec![1.0];
    for h in 1..=depth {
        within.push(within[h - 1] + (leaves[h] - leaves[h - 1]) * similarity[h]);
    }
    let mut levels = vec![TreeLevel { level: 0, eigenvalue: within[depth], count: 1 }];
    for h in (1..=depth).rev() {
        levels.push(TreeLevel {
            level: depth - h + 1,
            eigenvalue: within[h - 1] - leaves[h - 1] * similarity[h],
            count: (branching - 1) * branching.pow((depth - h) as u32),
        });
    }
    levels
}

/// `1, x, x^2, ...`
fn powers(x: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(1.0), move |power| Some(power * x))
}
