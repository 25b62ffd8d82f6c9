//! Items on a ring: features that fall off with the distance.

use faer::Mat;
use libm::{cos, exp, sin};
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::level::Level;
use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::parameter::{BuildError, Refusals};

/// Items evenly spaced on a ring, as colours, months or places around a lake. Each feature is a Gaussian bump: 1 for an
/// item at its centre, less for items further away. The centres are evenly spaced as well, and the same for all items.
/// Nothing is random.
///
/// The similarity of two items depends on their distance alone, so the item patterns are the waves on the ring, a cosine
/// and a sine of each frequency. Levels are frequencies, 0 for the mode that all items share. With the bump
/// `b(d) = sum_n exp(-(d + n N)^2 / 2 w^2)` the singular value of frequency `k` is
/// `sqrt(sum over offsets o of |sum_d b(d + o) e^{-2 pi i k d/N}|^2)`, which for bumps wider than the spacing is
/// `sqrt(2 pi r) w e^{-2 (pi k w/N)^2}` with `r` bumps an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ring {
    /// Number of items, at least 2.
    pub items: usize,
    /// Standard deviation of the bumps (spacings of the items), above 0, at most the number of items.
    pub width: f64,
    /// Number of bumps for each item, evenly spaced, at least 1.
    #[serde(default = "one")]
    pub bumps: usize,
    /// Whether each feature deals its values to random items instead: the same values, but no ring.
    #[serde(default)]
    pub shuffled: bool,
}

fn one() -> usize {
    1
}

impl Ring {
    /// The same ring, if its parameters are allowed.
    pub(crate) fn checked(&self) -> Result<Self, BuildError> {
        let mut refusals = Refusals::new();
        let most = 1000;
        refusals.unless((2..=most).contains(&self.items), "data.ring.items", self.items, &format!("2 to {most}"));
        let width = self.width > 0.0 && self.width <= self.items as f64;
        refusals.unless(width, "data.ring.width", self.width, "above 0, at most the number of items");
        let most = MOST_ENTRIES / (most * most);
        refusals.unless((1..=most).contains(&self.bumps), "data.ring.bumps", self.bumps, &format!("1 to {most}"));
        refusals.finish().map(|()| self.clone())
    }

    /// The bump at a distance `d` (spacings), all turns around the ring included: within 9 widths, beyond which is less
    /// than rounding.
    fn bump(&self, d: f64) -> f64 {
        let turn = self.items as f64;
        let turns = (9.0 * self.width / turn).ceil() + 1.0;
        let count = (2.0 * turns) as usize + 1;
        (0..count)
            .map(|n| {
                let x = (d + (n as f64 - turns) * turn) / self.width;
                exp(-x * x / 2.0)
            })
            .sum()
    }

    /// Singular value of the waves of a frequency.
    fn singular_value(&self, frequency: usize) -> f64 {
        let squares = (0..self.bumps).map(|bump| {
            let offset = bump as f64 / self.bumps as f64;
            let along = |wave: fn(f64) -> f64| {
                (0..self.items).map(|d| self.bump(d as f64 + offset) * wave(self.angle(frequency, d))).sum::<f64>()
            };
            along(cos) * along(cos) + along(sin) * along(sin)
        });
        squares.sum::<f64>().sqrt()
    }

    /// Phase of a wave at an item; the product is reduced first, so that whole turns are exact.
    fn angle(&self, frequency: usize, item: usize) -> f64 {
        2.0 * std::f64::consts::PI * ((frequency * item) % self.items) as f64 / self.items as f64
    }

    /// A wave of length 1.
    fn wave(&self, frequency: usize, wave: fn(f64) -> f64) -> Vec<f64> {
        let values: Vec<f64> = (0..self.items).map(|item| wave(self.angle(frequency, item))).collect();
        let length = values.iter().map(|x| x * x).sum::<f64>().sqrt();
        values.into_iter().map(|x| x / length).collect()
    }

    fn levels(&self) -> Vec<Level> {
        let level = |frequency: usize| {
            let mut patterns = vec![self.wave(frequency, cos)];
            // Because at the frequency 0, and at the highest of an even number of items, the sine is 0 at every item.
            if frequency > 0 && 2 * frequency < self.items {
                patterns.push(self.wave(frequency, sin));
            }
            let s = Some(self.singular_value(frequency));
            Level { level: frequency, s, count: patterns.len(), nodes: Vec::new(), patterns }
        };
        (0..=self.items / 2).map(level).collect()
    }
}

impl Generator for Ring {
    fn shape(&self) -> (usize, usize) {
        (self.items * self.bumps, self.items)
    }

    fn is_random(&self) -> bool {
        self.shuffled
    }

    fn draw(&self, rng: &mut Pcg64) -> Sample {
        let (features, items) = self.shape();
        let centre = |feature: usize| feature as f64 / self.bumps as f64;
        let mut y = Mat::from_fn(features, items, |feature, item| self.bump(item as f64 - centre(feature)));
        if self.shuffled {
            for feature in 0..features {
                let mut values: Vec<f64> = y.row(feature).iter().copied().collect();
                values.shuffle(rng);
                values.into_iter().enumerate().for_each(|(item, value)| y[(feature, item)] = value);
            }
        }
        Sample { levels: self.levels(), ..Sample::plain(y) }
    }
}
