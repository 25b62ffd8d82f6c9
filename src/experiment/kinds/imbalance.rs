//! The experiment `imbalance`: a two-layer linear net whose layers start with weights of different size.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use faer::{Mat, MatRef};
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::data::{Data, Source};
use crate::experiment::common::observation;
use crate::experiment::{ColumnDoc, Experiment, Failure, Kind, TableDoc, column};
use crate::learn::flow::flow;
use crate::learn::linear_network::LinearNetwork;
use crate::learn::rotation::rotate;
use crate::numerics::linear_algebra::haar::orthonormal;
use crate::numerics::linear_algebra::svd::{Svd, thin_svd};
use crate::numerics::statistics::crossing::crossing;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::Tables;
use crate::theory::learning::imbalanced_strength;

/// The kind `imbalance`.
pub const KIND: Kind = Kind {
    name: "imbalance",
    about: "A two-layer linear network learns, by the gradient flow, from a start at which W2^T W2 - W1 W1^T is a multiple of the identity.",
    parameters: || schema_for!(Parameters),
    tables: &[MODES, STRENGTHS],
    build,
    fingerprint: env!("MODEWISE_FINGERPRINT_IMBALANCE"),
};

const MODE: ColumnDoc = column("mode", "", "number of the mode, 1 for the strongest");

const MODES: TableDoc = TableDoc {
    name: "modes",
    about: "The modes of the data, one row a mode; the network has a hidden unit for each.",
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
struct Parameters {
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
    /// How long the flow is followed (time), above 0.
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
    parameters: Parameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: Parameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    let Parameters { strength, imbalance, until, every, .. } = parameters;
    refusals.unless_positive(&[("strength", strength)]);
    refusals.unless(imbalance >= 0.0 && imbalance.is_finite(), "imbalance", imbalance, "at least 0");
    observation::check(until, every, &mut refusals);
    refusals.finish()?;
    Ok(Box::new(Imbalance { source, parameters }))
}

impl Parameters {
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

/// `W2^T W2 - W1 W1^T`.
fn balance(w1: MatRef<'_, f64>, w2: MatRef<'_, f64>) -> Mat<f64> {
    w2.transpose() * w2 - w1 * w1.transpose()
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
    fn learn(&self, master: MasterSeed, replicate: u64) -> Result<Seen, String> {
        let sample = self.source.draw(master, replicate);
        let data = thin_svd(sample.y.as_ref()).map_err(|error| error.to_string())?;
        if data.rank() == 0 {
            return Err("there is nothing to learn: every entry of the data is 0".to_owned());
        }
        let rotated = rotate(&data, &self.parameters.start(&data, master, replicate));
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let before = balance(chain.weight(0), chain.weight(1));
        let (mut times, mut strengths) = (Vec::new(), Vec::new());
        let Parameters { until, every, .. } = self.parameters;
        let visit = |time: f64, chain: &LinearNetwork| {
            times.push(time);
            strengths.push((0..chain.s().len()).map(|mode| chain.strength(mode)).collect());
            // Because times are multiples of the step only up to rounding.
            if time >= until * (1.0 - 1e-9) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        flow(&mut chain, TOLERANCE, every, visit).map_err(|error| error.to_string())?;
        let drift = (balance(chain.weight(0), chain.weight(1)) - before).norm_l2();
        Ok(Seen { s: rotated.s, times, strengths, drift })
    }
}

impl Experiment for Imbalance {
    fn canonical(&self) -> Json {
        let Parameters { strength, imbalance, aligned, until, every, .. } = self.parameters;
        json!({
            "data": self.source.canonical(), "strength": strength, "imbalance": imbalance, "aligned": aligned,
            "until": until, "every": every,
        })
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let (mut modes, mut strengths) = (MODES.table(), STRENGTHS.table());
        let Parameters { strength: m0, imbalance, .. } = self.parameters;
        for replicate in replicates {
            let seen = self.learn(master, replicate).map_err(|reason| Failure { replicate, reason })?;
            for (mode, &s) in seen.s.iter().enumerate() {
                let learned: Vec<f64> = seen.strengths.iter().map(|strengths| strengths[mode] / s).collect();
                let expected = |time: f64| imbalanced_strength(s, imbalance, m0, time);
                let off = |(learned, &time): (&f64, &f64)| (learned - expected(time) / s).abs();
                modes.push(&[
                    replicate as f64,
                    (mode + 1) as f64,
                    s,
                    crossing(&learned, &seen.times, 0.1),
                    crossing(&learned, &seen.times, 0.5),
                    learned.iter().zip(&seen.times).map(off).fold(0.0, f64::max),
                    seen.drift,
                ]);
            }
            let shown = seen.times.iter().zip(&seen.strengths).step_by(seen.times.len().div_ceil(observation::SHOWN));
            for (&time, now) in shown.filter(|_| replicate == 0) {
                for (mode, (&s, &strength)) in seen.s.iter().zip(now).enumerate() {
                    let expected = imbalanced_strength(s, imbalance, m0, time);
                    strengths.push(&[0.0, time, (mode + 1) as f64, strength, s, expected]);
                }
            }
        }
        Ok([(MODES.name, modes), (STRENGTHS.name, strengths)]
            .into_iter()
            .map(|(name, table)| (name.to_owned(), table))
            .collect())
    }
}
