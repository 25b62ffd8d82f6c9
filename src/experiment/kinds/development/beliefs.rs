//! Beliefs of the wrong sign, and whether the loss ever rises.

use faer::Mat;

use crate::experiment::common::subject::Subject;
use crate::experiment::common::thinned::Thinned;
use crate::experiment::kinds::development::state::{State, with_strengths};
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::statistics::extreme::larger;
use crate::table::{Table, row};

/// Sizes of wrong beliefs that are counted, as shares of the truth.
const THRESHOLDS: [f64; 4] = [0.05, 0.1, 0.2, 0.5];

/// Most points of a course.
const MAX_POINTS: usize = 400;

/// Observer of wrong beliefs.
pub struct Beliefs {
    /// 1 over the truth, F x N; 0 where the truth is 0.
    scale: Mat<f64>,
    /// Strongest wrong belief of each pair of an item and a feature so far, F x N: measured, and expected.
    worst: [Mat<f64>; 2],
    loss_before: f64,
    loss_rises: u64,
}

impl Beliefs {
    /// Ready for the first observation.
    pub fn new(subject: &Subject) -> Self {
        let truth = &subject.sample.y;
        let none = || Mat::full(truth.nrows(), truth.ncols(), f64::NEG_INFINITY);
        let scale = Mat::from_fn(truth.nrows(), truth.ncols(), |feature, item| inverse(truth[(feature, item)]));
        Self { scale, worst: [none(), none()], loss_before: f64::INFINITY, loss_rises: 0 }
    }

    /// The loss of the next state.
    pub fn observe_loss(&mut self, chain: &LinearNetwork) {
        self.loss_rises += u64::from(chain.loss() > self.loss_before);
        self.loss_before = chain.loss();
    }

    /// The beliefs of the next state.
    pub fn observe(&mut self, state: &State) {
        for (worst, beliefs) in self.worst.iter_mut().zip([&state.output, &state.expected]) {
            for (item, column) in worst.col_iter_mut().enumerate() {
                let pairs = beliefs.col(item).iter().zip(self.scale.col(item).iter());
                for (worst, (belief, scale)) in column.iter_mut().zip(pairs) {
                    *worst = larger(*worst, -belief * scale);
                }
            }
        }
    }

    /// One row.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        let [worst, worst_theory] = self.worst.each_ref().map(|worst| entries(worst).copied().fold(0.0, larger));
        row!(table, replicate, worst, worst_theory, loss_rises: self.loss_rises);
    }

    /// One row per threshold.
    pub fn write_shares(&self, replicate: u64, table: &mut Table) {
        for threshold in THRESHOLDS {
            let [share, share_theory] = self.worst.each_ref().map(|worst| share_above(worst, &self.scale, threshold));
            row!(table, replicate, threshold, share, share_theory);
        }
    }
}

/// 1 over the truth, which makes a belief a share of it; 0 where the truth is 0, about which nothing is wrong.
fn inverse(truth: f64) -> f64 {
    if truth == 0.0 { 0.0 } else { 1.0 / truth }
}

/// Share of the pairs with a truth other than 0 whose strongest wrong belief is above a threshold; missing if one is.
fn share_above(worst: &Mat<f64>, scale: &Mat<f64>, threshold: f64) -> f64 {
    let (mut above, mut all) = (0.0, 0.0);
    for (&wrong, _) in entries(worst).zip(entries(scale)).filter(|(_, scale)| **scale != 0.0) {
        if wrong.is_nan() {
            return f64::NAN;
        }
        above += f64::from(u8::from(wrong > threshold));
        all += 1.0;
    }
    above / all
}

fn entries(a: &Mat<f64>) -> impl Iterator<Item = &f64> {
    a.col_iter().flat_map(|column| column.iter())
}

/// The course of one belief: the one that goes furthest wrong while the modes are learned one after the other.
pub struct Course {
    feature: usize,
    item: usize,
    truth: f64,
    whole: f64,
    points: Thinned<[f64; 4]>,
}

impl Course {
    /// Chooses the pair of an item and a feature.
    pub fn new(subject: &Subject) -> Self {
        let [feature, item] = most_misleading(subject);
        let whole = subject.rotated.s.iter().map(|s| s * s).sum();
        Self { feature, item, truth: subject.sample.y[(feature, item)], whole, points: Thinned::new(MAX_POINTS) }
    }

    /// The next state.
    pub fn observe(&mut self, state: &State) {
        let at = (self.feature, self.item);
        let unexplained = 2.0 * state.chain.loss() / self.whole;
        let [belief, expected] = [state.output[at], state.expected[at]].map(|belief| belief / self.truth);
        self.points.push(|| [state.time, belief, expected, unexplained]);
    }

    /// One row per time.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for &[time, belief, belief_theory, unexplained] in self.points.kept() {
            row!(table, replicate, time, belief, belief_theory, unexplained);
        }
    }
}

/// The feature and the item whose belief is most wrong at any of the saddles, where just the strongest modes are learned.
fn most_misleading(subject: &Subject) -> [usize; 2] {
    let (y, s) = (&subject.sample.y, &subject.rotated.s);
    let (mut worst, mut at) = (f64::NEG_INFINITY, [0, 0]);
    for learned in 1..=s.len() {
        let beliefs = with_strengths(subject.rotated.u.as_ref(), subject.rotated.v.as_ref(), &s[..learned]);
        for item in 0..y.ncols() {
            for feature in (0..y.nrows()).filter(|&feature| y[(feature, item)] != 0.0) {
                let wrong = -beliefs[(feature, item)] * inverse(y[(feature, item)]);
                if wrong > worst {
                    (worst, at) = (wrong, [feature, item]);
                }
            }
        }
    }
    at
}
