//! One category in noise: whether the leading mode of the table finds it.

use std::ops::Range;
use std::path::Path;

use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::centre::{Centre, Standardisation};
use crate::experiment::common::canonical::canonical;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, TableDoc, column};
use crate::numerics::bits::bernoulli::Bernoulli;
use crate::numerics::bits::packed::{BitMatrix, Block, Centred};
use crate::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions, LeadingTriplets};
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Tables, row};
use crate::theory;

/// The kind of experiment.
pub const KIND: Kind = Kind {
    name: "detection",
    about: "A block of ones hidden in a table of zeros and ones, and whether the leading mode finds it.",
    parameters: Parameters::Typed(parameters),
    tables: &[RUN],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_DETECTION"),
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "a replicate: the mean over its tables",
    keys: &[],
    columns: &[
        column("area", "entries", "objects times features of the block, as rounded"),
        column(
            "coherence",
            "",
            "snr area / sqrt(objects features) of the block as rounded; the theory has the threshold at 1",
        ),
        column("snr", "", "(density - background)^2 / (background (1 - background))"),
        column("s1", "sqrt(features)", "largest singular value of the normalised table"),
        column("s1_theory", "sqrt(features)", "the same, predicted for a large centred table"),
        column("edge", "sqrt(features)", "upper edge of the noise's singular values"),
        column("object_overlap", "", "squared overlap of the leading object pattern with the block's objects, 0 to 1"),
        column("object_overlap_theory", "", "the same, predicted for a large centred table"),
        column(
            "feature_overlap",
            "",
            "squared overlap of the leading feature pattern with the block's features, 0 to 1",
        ),
        column("feature_overlap_theory", "", "the same, predicted for a large centred table"),
        column("overlap", "", "geometric mean of the overlaps of objects and features, 0 to 1"),
        column("overlap_theory", "", "the same, predicted for a large centred table"),
    ],
};

/// Parameters of the experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DetectionParameters {
    /// Number of objects, at least 1.
    pub objects: usize,
    /// Number of features, at least 1.
    pub features: usize,
    /// Probability of a 1 outside the block, between 0 and 1.
    pub background: f64,
    /// Probability of a 1 inside the block, above the background, at most 1.
    pub density: f64,
    /// The block. It stands in the corner: order is nothing to a singular value decomposition.
    pub block: BlockSize,
    /// How the table is normalised; without centring, it is still divided by `sqrt(background (1 - background))`. Every
    /// way of centring meets the same tables.
    #[serde(default)]
    pub centre: Centre,
    /// Number of independent tables of which a replicate is the mean; more for small tables, whose overlaps scatter
    /// more and cost less.
    #[serde(default = "one")]
    pub tables: usize,
}

fn one() -> usize {
    1
}

/// How large the block is. By area or coherence it has the shape of the table, rounded to whole objects and then to
/// the features that come closest to the area; the columns have the numbers of the block as rounded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum BlockSize {
    /// By its objects and features.
    Size(Size),
    /// By its area, the number of its entries, greater than 0.
    Area(f64),
    /// By its coherence, greater than 0; the theory has the threshold at 1.
    Coherence(f64),
}

/// Size of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Size {
    /// Number of its objects, at least 1.
    pub objects: usize,
    /// Number of its features, at least 1.
    pub features: usize,
}

/// Most entries of a table (25 MB with its transpose).
const MAX_ENTRIES: usize = 100_000_000;

/// Most tables in a replicate.
const MAX_TABLES: usize = 1000;

/// Seen near the threshold at 1600 x 3200: overlaps are right to `1e-5`, a hundredth of their spread.
const TOLERANCE: f64 = 1e-6;

fn parameters() -> Schema {
    schema_for!(DetectionParameters)
}

fn build(parameters: &Json, _: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: DetectionParameters = read(parameters)?;
    parameters.check()?;
    Ok(Box::new(parameters))
}

impl DetectionParameters {
    fn check(&self) -> Result<(), BuildError> {
        let mut refusals = Refusals::new();
        let (background, density) = (self.background, self.density);
        refusals.unless(self.objects >= 1, "objects", self.objects, "at least 1");
        refusals.unless(self.features >= 1, "features", self.features, "at least 1");
        refusals.unless(background > 0.0 && background < 1.0, "background", background, "between 0 and 1");
        let above = format!("above the background, {background}, up to 1");
        refusals.unless(density > background && density <= 1.0, "density", density, &above);
        if self.objects.saturating_mul(self.features) > MAX_ENTRIES {
            refusals.refuse("objects", format!("times features is too large (allowed: up to {MAX_ENTRIES} entries)"));
        }
        refusals.unless((1..=MAX_TABLES).contains(&self.tables), "tables", self.tables, &format!("1 to {MAX_TABLES}"));
        if refusals.is_empty() {
            self.check_block(&mut refusals);
        }
        refusals.finish()
    }

    fn check_block(&self, refusals: &mut Refusals) {
        match self.block {
            BlockSize::Area(area) if area <= 0.0 => {
                refusals.unless(false, "block.area", area, "greater than 0");
            }
            BlockSize::Coherence(coherence) if coherence <= 0.0 => {
                refusals.unless(false, "block.coherence", coherence, "greater than 0");
            }
            _ => {
                let Size { objects, features } = self.size();
                let inside = (1..=self.objects).contains(&objects) && (1..=self.features).contains(&features);
                let block = format!("a block of {objects} objects and {features} features");
                let table = format!("at least 1 of each, up to the table's {} and {}", self.objects, self.features);
                refusals.unless(inside, "block", block, &table);
            }
        }
    }

    fn snr(&self) -> f64 {
        theory::detection::signal_to_noise(self.density, self.background)
    }

    /// The size of the block, rounded to at least one object and one feature.
    #[expect(clippy::disallowed_methods, reason = "sizes are finite, which is checked before")]
    fn size(&self) -> Size {
        let (objects, features) = (self.objects as f64, self.features as f64);
        let area = match self.block {
            BlockSize::Size(size) => return size,
            BlockSize::Area(area) => area,
            BlockSize::Coherence(coherence) => theory::detection::area(coherence, self.snr(), objects, features),
        };
        let block_objects = (area * objects / features).sqrt().round().max(1.0);
        let block_features = (area / block_objects).round().max(1.0);
        Size { objects: block_objects as usize, features: block_features as usize }
    }

    fn standardisation(&self, share: f64) -> Standardisation {
        match self.centre {
            Centre::None => Standardisation { shift: 0.0, ..Standardisation::of(self.background) },
            Centre::Known => Standardisation::of(self.background),
            Centre::Estimated => Standardisation::of(share),
        }
    }
}

impl Experiment for DetectionParameters {
    fn canonical(&self) -> Json {
        canonical(self, [])
    }

    fn draws(&self) -> Vec<String> {
        vec!["the table".to_owned()]
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let size = self.size();
        let (objects, features) = (self.objects as f64, self.features as f64);
        let area = (size.objects * size.features) as f64;
        let coherence = theory::detection::coherence(self.snr(), area, objects, features);
        let predicted = theory::detection::expected_triplet(coherence, objects / features);
        let edge = theory::detection::edge(objects / features);

        let density = Bernoulli::new(self.density);
        let block = [Block { rows: 0..size.features, columns: 0..size.objects, density }];
        let drawn_from = (self.objects, self.features, self.background, self.density, size);
        let mut bits = BitMatrix::zeros(self.features, self.objects);
        let mut lanczos = Lanczos::new(self.features, self.objects);
        KIND.run(replicates, |replicate, tables| {
            let mut rng = stream(master, "data", &drawn_from, replicate);
            let mut mean = Found::default();
            for _ in 0..self.tables {
                bits.draw(Bernoulli::new(self.background), &block, &mut rng);
                let Standardisation { shift, scale } = self.standardisation(bits.mean());
                let table = Centred { bits: &bits, mean: shift, scale };
                let leading = lanczos.leading(&table, LanczosOptions { count: 1, tolerance: TOLERANCE }, &mut rng)?;
                mean.add(&Found::of(&leading, size), 1.0 / self.tables as f64);
            }
            row!(
                tables[RUN.name],
                replicate,
                area,
                coherence,
                snr: self.snr(),
                s1: mean.s1 / features.sqrt(),
                s1_theory: predicted.s1,
                edge,
                object_overlap: mean.objects,
                object_overlap_theory: predicted.objects,
                feature_overlap: mean.features,
                feature_overlap_theory: predicted.features,
                overlap: mean.both,
                overlap_theory: (predicted.objects * predicted.features).sqrt(),
            );
            Ok(())
        })
    }
}

/// What the leading mode of a table shows of the block.
#[derive(Default)]
struct Found {
    /// Its singular value.
    s1: f64,
    /// Squared overlap with the block's objects, with its features, and their geometric mean.
    objects: f64,
    features: f64,
    both: f64,
}

impl Found {
    fn of(leading: &LeadingTriplets, block: Size) -> Self {
        let objects = overlap(leading.v.col_as_slice(0), block.objects);
        let features = overlap(leading.u.col_as_slice(0), block.features);
        Self { s1: leading.s[0], objects, features, both: (objects * features).sqrt() }
    }

    fn add(&mut self, other: &Self, weight: f64) {
        self.s1 += weight * other.s1;
        self.objects += weight * other.objects;
        self.features += weight * other.features;
        self.both += weight * other.both;
    }
}

/// Squared overlap of a unit vector with the unit vector that is constant on the first `members` components.
fn overlap(pattern: &[f64], members: usize) -> f64 {
    let sum: f64 = pattern[..members].iter().sum();
    sum * sum / members as f64
}
