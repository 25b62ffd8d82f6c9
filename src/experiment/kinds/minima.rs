//! The experiment `minima`: where networks of linear or of rectified units end that start all over the landscape.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use faer::{Mat, Scale};
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::problem::Problem;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::descent::descend;
use crate::learn::linear_network::LinearNetwork;
use crate::learn::relu::{Activation, HiddenNet};
use crate::learn::start::Start;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::{Tables, row};
use crate::theory::saddle::loss;

/// The kind `minima`.
pub const KIND: Kind = Kind {
    name: "minima",
    about: "A two-layer network of linear or of rectified units learns a table from a random start, to its end.",
    parameters: Parameters::Typed(|| schema_for!(MinimaParameters)),
    tables: &[RUN],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_MINIMA"),
};

/// Unit of losses.
const SQUARE: &str = "squared data units";

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "A start and its end, one row per replicate.",
    keys: &[],
    columns: &[
        column("start_loss", SQUARE, "loss at the start: half the squared error, summed over items and features"),
        column("final_loss", SQUARE, "loss at the end"),
        column(
            "best_loss",
            SQUARE,
            "least loss of a product of matrices through so many hidden units: half the sum of the squared singular values beyond their number; rectified units reach it where there are as many of them as items, one for each item",
        ),
        column("gradient_norm", "data units^(3/2)", "norm of the gradient in all weights at the end"),
        column("silent_items", "", "number of items to which no hidden unit answers at the end; 0 for linear units")
            .few(),
    ],
};

/// Most items, features and units.
const MAX_SIZE: usize = 256;

/// Most steps.
const MAX_STEPS: u64 = 1_000_000;

/// Parameters of the experiment: a network from one-hot items through one hidden layer without biases to the features,
/// trained on `1/2 |data - output|^2`, summed over items and features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MinimaParameters {
    /// What is learned, a table of up to 256 items and features.
    pub data: Data,
    /// What the hidden units do with their input.
    #[serde(default)]
    pub units: Units,
    /// Number of hidden units, 1 to 256.
    pub hidden: usize,
    /// Standard deviation of the weights at the start (weight units), above 0; linear and rectified units share them.
    pub start: f64,
    /// Rate of full-batch gradient descent (time per step), above 0.
    pub rate: f64,
    /// Number of steps, 1 to 1000000.
    pub steps: u64,
}

/// What hidden units do with their input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Units {
    /// They pass it on.
    #[default]
    Linear,
    /// They pass it on where it is above 0, and 0 elsewhere.
    Rectified,
}

/// The experiment with its parameters.
struct Minima {
    source: Source,
    parameters: MinimaParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: MinimaParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    let MinimaParameters { hidden, start, rate, steps, .. } = parameters;
    refusals.unless((1..=MAX_SIZE).contains(&hidden), "hidden", hidden, &format!("1 to {MAX_SIZE}"));
    refusals.unless_positive(&[("start", start), ("rate", rate)]);
    refusals.unless((1..=MAX_STEPS).contains(&steps), "steps", steps, &format!("1 to {MAX_STEPS}"));
    let (features, items) = (source.features(), source.items());
    if features.max(items) > MAX_SIZE {
        refusals.refuse("data", format!("is a table of {features} x {items} (allowed: up to {MAX_SIZE} x {MAX_SIZE})"));
    }
    refusals.finish()?;
    Ok(Box::new(Minima { source, parameters }))
}

/// Where a network began and where it has ended.
struct End {
    start_loss: f64,
    final_loss: f64,
    gradient_norm: f64,
    silent_items: usize,
}

impl Experiment for Minima {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), vec!["the start".to_owned()]].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let MinimaParameters { units, hidden, start, .. } = self.parameters;
        KIND.run(replicates, |replicate, tables| {
            let problem = Problem::draw(&self.source, master, replicate)?;
            let sizes = problem.sizes([hidden]);
            let weights = Start::Normal(start).weights(&sizes, &problem.svd, master, replicate);
            let s = &problem.svd.s[..problem.svd.rank()];
            let present: Vec<bool> = (0..s.len()).map(|mode| mode < hidden).collect();
            let end = match units {
                Units::Linear => self.linear(&problem, &weights)?,
                Units::Rectified => self.rectified(&problem.sample.y, &weights)?,
            };
            row!(
                tables[RUN.name],
                replicate,
                start_loss: end.start_loss,
                final_loss: end.final_loss,
                best_loss: loss(s, &present),
                gradient_norm: end.gradient_norm,
                silent_items: end.silent_items,
            );
            Ok(())
        })
    }
}

impl Minima {
    /// Learns in the coordinates of the modes.
    fn linear(&self, problem: &Problem, weights: &[Mat<f64>]) -> Result<End, Reason> {
        let rotated = problem.rotate(weights);
        let mut network = LinearNetwork::new(&rotated.s, &rotated.weights);
        let start_loss = network.loss();
        let mut left = self.parameters.steps;
        descend(&mut network, self.parameters.rate, |_, _| {
            let over = left == 0;
            left = left.saturating_sub(1);
            if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        let gradient_norm = network.gradient_norm();
        Ok(End { start_loss, final_loss: network.loss(), gradient_norm, silent_items: 0 })
    }

    /// Learns in the coordinates of the data, in which a unit is rectified. The net's loss is a mean over items.
    fn rectified(&self, y: &Mat<f64>, weights: &[Mat<f64>]) -> Result<End, Reason> {
        let count = y.ncols();
        let items = count as f64;
        let inputs = Mat::<f64>::identity(count, count);
        let (w1, w2) = (weights[0].as_ref(), weights[1].as_ref());
        let mut net = HiddenNet::new(Activation::Rectified, w1, w2, inputs.as_ref(), y.as_ref());
        let start_loss = items * net.loss();
        for _ in 0..self.parameters.steps {
            net.step(self.parameters.rate * items);
        }
        let final_loss = items * net.loss();
        if !final_loss.is_finite() {
            let steps = self.parameters.steps;
            return Err(Reason::new(format!("descent diverged: the loss is not finite after {steps} steps")));
        }
        let slopes = net.slope().map(|slope| (slope * Scale(items)).squared_norm_l2());
        let silent = net.hidden().col_iter().filter(|item| item.iter().all(|x| *x == 0.0)).count();
        Ok(End { start_loss, final_loss, gradient_norm: slopes.iter().sum::<f64>().sqrt(), silent_items: silent })
    }
}
