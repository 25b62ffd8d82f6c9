//! Levels of a hierarchy.

use std::collections::BTreeMap;

/// Modes that have the same expected singular value: the splits of one level of a hierarchy, or the waves of one frequency
/// on a ring.
///
/// Most levels are one entry. Splits of one level with different singular values are several entries with the same
/// `level`, as in `contrast`.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// 0: the mode that all items share; 1: the split at the root; 2: the splits of its children; ... On a ring the
    /// frequency.
    pub level: usize,
    /// Expected singular value of the level's modes; none where the theory does not say.
    pub s: Option<f64>,
    /// Number of modes.
    pub count: usize,
    /// The splits: for each node its children, for each child the items below it. Empty at level 0.
    pub nodes: Vec<Vec<Vec<usize>>>,
    /// Orthonormal item patterns that span the space of the modes, where those are not splits; empty elsewhere.
    pub patterns: Vec<Vec<f64>>,
}

impl Level {
    /// Squared length of the projection of an item pattern (length: number of items) on the space of the level's
    /// modes: patterns that are constant inside each child, sum to 0 over each node and are 0 outside the nodes; at
    /// level 0, constant patterns.
    ///
    /// `sum over nodes of [sum over children c of (sum_c v)^2 / |c| - (sum_node v)^2 / |node|]`; of a space that is given by
    /// patterns `p`, `sum over p of (p.v)^2`.
    ///
    /// ```
    /// use modewise::data::level::Level;
    ///
    /// let nodes = vec![vec![vec![0, 1], vec![2, 3]]];
    /// let split = Level { level: 1, s: None, count: 1, nodes, patterns: Vec::new() };
    /// assert_eq!(split.projection(&[0.5, 0.5, -0.5, -0.5]), 1.0); // the split itself
    /// assert_eq!(split.projection(&[0.5, -0.5, 0.5, -0.5]), 0.0);
    /// ```
    ///
    /// # Panics
    /// If the pattern is shorter than the number of items.
    pub fn projection(&self, pattern: &[f64]) -> f64 {
        if !self.patterns.is_empty() {
            let along = |own: &Vec<f64>| own.iter().zip(pattern).map(|(p, v)| p * v).sum::<f64>();
            return self.patterns.iter().map(|own| along(own) * along(own)).sum();
        }
        let energy = |sum: f64, size: usize| sum * sum / size as f64;
        if self.nodes.is_empty() {
            return energy(pattern.iter().sum(), pattern.len());
        }
        let mut total = 0.0;
        for children in &self.nodes {
            let (mut sum, mut size) = (0.0, 0);
            for child in children {
                let below: f64 = child.iter().map(|&item| pattern[item]).sum();
                total += energy(below, child.len());
                sum += below;
                size += child.len();
            }
            total -= energy(sum, size);
        }
        total
    }
}

/// For each level with splits, coarsest first, its number and its contrasts: for each pair of children of each of its
/// nodes the weights of the items (length `items`) in the difference between the means of the two children.
pub fn contrasts(levels: &[Level], items: usize) -> Vec<(usize, Vec<Vec<f64>>)> {
    let mut nodes: BTreeMap<usize, Vec<&Vec<Vec<usize>>>> = BTreeMap::new();
    for Level { level, nodes: splits, .. } in levels {
        nodes.entry(*level).or_default().extend(splits);
    }
    nodes.retain(|_, splits| !splits.is_empty());
    let of_level =
        |splits: Vec<&Vec<Vec<usize>>>| splits.into_iter().flat_map(|children| contrasts_of(children, items)).collect();
    nodes.into_iter().map(|(level, splits)| (level, of_level(splits))).collect()
}

/// Differences between the means of each pair of children, as weights of the items.
fn contrasts_of(children: &[Vec<usize>], items: usize) -> Vec<Vec<f64>> {
    let mut contrasts = Vec::new();
    for (number, one) in children.iter().enumerate() {
        for other in &children[number + 1..] {
            let mut contrast = vec![0.0; items];
            one.iter().for_each(|&item| contrast[item] += 1.0 / one.len() as f64);
            other.iter().for_each(|&item| contrast[item] -= 1.0 / other.len() as f64);
            contrasts.push(contrast);
        }
    }
    contrasts
}
