//! A split at the root against the splits below it.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::{Generator, Level, MOST_ENTRIES, Sample};
use crate::parameter::{BuildError, Refusals};

/// Four items, fish, bird, tree and flower, with as many features for each split of animals from plants, fish from
/// birds and trees from flowers as one likes. Nothing is random.
///
/// The features decide which split is strongest: the singular values are `2 sqrt(m1)`, `sqrt(2 m2)` and `sqrt(2 m3)`, so
/// that fish and birds part before animals and plants if `m2 > 2 m1`. Levels: 1 is animals from plants; the two splits of
/// level 2 are two entries with a singular value each, or one entry of two modes where `m2 = m3`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contrast {
    /// Number of features that are +1 for fish and bird and -1 for tree and flower, at least 1.
    pub m1: usize,
    /// Number of features that are +1 for fish, -1 for bird and 0 for plants, at least 1.
    pub m2: usize,
    /// Number of features that are +1 for tree, -1 for flower and 0 for animals, at least 1.
    pub m3: usize,
}

const ITEMS: usize = 4;

impl Contrast {
    /// The same contrast, if its numbers are allowed.
    pub fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        let most = MOST_ENTRIES / ITEMS / 3;
        for (path, number) in
            [("data.contrast.m1", self.m1), ("data.contrast.m2", self.m2), ("data.contrast.m3", self.m3)]
        {
            refusals.unless((1..=most).contains(&number), path, number, &format!("1 to {most}"));
        }
        refusals.finish().map(|()| self.clone())
    }

    fn levels(&self) -> Vec<Level> {
        let root = vec![vec![0, 1], vec![2, 3]];
        let (animals, plants) = (vec![vec![0], vec![1]], vec![vec![2], vec![3]]);
        let level = |level, energy: usize, nodes: Vec<Vec<Vec<usize>>>| Level {
            level,
            s: Some((energy as f64).sqrt()),
            count: nodes.len(),
            nodes,
            patterns: Vec::new(),
        };
        let mut levels = vec![level(1, 4 * self.m1, vec![root])];
        if self.m2 == self.m3 {
            levels.push(level(2, 2 * self.m2, vec![animals, plants]));
        } else {
            levels.push(level(2, 2 * self.m2, vec![animals]));
            levels.push(level(2, 2 * self.m3, vec![plants]));
        }
        levels
    }
}

impl Generator for Contrast {
    fn shape(&self) -> (usize, usize) {
        (self.m1 + self.m2 + self.m3, ITEMS)
    }

    fn draw(&self, _: &mut Pcg64) -> Sample {
        let y = Mat::from_fn(self.m1 + self.m2 + self.m3, ITEMS, |feature, item| {
            let values = match feature {
                feature if feature < self.m1 => [1.0, 1.0, -1.0, -1.0],
                feature if feature < self.m1 + self.m2 => [1.0, -1.0, 0.0, 0.0],
                _ => [0.0, 0.0, 1.0, -1.0],
            };
            values[item]
        });
        Sample { levels: self.levels(), ..Sample::plain(y) }
    }
}
