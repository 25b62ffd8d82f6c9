//! The chain in original coordinates, written as in the books: what the rotated chain must equal.

use faer::Mat;

/// Weights of a linear network, first layer first, and the data they learn.
pub(crate) struct Naive {
    pub(crate) y: Mat<f64>,
    pub(crate) weights: Vec<Mat<f64>>,
}

impl Naive {
    /// Product of the first `layers` layers.
    fn first(&self, layers: usize) -> Mat<f64> {
        self.weights[..layers].iter().fold(Mat::identity(self.y.ncols(), self.y.ncols()), |product, w| w * product)
    }

    /// Product of all layers.
    pub(crate) fn product(&self) -> Mat<f64> {
        self.first(self.weights.len())
    }

    /// The loss.
    pub(crate) fn loss(&self) -> f64 {
        0.5 * (&self.y - self.product()).squared_norm_l2()
    }

    /// The negative gradient in each layer.
    pub(crate) fn gradient(&self) -> Vec<Mat<f64>> {
        let error = &self.y - self.product();
        let features = self.y.nrows();
        (0..self.weights.len())
            .map(|layer| {
                let after = self.weights[layer + 1..]
                    .iter()
                    .rev()
                    .fold(Mat::<f64>::identity(features, features), |product, w| product * w);
                after.transpose() * &error * self.first(layer).transpose()
            })
            .collect()
    }

    /// One step of descent.
    pub(crate) fn step(&mut self, rate: f64) {
        let gradient = self.gradient();
        for (weight, gradient) in self.weights.iter_mut().zip(&gradient) {
            *weight += faer::Scale(rate) * gradient;
        }
    }

    /// `W2^T W2 - W1 W1^T`, for two layers.
    pub(crate) fn balance(&self) -> Mat<f64> {
        self.weights[1].transpose() * &self.weights[1] - &self.weights[0] * self.weights[0].transpose()
    }
}
