//! How far a run is from the matrix solution.

use faer::{Mat, MatRef};

use crate::learn::linear_network::LinearNetwork;
use crate::numerics::statistics::extreme::larger;
use crate::theory::matrix_solution::MatrixSolution;

/// Distance from the solution that starts where the run starts.
pub struct Deviation {
    solution: MatrixSolution,
    weights: f64,
    loss: f64,
    loss_at_start: Option<f64>,
}

impl Deviation {
    /// Before any observation.
    pub fn new(solution: MatrixSolution) -> Self {
        Self { solution, weights: 0.0, loss: 0.0, loss_at_start: None }
    }

    /// The next state, of a net of two layers.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork) {
        let (w1, w2) = (chain.weight(0), chain.weight(1));
        let (items, features) = (w1.ncols(), w2.nrows());
        let entry = |i: usize, j: usize| if i < items { w1[(j, i)] } else { w2[(i - items, j)] };
        let weights = Mat::from_fn(items + features, w1.nrows(), entry);
        let expected = self.solution.gram(time);
        let distance = (&weights * weights.transpose() - &expected).norm_l2() / expected.norm_l2();
        self.weights = larger(self.weights, distance);

        let loss = loss(chain.s(), expected.submatrix(items, 0, features, items));
        let loss_at_start = *self.loss_at_start.get_or_insert(loss);
        self.loss = larger(self.loss, (chain.loss() - loss).abs() / loss_at_start);
    }

    /// The largest distance of `Q Q^T`, `Q = [W1^T; W2]`, from the solution, relative to the solution.
    pub fn of_weights(&self) -> f64 {
        self.weights
    }

    /// The largest distance of the loss from that of the solution, relative to the solution's loss at the start.
    pub fn of_loss(&self) -> f64 {
        self.loss
    }
}

/// `1/2 |diag(s) - product|_F^2`.
fn loss(s: &[f64], product: MatRef<'_, f64>) -> f64 {
    let mut error = product.to_owned();
    for (mode, s) in s.iter().enumerate() {
        error[(mode, mode)] -= s;
    }
    0.5 * error.squared_norm_l2()
}
