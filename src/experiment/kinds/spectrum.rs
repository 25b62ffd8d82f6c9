//! The modes of a data set: its singular values and item patterns beside those that its hierarchy predicts.

use std::ops::Range;
use std::path::Path;

use faer::{Mat, MatRef};
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Level, Sample, Source};
use crate::experiment::{Experiment, Failure, Kind, TableDoc, column};
use crate::numerics::linear_algebra::svd::{NotConverged, Svd, groups, thin_svd};
use crate::parameter::{BuildError, read};
use crate::seed::MasterSeed;
use crate::table::{Table, Tables};

/// The kind of experiment.
pub const KIND: Kind = Kind {
    name: "spectrum",
    about: "Singular values and item patterns of a data set, beside those that its hierarchy predicts.",
    parameters,
    tables: &[MODES, RUN, SPLITS],
    build,
    fingerprint: env!("MODEWISE_FINGERPRINT_SPECTRUM"),
};

const MODES: TableDoc = TableDoc {
    name: "modes",
    about: "a mode of the data, a singular value above 1e-9 of the largest",
    keys: &[column("mode", "", "its number, from 1, strongest first")],
    columns: &[
        column("s", "", "its singular value"),
        column(
            "s_theory",
            "",
            "the singular value at this place of the predicted order; missing beyond the predicted modes",
        ),
        column(
            "level",
            "",
            "the level of the hierarchy at this place of the predicted order: 0 the mode that all items share, 1 \
                    the split at the root (the coarsest, where levels tie); missing beyond the predicted modes",
        ),
        column(
            "alignment",
            "",
            "squared length of the projection of the item pattern on the space of the modes predicted at this \
                    place (those of every level, where levels tie), 0 to 1; missing beyond the predicted modes",
        ),
    ],
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "a sample",
    keys: &[],
    columns: &[
        column(
            "edge",
            "",
            "upper edge of the noise's singular values, sd (sqrt(features) + sqrt(items)); missing without noise",
        ),
        column("rank", "", "number of singular values above 1e-9 of the largest"),
        column("modes_above_edge", "", "number of singular values above the edge; missing without noise"),
    ],
};

const SPLITS: TableDoc = TableDoc {
    name: "splits",
    about: "a mode and a split of the hierarchy; only for data whose splits have no predicted singular values, because \
            there nothing says which modes belong to which splits",
    keys: &[
        column("mode", "", "number of the mode, from 1, strongest first"),
        column("split", "", "number of the split, from 1, the coarsest level first"),
    ],
    columns: &[
        column("level", "", "level of the split, 1 for the split at the root"),
        column(
            "share",
            "",
            "squared length of the projection of the mode's item pattern on that of the split (opposite on the \
                    two sides, 0 elsewhere), 0 to 1",
        ),
    ],
};

/// Parameters of the experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parameters {
    /// The data set.
    pub data: Data,
    /// What is taken from the table before it is decomposed.
    #[serde(default)]
    pub centre: TableCentre,
}

/// What is taken from a table of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TableCentre {
    /// Nothing.
    #[default]
    None,
    /// The mean of all entries, from every entry. The predicted spectra stay: the mean of the hierarchies is 0, for
    /// random features up to the order of `1/features` of the strongest mode's energy.
    GrandMean,
}

fn parameters() -> Schema {
    schema_for!(Parameters)
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let Parameters { data, centre } = read(parameters)?;
    Ok(Box::new(Spectrum { source: data.prepare(base)?, centre }))
}

struct Spectrum {
    source: Source,
    centre: TableCentre,
}

impl Experiment for Spectrum {
    fn canonical(&self) -> Json {
        serde_json::json!({ "data": self.source.canonical(), "centre": self.centre })
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let (mut modes, mut run, mut splits) = (MODES.table(), RUN.table(), SPLITS.table());
        for replicate in replicates {
            let mut sample = self.source.draw(master, replicate);
            if self.centre == TableCentre::GrandMean {
                subtract_mean(&mut sample.y);
            }
            let svd =
                item_modes(sample.y.as_ref()).map_err(|error| Failure { replicate, reason: error.to_string() })?;
            let rank = svd.rank();
            let places = places(&sample.levels);
            for mode in 0..rank {
                let predicted = places.get(mode).map_or([f64::NAN; 3], |place| {
                    [place.s, place.level as f64, place.projection(&pattern(&svd, mode))]
                });
                let [s_theory, level, alignment] = predicted;
                modes.push(&[replicate as f64, (mode + 1) as f64, svd.s[mode], s_theory, level, alignment]);
            }
            split_shares(&svd, &sample.levels, replicate, &mut splits);
            let edge = edge(&sample);
            let above = edge.map(|edge| svd.s.iter().filter(|&&s| s > edge).count() as f64);
            run.push(&[replicate as f64, edge.unwrap_or(f64::NAN), rank as f64, above.unwrap_or(f64::NAN)]);
        }
        let tables = [(MODES.name, modes), (RUN.name, run), (SPLITS.name, splits)];
        Ok(tables.into_iter().map(|(name, table)| (name.to_owned(), table)).collect())
    }
}

/// The item pattern of a mode.
fn pattern(svd: &Svd, mode: usize) -> Vec<f64> {
    svd.v.col(mode).iter().copied().collect()
}

/// Writes how much each mode has of each split whose singular value is not predicted.
fn split_shares(svd: &Svd, levels: &[Level], replicate: u64, table: &mut Table) {
    let unpredicted = levels.iter().filter(|level| level.s.is_none());
    let splits: Vec<Level> = unpredicted
        .flat_map(|level| {
            level.nodes.iter().map(|node| Level { count: 1, nodes: vec![node.clone()], patterns: Vec::new(), ..*level })
        })
        .collect();
    for mode in 0..svd.rank() {
        let pattern = pattern(svd, mode);
        for (number, split) in splits.iter().enumerate() {
            let [mode, number] = [mode, number].map(|number| (number + 1) as f64);
            table.push(&[replicate as f64, mode, number, split.level as f64, split.projection(&pattern)]);
        }
    }
}

fn subtract_mean(y: &mut Mat<f64>) {
    let entries = (y.nrows() * y.ncols()) as f64;
    let mean = y.col_iter().map(|column| column.iter().sum::<f64>()).sum::<f64>() / entries;
    y.col_iter_mut().for_each(|column| column.iter_mut().for_each(|entry| *entry -= mean));
}

fn edge(sample: &Sample) -> Option<f64> {
    let (features, items) = (sample.y.nrows() as f64, sample.y.ncols() as f64);
    sample.noise.map(|sd| sd * (features.sqrt() + items.sqrt()))
}

/// Singular values and item patterns `v` of a table `Y`, features x items; of a tall one the feature patterns `u` are
/// those of the triangle `R` of `Y = Q R` instead.
///
/// `R` has the singular values and item patterns of `Y` to rounding, unlike `Y^T Y`, whose weak modes drown at
/// `sqrt(eps)` of the strongest; and `Q` is never formed.
fn item_modes(y: MatRef<'_, f64>) -> Result<Svd, NotConverged> {
    if y.nrows() < 2 * y.ncols() { thin_svd(y) } else { thin_svd(y.qr().thin_R()) }
}

/// A place in the predicted order of modes: the levels whose modes may stand there.
#[derive(Clone)]
struct Place<'a> {
    s: f64,
    level: usize,
    levels: Vec<&'a Level>,
}

impl Place<'_> {
    fn projection(&self, pattern: &[f64]) -> f64 {
        self.levels.iter().map(|level| level.projection(pattern)).sum()
    }
}

/// The predicted order, one place a mode, strongest first. Levels with equal singular values share their places.
fn places(levels: &[Level]) -> Vec<Place<'_>> {
    let mut levels: Vec<(f64, &Level)> = levels.iter().filter_map(|level| Some((level.s?, level))).collect();
    levels.sort_by(|(s, a), (t, b)| t.total_cmp(s).then(a.level.cmp(&b.level)));
    let (strengths, levels): (Vec<f64>, Vec<&Level>) = levels.into_iter().unzip();
    let tied = groups(&strengths).into_iter().map(|group| (strengths[group.start], &levels[group]));
    let shared = tied.flat_map(|(s, tied)| {
        let level = tied.iter().map(|level| level.level).min().expect("a group has a member");
        let count = tied.iter().map(|level| level.count).sum();
        std::iter::repeat_n(Place { s, level, levels: tied.to_vec() }, count)
    });
    shared.collect()
}
