//! Branching diffusion: features that flip along the branches of a tree.

use faer::Mat;
use rand::Rng;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::numerics::bits::bernoulli::Bernoulli;
use crate::parameter::{BuildError, Refusals};
use crate::theory;

/// Items at the leaves of a regular tree. Each feature is +1 or -1 with equal probability at the root and flips on each
/// branch with a small probability, independently of the other features.
///
/// Levels: 0 is the mode that all items share, 1 the split at the root; the expected singular value of a level is
/// `sqrt(features * eigenvalue)`, exact as the number of features grows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tree {
    /// Number of branchings from the root to an item, 1 to 20.
    pub depth: usize,
    /// Number of branches at each branching, at least 2; there are `branching^depth` items.
    #[serde(default = "two")]
    pub branching: usize,
    /// Probability that a feature flips on a branch, 0 to 0.5.
    pub flip: f64,
    /// Number of features, at least 1.
    pub features: usize,
}

fn two() -> usize {
    2
}

impl Tree {
    /// The same tree, if its parameters are allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        refusals.unless((1..=20).contains(&self.depth), "data.tree.depth", self.depth, "1 to 20");
        refusals.unless(self.branching >= 2, "data.tree.branching", self.branching, "at least 2");
        refusals.unless((0.0..=0.5).contains(&self.flip), "data.tree.flip", self.flip, "0 to 0.5");
        refusals.unless(self.features >= 1, "data.tree.features", self.features, "at least 1");
        let items = u32::try_from(self.depth).ok().and_then(|depth| self.branching.checked_pow(depth));
        let entries = items.and_then(|items| items.checked_mul(self.features));
        if refusals.is_empty() && entries.is_none_or(|entries| entries > MOST_ENTRIES) {
            let size = format!("makes a table of more than {MOST_ENTRIES} entries");
            refusals.refuse("data.tree", size + " (allowed: branching^depth times features up to that)");
        }
        refusals.finish().map(|()| self.clone())
    }

    fn items(&self) -> usize {
        self.branching.pow(self.depth as u32)
    }

    /// 64 features at the leaves, a bit each.
    fn diffuse(&self, flip: Bernoulli, rng: &mut Pcg64) -> Vec<u64> {
        let mut nodes = vec![rng.next_u64()];
        for _ in 0..self.depth {
            let children = nodes.iter().flat_map(|&node| std::iter::repeat_n(node, self.branching));
            nodes = children.map(|node| node ^ flip.word(rng)).collect();
        }
        nodes
    }

    fn levels(&self) -> Vec<Level> {
        let levels = theory::tree::levels(self.depth, self.branching, self.flip);
        let expected = levels.into_iter().map(|tree| Level {
            level: tree.level,
            s: Some((self.features as f64 * tree.eigenvalue).sqrt()),
            count: tree.count,
            nodes: if tree.level == 0 { Vec::new() } else { splits(self.items(), self.branching, tree.level) },
            patterns: Vec::new(),
        });
        expected.collect()
    }
}

/// The nodes at a level (1: the root) of a regular tree over `items` leaves in order, each with its children's leaves.
///
/// ```
/// use modewise::data::tree::splits;
///
/// assert_eq!(splits(4, 2, 1), [[[0, 1], [2, 3]]]);
/// assert_eq!(splits(4, 2, 2), [[[0], [1]], [[2], [3]]]);
/// ```
///
/// # Panics
/// If the level lies below the leaves.
pub fn splits(items: usize, branching: usize, level: usize) -> Vec<Vec<Vec<usize>>> {
    let child = items / branching.pow(level as u32);
    let leaves: Vec<usize> = (0..items).collect();
    leaves.chunks(child * branching).map(|node| node.chunks(child).map(<[usize]>::to_vec).collect()).collect()
}

impl Generator for Tree {
    fn shape(&self) -> (usize, usize) {
        (self.features, self.items())
    }

    fn is_random(&self) -> bool {
        true
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let flip = Bernoulli::new(self.flip);
        let mut y = Mat::zeros(self.features, self.items());
        for first in (0..self.features).step_by(64) {
            for (item, word) in self.diffuse(flip, rng).into_iter().enumerate() {
                for bit in 0..64.min(self.features - first) {
                    y[(first + bit, item)] = if (word >> bit) & 1 == 1 { 1.0 } else { -1.0 };
                }
            }
        }
        Sample { levels: self.levels(), ..Sample::plain(y) }
    }
}
