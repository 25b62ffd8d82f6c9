//! Nested splits: features of its own for every split of a binary tree.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::data::tree::splits;
use crate::parameter::{BuildError, Refusals};

/// One feature divides all items into halves, +1 and -1; each half has its own next feature, which is 0 elsewhere; and
/// so on down to single items. The item patterns are the Haar basis. Nothing is random.
///
/// Levels: 1 is the split at the root; a split of `n` items with `m` equal features has the singular value `sqrt(n m)`,
/// exactly. There is no level 0, because no feature is shared by all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NestedSplits {
    /// Number of splits from the root to an item, 1 to 10; there are `2^depth` items and one split fewer.
    pub depth: usize,
    /// Number of equal features of each split of a level, for each level from the root, at least 1; one if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<usize>>,
}

impl NestedSplits {
    /// The same splits, if their depth is allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        refusals.unless((1..=10).contains(&self.depth), "data.nested-splits.depth", self.depth, "1 to 10");
        if let Some(features) = self.features.as_ref().filter(|_| refusals.is_empty()) {
            let (path, most) = ("data.nested-splits.features", MOST_ENTRIES >> (2 * self.depth));
            let lengths = format!("{} numbers", features.len());
            refusals.unless(features.len() == self.depth, path, lengths, "one for each level");
            for (level, &number) in features.iter().enumerate() {
                let allowed = (1..=most).contains(&number);
                refusals.unless(allowed, &format!("{path}.{level}"), number, &format!("1 to {most}"));
            }
        }
        refusals.finish().map(|()| self.clone())
    }

    /// Number of features of a split of this level.
    fn of_split(&self, level: usize) -> usize {
        self.features.as_ref().map_or(1, |features| features[level - 1])
    }
}

impl Generator for NestedSplits {
    fn shape(&self) -> (usize, usize) {
        ((1..=self.depth).map(|level| self.of_split(level) << (level - 1)).sum(), 1 << self.depth)
    }

    fn is_random(&self) -> bool {
        false
    }

    fn draw(&self, _: &mut Pcg64) -> Sample {
        let (features, items) = self.shape();
        let levels: Vec<Level> = (1..=self.depth)
            .map(|level| {
                let nodes = splits(items, 2, level);
                let energy = (items >> (level - 1)) * self.of_split(level);
                Level { level, s: Some((energy as f64).sqrt()), count: nodes.len(), nodes, patterns: Vec::new() }
            })
            .collect();
        let mut y = Mat::zeros(features, items);
        let repeated = |level: &Level| self.of_split(level.level);
        let splits = levels.iter().flat_map(|level| {
            level.nodes.iter().flat_map(move |children| std::iter::repeat_n(children, repeated(level)))
        });
        for (feature, children) in splits.enumerate() {
            for (child, value) in children.iter().zip([1.0, -1.0]) {
                child.iter().for_each(|&item| y[(feature, item)] = value);
            }
        }
        Sample { levels, ..Sample::plain(y) }
    }
}
