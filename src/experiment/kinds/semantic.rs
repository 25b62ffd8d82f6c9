//! The experiment `semantic`: Rumelhart's network learns what is true of some items, and the items come apart in its
//! representation.

use std::ops::Range;
use std::path::Path;

use faer::MatRef;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::level::contrasts;
use crate::data::{Data, Sample, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::RECORDED_REPLICATE;
use crate::experiment::common::snapshots::{self, EMBEDDING_BY_EPOCH, SIMILARITY_BY_EPOCH, Snapshots};
use crate::experiment::{ColumnDoc, Experiment, Failure, Kind, Reason, TableDoc, column};
use crate::learn::rumelhart::{RumelhartNetwork, targets};
use crate::learn::rumelhart_weights::{Sizes, Weights};
use crate::numerics::linear_algebra::product::{Shape, multiply_transposed};
use crate::numerics::linear_algebra::reductions::norm;
use crate::numerics::statistics::crossing::crossing;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Table, Tables, row};

/// The kind of experiment.
pub const KIND: Kind = Kind {
    name: "semantic",
    about: "Rumelhart's network of sigmoid units learns what is true of some items, and represents them.",
    parameters: || schema_for!(SemanticParameters),
    tables: &[RUN, LEVELS, DISTANCES, SIMILARITY_BY_EPOCH, EMBEDDING_BY_EPOCH],
    build,
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
                    that the relation does not ask for have to be off",
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
    /// What is learned; a table of numbers from 0 to 1.
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
        let wrong = sample.y.col_iter().flat_map(|column| column.iter()).find(|value| !(0.0..=1.0).contains(*value));
        if let Some(value) = wrong {
            refusals.refuse("data", format!("is a table with the number {value} (allowed: 0 to 1)"));
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
            let sample = self.source.draw(master, replicate);
            let mut network = self.start(&sample, master, replicate);
            let levels = contrasts(&sample.levels, sample.y.ncols());
            let recorded = replicate == RECORDED_REPLICATE;
            let mut snapshots = self.parameters.snapshots.filter(|_| recorded).map(Snapshots::new);
            let distances = self.learn(&mut network, &levels, snapshots.as_mut())?;
            let (final_loss, accuracy) = (network.loss(), accuracy(&network));
            row!(tables[RUN.name], replicate, final_loss, accuracy);
            let epochs: Vec<f64> = (0..=self.parameters.epochs).map(|epoch| epoch as f64).collect();
            for ((level, _), distances) in levels.iter().zip(&distances) {
                let half_time = crossing(&progress(distances), &epochs, 0.5);
                let separation = distances[self.parameters.epochs];
                row!(tables[LEVELS.name], replicate, level: *level, half_time, separation);
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

/// Share of outputs on the right side of 1/2.
fn accuracy(network: &RumelhartNetwork) -> f64 {
    let (output, targets) = (network.output(), network.targets());
    let right = |pattern: usize| {
        let pairs = output.col(pattern).iter().zip(targets.col(pattern).iter());
        pairs.filter(|(output, target)| (**output > 0.5) == (**target > 0.5)).count()
    };
    (0..output.ncols()).map(right).sum::<usize>() as f64 / (output.nrows() * output.ncols()) as f64
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
