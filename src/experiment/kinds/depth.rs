//! The experiment `depth`: how many steps of descent a linear net of any depth needs at the rate that suits it best.

use std::ops::Range;
use std::path::Path;

use libm::{exp2, log};
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::problem::Problem;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::linear_network::LinearNetwork;
use crate::learn::start::Start;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::{Tables, row};

/// The kind `depth`.
pub const KIND: Kind = Kind {
    name: "depth",
    about: "A linear network of any depth learns by descent, at the rate at which it learns in the fewest steps.",
    parameters: Parameters::Typed(|| schema_for!(DepthParameters)),
    tables: &[RUN],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_DEPTH"),
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "A network at its best rate, of rates from 2 to 0.002 that differ by factors of 2^(1/4).",
    keys: &[],
    columns: &[
        column(
            "steps",
            "steps",
            "steps until the loss is the wanted share of that at the start, logarithmic between steps",
        ),
        column("best_rate", "time per step", "the rate that needs the fewest steps"),
        column("start_loss", "squared data units", "loss at the start"),
    ],
};

/// The largest rate, rates for each halving, and number of rates.
const LARGEST_RATE: f64 = 2.0;
const RATES_PER_OCTAVE: usize = 4;
const RATES: usize = 10 * RATES_PER_OCTAVE;

/// Most steps that every rate is given, at first and at last.
const FIRST_MAX_STEPS: usize = 8;
const LAST_MAX_STEPS: usize = 1 << 14;

/// Most weights of all trials together that are kept from one round to the next (a few times 32 MB, with their gradients).
const MOST_KEPT: usize = 1 << 22;

/// A loss that is this many times that at the start does not come back.
const DIVERGED: f64 = 1e4;

/// A linear network and how far it is to learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct DepthParameters {
    /// What is learned.
    data: Data,
    /// Number of weight layers, 1 (no hidden layer) to 64.
    layers: usize,
    /// Number of units in each hidden layer, 1 to 500.
    hidden: usize,
    /// The weights that learning starts from.
    start: Start,
    /// Share of the loss at the start that is to be reached, above 0 and below 1.
    share: f64,
}

/// The experiment with its parameters.
struct Depth {
    source: Source,
    parameters: DepthParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: DepthParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    let DepthParameters { layers, hidden, share, .. } = parameters;
    refusals.unless((1..=64).contains(&layers), "layers", layers, "1 to 64");
    refusals.unless((1..=500).contains(&hidden), "hidden", hidden, "1 to 500");
    refusals.unless(share > 0.0 && share < 1.0, "share", share, "above 0 and below 1");
    refusals.finish()?;
    Ok(Box::new(Depth { source, parameters }))
}

impl Experiment for Depth {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), self.parameters.start.draws()].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let start = self.start(replicate, master)?;
            let [steps, best_rate] = self.fewest_steps(&start);
            row!(tables[RUN.name], replicate, steps, best_rate, start_loss: start.loss());
            Ok(())
        })
    }
}

impl Depth {
    /// The network before it learns.
    fn start(&self, replicate: u64, master: MasterSeed) -> Result<LinearNetwork, Reason> {
        let DepthParameters { layers, hidden, start, .. } = self.parameters;
        let problem = Problem::draw(&self.source, master, replicate)?;
        let sizes = problem.sizes(std::iter::repeat_n(hidden, layers - 1));
        let rotated = problem.rotate(&start.weights(&sizes, &problem.svd, master, replicate));
        Ok(LinearNetwork::with_product(&rotated.s, &rotated.weights))
    }

    /// The fewest steps, and the rate that needs them; missing if no rate learns in time.
    ///
    /// No rate is given twice as many steps as the best one needs, because rates just too large for learning neither
    /// converge nor diverge.
    fn fewest_steps(&self, start: &LinearNetwork) -> [f64; 2] {
        let wanted = self.parameters.share * start.loss();
        let keep = RATES * start.weights().len() <= MOST_KEPT;
        let mut trials: Vec<Trial> = (0..RATES).map(Trial::new).collect();
        let mut max_steps = FIRST_MAX_STEPS;
        while max_steps <= LAST_MAX_STEPS {
            let best = fewest_steps_within(max_steps, &mut trials, start, wanted);
            if !best[0].is_nan() {
                return best;
            }
            if !keep {
                trials.iter_mut().for_each(Trial::forget);
            }
            max_steps *= 2;
        }
        [f64::NAN; 2]
    }
}

/// The fewest steps to a loss, and the rate that needs them, among the rates that need no more than `max_steps` steps;
/// missing if there is none.
fn fewest_steps_within(mut max_steps: usize, trials: &mut [Trial], start: &LinearNetwork, wanted: f64) -> [f64; 2] {
    let mut best = [f64::NAN; 2];
    for trial in trials {
        let steps = trial.steps_to(wanted, start, max_steps);
        if let Some(steps) = steps.filter(|steps| best[0].is_nan() || *steps < best[0]) {
            best = [steps, trial.rate];
            max_steps = (steps.ceil() as usize).max(1);
        }
    }
    best
}

/// Descent at one rate, as far as it has come.
struct Trial {
    rate: f64,
    steps: usize,
    /// Nothing before the first step.
    network: Option<LinearNetwork>,
    diverged: bool,
}

impl Trial {
    /// The trial of the rate with this number, the largest first.
    fn new(number: usize) -> Self {
        let rate = LARGEST_RATE * exp2(-(number as f64) / RATES_PER_OCTAVE as f64);
        Self { rate, steps: 0, network: None, diverged: false }
    }

    /// Back to the start, with nothing kept but whether the rate is too large.
    fn forget(&mut self) {
        (self.steps, self.network) = (0, None);
    }

    /// Steps of descent from the start until the loss is the wanted one, logarithmic between steps, if that takes no more
    /// than `max_steps`.
    fn steps_to(&mut self, wanted: f64, start: &LinearNetwork, max_steps: usize) -> Option<f64> {
        if self.diverged {
            return None;
        }
        let network = self.network.get_or_insert_with(|| start.clone());
        let mut before = network.loss();
        while self.steps < max_steps {
            network.step(self.rate);
            let loss = network.loss();
            if loss <= wanted {
                let part = log(before / wanted) / log(before / loss);
                return Some(self.steps as f64 + part);
            }
            if loss.is_nan() || loss > DIVERGED * start.loss() {
                (self.diverged, self.network) = (true, None);
                return None;
            }
            self.steps += 1;
            before = loss;
        }
        None
    }
}
