//! A net of one hidden layer without biases, rectified or linear.

use faer::{Mat, MatRef};

/// The activation function of the hidden units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// Passes its input on.
    Linear,
    /// Passes its input on where it is positive, and 0 elsewhere.
    Rectified,
}

/// The net, with the samples that it learns: `loss = 1/2 mean |answer - output|^2` over the samples.
///
/// ```
/// use faer::mat;
/// use modewise::learn::relu::{Activation, HiddenNet};
///
/// let (one, inputs, answers) = (mat![[1.0]], mat![[2.0, -2.0]], mat![[2.0, 0.0]]);
/// let net = |activation| HiddenNet::new(activation, one.as_ref(), one.as_ref(), inputs.as_ref(), answers.as_ref());
/// assert_eq!(net(Activation::Rectified).loss(), 0.0);
/// assert_eq!(net(Activation::Linear).loss(), 1.0);
/// ```
#[derive(Clone, Debug)]
pub struct HiddenNet {
    unit: Activation,
    /// N x P, one sample per column.
    inputs: Mat<f64>,
    /// F x P.
    answers: Mat<f64>,
    /// H x N.
    w1: Mat<f64>,
    /// F x H.
    w2: Mat<f64>,
    /// Activities of the hidden units, H x P, and outputs, F x P.
    hidden: Mat<f64>,
    output: Mat<f64>,
}

impl HiddenNet {
    /// The net with weights `w1` (H x N) and `w2` (F x H) and samples `inputs` (N x P) with `answers` (F x P).
    ///
    /// # Panics
    /// If the sizes do not fit.
    pub fn new(
        unit: Activation,
        w1: MatRef<'_, f64>,
        w2: MatRef<'_, f64>,
        inputs: MatRef<'_, f64>,
        answers: MatRef<'_, f64>,
    ) -> Self {
        let (hidden, output) = (Mat::zeros(w1.nrows(), inputs.ncols()), Mat::zeros(w2.nrows(), inputs.ncols()));
        let (inputs, answers, w1, w2) = (inputs.to_owned(), answers.to_owned(), w1.to_owned(), w2.to_owned());
        let mut net = Self { unit, inputs, answers, w1, w2, hidden, output };
        net.evaluate();
        net
    }

    #[expect(clippy::disallowed_methods, reason = "the rectifier; what is not finite shows in the loss")]
    fn evaluate(&mut self) {
        self.hidden = &self.w1 * &self.inputs;
        if self.unit == Activation::Rectified {
            self.hidden.col_iter_mut().for_each(|column| column.iter_mut().for_each(|x| *x = x.max(0.0)));
        }
        self.output = &self.w2 * &self.hidden;
    }

    /// The negative gradient in `w1` and `w2`. A rectified unit at rest passes nothing back.
    pub fn slope(&self) -> [Mat<f64>; 2] {
        let samples = self.inputs.ncols() as f64;
        let error = (&self.answers - &self.output) * faer::Scale(1.0 / samples);
        let open = |unit: usize, sample: usize| self.unit == Activation::Linear || self.hidden[(unit, sample)] > 0.0;
        let sent_back = self.w2.transpose() * &error;
        let back = Mat::from_fn(self.w1.nrows(), self.inputs.ncols(), |unit, sample| {
            if open(unit, sample) { sent_back[(unit, sample)] } else { 0.0 }
        });
        [back * self.inputs.transpose(), error * self.hidden.transpose()]
    }

    /// Moves the weights by `rate` times the negative gradient.
    pub fn step(&mut self, rate: f64) {
        let [in_w1, in_w2] = self.slope();
        self.w1 += in_w1 * faer::Scale(rate);
        self.w2 += in_w2 * faer::Scale(rate);
        self.evaluate();
    }

    /// Half the mean squared error.
    pub fn loss(&self) -> f64 {
        0.5 * (&self.answers - &self.output).squared_norm_l2() / self.inputs.ncols() as f64
    }

    /// Activities of the hidden units for all samples, H x P.
    pub fn hidden(&self) -> MatRef<'_, f64> {
        self.hidden.as_ref()
    }

    /// Outputs for all samples, F x P.
    pub fn output(&self) -> MatRef<'_, f64> {
        self.output.as_ref()
    }
}
