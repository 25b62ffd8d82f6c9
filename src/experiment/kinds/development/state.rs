//! What is seen at a time: the network's output, and what the theory expects of it.

use faer::{Mat, MatRef};

use crate::experiment::common::closed_form::ClosedForm;
use crate::experiment::common::learner::Linear;
use crate::experiment::common::subject::Subject;
use crate::learn::linear_network::LinearNetwork;

/// States from one look at the output to the next: a look costs as much as some steps of a small network.
pub const LOOK_EVERY: u64 = 4;

/// The closed forms of all modes.
pub struct Theory(Vec<ClosedForm>);

impl Theory {
    /// The closed forms that apply to the subject.
    pub fn new(subject: &Subject, linear: &Linear) -> Self {
        Self((0..subject.modes.len()).map(|mode| subject.closed_form(linear, mode)).collect())
    }

    /// Strengths of the modes at a time not earlier than that of the call before; missing where the theory is silent.
    pub fn strengths(&mut self, time: f64) -> Vec<f64> {
        self.0.iter_mut().map(|mode| mode.strength(time)).collect()
    }
}

/// One state of a network.
pub struct State<'a> {
    /// Steps times the rate.
    pub time: f64,
    /// The network.
    pub chain: &'a LinearNetwork,
    /// Strengths of the modes that the theory expects.
    pub strengths: Vec<f64>,
    /// The network's output for each item in rotated feature coordinates, F' x N.
    pub rotated_output: Mat<f64>,
    /// The network's output, F x N: what it believes of each feature of each item.
    pub output: Mat<f64>,
    /// The output that the theory expects.
    pub expected: Mat<f64>,
}

impl<'a> State<'a> {
    /// The state of the network of `subject` at a time.
    pub fn new(time: f64, chain: &'a LinearNetwork, subject: &Subject, strengths: Vec<f64>) -> Self {
        let (u, v) = (&subject.rotated.u, &subject.rotated.v);
        let rotated_output = chain.product() * v.transpose();
        let output = u * &rotated_output;
        let expected = with_strengths(u.as_ref(), v.as_ref(), &strengths);
        Self { time, chain, strengths, rotated_output, output, expected }
    }
}

/// `sum over modes a of m_a u_a v_a^T`, for the first columns `u_a` of `u` and `v_a` of `v`.
pub fn with_strengths(u: MatRef<'_, f64>, v: MatRef<'_, f64>, strengths: &[f64]) -> Mat<f64> {
    let modes = strengths.len();
    let scaled = Mat::from_fn(v.nrows(), modes, |item, mode| strengths[mode] * v[(item, mode)]);
    u.subcols(0, modes) * scaled.transpose()
}
