//! Eight plants and animals and what is true of them.

use std::ops::Range;

use faer::Mat;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, Sample};
use crate::data::tree::splits;

/// Pine, oak, rose, daisy, robin, canary, sunfish and salmon, and 36 attributes, 1 where they are true and 0 elsewhere,
/// asked for by four relations: what an item *is a*, what it *is*, *can* and *has*.
///
/// Facts as in T. T. Rogers and J. L. McClelland, "Semantic Cognition", 2004. Levels: 1 is plants from animals; 2 trees
/// from flowers and birds from fish; 3 one item from its sibling. The theory does not say their singular values, because
/// some attributes cut across the hierarchy: three pairs of siblings differ in being red or yellow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LivingThings {
    /// Whether each attribute is dealt to random items instead, as many as it has: the names of the levels stay, what
    /// they stand for is gone.
    #[serde(default)]
    pub shuffled: bool,
}

/// The items, in order of the columns of the table.
pub const ITEMS: [&str; 8] = ["pine", "oak", "rose", "daisy", "robin", "canary", "sunfish", "salmon"];

/// The relations, in order of the rows of the table.
pub const RELATIONS: [&str; 4] = ["ISA", "is", "can", "has"];

/// A row of the table: a number of [`RELATIONS`], the attribute, and a bit for each of [`ITEMS`].
pub type Attribute = (usize, &'static str, [u8; 8]);

/// The rows of the table, by relation.
pub const ATTRIBUTES: [Attribute; 36] = [
    (0, "living thing", [1, 1, 1, 1, 1, 1, 1, 1]),
    (0, "plant", [1, 1, 1, 1, 0, 0, 0, 0]),
    (0, "animal", [0, 0, 0, 0, 1, 1, 1, 1]),
    (0, "tree", [1, 1, 0, 0, 0, 0, 0, 0]),
    (0, "flower", [0, 0, 1, 1, 0, 0, 0, 0]),
    (0, "bird", [0, 0, 0, 0, 1, 1, 0, 0]),
    (0, "fish", [0, 0, 0, 0, 0, 0, 1, 1]),
    (0, "pine", [1, 0, 0, 0, 0, 0, 0, 0]),
    (0, "oak", [0, 1, 0, 0, 0, 0, 0, 0]),
    (0, "rose", [0, 0, 1, 0, 0, 0, 0, 0]),
    (0, "daisy", [0, 0, 0, 1, 0, 0, 0, 0]),
    (0, "robin", [0, 0, 0, 0, 1, 0, 0, 0]),
    (0, "canary", [0, 0, 0, 0, 0, 1, 0, 0]),
    (0, "sunfish", [0, 0, 0, 0, 0, 0, 1, 0]),
    (0, "salmon", [0, 0, 0, 0, 0, 0, 0, 1]),
    (1, "pretty", [0, 0, 1, 1, 0, 0, 0, 0]),
    (1, "big", [1, 1, 0, 0, 0, 0, 0, 0]),
    (1, "living", [1, 1, 1, 1, 1, 1, 1, 1]),
    (1, "green", [1, 0, 0, 0, 0, 0, 0, 0]),
    (1, "red", [0, 0, 1, 0, 1, 0, 0, 1]),
    (1, "yellow", [0, 0, 0, 1, 0, 1, 1, 0]),
    (2, "grow", [1, 1, 1, 1, 1, 1, 1, 1]),
    (2, "move", [0, 0, 0, 0, 1, 1, 1, 1]),
    (2, "swim", [0, 0, 0, 0, 0, 0, 1, 1]),
    (2, "fly", [0, 0, 0, 0, 1, 1, 0, 0]),
    (2, "sing", [0, 0, 0, 0, 0, 1, 0, 0]),
    (3, "skin", [0, 0, 0, 0, 1, 1, 1, 1]),
    (3, "roots", [1, 1, 1, 1, 0, 0, 0, 0]),
    (3, "leaves", [0, 1, 1, 1, 0, 0, 0, 0]),
    (3, "bark", [1, 1, 0, 0, 0, 0, 0, 0]),
    (3, "branch", [1, 1, 0, 0, 0, 0, 0, 0]),
    (3, "petals", [0, 0, 1, 1, 0, 0, 0, 0]),
    (3, "wings", [0, 0, 0, 0, 1, 1, 0, 0]),
    (3, "feathers", [0, 0, 0, 0, 1, 1, 0, 0]),
    (3, "gills", [0, 0, 0, 0, 0, 0, 1, 1]),
    (3, "scales", [0, 0, 0, 0, 0, 0, 1, 1]),
];

/// The rows of each relation.
fn relations() -> Vec<Range<usize>> {
    let first = |relation| ATTRIBUTES.partition_point(|&(other, ..)| other < relation);
    (0..RELATIONS.len()).map(|relation| first(relation)..first(relation + 1)).collect()
}

/// Plants from animals, then the halves of each, then the halves of those.
fn levels() -> Vec<Level> {
    let level = |level: usize| {
        let nodes = splits(ITEMS.len(), 2, level);
        Level { level, s: None, count: nodes.len(), nodes, patterns: Vec::new() }
    };
    (1..=3).map(level).collect()
}

impl Generator for LivingThings {
    fn shape(&self) -> (usize, usize) {
        (ATTRIBUTES.len(), ITEMS.len())
    }

    fn is_random(&self) -> bool {
        self.shuffled
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let mut attributes = ATTRIBUTES;
        if self.shuffled {
            attributes.iter_mut().for_each(|(_, _, items)| items.shuffle(rng));
        }
        let (features, items) = self.shape();
        let y = Mat::from_fn(features, items, |feature, item| f64::from(attributes[feature].2[item]));
        Sample { relations: relations(), levels: levels(), ..Sample::plain(y) }
    }
}
