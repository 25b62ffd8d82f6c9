//! Linear regression by the gradient flow from zero weights, at any time in closed form.

use faer::{Mat, MatRef};
use libm::expm1;

use crate::numerics::linear_algebra::svd::{NotConverged, Svd, thin_svd};

/// Inputs, P samples x N features, and the flow `dw/dt = X^T (y - X w)` on them.
#[derive(Clone, Debug)]
pub struct Regression {
    inputs: Svd,
}

/// A teacher and the noise in its answers, seen along the axes of the inputs.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Along each axis: its strength s, the teacher's weight, and the noise.
    axes: Vec<[f64; 3]>,
    /// Square of the teacher's weights outside of all axes.
    unseen: f64,
}

impl Regression {
    /// Decomposes the inputs.
    ///
    /// # Errors
    /// If inputs are not finite.
    pub fn new(inputs: MatRef<'_, f64>) -> Result<Self, NotConverged> {
        Ok(Self { inputs: thin_svd(inputs)? })
    }

    /// The task `y = X teacher + noise`; N x 1 and P x 1.
    pub fn lesson(&self, teacher: MatRef<'_, f64>, noise: MatRef<'_, f64>) -> Lesson {
        let (weights, noise): (Mat<f64>, Mat<f64>) =
            (self.inputs.v.transpose() * teacher, self.inputs.u.transpose() * noise);
        let axes = (0..self.inputs.s.len()).map(|axis| [self.inputs.s[axis], weights[(axis, 0)], noise[(axis, 0)]]);
        let outside = teacher - &self.inputs.v * &weights;
        Lesson { axes: axes.collect(), unseen: outside.squared_norm_l2() }
    }
}

impl Lesson {
    /// Squared distance of the weights from the teacher's at a time: along an axis of strength `s` the flow has learned
    /// `(1 - e^{-s^2 t}) (teacher + noise/s)`.
    pub fn distance(&self, time: f64) -> f64 {
        let along = |&[s, teacher, noise]: &[f64; 3]| {
            // Because an axis of no strength is never learned, and noise/s is infinite there.
            let learned = if s > 0.0 { -expm1(-s * s * time) * (teacher + noise / s) } else { 0.0 };
            (learned - teacher) * (learned - teacher)
        };
        self.unseen + self.axes.iter().map(along).sum::<f64>()
    }
}
