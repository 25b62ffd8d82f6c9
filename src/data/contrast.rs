//! A split at the root against the splits below it.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::parameter::{BuildError, Refusals};

/// A fish, a bird, trees and flowers (one of each, if nothing else is said), with as many features for each split of animals from plants, fish from
/// birds and trees from flowers as one likes. Nothing is random.
///
/// Features and items decide which split is strongest: with `k` trees and `k` flowers the singular values are
/// `sqrt(2 (1 + k) m1)`, `sqrt(2 m2)` and `sqrt(2 k m3)`, so that in a table of four items fish and birds part before
/// animals and plants if `m2 > 2 m1`. Levels: 1 is animals from plants; the two splits of level 2 are two entries with a
/// singular value each, or one entry of two modes where `m2 = k m3`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contrast {
    /// Number of features that are +1 for fish and bird and -1 for tree and flower, at least 1.
    pub m1: usize,
    /// Number of features that are +1 for fish, -1 for bird and 0 for plants, at least 1.
    pub m2: usize,
    /// Number of features that are +1 for tree, -1 for flower and 0 for animals, at least 1.
    pub m3: usize,
    /// Number of trees, and of flowers, at least 1. With more than one the mode of level 1, +1 for animals and -1 for
    /// plants, is not of mean 0, so that its alignment with the split is below 1.
    #[serde(default = "one")]
    pub plants: usize,
}

fn one() -> usize {
    1
}

impl Contrast {
    /// The same contrast, if its numbers are allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        let most = MOST_ENTRIES / 4 / 3;
        for (path, number) in [
            ("data.contrast.m1", self.m1),
            ("data.contrast.m2", self.m2),
            ("data.contrast.m3", self.m3),
            ("data.contrast.plants", self.plants),
        ] {
            refusals.unless((1..=most).contains(&number), path, number, &format!("1 to {most}"));
        }
        if refusals.is_empty() && self.features() * self.items() > MOST_ENTRIES {
            refusals
                .refuse("data.contrast", format!("is too large (allowed: items times features up to {MOST_ENTRIES})"));
        }
        refusals.finish().map(|()| self.clone())
    }

    fn features(&self) -> usize {
        self.m1 + self.m2 + self.m3
    }

    fn items(&self) -> usize {
        2 + 2 * self.plants
    }

    /// A fish, a bird, trees, flowers.
    fn levels(&self) -> Vec<Level> {
        let (end_of_trees, end) = (2 + self.plants, self.items());
        let root = vec![vec![0, 1], (2..end).collect()];
        let (animals, plants) =
            (vec![vec![0], vec![1]], vec![(2..end_of_trees).collect(), (end_of_trees..end).collect()]);
        let level = |level, energy: usize, nodes: Vec<Vec<Vec<usize>>>| Level {
            level,
            s: Some((energy as f64).sqrt()),
            count: nodes.len(),
            nodes,
            patterns: Vec::new(),
        };
        let mut levels = vec![level(1, self.items() * self.m1, vec![root])];
        if self.m2 == self.plants * self.m3 {
            levels.push(level(2, 2 * self.m2, vec![animals, plants]));
        } else {
            levels.push(level(2, 2 * self.m2, vec![animals]));
            levels.push(level(2, 2 * self.plants * self.m3, vec![plants]));
        }
        levels
    }
}

impl Generator for Contrast {
    fn shape(&self) -> (usize, usize) {
        (self.features(), self.items())
    }

    fn is_random(&self) -> bool {
        false
    }

    fn draw(&self, _: &mut Pcg64) -> Sample {
        let y = Mat::from_fn(self.features(), self.items(), |feature, item| {
            let values = match feature {
                feature if feature < self.m1 => [1.0, 1.0, -1.0, -1.0],
                feature if feature < self.m1 + self.m2 => [1.0, -1.0, 0.0, 0.0],
                _ => [0.0, 0.0, 1.0, -1.0],
            };
            let kind = if item < 2 { item } else { 2 + (item - 2) / self.plants };
            values[kind]
        });
        Sample { levels: self.levels(), ..Sample::plain(y) }
    }
}
