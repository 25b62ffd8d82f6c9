//! The experiment `attention`: linear attention learns to answer by regression on its context.

use std::ops::Range;
use std::path::Path;

use rand_distr::{Distribution, StandardNormal};
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::{self, RECORDED_REPLICATE, observed_solution, shown};
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::attention::{Keys, LinearAttention};
use crate::numerics::linear_algebra::reductions::norm;
use crate::numerics::ode::dormand_prince::Tolerance;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Table, Tables, row};
use crate::theory::attention::plateau_loss;

/// The kind `attention`.
pub const KIND: Kind = Kind {
    name: "attention",
    about: "A layer of linear attention learns, by the gradient flow of its exact mean loss, to answer by linear regression on the examples in its context.",
    parameters: Parameters::Typed(|| schema_for!(AttentionParameters)),
    tables: &[PLATEAUS, CURVE],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_ATTENTION"),
};

const PLATEAUS: TableDoc = TableDoc {
    name: "plateaus",
    about: "The plateaus of the loss that the theory predicts, one for each number of learned variances, from none on.",
    keys: &[column("learned", "", "number of variances learned there, largest first")],
    columns: &[
        column("loss_theory", "squared answers", "predicted loss of the plateau"),
        column(
            "loss",
            "squared answers",
            "loss where the gradient is least between the two falls of the loss around the plateau: past the middle of \
             the predicted losses of this plateau and the one before, and not past that of this and the next",
        ),
        column("gradient_norm", "", "norm of the gradient there, over all parameters"),
        column("time", "time", "when that was"),
        column(
            "departure",
            "time",
            "when the loss has fallen half of the way to the next plateau; missing for the last one",
        ),
    ],
};

const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "Loss over time, of replicate 0 only, at most 400 times.",
    keys: &[column("time", "time", "time of the flow")],
    columns: &[column("loss", "squared answers", "mean squared error over contexts and queries")],
};

/// Error of one step of the integration relative to the parameters.
const TOLERANCE: f64 = 1e-7;

/// Parameters of the experiment. Contexts hold examples with normal inputs and answers that are linear in them, with
/// normal weights of variance 1, new in every context; the loss is the mean squared error of the answer to one more
/// input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AttentionParameters {
    /// Variances of the inputs along their principal axes, largest first, above 0; at most 32.
    pub variances: Vec<f64>,
    /// Number of examples in a context, at least 1.
    pub context: usize,
    /// Number of heads, 1 to 64.
    pub heads: usize,
    /// How a head compares the query with the examples.
    #[serde(default)]
    pub keys: Keys,
    /// Standard deviation of all parameters at the start, above 0.
    pub start: f64,
    /// How long the flow is followed (time), above 0; up to the first observation that reaches it.
    pub until: f64,
    /// Time between two observations, above 0.
    pub every: f64,
}

fn build(parameters: &Json, _: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: AttentionParameters = read(parameters)?;
    parameters.check()?;
    Ok(Box::new(parameters))
}

impl AttentionParameters {
    fn check(&self) -> Result<(), BuildError> {
        let mut refusals = Refusals::new();
        let count = self.variances.len();
        refusals.unless((1..=32).contains(&count), "variances", format!("{count} numbers"), "1 to 32 numbers");
        let falling = self.variances.is_sorted_by(|one, next| one >= next);
        let right = falling && self.variances.iter().all(|&l| l > 0.0 && l.is_finite());
        refusals.unless(right, "variances", "out of order or range", "numbers above 0, largest first");
        refusals.unless(self.context >= 1, "context", self.context, "at least 1");
        refusals.unless((1..=64).contains(&self.heads), "heads", self.heads, "1 to 64");
        refusals.unless_positive(&[("start", self.start)]);
        observation::check(self.until, self.every, &mut refusals);
        refusals.finish()
    }

    /// Parameters at the start; its stream is that of `start` for the shape and `replicate`.
    fn start(&self, layer: &LinearAttention, master: MasterSeed, replicate: u64) -> Vec<f64> {
        let mut rng = stream(master, "start", &(self.variances.len(), self.heads, self.keys), replicate);
        let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
        (0..layer.parameters()).map(|_| self.start * normal()).collect()
    }

    /// What is observed of the flow over time.
    fn learn(&self, layer: &LinearAttention, start: Vec<f64>) -> Result<Vec<Observation>, Reason> {
        let tolerance = Tolerance { relative: TOLERANCE, absolute: TOLERANCE * self.start };
        let mut gradient = vec![0.0; start.len()];
        let mut seen = Vec::new();
        let slope = |at: &[f64], out: &mut [f64]| layer.slope(at, out);
        observed_solution(slope, start, tolerance, [self.until, self.every], |time, parameters| {
            layer.slope(parameters, &mut gradient);
            seen.push(Observation { time, loss: layer.loss(parameters), gradient_norm: norm(&gradient) });
        })?;
        Ok(seen)
    }
}

/// What is seen at one time.
#[derive(Clone, Copy, Debug)]
struct Observation {
    time: f64,
    loss: f64,
    gradient_norm: f64,
}

impl Experiment for AttentionParameters {
    fn canonical(&self) -> Json {
        canonical(self, [])
    }

    fn draws(&self) -> Vec<String> {
        vec!["the start".to_owned()]
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let layer = LinearAttention::new(&self.variances, self.context, self.heads, self.keys);
        let steps = self.variances.len().min(self.heads);
        let theory: Vec<f64> =
            (0..=steps).map(|learned| plateau_loss(&self.variances, self.context as f64, learned)).collect();
        KIND.run(replicates, |replicate, tables| {
            let seen = self.learn(&layer, self.start(&layer, master, replicate))?;
            write_plateaus(&theory, &seen, replicate, &mut tables[PLATEAUS.name]);
            if replicate == RECORDED_REPLICATE {
                for Observation { time, loss, .. } in shown(seen.len()).map(|number| seen[number]) {
                    row!(tables[CURVE.name], replicate, time, loss);
                }
            }
            Ok(())
        })
    }
}

/// One row for each predicted plateau.
fn write_plateaus(theory: &[f64], seen: &[Observation], replicate: u64, table: &mut Table) {
    let mut arrival = Some(0);
    for (learned, &loss_theory) in theory.iter().enumerate() {
        let middle = theory.get(learned + 1).map(|next| (loss_theory + next) / 2.0);
        let departure = middle.and_then(|middle| seen.iter().position(|seen| seen.loss <= middle));
        let end = departure.unwrap_or(seen.len());
        // Because a loss that falls through two plateaus at once is seen once at least.
        let window = arrival.map(|start| &seen[start..end.max(start + 1).min(seen.len())]);
        let stillest = window
            .and_then(|window| window.iter().min_by(|one, other| one.gradient_norm.total_cmp(&other.gradient_norm)));
        row!(
            table,
            replicate,
            learned,
            loss_theory,
            loss: stillest.map(|seen| seen.loss),
            gradient_norm: stillest.map(|seen| seen.gradient_norm),
            time: stillest.map(|seen| seen.time),
            departure: departure.map(|at| seen[at].time),
        );
        arrival = departure;
    }
}
