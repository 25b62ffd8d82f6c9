//! Nested splits: one feature for every split of a binary tree.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::tree::splits;
use crate::data::{Generator, Level, Sample};
use crate::parameter::{BuildError, Refusals};

/// One feature divides all items into halves, +1 and -1; each half has its own next feature, which is 0 elsewhere; and
/// so on down to single items. The item patterns are the Haar basis. Nothing is random.
///
/// Levels: 1 is the split at the root; a split of `n` items has the singular value `sqrt(n)`, exactly. There is no
/// level 0, because no feature is shared by all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NestedSplits {
    /// Number of splits from the root to an item, 1 to 10; there are `2^depth` items and one feature fewer.
    pub depth: usize,
}

impl NestedSplits {
    /// The same splits, if their depth is allowed.
    pub fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        refusals.unless((1..=10).contains(&self.depth), "data.nested-splits.depth", self.depth, "1 to 10");
        refusals.finish().map(|()| self.clone())
    }
}

impl Generator for NestedSplits {
    fn shape(&self) -> (usize, usize) {
        let items = 1 << self.depth;
        (items - 1, items)
    }

    fn draw(&self, _: &mut Pcg64) -> Sample {
        let (features, items) = self.shape();
        let levels: Vec<Level> = (1..=self.depth)
            .map(|level| {
                let nodes = splits(items, 2, level);
                Level { level, s: Some(((items >> (level - 1)) as f64).sqrt()), count: nodes.len(), nodes }
            })
            .collect();
        let mut y = Mat::zeros(features, items);
        for (feature, children) in levels.iter().flat_map(|level| &level.nodes).enumerate() {
            for (child, value) in children.iter().zip([1.0, -1.0]) {
                child.iter().for_each(|&item| y[(feature, item)] = value);
            }
        }
        Sample { levels, ..Sample::plain(y) }
    }
}
