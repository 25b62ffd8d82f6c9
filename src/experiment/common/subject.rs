//! What is trained in one replicate: data, rotated network, and what the theory expects of each mode.

use crate::data::Sample;
use crate::experiment::Reason;
use crate::experiment::common::closed_form::ClosedForm;
use crate::experiment::common::learner::Linear;
use crate::experiment::common::problem::Problem;
use crate::learn::directions::start_strengths;
use crate::learn::linear_network::LinearNetwork;
use crate::learn::rotation::Rotated;
use crate::learn::start::Start;
use crate::seed::MasterSeed;
use crate::theory::learning::{finite_step_rate, shallow_rate};
use crate::theory::matrix_solution::MatrixSolution;

/// Data and network of one replicate, before learning.
pub struct Subject {
    /// The data.
    pub sample: Sample,
    /// The network in the coordinates of the data's modes.
    pub rotated: Rotated,
    /// The modes, strongest first.
    pub modes: Vec<Mode>,
    /// Number of modes that the hidden layers have room for.
    pub room: usize,
    /// The matrix solution of the start as if it were balanced; only for two layers under the flow.
    pub solution: Option<MatrixSolution>,
}

/// What is known about a mode before learning.
#[derive(Clone, Copy, Debug)]
pub struct Mode {
    /// Singular value.
    pub s: f64,
    /// Growth rate of its weights at a saddle.
    pub g: f64,
    /// Strength at the start.
    pub m0: f64,
    /// Strength at the start that is free to grow; missing where there is none.
    pub m0_free: f64,
}

impl Subject {
    /// Draws the start of one replicate and rotates it.
    ///
    /// # Errors
    /// If there is nothing to learn, or a decomposition does not converge.
    pub fn new(linear: &Linear, sample: Sample, master: MasterSeed, replicate: u64) -> Result<Self, Reason> {
        let mut problem = Problem::new(sample)?;
        let rank = problem.svd.rank();
        let sizes = linear.sizes(problem.sample.y.ncols(), problem.sample.y.nrows());
        let weights = linear.start.weights(&sizes, &problem.svd, master, replicate);
        let two_layers = match &weights[..] {
            [w1, w2] => Some(start_strengths(&mut problem.svd, w1.as_ref(), w2.as_ref())?),
            _ => None,
        };
        let rotated = problem.rotate(&weights);
        let room = sizes[1..sizes.len() - 1].iter().copied().fold(rank, usize::min);
        let start = LinearNetwork::new(&rotated.s, &rotated.weights);
        let mode = |number: usize| {
            let s = rotated.s[number];
            let (m0, m0_free) = match &two_layers {
                Some(strengths) => (strengths.alone[number], strengths.free[number]),
                None if number < room => (start.strength(number), start.strength(number).abs()),
                None => (start.strength(number), f64::NAN),
            };
            Mode { s, g: linear.rate.map_or(s, |rate| finite_step_rate(s, rate)), m0, m0_free }
        };
        let modes = (0..rank).map(mode).collect();
        let solution = match &rotated.weights[..] {
            [w1, w2] if linear.flow.is_some() => Some(MatrixSolution::new(&rotated.s, w1.as_ref(), w2.as_ref())),
            _ => None,
        };
        Ok(Self { sample: problem.sample, rotated, modes, room, solution })
    }

    /// The network before it learns.
    pub fn network(&self, linear: &Linear) -> LinearNetwork {
        // The stages of the flow, most of its weights, are seen by nobody.
        let network = if linear.rate.is_some() { LinearNetwork::with_product } else { LinearNetwork::new };
        network(&self.rotated.s, &self.rotated.weights)
    }

    /// The closed form of a mode's strength, where there is one of its own: for one layer, for two from a start that is
    /// small or aligned, and for more from a balanced and aligned one.
    pub fn closed_form(&self, linear: &Linear, mode: usize) -> ClosedForm {
        let Mode { s, g, m0, m0_free } = self.modes[mode];
        match (linear.layers, linear.start) {
            (1, _) => ClosedForm::Shallow { s, g: linear.rate.map_or(1.0, shallow_rate), m0 },
            (2, Start::Unequal(start)) if mode < self.room => {
                ClosedForm::Unequal { s, amplitudes: [start.first, start.second] }
            }
            (2, Start::Unaligned(_)) => ClosedForm::None,
            (2, _) => ClosedForm::Sigmoid { s, g, m0: m0_free },
            (layers, Start::Balanced(_)) if mode < self.room => ClosedForm::layered(layers, s, m0_free),
            _ => ClosedForm::None,
        }
    }
}
