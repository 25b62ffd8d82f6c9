//! The chain of rotated weights: its product, loss and gradient.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatMut, MatRef, Par};

use crate::numerics::squares::sum_of_squares;

/// A linear network with target `diag(s)` and room for everything that one evaluation needs.
///
/// Weights and gradient are one vector each, the layers one after the other from the inputs, each by columns.
/// What is read from a chain belongs to the weights that it was last evaluated at.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Singular values of the modes, the diagonal of the target.
    s: Vec<f64>,
    layers: Vec<Layer>,
    weights: Vec<f64>,
    /// `-dL/dW`.
    gradient: Vec<f64>,
    /// Products of the first 2, 3, .. layers; the last is the product of the chain, which of one layer is that layer.
    forward: Vec<Mat<f64>>,
    /// The error, sent back to the outputs of the second, third, .. layer; the last is `diag(s)` minus the product. Sent
    /// back to the outputs of the first layer it is that layer's gradient.
    backward: Vec<Mat<f64>>,
    off_diagonal: f64,
    loss: f64,
}

/// Place and shape of the weights of one layer.
#[derive(Clone, Debug)]
struct Layer {
    span: Range<usize>,
    rows: usize,
    columns: usize,
}

impl Chain {
    /// A chain of these weights, first layer first, evaluated.
    pub fn new(s: &[f64], weights: &[Mat<f64>]) -> Self {
        let inputs = weights[0].ncols();
        let mut layers = Vec::new();
        let mut flat = Vec::new();
        for layer in weights {
            let start = flat.len();
            flat.extend(layer.col_iter().flat_map(|column| column.iter().copied().collect::<Vec<_>>()));
            layers.push(Layer { span: start..flat.len(), rows: layer.nrows(), columns: layer.ncols() });
        }
        let signals = || layers[1..].iter().map(|layer| Mat::zeros(layer.rows, inputs)).collect();
        let mut chain = Self {
            s: s.to_vec(),
            gradient: vec![0.0; flat.len()],
            forward: signals(),
            backward: signals(),
            weights: flat,
            layers,
            off_diagonal: 0.0,
            loss: 0.0,
        };
        chain.evaluate();
        chain
    }

    /// Moves the weights by `rate` times the negative gradient and evaluates there.
    pub fn step(&mut self, rate: f64) {
        for (weight, gradient) in self.weights.iter_mut().zip(&self.gradient) {
            *weight += rate * gradient;
        }
        self.evaluate();
    }

    /// Evaluates at the weights that `write` writes.
    pub fn set_weights(&mut self, write: impl FnOnce(&mut [f64])) {
        write(&mut self.weights);
        self.evaluate();
    }

    /// Product, loss and gradient at the present weights: `2L - 1` matrix products for `L > 1` layers.
    fn evaluate(&mut self) {
        self.send_forward();
        self.compare();
        self.send_backward();
    }

    fn send_forward(&mut self) {
        for (number, layer) in self.layers.iter().enumerate().skip(1) {
            let (before, after) = self.forward.split_at_mut(number - 1);
            let signal = before.last().map_or(view(&self.weights, &self.layers[0]), Mat::as_ref);
            multiply(after[0].as_mut(), view(&self.weights, layer), signal);
        }
    }

    /// Error, loss and the part of the product off the diagonal.
    fn compare(&mut self) {
        let first = &self.layers[0];
        let product = self.forward.last().map_or(view(&self.weights, first), Mat::as_ref);
        let error = match self.backward.last_mut() {
            Some(error) => error.as_mut(),
            None => view_mut(&mut self.gradient, first),
        };
        let (mut off_diagonal, mut on_diagonal) = (0.0, 0.0);
        for (j, (product, error)) in product.col_iter().zip(error.col_iter_mut()).enumerate() {
            let product = product.try_as_col_major().expect("a column is contiguous").as_slice();
            let error = error.try_as_col_major_mut().expect("a column is contiguous").as_slice_mut();
            for (error, product) in error.iter_mut().zip(product) {
                *error = -product;
            }
            if let (Some(s), Some(m)) = (self.s.get(j), product.get(j)) {
                off_diagonal += sum_of_squares(&product[..j]) + sum_of_squares(&product[j + 1..]);
                error[j] = s - m;
                on_diagonal += (s - m) * (s - m);
            } else {
                off_diagonal += sum_of_squares(product);
            }
        }
        self.off_diagonal = off_diagonal;
        self.loss = 0.5 * (on_diagonal + off_diagonal);
    }

    fn send_backward(&mut self) {
        let (first, rest) = (&self.layers[0], &self.layers[1..]);
        let (gradient_of_first, mut gradient_of_rest) = self.gradient.split_at_mut(first.span.end);
        for (number, layer) in rest.iter().enumerate().rev() {
            let (before, after) = self.backward.split_at_mut(number);
            let (error, signal) =
                (after[0].as_ref(), number.checked_sub(1).map(|number| self.forward[number].as_ref()));
            let gradient = gradient_of_rest.split_off_mut(layer.span.start - first.span.end..);
            let gradient = gradient.expect("the layers stand one after the other");
            let signal = signal.unwrap_or(view(&self.weights, first));
            multiply(view_mut(gradient, layer), error, signal.transpose());
            let sent_back = match before.last_mut() {
                Some(before) => before.as_mut(),
                None => view_mut(gradient_of_first, first),
            };
            multiply(sent_back, view(&self.weights, layer).transpose(), error);
        }
    }

    /// Singular values of the modes.
    pub fn s(&self) -> &[f64] {
        &self.s
    }

    /// Number of weight layers.
    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    /// Weights of all layers in one vector.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Weights of a layer, counted from 0.
    pub fn weight(&self, layer: usize) -> MatRef<'_, f64> {
        view(&self.weights, &self.layers[layer])
    }

    /// The negative gradient of the loss in all weights, in one vector.
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }

    /// Norm of the gradient, over all weights.
    pub fn gradient_norm(&self) -> f64 {
        sum_of_squares(&self.gradient).sqrt()
    }

    /// The product of all layers, F' x N'.
    pub fn product(&self) -> MatRef<'_, f64> {
        self.forward.last().map_or(self.weight(0), Mat::as_ref)
    }

    /// Strength of a mode, counted from 0: the diagonal of the product.
    pub fn strength(&self, mode: usize) -> f64 {
        self.product()[(mode, mode)]
    }

    /// Sum of squares of the product outside the strengths.
    pub fn off_diagonal(&self) -> f64 {
        self.off_diagonal
    }

    /// `L = 1/2 |diag(s) - product|_F^2`.
    pub fn loss(&self) -> f64 {
        self.loss
    }
}

fn view<'a>(weights: &'a [f64], layer: &Layer) -> MatRef<'a, f64> {
    MatRef::from_column_major_slice(&weights[layer.span.clone()], layer.rows, layer.columns)
}

fn view_mut<'a>(weights: &'a mut [f64], layer: &Layer) -> MatMut<'a, f64> {
    MatMut::from_column_major_slice_mut(weights, layer.rows, layer.columns)
}

/// `out = a b`. faer's kernel on one thread: 5 times as fast as compiled loops from 8 x 8 to 1000 x 1000, because it
/// uses the wide registers that the machine has.
fn multiply(out: MatMut<'_, f64>, a: MatRef<'_, f64>, b: MatRef<'_, f64>) {
    matmul(out, Accum::Replace, a, b, 1.0, Par::Seq);
}
