//! The experiment `imbalance`: a two-layer linear net whose layers start with weights of different size.

use std::ops::Range;
use std::path::Path;

use faer::Mat;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Source};
use crate::experiment::common::balance::balance;
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::{self, RECORDED_REPLICATE, observed_flow, shown};
use crate::experiment::common::problem::Problem;
use crate::experiment::{Build, ColumnDoc, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::linear_algebra::haar::orthonormal;
use crate::numerics::linear_algebra::svd::Svd;
use crate::numerics::statistics::crossing::crossing;
use crate::numerics::statistics::extreme::largest;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Table, Tables, row};
use crate::theory::learning::imbalanced_strength;

/// The kind `imbalance`.
pub const KIND: Kind = Kind {
    name: "imbalance",
    about: "A two-layer linear network learns, by the gradient flow, from a start at which W2^T W2 - W1 W1^T is a multiple of the identity.",
    parameters: Parameters::Typed(|| schema_for!(ImbalanceParameters)),
    tables: &[MODES, STRENGTHS],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_IMBALANCE"),
};

const MODE: ColumnDoc = column("mode", "", "number of the mode, 1 for the strongest");

const MODES: TableDoc = TableDoc {
    name: "modes",
    about: "The modes of the data, one row per mode; the network has a hidden unit for each.",
    keys: &[MODE],
    columns: &[
        column("s", "data units", "singular value"),
        column("tenth_time", "time", "when a tenth of s is learned; missing if it never is, or from the start"),
        column("half_time", "time", "when half of s is learned; missing likewise"),
        column(
            "closed_form_error",
            "",
            "largest distance over time of the strength from its closed form, relative to s",
        ),
        column("drift", "data units", "distance of W2^T W2 - W1 W1^T at the end from what it was at the start"),
    ],
};

const STRENGTHS: TableDoc = TableDoc {
    name: "strengths",
    about: "Strengths over time, of replicate 0 only, at most 400 times.",
    keys: &[column("time", "time", "time of the flow"), MODE],
    columns: &[
        column("strength", "data units", "strength of the mode"),
        column("s", "data units", "singular value"),
        column("closed_form", "data units", "its closed form"),
    ],
};

/// Error of one step of the integration relative to the weights.
const TOLERANCE: f64 = 1e-8;

/// A two-layer net with a hidden unit for each mode of the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ImbalanceParameters {
    /// What is learned.
    data: Data,
    /// Strength of every mode at the start (units of the singular values), above 0.
    strength: f64,
    /// The multiple of the identity that W2^T W2 - W1 W1^T is (units of the singular values), at least 0: 0 are layers
    /// in balance, more is a larger second layer.
    imbalance: f64,
    /// Whether the modes of the start are those of the data; otherwise the second layer is turned to random feature
    /// patterns, which keeps the imbalance.
    #[serde(default = "yes")]
    aligned: bool,
    /// How long the flow is followed (time), above 0; up to the first observation that reaches it.
    until: f64,
    /// Time between two observations, above 0.
    every: f64,
}

fn yes() -> bool {
    true
}

/// The experiment with its parameters.
struct Imbalance {
    source: Source,
    parameters: ImbalanceParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: ImbalanceParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    let ImbalanceParameters { strength, imbalance, until, every, .. } = parameters;
    refusals.unless_positive(&[("strength", strength)]);
    refusals.unless(imbalance >= 0.0 && imbalance.is_finite(), "imbalance", imbalance, "at least 0");
    observation::check(until, every, &mut refusals);
    refusals.finish()?;
    Ok(Box::new(Imbalance { source, parameters }))
}

impl ImbalanceParameters {
    /// Amplitudes `a` and `b` of the first and the second layer: `a b` is the strength, `b^2 - a^2` the imbalance.
    fn amplitudes(&self) -> [f64; 2] {
        let half = self.imbalance / 2.0;
        let second = half + (half * half + self.strength * self.strength).sqrt();
        [self.strength / second.sqrt(), second.sqrt()]
    }

    /// `W1 = a O V^T` and `W2 = b U O^T` with a random rotation `O` of the hidden units; `U` is random unless aligned.
    fn start(&self, data: &Svd, master: MasterSeed, replicate: u64) -> [Mat<f64>; 2] {
        let (rank, features, items) = (data.rank(), data.u.nrows(), data.v.nrows());
        let mut rng = stream(master, "start", &[items, rank, features], replicate);
        let hidden = orthonormal(rank, rank, &mut rng);
        let u = if self.aligned { data.u.subcols(0, rank).to_owned() } else { orthonormal(features, rank, &mut rng) };
        let [a, b] = self.amplitudes();
        let first = &hidden * data.v.subcols(0, rank).transpose() * faer::Scale(a);
        [first, u * hidden.transpose() * faer::Scale(b)]
    }
}

/// What is seen of a run.
struct Seen {
    s: Vec<f64>,
    times: Vec<f64>,
    /// Strengths of all modes at each time.
    strengths: Vec<Vec<f64>>,
    drift: f64,
}

impl Imbalance {
    fn learn(&self, master: MasterSeed, replicate: u64) -> Result<Seen, Reason> {
        let problem = Problem::draw(&self.source, master, replicate)?;
        let rotated = problem.rotate(&self.parameters.start(&problem.svd, master, replicate));
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let before = balance(chain.weight(0), chain.weight(1));
        let (mut times, mut strengths) = (Vec::new(), Vec::new());
        let ImbalanceParameters { until, every, .. } = self.parameters;
        observed_flow(&mut chain, TOLERANCE, [until, every], |time, chain| {
            times.push(time);
            strengths.push((0..chain.s().len()).map(|mode| chain.strength(mode)).collect());
        })?;
        let drift = (balance(chain.weight(0), chain.weight(1)) - before).norm_l2();
        Ok(Seen { s: rotated.s, times, strengths, drift })
    }

    /// The closed form of the strength of a mode.
    fn closed_form(&self, s: f64, time: f64) -> f64 {
        imbalanced_strength(s, self.parameters.imbalance, self.parameters.strength, time)
    }

    fn write_modes(&self, replicate: u64, seen: &Seen, table: &mut Table) {
        for (mode, &s) in seen.s.iter().enumerate() {
            let learned: Vec<f64> = seen.strengths.iter().map(|strengths| strengths[mode] / s).collect();
            let off = |(learned, &time): (&f64, &f64)| (learned - self.closed_form(s, time) / s).abs();
            row!(
                table,
                replicate,
                mode: mode + 1,
                s,
                tenth_time: crossing(&learned, &seen.times, 0.1),
                half_time: crossing(&learned, &seen.times, 0.5),
                closed_form_error: largest(learned.iter().zip(&seen.times).map(off)),
                drift: seen.drift,
            );
        }
    }

    fn write_strengths(&self, replicate: u64, seen: &Seen, table: &mut Table) {
        for at in shown(seen.times.len()) {
            let time = seen.times[at];
            for (mode, (&s, &strength)) in seen.s.iter().zip(&seen.strengths[at]).enumerate() {
                row!(table, replicate, time, mode: mode + 1, strength, s, closed_form: self.closed_form(s, time));
            }
        }
    }
}

impl Experiment for Imbalance {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        let start = if self.parameters.aligned { Vec::new() } else { vec!["the start".to_owned()] };
        [self.source.draws(), start].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let seen = self.learn(master, replicate)?;
            self.write_modes(replicate, &seen, &mut tables[MODES.name]);
            if replicate == RECORDED_REPLICATE {
                self.write_strengths(replicate, &seen, &mut tables[STRENGTHS.name]);
            }
            Ok(())
        })
    }
}
