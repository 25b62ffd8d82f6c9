//! The experiment `kernel`: how the tangent kernel of a two-layer linear net turns while the net learns.

use std::ops::Range;
use std::path::Path;

use faer::Mat;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::{RECORDED_REPLICATE, observed_flow, shown};
use crate::experiment::common::problem::Problem;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::kernel::TangentKernel;
use crate::learn::linear_network::LinearNetwork;
use crate::learn::rotation::Rotated;
use crate::learn::start::Start;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::{Tables, row};

/// The kind `kernel`.
pub const KIND: Kind = Kind {
    name: "kernel",
    about: "The tangent kernel of a two-layer linear network over the gradient flow, against the kernel at its end.",
    parameters: Parameters::Typed(|| schema_for!(KernelParameters)),
    tables: &[RUN, CURVE],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_KERNEL"),
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "A run. The alignment of a kernel is the cosine of its angle with the kernel at the end, 0 to 1.",
    keys: &[],
    columns: &[
        column("start_alignment", "", "alignment at the start"),
        column("silent_alignment", "", "alignment when the loss was last above 0.999 of that at the start"),
        column("half_alignment", "", "alignment when the loss was last above half of that at the start"),
        column("silent_time", "time", "when the loss was last above 0.999 of that at the start"),
        column("half_time", "time", "when the loss was last above half of that at the start"),
        column("final_share", "", "loss at the end, relative to that at the start"),
    ],
};

const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "Loss and alignment over time, of replicate 0 only, at most 400 times.",
    keys: &[column("time", "time", "time of the flow")],
    columns: &[
        column("loss_share", "", "loss relative to that at the start"),
        column("alignment", "", "alignment of the kernel with that at the end"),
    ],
};

/// Share of the loss that is silent.
const SILENT: f64 = 0.999;

/// Error of one step of the integration relative to the weights.
const TOLERANCE: f64 = 1e-6;

/// Most numbers that are kept of a run (80 MB).
const MAX_NUMBERS: f64 = 1e7;

/// A two-layer net that learns a data set from normal weights by the gradient flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct KernelParameters {
    /// What is learned.
    data: Data,
    /// Number of hidden units, at least 1.
    hidden: usize,
    /// Standard deviation of the weights at the start (weight units), above 0.
    start: f64,
    /// How long the flow is followed (time), above 0; the kernel then is the end that others are compared with.
    until: f64,
    /// Time between two observations, above 0.
    every: f64,
}

/// The experiment with its parameters.
struct TangentKernelRun {
    source: Source,
    parameters: KernelParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: KernelParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let KernelParameters { hidden, start, until, every, .. } = parameters;
    let mut refusals = Refusals::new();
    refusals.unless(hidden >= 1, "hidden", hidden, "at least 1");
    refusals.unless_positive(&[("start", start), ("until", until), ("every", every)]);
    let numbers = hidden as f64 * (source.features() + source.items()) as f64 * (until / every);
    let allowed = format!("up to {MAX_NUMBERS}, weights times observations");
    refusals.unless(numbers <= MAX_NUMBERS, "every", format!("so short that {numbers} numbers are kept"), &allowed);
    refusals.finish()?;
    Ok(Box::new(TangentKernelRun { source, parameters }))
}

/// The net at one time.
struct Seen {
    time: f64,
    loss: f64,
    weights: [Mat<f64>; 2],
}

impl Seen {
    /// Its kernel, in original coordinates.
    fn kernel(&self, rotated: &Rotated) -> TangentKernel {
        let [w1, w2] = &self.weights;
        TangentKernel::new((w1 * rotated.v.transpose()).as_ref(), (&rotated.u * w2).as_ref())
    }
}

impl TangentKernelRun {
    /// The rotated net and what is seen of it over time.
    fn learn(&self, replicate: u64, master: MasterSeed) -> Result<(Rotated, Vec<Seen>), Reason> {
        let KernelParameters { hidden, start, until, every, .. } = self.parameters;
        let problem = Problem::draw(&self.source, master, replicate)?;
        let weights = Start::Normal(start).weights(&problem.sizes([hidden]), &problem.svd, master, replicate);
        let rotated = problem.rotate(&weights);
        let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
        let mut seen = Vec::new();
        observed_flow(&mut chain, TOLERANCE, [until, every], |time, chain| {
            let weights = [0, 1].map(|layer| chain.weight(layer).to_owned());
            seen.push(Seen { time, loss: chain.loss(), weights });
        })?;
        Ok((rotated, seen))
    }
}

impl Experiment for TangentKernelRun {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), vec!["the start".to_owned()]].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let (rotated, seen) = self.learn(replicate, master)?;
            let (first, last) = (&seen[0], &seen[seen.len() - 1]);
            let end = last.kernel(&rotated);
            let alignment = |seen: &Seen| seen.kernel(&rotated).alignment(&end);
            let last_above = |share: f64| {
                let at = seen.iter().rposition(|seen| seen.loss >= share * first.loss);
                &seen[at.unwrap_or(0)]
            };
            let (silent, half) = (last_above(SILENT), last_above(0.5));
            row!(
                tables[RUN.name],
                replicate,
                start_alignment: alignment(first),
                silent_alignment: alignment(silent),
                half_alignment: alignment(half),
                silent_time: silent.time,
                half_time: half.time,
                final_share: last.loss / first.loss,
            );
            if replicate == RECORDED_REPLICATE {
                for seen in shown(seen.len()).map(|number| &seen[number]) {
                    let (loss_share, alignment) = (seen.loss / first.loss, alignment(seen));
                    row!(tables[CURVE.name], replicate, time: seen.time, loss_share, alignment);
                }
            }
            Ok(())
        })
    }
}
