//! The experiment `semantic`: Rumelhart's network learns what is true of some items, and the items come apart in its
//! representation.

use std::ops::Range;
use std::path::Path;

use faer::{ColRef, Mat, MatRef};
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::level::contrasts;
use crate::data::{Data, Sample, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::RECORDED_REPLICATE;
use crate::experiment::common::snapshots::{self, EMBEDDING_BY_EPOCH, SIMILARITY_BY_EPOCH, Snapshots};
use crate::experiment::{Build, ColumnDoc, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::rumelhart::{RumelhartNetwork, targets};
use crate::learn::rumelhart_weights::{Sizes, Weights};
use crate::numerics::linear_algebra::product::{Shape, multiply_transposed};
use crate::numerics::linear_algebra::reductions::norm;
use crate::numerics::statistics::crossing::crossing;
use crate::numerics::statistics::extreme::largest;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Table, Tables, row};

/// The kind of experiment.
pub const KIND: Kind = Kind {
    name: "semantic",
    about: "Rumelhart's network of sigmoid units learns what is true of some items, and represents them.",
    parameters: Parameters::Typed(|| schema_for!(SemanticParameters)),
    tables: &[RUN, LEVELS, DISTANCES, SIMILARITY_BY_EPOCH, EMBEDDING_BY_EPOCH],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_SEMANTIC"),
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "a replicate",
    keys: &[],
    columns: &[
        column("final_loss", "", "half the squared error at the end, summed over patterns and attributes"),
        column(
            "accuracy",
            "",
            "share of the attributes of all patterns that are on the right side of 1/2 at the end, 0 to 1; those \
                    that the relation does not ask for have to be off, and where the answer is 1/2 there is no right side",
        )
        .bounded(0.0, 1.0),
    ],
};

const LEVEL: ColumnDoc = column("level", "", "level, 1 for the split at the root");

const LEVELS: TableDoc = TableDoc {
    name: "levels",
    about: "a level of the hierarchy, for data that have one: how far apart the groups of items are that part there, as \
            the distance between the means of their representations, averaged over the nodes of the level and the pairs \
            of children of each",
    keys: &[LEVEL],
    columns: &[
        column(
            "s",
            "",
            "strength of the level in what is asked for: distance between the groups in the table, over the length of the                     weights that make it of the items, averaged likewise; its singular value where the level's splits are                     modes",
        ),
        column(
            "half_time",
            "epochs",
            "when the distance has first gone half of the way from the start to the end, linear between epochs",
        ),
        column("separation", "activity", "distance at the end"),
    ],
};

const DISTANCES: TableDoc = TableDoc {
    name: "distances",
    about: "a level at an epoch, of replicate 0 only; every n-th epoch, at most 1000",
    keys: &[LEVEL, column("epoch", "epochs", "epochs learned")],
    columns: &[
        column("distance", "activity", "distance between the groups that part at the level"),
        column("progress", "", "share of the way from the distance at the start to that at the end"),
    ],
};

/// Most epochs shown in `distances`.
const MAX_SHOWN: usize = 1000;

/// Most weights of a network, or outputs over all patterns (8 MB).
const MAX_NUMBERS: usize = 1_000_000;

/// Most epochs.
const MAX_EPOCHS: usize = 1_000_000;

/// Parameters of the experiment. An item and a relation go in, one-hot; the item drives the representation, the
/// representation and the relation drive the hidden layer, and that drives the attributes. Data without relations have
/// one, which asks for everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SemanticParameters {
    /// What is learned. Sigmoid units answer with numbers from 0 to 1: in a table with other numbers the least becomes 0 and the
    /// largest 1, in proportion, so that of features that are +1, -1 and 0 the last become 1/2.
    pub data: Data,
    /// Number of units that represent the items, at least 1.
    #[serde(default = "eight")]
    pub representation: usize,
    /// Number of units in the hidden layer, at least 1.
    #[serde(default = "fifteen")]
    pub hidden: usize,
    /// Standard deviation of the weights at the start (weight units), above 0; starts of all scales share their random
    /// directions. Biases start at 0.
    pub scale: f64,
    /// Where the biases of the attributes start instead (weight units): below 0, attributes begin by being off.
    #[serde(default = "minus_two")]
    pub attribute_bias: f64,
    /// Rate of gradient descent on half the squared error, summed over patterns and attributes; above 0.
    pub rate: f64,
    /// Number of times that all patterns are learned, at least 1.
    pub epochs: usize,
    /// Number of epochs, 3 to 200, at which the representation of replicate 0 is kept for figures: every n-th epoch and the
    /// last, at most so many; up to 64 items. None if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshots: Option<usize>,
}

fn eight() -> usize {
    8
}

fn fifteen() -> usize {
    15
}

fn minus_two() -> f64 {
    -2.0
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: SemanticParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    parameters.check(&source)?;
    Ok(Box::new(Semantic { source, parameters }))
}

impl SemanticParameters {
    fn check(&self, source: &Source) -> Result<(), BuildError> {
        let mut refusals = Refusals::new();
        for (path, size) in [("representation", self.representation), ("hidden", self.hidden)] {
            refusals.unless((1..=MAX_NUMBERS).contains(&size), path, size, &format!("1 to {MAX_NUMBERS}"));
        }
        refusals.unless_positive(&[("scale", self.scale), ("rate", self.rate)]);
        refusals.unless(self.attribute_bias.is_finite(), "attribute-bias", self.attribute_bias, "finite numbers");
        let epochs = format!("1 to {MAX_EPOCHS}");
        refusals.unless((1..=MAX_EPOCHS).contains(&self.epochs), "epochs", self.epochs, &epochs);
        snapshots::check(self.snapshots, source, &mut refusals);
        if refusals.is_empty() {
            self.check_data(source, &mut refusals);
        }
        refusals.finish()
    }

    /// Refuses a table that is too large or that sigmoid units cannot learn. A data set that draws other numbers does so in
    /// every draw, so one draw tells.
    fn check_data(&self, source: &Source, refusals: &mut Refusals) {
        let sample = source.draw(MasterSeed(1), 0);
        let sizes = self.sizes(&sample);
        let largest = sizes.largest();
        if largest > MAX_NUMBERS {
            let message = format!("makes a network of {largest} numbers (allowed: up to {MAX_NUMBERS})");
            return refusals.refuse("data", message);
        }
        let [low, high] = extremes(sample.y.as_ref());
        if low == high && !(0.0..=1.0).contains(&low) {
            let message = format!("is a table of {low} only (allowed: numbers that differ, or numbers from 0 to 1)");
            refusals.refuse("data", message);
        }
    }

    fn sizes(&self, sample: &Sample) -> Sizes {
        Sizes {
            items: sample.y.ncols(),
            relations: sample.relations.len().max(1),
            representation: self.representation,
            hidden: self.hidden,
            attributes: sample.y.nrows(),
        }
    }
}

/// The experiment with its parameters.
struct Semantic {
    source: Source,
    parameters: SemanticParameters,
}

impl Experiment for Semantic {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), vec!["the start".to_owned()]].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let mut sample = self.source.draw(master, replicate);
            bring_to_unit_interval(&mut sample.y);
            let mut network = self.start(&sample, master, replicate);
            let levels = contrasts(&sample.levels, sample.y.ncols());
            let recorded = replicate == RECORDED_REPLICATE;
            let mut snapshots = self.parameters.snapshots.filter(|_| recorded).map(Snapshots::new);
            let distances = self.learn(&mut network, &levels, snapshots.as_mut())?;
            let (final_loss, accuracy) = (network.loss(), accuracy(&network));
            row!(tables[RUN.name], replicate, final_loss, accuracy);
            let epochs: Vec<f64> = (0..=self.parameters.epochs).map(|epoch| epoch as f64).collect();
            for ((level, contrasts), distances) in levels.iter().zip(&distances) {
                let half_time = crossing(&progress(distances), &epochs, 0.5);
                let separation = distances[self.parameters.epochs];
                let s = strength(sample.y.as_ref(), contrasts);
                row!(tables[LEVELS.name], replicate, level: *level, s, half_time, separation);
            }
            if recorded {
                show(&levels, &distances, &mut tables[DISTANCES.name]);
            }
            snapshots.map_or(Ok(()), |snapshots| snapshots.write(replicate, tables))
        })
    }
}

/// A level and its contrasts, weights of the items.
type LevelContrasts = (usize, Vec<Vec<f64>>);

impl Semantic {
    /// The network before it has learned anything; its stream is that of `start` for its sizes and `replicate`.
    fn start(&self, sample: &Sample, master: MasterSeed, replicate: u64) -> RumelhartNetwork {
        let SemanticParameters { scale, attribute_bias, .. } = self.parameters;
        let sizes = self.parameters.sizes(sample);
        let weights = Weights::normal(sizes, scale, attribute_bias, &mut stream(master, "start", &sizes, replicate));
        let relations = match &sample.relations[..] {
            [] => std::iter::once(0..sizes.attributes).collect(),
            relations => relations.to_vec(),
        };
        RumelhartNetwork::new(sizes, &weights, &targets(sample.y.as_ref(), &relations))
    }

    /// Learns, and returns for each level its distance after each epoch, from none on.
    ///
    /// # Errors
    /// If it diverges.
    fn learn(
        &self,
        network: &mut RumelhartNetwork,
        levels: &[LevelContrasts],
        mut snapshots: Option<&mut Snapshots>,
    ) -> Result<Vec<Vec<f64>>, Reason> {
        let epochs = self.parameters.epochs;
        let mut distances = vec![Vec::with_capacity(epochs + 1); levels.len()];
        let mut contrasts = Contrasts::new(levels, network.representation());
        let mut observe = |epoch: usize, network: &RumelhartNetwork| {
            if let Some(snapshots) = &mut snapshots {
                snapshots.observe(epoch as f64, || network.representation().to_owned());
            }
            contrasts.observe(network.representation_by_items(), &mut distances);
        };
        observe(0, network);
        for epoch in 1..=epochs {
            network.step(self.parameters.rate);
            observe(epoch, network);
        }
        if let Some(snapshots) = snapshots {
            snapshots.finish(epochs as f64, || network.representation().to_owned());
        }
        let loss = network.loss();
        if !loss.is_finite() {
            return Err(Reason::new(format!("the loss is {loss} after {epochs} epochs")));
        }
        Ok(distances)
    }
}

/// The contrasts of all levels.
struct Contrasts {
    /// Number of contrasts of each level.
    counts: Vec<usize>,
    /// N x C, by columns.
    weights: Vec<f64>,
    /// The contrasts in a representation, R x C: products of its transpose with the weights.
    differences: Vec<f64>,
    shape: Shape,
    transposed: Vec<f64>,
}

impl Contrasts {
    /// Contrasts of a representation of this shape, R x N.
    fn new(levels: &[LevelContrasts], representation: MatRef<'_, f64>) -> Self {
        let weights: Vec<f64> = levels.iter().flat_map(|(_, contrasts)| contrasts.concat()).collect();
        let (units, items) = representation.shape();
        let shape = Shape { rows: units, inner: items, columns: weights.len() / items };
        let differences = vec![0.0; units * shape.columns];
        let counts = levels.iter().map(|(_, contrasts)| contrasts.len()).collect();
        Self { counts, weights, differences, shape, transposed: Vec::new() }
    }

    /// Adds to the distances of each level the mean length of its contrasts in a representation, N x R by columns.
    fn observe(&mut self, representation: &[f64], distances: &mut [Vec<f64>]) {
        let Self { counts, weights, differences, shape, transposed } = self;
        multiply_transposed(differences, representation, weights, *shape, transposed);
        let mut lengths = differences.chunks_exact(shape.rows).map(norm);
        for (distances, &count) in distances.iter_mut().zip(&*counts) {
            distances.push(lengths.by_ref().take(count).sum::<f64>() / count as f64);
        }
    }
}

/// Least and largest number of a table.
fn extremes(table: MatRef<'_, f64>) -> [f64; 2] {
    let numbers = || table.col_iter().flat_map(|column| column.iter().copied());
    [-largest(numbers().map(|number| -number)), largest(numbers())]
}

/// Maps a table that holds other numbers than those from 0 to 1: the least to 0, the largest to 1.
fn bring_to_unit_interval(table: &mut Mat<f64>) {
    let [low, high] = extremes(table.as_ref());
    if low < 0.0 || high > 1.0 {
        table.col_iter_mut().for_each(|column| column.iter_mut().for_each(|x| *x = (*x - low) / (high - low)));
    }
}

/// Mean over contrasts (weights of the items) of their length in a table, features x items, over their own.
fn strength(table: MatRef<'_, f64>, contrasts: &[Vec<f64>]) -> f64 {
    let relative = |contrast: &Vec<f64>| (table * ColRef::from_slice(contrast)).norm_l2() / norm(contrast);
    contrasts.iter().map(relative).sum::<f64>() / contrasts.len() as f64
}

/// Share of outputs on the right side of 1/2, of those whose target is not 1/2 itself.
fn accuracy(network: &RumelhartNetwork) -> f64 {
    let (outputs, targets) = (network.output(), network.targets());
    let pairs = || {
        let columns = outputs.col_iter().zip(targets.col_iter());
        columns.flat_map(|(output, target)| output.iter().copied().zip(target.iter().copied()))
    };
    let asked = pairs().filter(|(_, target)| *target != 0.5).count();
    let right = pairs().filter(|(output, target)| (output - 0.5) * (target - 0.5) > 0.0).count();
    right as f64 / asked as f64
}

/// Shares of the way from the first distance to the last: 0 at the start, 1 at the end.
///
/// Half of this way, and not half of the last distance, because large random weights hold all items apart at the start.
fn progress(distances: &[f64]) -> Vec<f64> {
    let (start, end) = (distances[0], distances[distances.len() - 1]);
    distances.iter().map(|distance| (distance - start) / (end - start)).collect()
}

/// Writes the distances of every n-th epoch.
fn show(levels: &[LevelContrasts], distances: &[Vec<f64>], table: &mut Table) {
    for ((level, _), distances) in levels.iter().zip(distances) {
        let progress = progress(distances);
        for epoch in (0..distances.len()).step_by(distances.len().div_ceil(MAX_SHOWN)) {
            let (distance, progress) = (distances[epoch], progress[epoch]);
            row!(table, replicate: RECORDED_REPLICATE, level: *level, epoch, distance, progress);
        }
    }
}
