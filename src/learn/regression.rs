//! Linear regression by the gradient flow from zero weights, in closed form at any time.

use faer::{Mat, MatRef};
use libm::expm1;

use crate::numerics::linear_algebra::svd::{NotConverged, Svd, thin_svd};

/// Inputs, P samples x N features, and the flow `dw/dt = X^T (y - X w)` on them.
///
/// ```
/// use faer::mat;
/// use modewise::learn::regression::RegressionFlow;
///
/// let flow = RegressionFlow::new(mat![[2.0]].as_ref()).expect("the inputs are finite");
/// let task = flow.task(mat![[1.0]].as_ref(), mat![[0.0]].as_ref());
/// // One input of 2: the weight is 1 - e^(-4t).
/// assert!((task.distance(0.5) - (-4.0_f64).exp()).abs() < 1e-15);
/// ```
#[derive(Clone, Debug)]
pub struct RegressionFlow {
    inputs: Svd,
}

/// What is to be learned: a teacher and the noise in its answers, along the axes of the inputs.
#[derive(Clone, Debug)]
pub struct TeacherTask {
    /// Along each axis: its strength s, the teacher's weight, and the noise.
    axes: Vec<[f64; 3]>,
    /// Square of the teacher's weights outside of all axes.
    outside_axes: f64,
}

impl RegressionFlow {
    /// Decomposes the inputs.
    ///
    /// # Errors
    /// If inputs are not finite.
    pub fn new(inputs: MatRef<'_, f64>) -> Result<Self, NotConverged> {
        Ok(Self { inputs: thin_svd(inputs)? })
    }

    /// The task `y = X teacher + noise`; the teacher is N x 1, the noise P x 1.
    ///
    /// # Panics
    /// If the sizes do not fit those of the inputs.
    pub fn task(&self, teacher: MatRef<'_, f64>, noise: MatRef<'_, f64>) -> TeacherTask {
        let (weights, noise): (Mat<f64>, Mat<f64>) =
            (self.inputs.v.transpose() * teacher, self.inputs.u.transpose() * noise);
        let axes = (0..self.inputs.s.len()).map(|axis| [self.inputs.s[axis], weights[(axis, 0)], noise[(axis, 0)]]);
        let outside = teacher - &self.inputs.v * &weights;
        TeacherTask { axes: axes.collect(), outside_axes: outside.squared_norm_l2() }
    }
}

impl TeacherTask {
    /// Squared distance of the weights from the teacher's at a time `t` (rate x steps of half the squared error, summed over
    /// samples): along an axis of strength `s` the flow has learned
    /// `(1 - e^{-s^2 t}) (teacher + noise/s)`.
    pub fn distance(&self, time: f64) -> f64 {
        let along = |&[s, teacher, noise]: &[f64; 3]| {
            // Because an axis of no strength is never learned, and noise/s is infinite there.
            let learned = if s > 0.0 { -expm1(-s * s * time) * (teacher + noise / s) } else { 0.0 };
            (learned - teacher) * (learned - teacher)
        };
        self.outside_axes + self.axes.iter().map(along).sum::<f64>()
    }
}
