//! What learns, how, and until when: parameters of experiments with linear networks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::Source;
use crate::learn::start::Start;
use crate::parameter::Refusals;

/// Most weights of a network (80 MB).
const MAX_WEIGHTS: usize = 10_000_000;

/// Most steps of a run, or observations of a flow.
const MAX_STEPS: u64 = 10_000_000;

/// A network with its rule of learning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Learner {
    /// A linear network from one-hot items to features, trained on `1/2 |data - product of the weights|^2`, summed over
    /// items and features.
    Linear(Linear),
}

/// A linear network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Linear {
    /// Number of weight layers, 1 (no hidden layer) to 64.
    pub layers: usize,
    /// Number of units in each hidden layer, at least 1; without effect in a network of one layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<usize>,
    /// The weights that learning starts from.
    pub start: Start,
    /// Full-batch gradient descent with this rate (time per step), above 0; the alternative to `flow`. It diverges where
    /// the rate is not below about 1/s for the largest singular value s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// The gradient flow, the limit of small rates, integrated numerically; the alternative to `rate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
}

/// How the gradient flow is integrated and observed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Flow {
    /// Error of one step relative to the weights, above 0, at most 0.01.
    pub tolerance: f64,
    /// Time between two observations (units of time), above 0.
    pub every: f64,
}

/// When learning ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Stop {
    /// After this number of steps of descent, at least 1.
    Steps(u64),
    /// At this time (rate times steps), above 0.
    Time(f64),
    /// When the strongest modes have reached 95 % of their singular values: this share, above 0 and at most 1, of the
    /// modes that the hidden layers have room for, rounded down, at least one mode. Or after 100 000 steps; half times of
    /// modes that were not learned until then are missing.
    Learned(f64),
}

impl Learner {
    /// The same learner without what has no effect.
    pub fn canonical(&self) -> Self {
        let Self::Linear(linear) = self;
        Self::Linear(linear.canonical())
    }
}

impl Linear {
    /// Layer sizes from the items to the features.
    pub fn sizes(&self, items: usize, features: usize) -> Vec<usize> {
        let hidden = std::iter::repeat_n(self.hidden.unwrap_or(0), self.layers - 1);
        std::iter::once(items).chain(hidden).chain([features]).collect()
    }

    /// The same network without what has no effect.
    fn canonical(&self) -> Self {
        Self { hidden: self.hidden.filter(|_| self.layers > 1), ..self.clone() }
    }

    /// Time of one step of descent, or between two observations of the flow.
    pub fn step(&self) -> Option<f64> {
        self.rate.or(self.flow.map(|flow| flow.every))
    }

    fn check(&self, source: &Source, refusals: &mut Refusals) {
        let at = |field: &str| format!("learner.linear.{field}");
        refusals.unless((1..=64).contains(&self.layers), &at("layers"), self.layers, "1 to 64");
        match self.hidden {
            Some(hidden) => refusals.unless(hidden >= 1, &at("hidden"), hidden, "at least 1"),
            None if self.layers == 1 => {}
            None => refusals.refuse(&at("hidden"), "is missing (needed for more than one layer)"),
        }
        for (place, scale) in self.start.scales() {
            refusals.unless_positive(&[(&at(&format!("start.{place}")), scale)]);
        }
        match (self.rate, self.flow) {
            (Some(rate), None) => refusals.unless_positive(&[(&at("rate"), rate)]),
            (None, Some(flow)) => {
                let tolerance = flow.tolerance;
                let allowed = tolerance > 0.0 && tolerance <= 0.01;
                refusals.unless(allowed, &at("flow.tolerance"), tolerance, "above 0, at most 0.01");
                refusals.unless_positive(&[(&at("flow.every"), flow.every)]);
            }
            _ => refusals.refuse("learner.linear", "has no rule of learning or two (allowed: either `rate` or `flow`)"),
        }
        if refusals.is_empty() {
            let sizes = self.sizes(source.items(), source.features());
            let weights =
                sizes.windows(2).fold(0_usize, |sum, pair| sum.saturating_add(pair[0].saturating_mul(pair[1])));
            let range = format!("up to {MAX_WEIGHTS}");
            refusals.unless(
                weights <= MAX_WEIGHTS,
                "learner.linear",
                format!("a network of {weights} weights"),
                &range,
            );
        }
    }
}

impl Stop {
    fn check(self, linear: &Linear, refusals: &mut Refusals) {
        let limit = format!("1 to {MAX_STEPS}");
        match self {
            Self::Steps(_) if linear.flow.is_some() => {
                refusals.refuse("stop.steps", "does not go with `flow` (allowed: `time`, `learned`)");
            }
            Self::Steps(steps) => refusals.unless((1..=MAX_STEPS).contains(&steps), "stop.steps", steps, &limit),
            Self::Time(time) => {
                refusals.unless_positive(&[("stop.time", time)]);
                let step = linear.step().unwrap_or(f64::NAN);
                if time / step > MAX_STEPS as f64 {
                    let steps = format!("{:e} steps", time / step);
                    refusals.unless(false, "stop.time", steps, &format!("up to {MAX_STEPS} steps"));
                }
            }
            Self::Learned(share) => {
                refusals.unless(share > 0.0 && share <= 1.0, "stop.learned", share, "above 0, at most 1");
            }
        }
    }
}

/// Refuses a learner that cannot learn this data set, or that does not stop.
pub fn check(learner: &Learner, stop: Stop, source: &Source, refusals: &mut Refusals) {
    let Learner::Linear(linear) = learner;
    linear.check(source, refusals);
    stop.check(linear, refusals);
}
