//! The experiment `scalar`: the network of two numbers, whose whole landscape fits on a page.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use faer::Mat;
use libm::{cos, sin};
use rand::RngExt;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::experiment::common::canonical::canonical;
use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::observation::{MAX_OBSERVATIONS, RECORDED_REPLICATE, observed_until};
use crate::experiment::common::thinned::Thinned;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::hessian::LossPoint;
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::linear_algebra::svd::symmetric_eigenvalues;
use crate::numerics::statistics::extreme::larger;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Table, Tables, row};

/// Most points of a trajectory, without the last one.
const MAX_POINTS: usize = 399;

/// The kind `scalar`.
pub const KIND: Kind = Kind {
    name: "scalar",
    about: "The scalar network w2 w1 learns one number by the gradient flow, from a point near its saddle or away from it.",
    parameters: Parameters::Typed(|| schema_for!(ScalarParameters)),
    tables: &[RUN, POINTS, TRAJECTORY],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_SCALAR"),
};

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "The run as a whole, one row per replicate.",
    keys: &[],
    columns: &[
        column("target", "data units", "the number that is learned"),
        column(
            "along",
            "data units^(1/2)",
            "part of the start along the way down: (w1 + w2)/2 for two weights, w1 for one",
        ),
        column(
            "m0",
            "data units",
            "strength at the start that grows: the square of `along` for two weights, w1 for one",
        ),
        column(
            "half_time",
            "time",
            "when the product of the weights first reaches s/2, linear between observations; missing if it does not within 100/s",
        ),
        column("imbalance", "data units", "w2^2 - w1^2 at the start; missing for one weight"),
        column(
            "imbalance_drift",
            "data units",
            "largest distance of w2^2 - w1^2 from its start; missing for one weight",
        ),
        column("final_product", "data units", "product of the weights at the end"),
        column("final_w1", "data units^(1/2)", "first weight at the end"),
    ],
};

const POINTS: TableDoc = TableDoc {
    name: "points",
    about: "Two points of the landscape through their Hessians in the weights that are learned, one row each, the same in every replicate.",
    keys: &[column(
        "point",
        "",
        "0 for the origin, 1 for the minimum at which the weights are equal (for one weight: its minimum)",
    )],
    columns: &[
        column("gradient_norm", "data units^(3/2)", "norm of the gradient; 0 at a stationary point"),
        column("lowest", "data units", "smallest eigenvalue of the Hessian"),
        column("highest", "data units", "largest eigenvalue of the Hessian"),
    ],
};

const TRAJECTORY: TableDoc = TableDoc {
    name: "trajectory",
    about: "The weights over time, of replicate 0 only, for figures; at most 400 times per way, every n-th observation and the last.",
    keys: &[
        column(
            "way",
            "",
            "1 from the start of the replicate; for two weights also 2, from the ridge that comes down to the saddle",
        ),
        column("time", "time", "time of the flow"),
    ],
    columns: &[
        column("w1", "data units^(1/2)", "first weight"),
        column("w2", "data units^(1/2)", "second weight; 1 where only the first is learned"),
        column("loss", "squared data units", "half the squared error"),
    ],
};

/// Parameters: `L = 1/2 (s - w2 w1)^2` from a point on a circle around the origin, in a random direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScalarParameters {
    /// The number that is learned (data units), above 0.
    pub s: f64,
    /// Distance of the start from the origin (square root of data units), above 0; starts of all radii share their
    /// directions.
    pub radius: f64,
    /// Number of weights that are learned: 2, or 1 for a network without hidden layer (the second weight is 1).
    #[serde(default = "two")]
    pub layers: usize,
    /// Error of one step of the integration relative to the weights, above 0, at most 0.01.
    pub tolerance: f64,
    /// Time between two observations (units of time), above 0.
    pub every: f64,
}

fn two() -> usize {
    2
}

fn build(parameters: &Json, _base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let scalar: ScalarParameters = read(parameters)?;
    let mut refusals = Refusals::new();
    refusals.unless_positive(&[("s", scalar.s), ("radius", scalar.radius), ("every", scalar.every)]);
    refusals.unless((1..=2).contains(&scalar.layers), "layers", scalar.layers, "1, 2");
    let tolerance = scalar.tolerance;
    refusals.unless(tolerance > 0.0 && tolerance <= 0.01, "tolerance", tolerance, "above 0, at most 0.01");
    if refusals.is_empty() {
        let least = scalar.longest() / MAX_OBSERVATIONS;
        refusals.unless(scalar.every >= least, "every", scalar.every, &format!("{least} or more, with this `s`"));
    }
    refusals.finish()?;
    Ok(Box::new(scalar))
}

impl Experiment for ScalarParameters {
    fn canonical(&self) -> Json {
        canonical(self, [])
    }

    fn draws(&self) -> Vec<String> {
        vec!["the start".to_owned()]
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            self.write_points(replicate, &mut tables[POINTS.name])?;
            let start = self.start(master, replicate);
            let ways = if replicate == RECORDED_REPLICATE { self.ways(start) } else { vec![start] };
            for (number, &start) in ways.iter().enumerate() {
                let seen = self.learn(start)?;
                if number == 0 {
                    self.write_run(replicate, start, &seen, &mut tables[RUN.name]);
                }
                for &[time, w1, w2, loss] in seen.trajectory.kept().iter().filter(|_| replicate == RECORDED_REPLICATE) {
                    row!(tables[TRAJECTORY.name], replicate, way: number + 1, time, w1, w2, loss);
                }
            }
            Ok(())
        })
    }
}

/// What is seen of a way.
struct Seen {
    half: Crossing,
    /// Largest distance of the imbalance from its start.
    drift: f64,
    /// The weights at the end, and their product.
    end: [f64; 2],
    product: f64,
    /// Time, weights and loss.
    trajectory: Thinned<[f64; 4]>,
}

impl ScalarParameters {
    /// How long the flow is followed at most.
    fn longest(&self) -> f64 {
        100.0 / self.s
    }

    /// The weights at the start, `[w1, w2]`.
    fn start(&self, master: MasterSeed, replicate: u64) -> [f64; 2] {
        let angle = std::f64::consts::TAU * stream(master, "start", &"scalar", replicate).random::<f64>();
        [self.radius * cos(angle), if self.layers == 1 { 1.0 } else { self.radius * sin(angle) }]
    }

    /// The ways that are shown: from the start, and from a point high on the ridge, as far beside it as the start is from
    /// the saddle.
    fn ways(&self, start: [f64; 2]) -> Vec<[f64; 2]> {
        let (high, beside) = (0.85 * self.s.sqrt(), 0.5 * self.radius);
        let mut ways = vec![start];
        if self.layers == 2 {
            ways.push([beside - high, beside + high]);
        }
        ways
    }

    /// The weights that are learned, as a chain.
    fn chain(&self, weights: [f64; 2]) -> LinearNetwork {
        let layers: Vec<Mat<f64>> = weights.iter().take(self.layers).map(|&w| Mat::full(1, 1, w)).collect();
        LinearNetwork::new(&[self.s], &layers)
    }

    /// `w2^2 - w1^2`; missing for one weight.
    fn imbalance(&self, [w1, w2]: [f64; 2]) -> f64 {
        if self.layers == 2 { w2 * w2 - w1 * w1 } else { f64::NAN }
    }

    /// The flow from the start until 99.9 % of the number are learned.
    fn learn(&self, start: [f64; 2]) -> Result<Seen, Reason> {
        let mut chain = self.chain(start);
        let weights = |chain: &LinearNetwork| [chain.weights()[0], chain.weights().get(1).copied().unwrap_or(1.0)];
        let (mut half, mut drift) = (Crossing::linear(self.s / 2.0), 0.0 * self.imbalance(start).abs());
        let mut trajectory = Thinned::new(MAX_POINTS);
        let mut last = [0.0; 4];
        let times = [self.longest(), self.every];
        observed_until(&mut chain, self.tolerance, times, |time, chain| {
            let [w1, w2] = weights(chain);
            half.observe(time, chain.strength(0));
            drift = larger(drift, (self.imbalance([w1, w2]) - self.imbalance(start)).abs());
            last = [time, w1, w2, chain.loss()];
            trajectory.push(|| last);
            if chain.strength(0) >= 0.999 * self.s { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        trajectory.finish(|| last);
        Ok(Seen { half, drift, end: weights(&chain), product: chain.strength(0), trajectory })
    }

    fn write_run(&self, replicate: u64, start: [f64; 2], seen: &Seen, table: &mut Table) {
        let [w1, w2] = start;
        let along = if self.layers == 2 { 0.5 * (w1 + w2) } else { w1 };
        row!(
            table,
            replicate,
            target: self.s,
            along,
            m0: if self.layers == 2 { along * along } else { w1 },
            half_time: seen.half.at(),
            imbalance: self.imbalance(start),
            imbalance_drift: seen.drift,
            final_product: seen.product,
            final_w1: seen.end[0],
        );
    }

    /// Gradient and Hessian at the origin and at a minimum.
    fn write_points(&self, replicate: u64, table: &mut Table) -> Result<(), Reason> {
        for (number, product) in [0.0, self.s].into_iter().enumerate() {
            let (gradient_norm, hessian) = if self.layers == 2 {
                let weight = Mat::full(1, 1, product.sqrt());
                let target = Mat::full(1, 1, self.s);
                let point = LossPoint::new(target.as_ref(), weight.as_ref(), weight.as_ref());
                (point.gradient_norm(), point.hessian())
            } else {
                // The loss of one weight is `1/2 (s - w1)^2`.
                ((self.s - product).abs(), Mat::full(1, 1, 1.0))
            };
            let eigenvalues = symmetric_eigenvalues(hessian.as_ref())?;
            let (lowest, highest) = (eigenvalues[0], eigenvalues[eigenvalues.len() - 1]);
            row!(table, replicate, point: number, gradient_norm, lowest, highest);
        }
        Ok(())
    }
}
