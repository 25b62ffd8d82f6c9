//! A split at the root against the splits below it.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::parameter::{BuildError, Refusals};
use crate::theory::overlap::singular_values;

/// Fish, birds, trees and flowers (one of each if nothing else is said), with as many features for each split of
/// animals from plants, fish from birds and trees from flowers as one likes. Nothing is random.
///
/// Features and items decide which split is strongest: with `k` trees and as many flowers, and with `n` fish and as
/// many birds, the singular values are `sqrt(2 (n + k) m1)`, `sqrt(2 n m2)` and `sqrt(2 k m3)`, so that fish and birds
/// part before animals and plants if `n m2 > (n + k) m1`. Levels: 1 is animals from plants; the two splits of level 2
/// are two entries with a singular value each, or one entry of two modes where `n m2 = k m3`.
///
/// If there are more fish than birds, or fewer, the first two splits are no modes: the features of the second have a
/// mean over the animals, so that both modes are mixtures of them. Their singular values are those of two overlapping
/// categories (`theory::overlap`) with the strengths `sqrt((fish + birds + 2 k) m1)` and `sqrt((fish + birds) m2)` and
/// the cosine `(fish - birds) / sqrt((fish + birds + 2 k) (fish + birds))` between objects, and the larger one is given
/// to the level that is stronger by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contrast {
    /// Number of features that are +1 for fish and birds and -1 for trees and flowers, at least 1.
    pub m1: usize,
    /// Number of features that are +1 for fish, -1 for birds and 0 for plants, at least 1.
    pub m2: usize,
    /// Number of features that are +1 for trees, -1 for flowers and 0 for animals, at least 1.
    pub m3: usize,
    /// Number of trees, and of flowers, at least 1. If plants and animals differ in number, the mode of level 1, +1 for
    /// animals and -1 for plants, is not of mean 0, so that its alignment with the split is below 1.
    #[serde(default = "one")]
    pub plants: usize,
    /// Number of fish, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub fish: usize,
    /// Number of birds, at least 1. If it is not that of the fish, splits are no modes.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub birds: usize,
}

fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(number: &usize) -> bool {
    *number == 1
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
            ("data.contrast.fish", self.fish),
            ("data.contrast.birds", self.birds),
        ] {
            refusals.unless((1..=most).contains(&number), path, number, &format!("1 to {most}"));
        }
        if refusals.is_empty() && self.features().saturating_mul(self.items()) > MOST_ENTRIES {
            refusals
                .refuse("data.contrast", format!("is too large (allowed: items times features up to {MOST_ENTRIES})"));
        }
        refusals.finish().map(|()| self.clone())
    }

    fn features(&self) -> usize {
        self.m1 + self.m2 + self.m3
    }

    fn animals(&self) -> usize {
        self.fish + self.birds
    }

    fn items(&self) -> usize {
        self.animals() + 2 * self.plants
    }

    /// Where fish, birds, trees and flowers end.
    fn ends(&self) -> [usize; 4] {
        [self.fish, self.animals(), self.animals() + self.plants, self.items()]
    }

    /// Singular values of the modes of level 1 and of fish from birds.
    fn first_two(&self) -> [f64; 2] {
        let (items, animals) = (self.items() as f64, self.animals() as f64);
        let [root, below] = [items * self.m1 as f64, animals * self.m2 as f64].map(f64::sqrt);
        if self.fish == self.birds {
            return [root, below];
        }
        let cosine = (self.fish as f64 - self.birds as f64) / (items * animals).sqrt();
        let [first, second] = singular_values([root, below], cosine, 0.0);
        if root >= below { [first, second] } else { [second, first] }
    }

    /// Fish, birds, trees, flowers.
    fn levels(&self) -> Vec<Level> {
        let [fish, animals, trees, end] = self.ends();
        let root = vec![vec![(0..animals).collect(), (animals..end).collect()]];
        let of_animals = vec![(0..fish).collect(), (fish..animals).collect()];
        let of_plants = vec![(animals..trees).collect(), (trees..end).collect()];
        let level = |level, s, nodes: Vec<Vec<Vec<usize>>>| Level {
            level,
            s: Some(s),
            count: nodes.len(),
            nodes,
            patterns: Vec::new(),
        };
        let [s_root, s_animals] = self.first_two();
        let mut levels = vec![level(1, s_root, root)];
        if self.fish == self.birds && self.fish * self.m2 == self.plants * self.m3 {
            levels.push(level(2, s_animals, vec![of_animals, of_plants]));
        } else {
            levels.push(level(2, s_animals, vec![of_animals]));
            levels.push(level(2, ((2 * self.plants * self.m3) as f64).sqrt(), vec![of_plants]));
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
        let ends = self.ends();
        let y = Mat::from_fn(self.features(), self.items(), |feature, item| {
            let values = match feature {
                feature if feature < self.m1 => [1.0, 1.0, -1.0, -1.0],
                feature if feature < self.m1 + self.m2 => [1.0, -1.0, 0.0, 0.0],
                _ => [0.0, 0.0, 1.0, -1.0],
            };
            values[ends.iter().take_while(|&&end| end <= item).count()]
        });
        Sample { levels: self.levels(), ..Sample::plain(y) }
    }
}
