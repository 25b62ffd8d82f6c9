//! A linear network in the coordinates of the data's modes: its product, loss and gradient.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use faer::{Mat, MatRef};

use crate::learn::gram::{Grams, ProductUse};
use crate::numerics::linear_algebra::product::Shape;
use crate::numerics::linear_algebra::product::inlined::{multiply, multiply_by_transposed, multiply_transposed};
use crate::numerics::linear_algebra::reductions::{sum_of_squares, sum_of_squares_without};
use crate::numerics::simd::dispatch::with_simd;

/// A linear network of L layers whose target is `diag(s)`, with memory for everything that one evaluation needs.
///
/// From N' inputs to F' outputs it computes the product `WL .. W2 W1`, F' x N'; its loss is
/// `1/2 |diag(s) - WL .. W2 W1|_F^2`, where `diag(s)` is zero outside of the first modes. Weights and gradient are one
/// vector each, the layers one after the other from the inputs, each column by column. What is read from a network
/// belongs to its present weights. Time is rate x steps.
///
/// ```
/// use faer::mat;
/// use modewise::learn::linear_network::LinearNetwork;
///
/// // Two layers of one unit each learn the number 3.
/// let mut network = LinearNetwork::new(&[3.0], &[mat![[1.0]], mat![[1.0]]]);
/// assert_eq!((network.strength(0), network.loss()), (1.0, 2.0));
/// network.step(0.1); // each weight moves by rate x error x the other weight
/// assert!((network.weights()[0] - 1.2).abs() < 1e-15);
/// ```
#[derive(Clone, Debug)]
pub struct LinearNetwork {
    /// Singular values of the modes, the diagonal of the target.
    s: Vec<f64>,
    layers: Vec<Layer>,
    weights: Vec<f64>,
    /// `-dL/dW`.
    gradient: Vec<f64>,
    /// Products of the first 2, 3, .. layers, but not of all.
    forward: Vec<Vec<f64>>,
    /// The error, sent back to the outputs of the second, third, .. layer; the last is `diag(s)` minus the product. Sent
    /// back to the outputs of the first layer it is that layer's gradient.
    backward: Vec<Vec<f64>>,
    /// Memory for a transposed layer.
    transposed: Vec<f64>,
    /// Where the gradient comes from the Gram matrices of the layers; without them, from the product.
    grams: Option<Grams>,
    /// The product at the present weights, once it was needed.
    cached_product: OnceCell<CachedProduct>,
    /// Its memory, until it is needed: one of the two is always empty. Because those who read the product borrow it from a
    /// network that they must not change, the two cannot be one `enum`.
    spare_buffer: RefCell<Option<CachedProduct>>,
}

/// The product of a network, and what is read from it.
#[derive(Clone, Debug)]
struct CachedProduct {
    /// F' x N', column by column.
    product: Vec<f64>,
    /// The diagonal of the product.
    strengths: Vec<f64>,
    /// The sum of squares of the rest, once it was asked for.
    off_diagonal: OnceCell<f64>,
}

/// Place and shape of the weights of one layer.
#[derive(Clone, Debug)]
struct Layer {
    span: Range<usize>,
    rows: usize,
    columns: usize,
}

impl LinearNetwork {
    /// A network with these singular values and weights, first layer first, evaluated, whose product is read rarely.
    ///
    /// # Panics
    /// If there is no layer, or a layer does not take what the one before it gives.
    pub fn new(s: &[f64], weights: &[Mat<f64>]) -> Self {
        Self::evaluated(s, weights, ProductUse::Rarely)
    }

    /// A network whose product is read after every step, so that the gradient may as well be made from it. The numbers
    /// differ from those of [`new`](Self::new) by rounding only.
    ///
    /// # Panics
    /// Like [`new`](Self::new).
    pub fn with_product(s: &[f64], weights: &[Mat<f64>]) -> Self {
        Self::evaluated(s, weights, ProductUse::EveryStep)
    }

    fn evaluated(s: &[f64], weights: &[Mat<f64>], product: ProductUse) -> Self {
        let inputs = weights[0].ncols();
        let mut layers = Vec::new();
        let mut flat = Vec::new();
        for layer in weights {
            let start = flat.len();
            flat.extend(layer.col_iter().flat_map(|column| column.iter().copied().collect::<Vec<_>>()));
            layers.push(Layer { span: start..flat.len(), rows: layer.nrows(), columns: layer.ncols() });
        }
        let signal = |layer: &Layer| vec![0.0; layer.rows * inputs];
        let last = &layers[layers.len() - 1];
        let buffer =
            CachedProduct { product: signal(last), strengths: vec![0.0; s.len()], off_diagonal: OnceCell::new() };
        let grams = match &layers[..] {
            [first, last] => Grams::new(inputs, first.rows, last.rows, product),
            _ => None,
        };
        let mut network = Self {
            s: s.to_vec(),
            gradient: vec![0.0; flat.len()],
            forward: layers[1..].iter().rev().skip(1).rev().map(signal).collect(),
            backward: layers[1..].iter().map(signal).collect(),
            transposed: Vec::new(),
            grams,
            cached_product: OnceCell::new(),
            spare_buffer: RefCell::new(Some(buffer)),
            weights: flat,
            layers,
        };
        network.evaluate();
        network
    }

    /// Moves the weights by `rate` times the negative gradient and evaluates there.
    pub fn step(&mut self, rate: f64) {
        let (weights, gradient) = (&mut self.weights, &self.gradient);
        with_simd(
            #[inline(always)]
            || {
                for (weight, gradient) in weights.iter_mut().zip(gradient) {
                    *weight += rate * gradient;
                }
            },
        );
        self.evaluate();
    }

    /// Evaluates at the weights that `write` writes over the present ones.
    pub fn set_weights(&mut self, write: impl FnOnce(&mut [f64])) {
        write(&mut self.weights);
        self.evaluate();
    }

    /// The gradient at the present weights: by `2L - 1` matrix products for `L > 1` layers, the product of the network among
    /// them, or from Gram matrices, where the product is left until it is asked for.
    fn evaluate(&mut self) {
        let cached = self.cached_product.take().or_else(|| self.spare_buffer.take());
        let mut cached = cached.expect("one of the two has the memory");
        if let (Some(grams), [first, last]) = (&mut self.grams, &self.layers[..]) {
            let (w1, w2) = (&self.weights[first.span.clone()], &self.weights[last.span.clone()]);
            grams.gradient(&self.s, w1, w2, &mut self.gradient);
            self.spare_buffer.replace(Some(cached));
            return;
        }
        with_simd(
            #[inline(always)]
            || {
                self.send_forward();
                self.update_product(&mut cached);
                self.compare(&cached);
                self.send_backward();
            },
        );
        self.cached_product = OnceCell::from(cached);
    }

    #[inline(always)]
    fn send_forward(&mut self) {
        let first = &self.layers[0];
        for number in 0..self.forward.len() {
            let layer = &self.layers[number + 1];
            let (before, after) = self.forward.split_at_mut(number);
            let signal = before.last().map_or(&self.weights[first.span.clone()], Vec::as_slice);
            let shape = Shape { rows: layer.rows, inner: layer.columns, columns: first.columns };
            multiply(&mut after[0], &self.weights[layer.span.clone()], signal, shape);
        }
    }

    /// The product and its diagonal, from what enters the last layer.
    #[inline(always)]
    fn update_product(&self, cached: &mut CachedProduct) {
        let (first, last) = (&self.layers[0], &self.layers[self.layers.len() - 1]);
        let w1 = &self.weights[first.span.clone()];
        if self.layers.len() == 1 {
            cached.product.copy_from_slice(w1);
        } else {
            let signal = self.forward.last().map_or(w1, Vec::as_slice);
            let shape = Shape { rows: last.rows, inner: last.columns, columns: first.columns };
            multiply(&mut cached.product, &self.weights[last.span.clone()], signal, shape);
        }
        cached.off_diagonal.take();
        for (mode, strength) in cached.strengths.iter_mut().enumerate() {
            *strength = cached.product[mode * (last.rows + 1)];
        }
    }

    fn cached(&self) -> &CachedProduct {
        self.cached_product.get_or_init(|| {
            let mut cached = self.spare_buffer.take().expect("the memory is here while the product is not");
            with_simd(
                #[inline(always)]
                || self.update_product(&mut cached),
            );
            cached
        })
    }

    /// The error, from the product.
    #[inline(always)]
    fn compare(&mut self, cached: &CachedProduct) {
        let error = match self.backward.last_mut() {
            Some(error) => error,
            None => &mut self.gradient[..],
        };
        for (error, product) in error.iter_mut().zip(&cached.product) {
            *error = -product;
        }
        let along_diagonal = self.layers[self.layers.len() - 1].rows + 1;
        for (mode, (s, m)) in self.s.iter().zip(&cached.strengths).enumerate() {
            error[mode * along_diagonal] = s - m;
        }
    }

    #[inline(always)]
    fn send_backward(&mut self) {
        let (first, rest) = (&self.layers[0], &self.layers[1..]);
        let (gradient_of_first, mut gradient_of_rest) = self.gradient.split_at_mut(first.span.end);
        for (number, layer) in rest.iter().enumerate().rev() {
            let (before, after) = self.backward.split_at_mut(number);
            let error = &after[0];
            let signal =
                number.checked_sub(1).map_or(&self.weights[first.span.clone()], |before| &self.forward[before]);
            let gradient = gradient_of_rest.split_off_mut(layer.span.start - first.span.end..);
            let gradient = gradient.expect("the layers stand one after the other");
            let shape = Shape { rows: layer.rows, inner: first.columns, columns: layer.columns };
            multiply_by_transposed(gradient, error, signal, shape);
            let sent_back = match before.last_mut() {
                Some(before) => before,
                None => &mut gradient_of_first[..],
            };
            let shape = Shape { rows: layer.columns, inner: layer.rows, columns: first.columns };
            multiply_transposed(sent_back, &self.weights[layer.span.clone()], error, shape, &mut self.transposed);
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

    /// Weights of a layer, counted from 0: units of the next layer x units of this one.
    ///
    /// # Panics
    /// If there are no more layers than that.
    pub fn weight(&self, layer: usize) -> MatRef<'_, f64> {
        view(&self.weights, &self.layers[layer])
    }

    /// The [`weight`](Self::weight) matrix of a layer as a slice, column by column.
    ///
    /// # Panics
    /// If there are no more layers than that.
    pub fn layer(&self, layer: usize) -> &[f64] {
        &self.weights[self.layers[layer].span.clone()]
    }

    /// The negative gradient of the loss in all weights, `-dL/dW`, in the order of [`weights`](Self::weights).
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }

    /// Euclidean norm of the gradient, over all weights.
    pub fn gradient_norm(&self) -> f64 {
        sum_of_squares(&self.gradient).sqrt()
    }

    /// The product of all layers, F' x N'.
    pub fn product(&self) -> MatRef<'_, f64> {
        let (first, last) = (&self.layers[0], &self.layers[self.layers.len() - 1]);
        MatRef::from_column_major_slice(&self.cached().product, last.rows, first.columns)
    }

    /// The product of all layers as a slice, column by column.
    pub fn product_by_columns(&self) -> &[f64] {
        &self.cached().product
    }

    /// Strengths of the modes: the diagonal of the product.
    pub fn strengths(&self) -> &[f64] {
        &self.cached().strengths
    }

    /// Strength of a mode, counted from 0.
    ///
    /// # Panics
    /// If there are no more modes than that.
    pub fn strength(&self, mode: usize) -> f64 {
        self.strengths()[mode]
    }

    /// Sum of squares of the product outside the strengths.
    pub fn off_diagonal(&self) -> f64 {
        let CachedProduct { product, strengths, off_diagonal } = self.cached();
        *off_diagonal.get_or_init(|| {
            let rows = self.layers[self.layers.len() - 1].rows;
            sum_of_squares_without(product, (0..strengths.len()).map(|mode| mode * (rows + 1)))
        })
    }

    /// Whether learning can go on: whether the loss or, where the product was not needed, the gradient is finite.
    pub fn is_finite(&self) -> bool {
        let sample = if self.grams.is_some() { self.gradient_norm() } else { self.loss() };
        sample.is_finite()
    }

    /// The loss, `L = 1/2 |diag(s) - product|_F^2`.
    pub fn loss(&self) -> f64 {
        let error = |(s, strength): (&f64, &f64)| (s - strength) * (s - strength);
        0.5 * (self.s.iter().zip(self.strengths()).map(error).sum::<f64>() + self.off_diagonal())
    }
}

fn view<'a>(weights: &'a [f64], layer: &Layer) -> MatRef<'a, f64> {
    MatRef::from_column_major_slice(&weights[layer.span.clone()], layer.rows, layer.columns)
}
