//! The experiment `frequency`: a two-layer linear net some of whose items are presented more often than others.

mod observed;
mod tables;

use std::ops::Range;
use std::path::Path;

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Sample, Source};
use crate::experiment::common::balance::balance;
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::{self, RECORDED_REPLICATE, observed_solution};
use crate::experiment::common::problem::Problem;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason};
use crate::learn::directions::start_strengths;
use crate::learn::start::Start;
use crate::learn::weighted::WeightedNetwork;
use crate::numerics::linear_algebra::reductions::norm;
use crate::numerics::ode::dormand_prince::Tolerance;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::{Tables, row};
use crate::theory::frequency::weighted;
use observed::{Items, Modes, Splits};
use tables::{CURVE, ITEMS, MODES, RUN, SPLITS};

/// The kind `frequency`.
pub const KIND: Kind = Kind {
    name: "frequency",
    about: "A two-layer linear network learns, by the gradient flow, items that are presented with different frequencies.",
    parameters: Parameters::Typed(|| schema_for!(FrequencyParameters)),
    tables: &[MODES, ITEMS, SPLITS, RUN, CURVE],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_FREQUENCY"),
};

/// Error of one step of the integration relative to the weights; growth rates are right to about as much.
const TOLERANCE: f64 = 1e-8;

/// Most hidden units.
const MAX_HIDDEN: usize = 2000;

/// A two-layer net that learns `1/2 sum_i f_i |y_i - W2 W1 e_i|^2`, where `f_i` is how often item `i` is presented.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct FrequencyParameters {
    /// What is learned.
    data: Data,
    /// Number of hidden units, 1 to 2000.
    hidden: usize,
    /// The weights that learning starts from; a start that is aligned with modes is so with those of `Y diag(f)`.
    start: Start,
    /// How often each item is presented, above 0, one number for each item, in the order of the data. An item that is
    /// presented twice where others are presented once has the frequency 2; with a mean of 1 time is what it is without
    /// frequencies.
    frequencies: Vec<f64>,
    /// How long the flow is followed (time), above 0; up to the first observation that reaches it.
    until: f64,
    /// Time between two observations, above 0.
    every: f64,
}

/// The experiment with its parameters.
struct Frequency {
    source: Source,
    parameters: FrequencyParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: FrequencyParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    let FrequencyParameters { hidden, start, frequencies, until, every, .. } = &parameters;
    refusals.unless((1..=MAX_HIDDEN).contains(hidden), "hidden", hidden, &format!("1 to {MAX_HIDDEN}"));
    for (place, scale) in start.scales() {
        refusals.unless_positive(&[(&format!("start.{place}"), scale)]);
    }
    let (count, items) = (frequencies.len(), source.items());
    let range = format!("{items} numbers, one for each item");
    refusals.unless(count == items, "frequencies", format!("{count} numbers"), &range);
    for (item, &frequency) in frequencies.iter().enumerate() {
        refusals.unless_positive(&[(&format!("frequencies.{item}"), frequency)]);
    }
    observation::check(*until, *every, &mut refusals);
    refusals.finish()?;
    Ok(Box::new(Frequency { source, parameters }))
}

impl Frequency {
    /// Learns, and adds what is seen to the tables.
    fn learn(&self, master: MasterSeed, replicate: u64, tables: &mut Tables) -> Result<(), Reason> {
        let FrequencyParameters { hidden, start, frequencies, until, every, .. } = &self.parameters;
        let sample = self.source.draw(master, replicate);
        let y = sample.y.clone();
        let seen = Sample { y: weighted(y.as_ref(), frequencies), ..sample };
        let mut problem = Problem::new(seen)?;
        let weights = start.weights(&problem.sizes([*hidden]), &problem.svd, master, replicate);
        let [w1, w2] = [weights[0].as_ref(), weights[1].as_ref()];
        let strengths = start_strengths(&mut problem.svd, w1, w2)?;
        let mut modes = Modes::new(problem.svd, &strengths, frequencies);
        let mut items = Items::new(y.as_ref());
        let mut splits = Splits::new(y.as_ref(), &problem.sample.levels, replicate == RECORDED_REPLICATE);

        let network = WeightedNetwork::new(y.as_ref(), frequencies, *hidden);
        let flat = WeightedNetwork::flat(w1, w2);
        let scale = norm(&flat) / (flat.len() as f64).sqrt();
        let tolerance = Tolerance { relative: TOLERANCE, absolute: TOLERANCE * scale };
        let (mut learner, mut last) = (network.clone(), flat.clone());
        let slope = |at: &[f64], out: &mut [f64]| learner.slope(at, out);
        observed_solution(slope, flat, tolerance, [*until, *every], |time, weights| {
            let product = network.product(weights);
            modes.observe(time, product.as_ref());
            items.observe(time, product.as_ref());
            splits.observe(time, product.as_ref());
            last.copy_from_slice(weights);
        })?;

        let product = network.product(&last);
        modes.write(replicate, &mut tables[MODES.name]);
        items.write(replicate, frequencies, product.as_ref(), &mut tables[ITEMS.name]);
        splits.write(replicate, &modes, product.as_ref(), &mut tables[SPLITS.name]);
        splits.write_curve(replicate, &mut tables[CURVE.name]);
        let [w1_end, w2_end] = network.layers(&last);
        row!(
            tables[RUN.name],
            replicate,
            product_error: (&y - product).norm_l2() / y.norm_l2(),
            drift: (balance(w1_end, w2_end) - balance(w1, w2)).norm_l2(),
        );
        Ok(())
    }
}

impl Experiment for Frequency {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), self.parameters.start.draws()].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| self.learn(master, replicate, tables))
    }
}
