//! How far the weights are from the matrix solution.

use faer::Mat;

use crate::learn::chain::Chain;
use crate::theory::matrix_solution::MatrixSolution;

/// Distance of the weights, up to a rotation of the hidden layer, from the solution that starts where they start.
pub struct Deviation {
    solution: MatrixSolution,
    worst: f64,
}

impl Deviation {
    /// Before any observation.
    pub fn new(solution: MatrixSolution) -> Self {
        Self { solution, worst: 0.0 }
    }

    /// The next state, of a net of two layers.
    pub fn observe(&mut self, time: f64, chain: &Chain) {
        let (w1, w2) = (chain.weight(0), chain.weight(1));
        let (items, size) = (w1.ncols(), w1.ncols() + w2.nrows());
        let weights = Mat::from_fn(size, w1.nrows(), |i, j| if i < items { w1[(j, i)] } else { w2[(i - items, j)] });
        let expected = self.solution.gram(time);
        let distance = (&weights * weights.transpose() - &expected).norm_l2() / expected.norm_l2();
        // Because a number that is missing must not pass for a small one.
        self.worst = if distance <= self.worst { self.worst } else { distance };
    }

    /// The largest distance of `Q Q^T`, `Q = [W1^T; W2]`, from the solution, relative to the solution.
    pub fn worst(&self) -> f64 {
        self.worst
    }
}
