//! Average-linkage clustering: which groups merge at which distance, and in what order to draw the leaves.

use kodama::{Method, linkage};

/// Two clusters become one. The `n` leaves are the clusters `0..n`; merge `k` makes the cluster `n + k`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// The two clusters.
    pub children: [usize; 2],
    /// Their distance: the mean over all pairs of a leaf of one and a leaf of the other.
    pub height: f64,
}

/// The merges of `leaves` leaves, nearest clusters first (Sokal and Michener 1958, UPGMA).
///
/// `distance(i, j)` for `i < j` is finite and not negative. One merge fewer than leaves; none for no leaf.
///
/// ```
/// use modewise::numerics::statistics::dendrogram::{average_linkage, cut, leaf_order};
///
/// let x = [0.0_f64, 10.0, 1.0, 12.0];
/// let merges = average_linkage(4, |i, j| (x[i] - x[j]).abs());
/// assert_eq!(merges[0].children, [0, 2]); // the nearest two
/// assert_eq!(merges[2].height, 10.5); // mean of 10, 12, 9 and 11
///
/// let order = leaf_order(&merges, &x);
/// assert_eq!(order, [0, 2, 1, 3]);
/// assert_eq!(cut(&merges, 2, &order), [0, 1, 0, 1]);
/// ```
///
/// # Panics
/// If a distance is `NaN`.
pub fn average_linkage(leaves: usize, distance: impl Fn(usize, usize) -> f64) -> Vec<Merge> {
    let pairs = (0..leaves).flat_map(|i| (i + 1..leaves).map(move |j| (i, j)));
    let mut condensed: Vec<f64> = pairs.map(|(i, j)| distance(i, j)).collect();
    let dendrogram = linkage(&mut condensed, leaves, Method::Average);
    let merge =
        |step: &kodama::Step<f64>| Merge { children: [step.cluster1, step.cluster2], height: step.dissimilarity };
    dendrogram.steps().iter().map(merge).collect()
}

/// The leaves in an order in which no two branches cross: of the two children of a merge first the one whose leaves
/// have the smaller mean `place`, and at equal means the one with the smaller least leaf.
pub fn leaf_order(merges: &[Merge], place: &[f64]) -> Vec<usize> {
    let leaves = place.len();
    let mut clusters: Vec<Vec<usize>> = (0..leaves).map(|leaf| vec![leaf]).collect();
    let mean = |cluster: &[usize]| cluster.iter().map(|&leaf| place[leaf]).sum::<f64>() / cluster.len() as f64;
    let least = |cluster: &[usize]| cluster.iter().copied().min();
    for Merge { children: [one, other], .. } in merges {
        let (mut first, mut second) = (clusters[*one].clone(), clusters[*other].clone());
        let order = mean(&first).total_cmp(&mean(&second)).then_with(|| least(&first).cmp(&least(&second)));
        if order.is_gt() {
            std::mem::swap(&mut first, &mut second);
        }
        first.append(&mut second);
        clusters.push(first);
    }
    clusters.pop().unwrap_or_default()
}

/// The group of each leaf when the tree is cut into `groups` groups (or one for each leaf, if there are fewer leaves),
/// numbered in order of `order`.
pub fn cut(merges: &[Merge], groups: usize, order: &[usize]) -> Vec<usize> {
    let leaves = order.len();
    let done = leaves.saturating_sub(groups.max(1));
    let mut cluster: Vec<usize> = (0..leaves).collect();
    for (number, merge) in merges.iter().take(done).enumerate() {
        cluster.iter_mut().filter(|of| merge.children.contains(of)).for_each(|of| *of = leaves + number);
    }
    let mut met: Vec<usize> = Vec::new();
    let mut group = vec![0; leaves];
    for &leaf in order {
        let known = met.iter().position(|of| *of == cluster[leaf]);
        group[leaf] = known.unwrap_or(met.len());
        if known.is_none() {
            met.push(cluster[leaf]);
        }
    }
    group
}
