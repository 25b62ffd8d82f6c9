//! The run as a whole: where it ends, what it conserves, how close it comes to the table without noise.

use faer::{Mat, MatRef};

use crate::experiment::common::balance::balance;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::saddles::distance_from_best;
use crate::experiment::kinds::training::solution::Deviation;
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::linear_algebra::reductions::squared_distance;
use crate::numerics::statistics::extreme::larger;
use crate::table::{Table, row};
use crate::theory::saddle::loss;

/// Observations from one look at balance and matrix solution to the next; they drift slowly, and a look costs as much as a
/// step or more.
const LOOK_EVERY: u64 = 16;

/// Observer of the run as a whole.
pub struct Totals {
    room: usize,
    seen: u64,
    balance: Vec<Mat<f64>>,
    drift: f64,
    deviation: Option<Deviation>,
    clean: Option<Clean>,
}

/// The table without noise, in rotated coordinates.
struct Clean {
    table: Mat<f64>,
    /// Square of its part outside of the rotated coordinates, and of the whole.
    outside: f64,
    whole: f64,
    error: f64,
    least: f64,
    time: f64,
    modes: usize,
}

impl Totals {
    /// Ready for the first observation, which is at the state of `chain`.
    pub fn new(subject: &Subject, chain: &LinearNetwork) -> Self {
        let clean = subject.sample.clean.as_ref().map(|clean| {
            let table = subject.rotated.u.transpose() * clean * &subject.rotated.v;
            let outside = (clean - &subject.rotated.u * &table * subject.rotated.v.transpose()).squared_norm_l2();
            let whole = clean.squared_norm_l2();
            Clean { table, outside, whole, error: f64::NAN, least: f64::INFINITY, time: f64::NAN, modes: 0 }
        });
        let clean = clean.filter(|clean| clean.whole > 0.0);
        let deviation = subject.solution.clone().map(Deviation::new);
        Self { room: subject.room, seen: 0, balance: balances(chain), drift: 0.0, deviation, clean }
    }

    /// The next state, with the number of modes that are half learned.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork, half_learned: usize) {
        if self.seen.is_multiple_of(LOOK_EVERY) {
            self.look(time, chain);
        }
        self.seen += 1;
        if let Some(clean) = &mut self.clean {
            clean.error = (distance_squared(chain, &clean.table) + clean.outside) / clean.whole;
            if clean.error < clean.least {
                (clean.least, clean.time, clean.modes) = (clean.error, time, half_learned);
            }
        }
    }

    fn look(&mut self, time: f64, chain: &LinearNetwork) {
        let now = balances(chain);
        let squares = now.iter().zip(&self.balance).map(|(now, start)| (now - start).squared_norm_l2());
        self.drift = larger(self.drift, squares.sum::<f64>().sqrt());
        if let Some(deviation) = &mut self.deviation {
            deviation.observe(time, chain);
        }
    }

    /// Squared distance from the table without noise in the last state, relative to that table; missing without one.
    pub fn clean_error(&self) -> f64 {
        self.clean.as_ref().map_or(f64::NAN, |clean| clean.error)
    }

    /// One row, at the last state and its time.
    pub fn write(&mut self, replicate: u64, time: f64, chain: &LinearNetwork, steps: u64, table: &mut Table) {
        self.look(time, chain);
        let s = chain.s();
        let size = s.iter().map(|s| s * s).sum::<f64>().sqrt();
        let present: Vec<bool> = (0..s.len()).map(|mode| mode < self.room).collect();
        let clean = self.clean.as_ref();
        row!(
            table,
            replicate,
            final_loss: chain.loss(),
            best_loss: loss(s, &present),
            product_error: distance_from_best(chain, self.room) / size,
            gram_error: (chain.layers() == 2).then(|| gram_distance(chain, self.room) / size),
            balance_drift: (chain.layers() > 1).then_some(self.drift),
            solution_error: self.deviation.as_ref().map(Deviation::of_weights),
            solution_loss_error: self.deviation.as_ref().map(Deviation::of_loss),
            weight_norm: chain.weights().iter().map(|weight| weight * weight).sum::<f64>(),
            weight_norm_theory: least_weight_norm(&s[..self.room], chain.layers()),
            steps,
            clean_error: clean.map(|clean| clean.least),
            clean_time: clean.map(|clean| clean.time),
            clean_modes: clean.map(|clean| clean.modes),
            final_clean_error: self.clean_error(),
        );
    }
}

/// The balance of each pair of neighbouring layers.
fn balances(chain: &LinearNetwork) -> Vec<Mat<f64>> {
    (0..chain.layers() - 1).map(|layer| balance(chain.weight(layer), chain.weight(layer + 1))).collect()
}

/// Least sum of squares of the weights of `layers` layers whose product has the singular values `s`:
/// `layers * sum of s^(2/layers)`, reached where every layer carries the `layers`-th root of each mode.
fn least_weight_norm(s: &[f64], layers: usize) -> f64 {
    let share = 2.0 / layers as f64;
    layers as f64 * s.iter().map(|&s| libm::pow(s, share)).sum::<f64>()
}

/// `|W1^T W1 - V S V^T|_F` for the modes that the hidden layer has room for.
fn gram_distance(chain: &LinearNetwork, room: usize) -> f64 {
    let mut gram = chain.weight(0).transpose() * chain.weight(0);
    for (mode, s) in chain.s().iter().enumerate().take(room) {
        gram[(mode, mode)] -= s;
    }
    gram.norm_l2()
}

fn distance_squared(chain: &LinearNetwork, table: &Mat<f64>) -> f64 {
    let (product, table) = (chain.product(), table.as_ref());
    (0..table.ncols()).map(|number| squared_distance(slice(product, number), slice(table, number))).sum()
}

fn slice(a: MatRef<'_, f64>, column: usize) -> &[f64] {
    a.col(column).try_as_col_major().expect("a column is contiguous").as_slice()
}
