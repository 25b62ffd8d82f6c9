//! The representation of the items at the stages of learning.

use faer::Mat;

use crate::experiment::common::subject::Subject;
use crate::learn::linear_network::LinearNetwork;

/// Waits for the stages, and keeps the representation at the first state of each.
pub struct Stages<'a> {
    stages: &'a [f64],
    /// Sum of squares of the data.
    whole: f64,
    passed: Vec<Snapshot>,
}

/// A network at one stage.
pub struct Snapshot {
    /// Steps times the rate.
    pub time: f64,
    /// Activity of the first hidden layer for each item, H x N; of a network without hidden layer its input, one-hot.
    pub hidden: Mat<f64>,
    /// Item patterns of the modes, N x modes.
    pub patterns: Mat<f64>,
    /// Strengths of the modes that the theory expects.
    pub strengths: Vec<f64>,
}

impl<'a> Stages<'a> {
    /// Ready for the first observation.
    pub fn new(stages: &'a [f64], chain: &LinearNetwork) -> Self {
        Self { stages, whole: chain.s().iter().map(|s| s * s).sum(), passed: Vec::new() }
    }

    /// Whether a state has come to the next stage.
    pub fn due(&self, chain: &LinearNetwork) -> bool {
        let explained = 1.0 - 2.0 * chain.loss() / self.whole;
        self.stages.get(self.passed.len()).is_some_and(|&stage| explained >= stage)
    }

    /// The next state, with the strengths that the theory expects.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork, subject: &Subject, strengths: &[f64]) {
        while self.due(chain) {
            let v = &subject.rotated.v;
            let items = v.nrows();
            let hidden =
                if chain.layers() == 1 { Mat::identity(items, items) } else { chain.weight(0) * v.transpose() };
            let patterns = v.subcols(0, strengths.len()).to_owned();
            self.passed.push(Snapshot { time, hidden, patterns, strengths: strengths.to_vec() });
        }
    }

    /// The snapshots of the stages that were passed, in order.
    pub fn passed(self) -> Vec<Snapshot> {
        self.passed
    }
}

impl Snapshot {
    /// `V diag(m) V^T`, N x N: the similarities `h_i . h_j` of a network that started from small weights.
    pub fn expected_similarity(&self) -> Mat<f64> {
        let scaled = Mat::from_fn(self.patterns.nrows(), self.strengths.len(), |item, mode| {
            self.strengths[mode] * self.patterns[(item, mode)]
        });
        scaled * self.patterns.transpose()
    }
}
