//! The modes of a data set: its singular values and item patterns beside those that its hierarchy predicts.

use std::ops::Range;
use std::path::Path;

use faer::{Mat, MatRef};
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Level, Sample, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::splits::{self, SPLITS};
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, TableDoc, column};
use crate::numerics::linear_algebra::svd::{NotConverged, Svd, groups, thin_svd};
use crate::parameter::{BuildError, read};
use crate::seed::MasterSeed;
use crate::table::{Tables, row};
use crate::theory::detection;

/// The kind of experiment.
pub const KIND: Kind = Kind {
    name: "spectrum",
    about: "Singular values and item patterns of a data set, beside those that its hierarchy predicts.",
    parameters: Parameters::Typed(parameters),
    tables: &[MODES, RUN, SPLITS],
    build: Build::Function(build),
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

/// Parameters of the experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SpectrumParameters {
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
    schema_for!(SpectrumParameters)
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: SpectrumParameters = read(parameters)?;
    Ok(Box::new(Spectrum { source: parameters.data.prepare(base)?, parameters }))
}

struct Spectrum {
    source: Source,
    parameters: SpectrumParameters,
}

impl Experiment for Spectrum {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        self.source.draws()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let mut sample = self.source.draw(master, replicate);
            if self.parameters.centre == TableCentre::GrandMean {
                subtract_mean(&mut sample.y);
            }
            let svd = item_modes(sample.y.as_ref())?;
            let rank = svd.rank();
            let places = places(&sample.levels);
            for mode in 0..rank {
                let place = places.get(mode);
                row!(
                    tables[MODES.name],
                    replicate,
                    mode: mode + 1,
                    s: svd.s[mode],
                    s_theory: place.map(|place| place.s),
                    level: place.map(|place| place.level),
                    alignment: place.map(|place| place.projection(&pattern(&svd, mode))),
                );
            }
            splits::write(svd.v.subcols(0, rank), &sample.levels, replicate, &mut tables[SPLITS.name]);
            let edge = edge(&sample);
            let above = edge.map(|edge| svd.s.iter().filter(|&&s| s > edge).count());
            row!(tables[RUN.name], replicate, edge, rank, modes_above_edge: above);
            Ok(())
        })
    }
}

/// The item pattern of a mode.
fn pattern(svd: &Svd, mode: usize) -> Vec<f64> {
    svd.v.col(mode).iter().copied().collect()
}

fn subtract_mean(y: &mut Mat<f64>) {
    let entries = (y.nrows() * y.ncols()) as f64;
    let mean = y.col_iter().map(|column| column.iter().sum::<f64>()).sum::<f64>() / entries;
    y.col_iter_mut().for_each(|column| column.iter_mut().for_each(|entry| *entry -= mean));
}

fn edge(sample: &Sample) -> Option<f64> {
    sample.noise.map(|sd| detection::noise_edge(sd, sample.y.nrows(), sample.y.ncols()))
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

/// The predicted order, one place per mode, strongest first. Levels with equal singular values share their places.
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
