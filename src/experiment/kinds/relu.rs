//! The experiment `relu`: a net of rectified units beside a linear one, on the same data from the same directions.

use std::f64::consts::FRAC_1_SQRT_2;
use std::ops::Range;
use std::path::Path;

use faer::{Mat, Scale};
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::{MAX_SHOWN, RECORDED_REPLICATE, steps};
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::relu::{Activation, HiddenNet};
use crate::numerics::linear_algebra::haar::{normal_matrix, orthonormal};
use crate::numerics::statistics::crossing::crossing;
use crate::numerics::statistics::extreme::largest;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Tables, row};
use crate::theory::learning::time_between;

/// The kind `relu`.
pub const KIND: Kind = Kind {
    name: "relu",
    about: "A two-layer network of rectified units without biases and a linear one learn a linear function of white inputs by descent.",
    parameters: Parameters::Typed(|| schema_for!(ReluParameters)),
    tables: &[RUN, CURVE],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_RELU"),
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "A rectified and two linear networks. The scaled one starts from the weights of the rectified one divided by \
            sqrt(2), the unscaled one from the weights themselves. Half times are those of the loss.",
    keys: &[],
    columns: &[
        column("rectified_half_time", "time", "when the loss of the rectified network has fallen to half"),
        column("half_time", "time", "when that of the scaled linear network has"),
        column("unscaled_half_time", "time", "when that of the unscaled linear network has"),
        column("ratio", "", "half time of the rectified network over that of the scaled linear one"),
        column("unscaled_ratio", "", "half time of the rectified network over that of the unscaled linear one"),
        column(
            "unscaled_ratio_theory",
            "",
            "twice the time that a linear network needs from half of its strength at the start, over that from all of it",
        ),
        column(
            "deviation",
            "",
            "largest difference over time between the loss of the scaled linear network and that of the rectified one \
             at twice the time, relative to the loss at the start",
        ),
    ],
};

const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "Losses over time, relative to those at the start, of replicate 0 only, at most 400 times.",
    keys: &[column("time", "time", "steps times the rate of the linear network")],
    columns: &[
        column("linear", "", "loss of the scaled linear network"),
        column("rectified", "", "loss of the rectified network at this time"),
        column("rectified_later", "", "loss of the rectified network at twice this time"),
    ],
};

/// Most units, inputs or samples.
const MAX_SIZE: usize = 2000;

/// Most steps.
const MAX_STEPS: f64 = 1e6;

/// Parameters of the experiment. The answers are a linear function of inputs whose second moments are the identity; the
/// loss is half the mean squared error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReluParameters {
    /// Number of inputs, 1 to 2000.
    pub inputs: usize,
    /// Number of samples, at least as many as inputs, at most 2000.
    pub samples: usize,
    /// Whether the samples appear twice, the second time with opposite signs of inputs and answer.
    pub mirrored: bool,
    /// Number of hidden units, 1 to 2000.
    pub hidden: usize,
    /// Length of the vector of coefficients to learn, the singular value of the task; above 0.
    pub slope: f64,
    /// Standard deviation of the weights of the rectified network at the start, above 0.
    pub start: f64,
    /// Rate of the linear networks (time per step), above 0; the rectified one takes steps of twice the rate, so that
    /// finite steps have the same effect on both.
    pub rate: f64,
    /// How long the linear networks learn (time), above 0; the rectified one learns for twice the time.
    pub until: f64,
}

fn build(parameters: &Json, _: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: ReluParameters = read(parameters)?;
    parameters.check()?;
    Ok(Box::new(parameters))
}

/// The networks, ready to learn.
struct Nets {
    rectified: HiddenNet,
    scaled: HiddenNet,
    unscaled: HiddenNet,
    /// Strength at the start of the unscaled one: `|c|^2` with `c = (W1 v + w2^T)/2`.
    strength: f64,
}

impl ReluParameters {
    fn check(&self) -> Result<(), BuildError> {
        let mut refusals = Refusals::new();
        for (path, value) in [("inputs", self.inputs), ("samples", self.samples), ("hidden", self.hidden)] {
            refusals.unless((1..=MAX_SIZE).contains(&value), path, value, &format!("1 to {MAX_SIZE}"));
        }
        let least = format!("at least as many as inputs, {}", self.inputs);
        refusals.unless(self.samples >= self.inputs, "samples", self.samples, &least);
        refusals.unless_positive(&[
            ("slope", self.slope),
            ("start", self.start),
            ("rate", self.rate),
            ("until", self.until),
        ]);
        let steps = format!("so long that there are {:e} steps", self.until / self.rate);
        refusals.unless(self.until / self.rate <= MAX_STEPS, "until", steps, &format!("up to {MAX_STEPS} of them"));
        refusals.finish()
    }

    /// The networks of one replicate; the answers are the first input times the slope, because the inputs have no
    /// direction of their own.
    fn nets(&self, master: MasterSeed, replicate: u64) -> Nets {
        let (inputs, samples) = (self.inputs, self.samples);
        let mut rng = stream(master, "data", &("relu", inputs, samples), replicate);
        let once = orthonormal(inputs, samples, &mut rng) * Scale((samples as f64).sqrt());
        let copies = if self.mirrored { 2 } else { 1 };
        let x =
            Mat::from_fn(
                inputs,
                copies * samples,
                |i, j| {
                    if j < samples { once[(i, j)] } else { -once[(i, j - samples)] }
                },
            );
        let y = Mat::from_fn(1, x.ncols(), |_, j| self.slope * x[(0, j)]);
        let mut rng = stream(master, "start", &[inputs, self.hidden, 1], replicate);
        let w1 = normal_matrix(self.hidden, inputs, &mut rng) * Scale(self.start);
        let w2 = normal_matrix(1, self.hidden, &mut rng) * Scale(self.start);
        let net = |unit, scale: f64| {
            let (w1, w2) = (&w1 * Scale(scale), &w2 * Scale(scale));
            HiddenNet::new(unit, w1.as_ref(), w2.as_ref(), x.as_ref(), y.as_ref())
        };
        let growing = (0..self.hidden).map(|unit| (w1[(unit, 0)] + w2[(0, unit)]) / 2.0);
        Nets {
            rectified: net(Activation::Rectified, 1.0),
            scaled: net(Activation::Linear, FRAC_1_SQRT_2),
            unscaled: net(Activation::Linear, 1.0),
            strength: growing.map(|c| c * c).sum(),
        }
    }

    /// Losses after each step, from none on, relative to that at the start.
    fn learn(&self, mut net: HiddenNet, rate: f64) -> Result<Vec<f64>, Reason> {
        let start = net.loss();
        let mut losses = vec![1.0];
        for step in 1..=steps(self.until, self.rate) {
            net.step(rate);
            let loss = net.loss() / start;
            losses.push(loss);
            if !loss.is_finite() {
                return Err(Reason::new(format!("descent diverged: the loss is not finite after {step} steps")));
            }
        }
        Ok(losses)
    }

    /// Predicted ratio of the half time of the rectified network to that of the unscaled linear one, whose strength at
    /// the start is `m0`: only one half of the units answers to an input, so the strength starts at half.
    fn unscaled_ratio(&self, m0: f64) -> f64 {
        let half = self.slope * (1.0 - FRAC_1_SQRT_2);
        let time = |m0: f64| time_between(self.slope, self.slope, m0, half);
        2.0 * time(m0 / 2.0) / time(m0)
    }
}

/// When losses at multiples of `step` first fall to half; missing if they never do.
fn half_time(losses: &[f64], step: f64) -> f64 {
    let falls: Vec<f64> = losses.iter().map(|loss| -loss).collect();
    let times: Vec<f64> = (0..losses.len()).map(|number| number as f64 * step).collect();
    crossing(&falls, &times, -0.5)
}

impl Experiment for ReluParameters {
    fn canonical(&self) -> Json {
        canonical(self, [])
    }

    fn draws(&self) -> Vec<String> {
        vec!["the data".to_owned(), "the start".to_owned()]
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let nets = self.nets(master, replicate);
            let rectified = self.learn(nets.rectified, 2.0 * self.rate)?;
            let [linear, unscaled] = [self.learn(nets.scaled, self.rate)?, self.learn(nets.unscaled, self.rate)?];
            let slow = half_time(&rectified, 2.0 * self.rate);
            let [fast, faster] = [&linear, &unscaled].map(|losses| half_time(losses, self.rate));
            let apart = linear.iter().zip(&rectified).map(|(one, other)| (one - other).abs());
            row!(
                tables[RUN.name],
                replicate,
                rectified_half_time: slow,
                half_time: fast,
                unscaled_half_time: faster,
                ratio: slow / fast,
                unscaled_ratio: slow / faster,
                unscaled_ratio_theory: self.unscaled_ratio(nets.strength),
                deviation: largest(apart),
            );
            // Even steps only, because the rectified network takes steps twice as long.
            let shown = (0..linear.len()).step_by(2 * linear.len().div_ceil(2 * MAX_SHOWN));
            for step in shown.filter(|_| replicate == RECORDED_REPLICATE) {
                row!(
                    tables[CURVE.name],
                    replicate,
                    time: step as f64 * self.rate,
                    linear: linear[step],
                    rectified: rectified[step / 2],
                    rectified_later: rectified[step],
                );
            }
            Ok(())
        })
    }
}
