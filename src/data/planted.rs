//! Categories hidden in noise.

use std::ops::Range;

use faer::Mat;
use rand::Rng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::centre::{Centre, Standardisation};
use crate::data::sample::{Category, Generator, MOST_ENTRIES, Sample};
use crate::numerics::bits::bernoulli::Bernoulli;
use crate::numerics::bits::packed::{BitMatrix, Block};
use crate::parameter::{BuildError, Refusals};

/// A table of zeros and ones: noise of one density, and in it categories, blocks of objects and features with a higher
/// density. No two categories share an object or a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Planted {
    /// Number of objects, the items, at least 1.
    pub objects: usize,
    /// Number of features, at least 1.
    pub features: usize,
    /// Probability of a 1 outside the categories, between 0 and 1.
    pub background: f64,
    /// The categories; none is allowed.
    pub categories: Vec<PlantedCategory>,
    /// Whether objects and features come in random order.
    #[serde(default = "yes")]
    pub shuffle: bool,
    /// How the table is normalised.
    #[serde(default)]
    pub centre: Centre,
}

/// One category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlantedCategory {
    /// Number of its objects, at least 1.
    pub objects: usize,
    /// Number of its features, at least 1.
    pub features: usize,
    /// Probability of a 1 where its objects meet its features, above the background, at most 1.
    pub density: f64,
}

fn yes() -> bool {
    true
}

impl Planted {
    /// The same categories, if the parameters are allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        let background = self.background;
        refusals.unless(self.objects >= 1, "data.planted.objects", self.objects, "at least 1");
        refusals.unless(self.features >= 1, "data.planted.features", self.features, "at least 1");
        refusals.unless(background > 0.0 && background < 1.0, "data.planted.background", background, "between 0 and 1");
        if self.objects.saturating_mul(self.features) > MOST_ENTRIES {
            refusals
                .refuse("data.planted", format!("is too large (allowed: objects times features up to {MOST_ENTRIES})"));
        }
        for (number, category) in self.categories.iter().enumerate() {
            let path = |field| format!("data.planted.categories.{number}.{field}");
            refusals.unless(category.objects >= 1, &path("objects"), category.objects, "at least 1");
            refusals.unless(category.features >= 1, &path("features"), category.features, "at least 1");
            refusals.unless(
                category.density > background && category.density <= 1.0,
                &path("density"),
                category.density,
                &format!("above the background, {background}, up to 1"),
            );
        }
        for (kind, size, sizes) in [
            ("objects", self.objects, self.sizes(|category| category.objects)),
            ("features", self.features, self.sizes(|category| category.features)),
        ] {
            let taken = sizes.iter().fold(0_usize, |sum, &size| sum.saturating_add(size));
            if taken > size {
                let message =
                    format!("have {taken} {kind} together (allowed: the table's {size}, because none is shared)");
                refusals.refuse("data.planted.categories", message);
            }
        }
        refusals.finish().map(|()| self.clone())
    }

    fn sizes(&self, size: impl Fn(&PlantedCategory) -> usize) -> Vec<usize> {
        self.categories.iter().map(size).collect()
    }

    /// The blocks of the categories, before the table is shuffled: objects and features from the first on.
    fn blocks(&self) -> Vec<Block> {
        let features = consecutive(&self.sizes(|category| category.features));
        let objects = consecutive(&self.sizes(|category| category.objects));
        let blocks = features.into_iter().zip(objects).zip(&self.categories);
        blocks
            .map(|((rows, columns), category)| Block { rows, columns, density: Bernoulli::new(category.density) })
            .collect()
    }

    /// The map from zeros and ones to the table, and the standard deviation of the noise after it.
    fn standardisation(&self, share: f64) -> (Standardisation, f64) {
        let map = match self.centre {
            Centre::None => Standardisation { shift: 0.0, scale: 1.0 },
            Centre::Known => Standardisation::of(self.background),
            Centre::Estimated => Standardisation::of(share),
        };
        (map, map.scale * (self.background * (1.0 - self.background)).sqrt())
    }
}

/// Ranges of these sizes, one after the other from 0.
fn consecutive(sizes: &[usize]) -> Vec<Range<usize>> {
    let ends = sizes.iter().scan(0, |end, size| {
        *end += size;
        Some(*end)
    });
    ends.zip(sizes).map(|(end, size)| end - size..end).collect()
}

/// The numbers below `count`, in random order or as they are.
fn order(count: usize, shuffle: bool, rng: &mut impl Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    if shuffle {
        order.shuffle(rng);
    }
    order
}

impl Generator for Planted {
    fn shape(&self) -> (usize, usize) {
        (self.features, self.objects)
    }

    fn is_random(&self) -> bool {
        true
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let blocks = self.blocks();
        let mut bits = BitMatrix::zeros(self.features, self.objects);
        bits.draw(Bernoulli::new(self.background), &blocks, rng);
        let (map, noise) = self.standardisation(bits.mean());

        // `rows[i]` is the place in the table of row `i` of the bits.
        let rows = order(self.features, self.shuffle, rng);
        let columns = order(self.objects, self.shuffle, rng);
        let mut y = Mat::zeros(self.features, self.objects);
        let mut clean = Mat::full(self.features, self.objects, map.apply(self.background));
        for column in 0..self.objects {
            for row in 0..self.features {
                y[(rows[row], columns[column])] = map.apply(f64::from(u8::from(bits.entry(row, column))));
            }
        }
        let mut categories = Vec::new();
        for (block, category) in blocks.iter().zip(&self.categories) {
            let mut features = rows[block.rows.clone()].to_vec();
            let mut items = columns[block.columns.clone()].to_vec();
            for &item in &items {
                features.iter().for_each(|&feature| clean[(feature, item)] = map.apply(category.density));
            }
            features.sort_unstable();
            items.sort_unstable();
            categories.push(Category { items, features });
        }
        Sample { categories, clean: Some(clean), noise: Some(noise), ..Sample::plain(y) }
    }
}
