//! Objects that draw their features on the way down a tree.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::numerics::bits::bernoulli::Bernoulli;
use crate::parameter::{BuildError, Refusals};

/// Objects that draw their features down a binary tree: each throws a coin for the feature at the root, then for that
/// of the branch in which it is, and so on. The features are the nodes of the tree, level by level as in
/// `nested-splits`; each divides the objects that have come to it, and only these.
///
/// With fair coins, coded by `signs`, the mode of a split at level `l` (1: the root) has the singular value
/// `sqrt(objects / 2^(l-1))` in the limit of many objects, and the split is its pattern. In the other codings features
/// of a branch go together with those above it, so that modes mix splits; with `bits`, the two halves have no feature
/// in common, so that no mode reaches into both, and none has more than about half of the split at the root.
///
/// Levels: 1 is the split at the root; a node with objects on one side only is no split, and a level without splits is
/// missing. A finite draw has no predicted singular values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DrawnPaths {
    /// Number of objects, the items, at least 2.
    pub objects: usize,
    /// Number of features that each object draws, 1 to 10; the tree has `2^depth - 1` nodes.
    pub depth: usize,
    /// Probability of the first branch at every node, between 0 and 1.
    #[serde(default = "half")]
    pub first: f64,
    /// How a feature is written. The objects do not depend on it: all codings are of the same draw.
    #[serde(default)]
    pub coding: Coding,
}

fn half() -> f64 {
    0.5
}

/// How a feature is written for the objects on the first branch of its node, for those on the second, and for those
/// that have not come to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Coding {
    /// +1, -1 and 0.
    #[default]
    Signs,
    /// 1, 0 and 0: an object has the feature or does not.
    Bits,
    /// As `bits`, less the mean of the feature over all objects.
    CentredBits,
}

impl DrawnPaths {
    /// The same paths, if their parameters are allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        refusals.unless(self.objects >= 2, "data.drawn-paths.objects", self.objects, "at least 2");
        refusals.unless((1..=10).contains(&self.depth), "data.drawn-paths.depth", self.depth, "1 to 10");
        let allowed = self.first > 0.0 && self.first < 1.0;
        refusals.unless(allowed, "data.drawn-paths.first", self.first, "between 0 and 1");
        if refusals.is_empty() && self.objects.saturating_mul(self.features()) > MOST_ENTRIES {
            let size = format!("makes a table of more than {MOST_ENTRIES} entries");
            refusals.refuse("data.drawn-paths", size + " (allowed: 2^depth - 1 times objects up to that)");
        }
        refusals.finish().map(|()| self.clone())
    }

    /// The same draw as it is written by default.
    pub(crate) fn by_default(&self) -> Self {
        Self { coding: Coding::default(), ..self.clone() }
    }

    fn features(&self) -> usize {
        (1 << self.depth) - 1
    }

    /// For each object the leaf at which its path ends, from 0, those on first branches first.
    fn leaves(&self, rng: &mut Pcg64) -> Vec<usize> {
        let coin = Bernoulli::new(self.first);
        (0..self.objects).map(|_| !coin.word(rng) as usize & self.features()).collect()
    }

    /// The node of a level through which the path to a leaf goes, from 0, and the branch that it takes there.
    fn step(&self, leaf: usize, level: usize) -> (usize, usize) {
        let child = leaf >> (self.depth - level);
        (child >> 1, child & 1)
    }

    fn levels(&self, leaves: &[usize]) -> Vec<Level> {
        let of_level = |level: usize| {
            let mut nodes = vec![vec![Vec::new(), Vec::new()]; 1 << (level - 1)];
            for (object, &leaf) in leaves.iter().enumerate() {
                let (node, branch) = self.step(leaf, level);
                nodes[node][branch].push(object);
            }
            nodes.retain(|branches| branches.iter().all(|objects| !objects.is_empty()));
            Level { level, s: None, count: nodes.len(), nodes, patterns: Vec::new() }
        };
        (1..=self.depth).map(of_level).filter(|level| level.count > 0).collect()
    }
}

impl Generator for DrawnPaths {
    fn shape(&self) -> (usize, usize) {
        (self.features(), self.objects)
    }

    fn is_random(&self) -> bool {
        true
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let leaves = self.leaves(rng);
        let values = if self.coding == Coding::Signs { [1.0, -1.0] } else { [1.0, 0.0] };
        let mut y = Mat::zeros(self.features(), self.objects);
        for (object, &leaf) in leaves.iter().enumerate() {
            for level in 1..=self.depth {
                let (node, branch) = self.step(leaf, level);
                y[((1 << (level - 1)) - 1 + node, object)] = values[branch];
            }
        }
        if self.coding == Coding::CentredBits {
            for feature in 0..self.features() {
                let mean = y.row(feature).iter().sum::<f64>() / self.objects as f64;
                y.row_mut(feature).iter_mut().for_each(|entry| *entry -= mean);
            }
        }
        Sample { levels: self.levels(&leaves), ..Sample::plain(y) }
    }
}
