//! Categories hidden in noise.

use std::ops::Range;

use faer::Mat;
use rand::Rng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::centre::{Centre, Standardisation};
use crate::data::patches::{Members, Patch, Side, members, patches};
use crate::data::sample::{Category, Generator, MOST_ENTRIES, Sample};
use crate::numerics::bits::bernoulli::Bernoulli;
use crate::numerics::bits::packed::{BitMatrix, Block};
use crate::numerics::statistics::extreme::smaller;
use crate::parameter::{BuildError, Refusals};

/// A table of zeros and ones: noise of one density, and in it categories, blocks of objects and features with a higher
/// density.
///
/// Two categories have an object or a feature in common only where one `shares` it with the other. What categories add
/// to the background adds up where they meet, so that the table without noise is the background plus one block of
/// constant entries for each category. Of two categories it has the singular values that `theory::overlap` gives.
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
    /// Whether entries are drawn. Otherwise each is its probability of a 1, and the table is no longer a signal in
    /// noise.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub noisy: bool,
}

/// One category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlantedCategory {
    /// Number of its objects, at least 1.
    pub objects: usize,
    /// Number of its features, at least 1.
    pub features: usize,
    /// Probability of a 1 where its objects meet its features and no other category lies, above the background, at most 1.
    /// Where several lie, what each adds to the background adds up, which has to stay within 1 too.
    pub density: f64,
    /// What it has in common with an earlier category; nothing if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Shares>,
}

/// Members that a category has in common with an earlier one. It is nested if it shares all of its own.
///
/// Where one category is asked for of each object or feature, the last of several counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Shares {
    /// Number of the earlier category, from 1.
    pub with: usize,
    /// Number of objects of both, at most as many as either has; none if not given. They are the last of the earlier
    /// one.
    #[serde(default)]
    pub objects: usize,
    /// The same for features.
    #[serde(default)]
    pub features: usize,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

/// By how much a sum of densities may be above 1.
const ROUNDING: f64 = 1e-12;

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
        if self.check_shares(&mut refusals) {
            self.check_room(&mut refusals);
        }
        refusals.finish().map(|()| self.clone())
    }

    /// Refuses what categories cannot share; true if there is nothing of this.
    fn check_shares(&self, refusals: &mut Refusals) -> bool {
        let mut own = Refusals::new();
        for (number, category) in self.categories.iter().enumerate() {
            let Some(shares) = &category.shares else { continue };
            let path = |field| format!("data.planted.categories.{number}.shares.{field}");
            if !(1..=number).contains(&shares.with) {
                own.unless(false, &path("with"), shares.with, "the number of an earlier category, from 1");
                continue;
            }
            let other = &self.categories[shares.with - 1];
            for (field, shared, most) in [
                ("objects", shares.objects, category.objects.min(other.objects)),
                ("features", shares.features, category.features.min(other.features)),
            ] {
                own.unless(shared <= most, &path(field), shared, &format!("up to {most}, the size of the smaller"));
            }
        }
        let allowed = own.is_empty();
        refusals.append(own);
        allowed
    }

    /// Refuses categories that have no room in the table, or more ones than entries where they meet.
    fn check_room(&self, refusals: &mut Refusals) {
        let (features, objects) = self.members();
        for (kind, size, members) in [("objects", self.objects, objects), ("features", self.features, features)] {
            let taken = members.iter().flatten().map(|range| range.end).max().unwrap_or(0);
            if taken > size {
                let shares = self.categories.iter().any(|category| category.shares.is_some());
                let why = if shares { "no more are shared" } else { "none is shared" };
                let message = format!("have {taken} {kind} together (allowed: the table's {size}, because {why})");
                refusals.refuse("data.planted.categories", message);
            }
        }
        let meeting = self.patches().into_iter().filter(|patch| patch.categories.len() > 1);
        let densities = meeting.map(|patch| self.density(&patch.categories));
        if let Some(density) = densities.filter(|&density| density > 1.0 + ROUNDING).max_by(f64::total_cmp) {
            let why = "because what they add to the background adds up";
            let message = format!("have a density of {density} where they meet (allowed: up to 1, {why})");
            refusals.refuse("data.planted.categories", message);
        }
    }

    /// The features and the objects of each category, before the table is shuffled.
    fn members(&self) -> (Vec<Members>, Vec<Members>) {
        let sides = |size: fn(&PlantedCategory) -> usize, shared: fn(&Shares) -> usize| -> Vec<Side> {
            let of = |own: &PlantedCategory| own.shares.as_ref().map(|shares| (shares.with - 1, shared(shares)));
            self.categories.iter().map(|own| Side { size: size(own), shared: of(own) }).collect()
        };
        let features = members(&sides(|category| category.features, |shares| shares.features));
        (features, members(&sides(|category| category.objects, |shares| shares.objects)))
    }

    fn patches(&self) -> Vec<Patch> {
        let (features, objects) = self.members();
        patches(&features, &objects)
    }

    /// Probability of a 1 where these categories lie.
    fn density(&self, categories: &[usize]) -> f64 {
        if let &[only] = categories {
            return self.categories[only].density;
        }
        let added: f64 = categories.iter().map(|&own| self.categories[own].density - self.background).sum();
        self.background + added
    }

    /// Draws the table, before it is shuffled.
    fn bits(&self, patches: &[Patch], rng: &mut Pcg64) -> BitMatrix {
        let block = |patch: &Patch| Block {
            rows: patch.rows.clone(),
            columns: patch.columns.clone(),
            density: Bernoulli::new(smaller(self.density(&patch.categories), 1.0)),
        };
        let blocks: Vec<Block> = patches.iter().map(block).collect();
        let mut bits = BitMatrix::zeros(self.features, self.objects);
        bits.draw(Bernoulli::new(self.background), &blocks, rng);
        bits
    }

    /// Mean density of the table.
    fn mean(&self, patches: &[Patch]) -> f64 {
        let entries = (self.features * self.objects) as f64;
        let added = patches.iter().map(|patch| {
            let share = (patch.rows.len() * patch.columns.len()) as f64 / entries;
            share * (self.density(&patch.categories) - self.background)
        });
        self.background + added.sum::<f64>()
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

/// The places of some ranges, in order.
fn places(ranges: &[Range<usize>], order: &[usize]) -> Vec<usize> {
    let mut places: Vec<usize> = ranges.iter().flat_map(|range| order[range.clone()].iter().copied()).collect();
    places.sort_unstable();
    places
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
        self.noisy || self.shuffle
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let patches = self.patches();
        let bits = self.noisy.then(|| self.bits(&patches, rng));
        let share = bits.as_ref().map_or_else(|| self.mean(&patches), BitMatrix::mean);
        let (map, noise) = self.standardisation(share);

        // `rows[i]` is the place in the table of row `i` of the bits.
        let rows = order(self.features, self.shuffle, rng);
        let columns = order(self.objects, self.shuffle, rng);
        let mut clean = Mat::full(self.features, self.objects, map.apply(self.background));
        for patch in &patches {
            let value = map.apply(self.density(&patch.categories));
            for &column in &columns[patch.columns.clone()] {
                rows[patch.rows.clone()].iter().for_each(|&row| clean[(row, column)] = value);
            }
        }
        let (features, objects) = self.members();
        let category = |(features, objects): (&Vec<_>, &Vec<_>)| Category {
            items: places(objects, &columns),
            features: places(features, &rows),
        };
        let categories = features.iter().zip(&objects).map(category).collect();
        let Some(bits) = bits else { return Sample { categories, ..Sample::plain(clean) } };
        let mut y = Mat::zeros(self.features, self.objects);
        for column in 0..self.objects {
            for row in 0..self.features {
                y[(rows[row], columns[column])] = map.apply(f64::from(u8::from(bits.entry(row, column))));
            }
        }
        Sample { categories, clean: Some(clean), noise: Some(noise), ..Sample::plain(y) }
    }
}
