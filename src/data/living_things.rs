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
use crate::parameter::{BuildError, Refusals};

/// Pine, oak, rose, daisy, robin, canary, sunfish and salmon, and up to 36 attributes, 1 where they are true and 0 elsewhere,
/// asked for by four relations: what an item *is a*, what it *is*, *can* and *has*.
///
/// Facts as in T. T. Rogers and J. L. McClelland, "Semantic Cognition", 2004. Levels: 1 is plants from animals; 2 trees
/// from flowers and birds from fish; 3 one item from its sibling. The theory does not say their singular values, because
/// some attributes cut across the hierarchy: three pairs of siblings differ in being red or yellow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LivingThings {
    /// The relations whose attributes are in the table, in the order `is-a`, `is`, `can`, `has`; all four if not given. Of *is a*, six attributes
    /// are the names of the groups that part at levels 1 and 2, and eight those of the items: without it nothing in the table
    /// names a group.
    #[serde(default = "every_relation")]
    pub relations: Vec<Relation>,
    /// Whether each attribute is dealt to random items instead, as many as it has: the names of the levels stay, what
    /// they stand for is gone.
    #[serde(default)]
    pub shuffled: bool,
}

/// The items, in order of the columns of the table.
pub const ITEMS: [&str; 8] = ["pine", "oak", "rose", "daisy", "robin", "canary", "sunfish", "salmon"];

/// A question about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// What an item is a kind of, down to its name.
    IsA,
    /// What it is like.
    Is,
    /// What it can do.
    Can,
    /// What it has.
    Has,
}

impl Relation {
    /// As it stands between an item and an attribute: *canary can sing*.
    pub const fn word(self) -> &'static str {
        match self {
            Self::IsA => "ISA",
            Self::Is => "is",
            Self::Can => "can",
            Self::Has => "has",
        }
    }
}

/// The relations, in order of the rows of the table.
pub const RELATIONS: [Relation; 4] = [Relation::IsA, Relation::Is, Relation::Can, Relation::Has];

fn every_relation() -> Vec<Relation> {
    RELATIONS.to_vec()
}

/// A row of the table: its relation, the attribute, and a bit for each of [`ITEMS`].
pub type Attribute = (Relation, &'static str, [u8; 8]);

/// The rows of the table, by relation.
pub const ATTRIBUTES: [Attribute; 36] = [
    (Relation::IsA, "living thing", [1, 1, 1, 1, 1, 1, 1, 1]),
    (Relation::IsA, "plant", [1, 1, 1, 1, 0, 0, 0, 0]),
    (Relation::IsA, "animal", [0, 0, 0, 0, 1, 1, 1, 1]),
    (Relation::IsA, "tree", [1, 1, 0, 0, 0, 0, 0, 0]),
    (Relation::IsA, "flower", [0, 0, 1, 1, 0, 0, 0, 0]),
    (Relation::IsA, "bird", [0, 0, 0, 0, 1, 1, 0, 0]),
    (Relation::IsA, "fish", [0, 0, 0, 0, 0, 0, 1, 1]),
    (Relation::IsA, "pine", [1, 0, 0, 0, 0, 0, 0, 0]),
    (Relation::IsA, "oak", [0, 1, 0, 0, 0, 0, 0, 0]),
    (Relation::IsA, "rose", [0, 0, 1, 0, 0, 0, 0, 0]),
    (Relation::IsA, "daisy", [0, 0, 0, 1, 0, 0, 0, 0]),
    (Relation::IsA, "robin", [0, 0, 0, 0, 1, 0, 0, 0]),
    (Relation::IsA, "canary", [0, 0, 0, 0, 0, 1, 0, 0]),
    (Relation::IsA, "sunfish", [0, 0, 0, 0, 0, 0, 1, 0]),
    (Relation::IsA, "salmon", [0, 0, 0, 0, 0, 0, 0, 1]),
    (Relation::Is, "pretty", [0, 0, 1, 1, 0, 0, 0, 0]),
    (Relation::Is, "big", [1, 1, 0, 0, 0, 0, 0, 0]),
    (Relation::Is, "living", [1, 1, 1, 1, 1, 1, 1, 1]),
    (Relation::Is, "green", [1, 0, 0, 0, 0, 0, 0, 0]),
    (Relation::Is, "red", [0, 0, 1, 0, 1, 0, 0, 1]),
    (Relation::Is, "yellow", [0, 0, 0, 1, 0, 1, 1, 0]),
    (Relation::Can, "grow", [1, 1, 1, 1, 1, 1, 1, 1]),
    (Relation::Can, "move", [0, 0, 0, 0, 1, 1, 1, 1]),
    (Relation::Can, "swim", [0, 0, 0, 0, 0, 0, 1, 1]),
    (Relation::Can, "fly", [0, 0, 0, 0, 1, 1, 0, 0]),
    (Relation::Can, "sing", [0, 0, 0, 0, 0, 1, 0, 0]),
    (Relation::Has, "skin", [0, 0, 0, 0, 1, 1, 1, 1]),
    (Relation::Has, "roots", [1, 1, 1, 1, 0, 0, 0, 0]),
    (Relation::Has, "leaves", [0, 1, 1, 1, 0, 0, 0, 0]),
    (Relation::Has, "bark", [1, 1, 0, 0, 0, 0, 0, 0]),
    (Relation::Has, "branch", [1, 1, 0, 0, 0, 0, 0, 0]),
    (Relation::Has, "petals", [0, 0, 1, 1, 0, 0, 0, 0]),
    (Relation::Has, "wings", [0, 0, 0, 0, 1, 1, 0, 0]),
    (Relation::Has, "feathers", [0, 0, 0, 0, 1, 1, 0, 0]),
    (Relation::Has, "gills", [0, 0, 0, 0, 0, 0, 1, 1]),
    (Relation::Has, "scales", [0, 0, 0, 0, 0, 0, 1, 1]),
];

impl LivingThings {
    /// The same data, if the relations are allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        let path = "data.living-things.relations";
        if self.relations.is_empty() {
            refusals.refuse(path, "is empty (allowed: at least one of is-a, is, can, has)");
        }
        if !self.relations.is_sorted_by(|one, other| one < other) {
            refusals.refuse(path, "is out of order (allowed: each at most once, in the order is-a, is, can, has)");
        }
        refusals.finish().map(|()| self.clone())
    }

    /// The rows of the table, in the order of [`ATTRIBUTES`] in their order.
    fn attributes(&self) -> Vec<Attribute> {
        ATTRIBUTES.into_iter().filter(|(relation, ..)| self.relations.contains(relation)).collect()
    }
}

/// The rows of each relation.
fn ranges(attributes: &[Attribute]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for relation in attributes.chunk_by(|one, other| one.0 == other.0) {
        let start = ranges.last().map_or(0, |last: &Range<usize>| last.end);
        ranges.push(start..start + relation.len());
    }
    ranges
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
        (self.attributes().len(), ITEMS.len())
    }

    fn is_random(&self) -> bool {
        self.shuffled
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let mut attributes = self.attributes();
        if self.shuffled {
            attributes.iter_mut().for_each(|(_, _, items)| items.shuffle(rng));
        }
        let (features, items) = self.shape();
        let y = Mat::from_fn(features, items, |feature, item| f64::from(attributes[feature].2[item]));
        Sample { relations: ranges(&attributes), levels: levels(), ..Sample::plain(y) }
    }
}
