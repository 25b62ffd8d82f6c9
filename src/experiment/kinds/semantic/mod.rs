//! The experiment `semantic`: Rumelhart's network learns what is true of some items, and the items come apart in its
//! representation.

pub mod distances;
pub mod tables;

use std::ops::Range;
use std::path::Path;

use faer::{Mat, MatRef};
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::level::contrasts;
use crate::data::{Data, Sample, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::RECORDED_REPLICATE;
use crate::experiment::common::snapshots::{self, Snapshots};
use crate::experiment::common::stages::{STAGES_BY_EPOCH, Stages};
use crate::experiment::kinds::semantic::distances::{Contrasts, progress, show, strength};
use crate::experiment::kinds::semantic::tables::{DISTANCES, LEVELS, RUN, TABLES};
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason};
use crate::learn::rumelhart::{RumelhartNetwork, targets};
use crate::learn::rumelhart_weights::{Sizes, Weights};
use crate::numerics::statistics::crossing::crossing;
use crate::numerics::statistics::extreme::largest;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Tables, row};

/// The kind of experiment.
pub const KIND: Kind = Kind {
    name: "semantic",
    about: "Rumelhart's network of sigmoid units learns what is true of some items, and represents them.",
    parameters: Parameters::Typed(|| schema_for!(SemanticParameters)),
    tables: TABLES,
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_SEMANTIC"),
};

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
    /// Whether each step learns all patterns at once or one of them.
    #[serde(default)]
    pub descent: Descent,
    /// Rate of gradient descent on half the squared error, summed over attributes and over the patterns that a step learns;
    /// above 0.
    pub rate: f64,
    /// Number of times that all patterns are learned, at least 1.
    pub epochs: usize,
    /// Number of epochs, 3 to 200, at which the representation of replicate 0 is kept for figures: every n-th epoch and the
    /// last, at most so many; up to 64 items. None if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshots: Option<usize>,
}

/// Which patterns a step of descent learns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Descent {
    /// All patterns: an epoch is one step.
    #[default]
    Batch,
    /// One pattern: an epoch has a step for each, in a new random order.
    Online,
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
        let order = (self.parameters.descent == Descent::Online).then(|| "the order of the patterns".to_owned());
        [self.source.draws(), vec!["the start".to_owned()], order.into_iter().collect()].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let mut sample = self.source.draw(master, replicate);
            bring_to_unit_interval(&mut sample.y);
            let mut network = self.start(&sample, master, replicate);
            let mut lesson = Lesson::new(&self.parameters, self.parameters.sizes(&sample), master, replicate);
            let levels = contrasts(&sample.levels, sample.y.ncols());
            let recorded = replicate == RECORDED_REPLICATE;
            let mut observers = Observers {
                contrasts: Contrasts::new(&levels, network.representation()),
                distances: vec![Vec::with_capacity(self.parameters.epochs + 1); levels.len()],
                snapshots: self.parameters.snapshots.filter(|_| recorded).map(Snapshots::new),
                stages: Stages::new(&sample.levels, Mat::identity(sample.y.ncols(), sample.y.ncols()).as_ref()),
            };
            self.learn(&mut network, &mut lesson, &mut observers)?;
            let Observers { distances, .. } = &observers;
            let (final_loss, accuracy) = (network.loss(), accuracy(&network));
            row!(tables[RUN.name], replicate, final_loss, accuracy);
            let epochs: Vec<f64> = (0..=self.parameters.epochs).map(|epoch| epoch as f64).collect();
            for ((level, contrasts), distances) in levels.iter().zip(distances) {
                let half_time = crossing(&progress(distances), &epochs, 0.5);
                let separation = distances[self.parameters.epochs];
                let s = strength(sample.y.as_ref(), contrasts);
                row!(tables[LEVELS.name], replicate, level: *level, s, half_time, separation);
            }
            if recorded {
                show(&levels, distances, &mut tables[DISTANCES.name]);
            }
            observers.write(replicate, self.parameters.epochs, &network, tables)
        })
    }
}

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

    /// Learns; the observers see the network after each epoch, from none on.
    ///
    /// # Errors
    /// If it diverges.
    fn learn(
        &self,
        network: &mut RumelhartNetwork,
        lesson: &mut Lesson,
        observers: &mut Observers,
    ) -> Result<(), Reason> {
        let epochs = self.parameters.epochs;
        observers.observe(0, network);
        for epoch in 1..=epochs {
            lesson.teach(network);
            observers.observe(epoch, network);
        }
        let loss = network.loss();
        if !loss.is_finite() {
            return Err(Reason::new(format!("the loss is {loss} after {epochs} epochs")));
        }
        Ok(())
    }
}

/// How an epoch is learned.
struct Lesson {
    rate: f64,
    /// The patterns in the order of the last epoch, and what the next order is drawn from; none if all are learned at once.
    order: Option<(Vec<usize>, Pcg64)>,
}

impl Lesson {
    /// The stream of the orders is that of `order` for the sizes of the network and `replicate`.
    fn new(parameters: &SemanticParameters, sizes: Sizes, master: MasterSeed, replicate: u64) -> Self {
        let patterns = || (0..sizes.items * sizes.relations).collect();
        let online = parameters.descent == Descent::Online;
        Self { rate: parameters.rate, order: online.then(|| (patterns(), stream(master, "order", &sizes, replicate))) }
    }

    /// One epoch.
    fn teach(&mut self, network: &mut RumelhartNetwork) {
        match &mut self.order {
            None => network.step(self.rate),
            Some((order, rng)) => {
                order.shuffle(rng);
                network.step_by_pattern(order, self.rate);
            }
        }
    }
}

/// Everything that watches a run.
struct Observers {
    contrasts: Contrasts,
    /// Distance at each level after each epoch.
    distances: Vec<Vec<f64>>,
    snapshots: Option<Snapshots>,
    stages: Option<Stages>,
}

impl Observers {
    fn observe(&mut self, epoch: usize, network: &RumelhartNetwork) {
        let (time, representation) = (epoch as f64, network.representation());
        if let Some(snapshots) = &mut self.snapshots {
            snapshots.observe(time, || representation.to_owned());
        }
        if let Some(stages) = &mut self.stages {
            stages.observe(time, representation);
        }
        self.contrasts.observe(network.representation_by_items(), &mut self.distances);
    }

    /// Stages and snapshots, after the last epoch.
    fn write(
        &mut self,
        replicate: u64,
        epoch: usize,
        network: &RumelhartNetwork,
        tables: &mut Tables,
    ) -> Result<(), Reason> {
        let (time, representation) = (epoch as f64, network.representation());
        if let Some(stages) = &mut self.stages {
            stages.write(replicate, time, representation, &mut tables[STAGES_BY_EPOCH.name]);
        }
        let Some(snapshots) = &mut self.snapshots else { return Ok(()) };
        snapshots.finish(time, || representation.to_owned());
        snapshots.write(replicate, tables)
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
