//! Rumelhart's network learns one pattern by itself.

use crate::learn::rumelhart_weights::{LayerWeights, Sizes};
use crate::numerics::simd::dispatch::with_simd;
use crate::numerics::simd::sigmoid::sigmoids;

/// How many partial sums a product of two vectors is added up in.
const LANES: usize = 8;

/// Memory for the activities of one pattern, and for what is sent back through them.
#[derive(Clone, Debug)]
pub(crate) struct OnePattern {
    sizes: Sizes,
    /// R + 1, the last 1.
    representation: Vec<f64>,
    /// H + 1, the last 1.
    hidden: Vec<f64>,
    /// A.
    output: Vec<f64>,
    /// Derivatives of the loss by the inputs of the hidden layer, H + 1; the last has no meaning.
    by_hidden: Vec<f64>,
    /// Derivatives by the inputs of the representation, R + 1; likewise.
    by_representation: Vec<f64>,
}

impl OnePattern {
    /// Memory for networks of these sizes.
    pub(crate) fn new(sizes: Sizes) -> Self {
        let Sizes { representation, hidden, attributes, .. } = sizes;
        Self {
            sizes,
            representation: vec![1.0; representation + 1],
            hidden: vec![1.0; hidden + 1],
            output: vec![0.0; attributes],
            by_hidden: vec![0.0; hidden + 1],
            by_representation: vec![0.0; representation + 1],
        }
    }

    /// One step of descent on half the squared error of one pattern, `weights -= rate * gradient`; all weights move at once.
    /// `targets` are those of all patterns, (K N) x A, column by column.
    ///
    /// # Panics
    /// If there is no such pattern.
    pub(crate) fn learn(&mut self, weights: &mut LayerWeights, pattern: usize, targets: &[f64], rate: f64) {
        let patterns = self.sizes.items * self.sizes.relations;
        assert!(pattern < patterns, "pattern {pattern} of {patterns}");
        self.forward(weights, pattern);
        with_simd(
            #[inline(always)]
            || {
                let targets = targets.iter().skip(pattern).step_by(patterns);
                self.backward(weights, pattern, targets, rate);
            },
        );
    }

    /// Activity of all units.
    fn forward(&mut self, weights: &LayerWeights, pattern: usize) {
        let Sizes { items, relations, representation: units, hidden: hidden_units, .. } = self.sizes;
        let Self { representation, hidden, output, .. } = self;
        let inputs = weights.item.iter().skip(pattern % items).step_by(items).zip(&weights.representation_bias);
        representation.iter_mut().zip(inputs).for_each(|(x, (input, bias))| *x = input + bias);
        sigmoids(&mut representation[..units]);
        with_simd(
            #[inline(always)]
            || {
                let from_relation = weights.relation.iter().skip(pattern / items).step_by(relations);
                let inputs = weights.representation_hidden.chunks_exact(units + 1).zip(from_relation);
                for (x, (column, relation)) in hidden.iter_mut().zip(inputs) {
                    *x = dot(column, representation) + relation;
                }
            },
        );
        sigmoids(&mut hidden[..hidden_units]);
        with_simd(
            #[inline(always)]
            || {
                for (x, column) in output.iter_mut().zip(weights.hidden_attribute.chunks_exact(hidden_units + 1)) {
                    *x = dot(column, hidden);
                }
            },
        );
        sigmoids(output);
    }

    /// Moves the weights, each by what the others were before.
    #[inline(always)]
    fn backward<'a>(
        &mut self,
        weights: &mut LayerWeights,
        pattern: usize,
        targets: impl Iterator<Item = &'a f64>,
        rate: f64,
    ) {
        let Sizes { items, relations, representation: units, hidden: hidden_units, .. } = self.sizes;
        let Self { representation, hidden, output, by_hidden, by_representation, .. } = self;
        by_hidden.fill(0.0);
        let columns = weights.hidden_attribute.chunks_exact_mut(hidden_units + 1);
        for ((column, y), right) in columns.zip(&*output).zip(targets) {
            send_back(column, (y - right) * y * (1.0 - y), hidden, by_hidden, rate);
        }
        by_representation.fill(0.0);
        let columns = weights.representation_hidden.chunks_exact_mut(units + 1);
        let from_relation = weights.relation.iter_mut().skip(pattern / items).step_by(relations);
        for (((column, relation), sent), x) in columns.zip(from_relation).zip(&*by_hidden).zip(&*hidden) {
            let slope = sent * x * (1.0 - x);
            *relation -= rate * slope;
            send_back(column, slope, representation, by_representation, rate);
        }
        let from_item = weights.item.iter_mut().skip(pattern % items).step_by(items);
        let inputs = from_item.zip(&mut weights.representation_bias);
        for (((item, bias), sent), x) in inputs.zip(&*by_representation).zip(&*representation) {
            let slope = sent * x * (1.0 - x);
            *item -= rate * slope;
            *bias -= rate * slope;
        }
    }
}

/// Sends the derivative by the input of one unit, its `slope`, back to the units of the layer below, and moves the weights
/// from these units, `column`.
#[inline(always)]
fn send_back(column: &mut [f64], slope: f64, below: &[f64], sent: &mut [f64], rate: f64) {
    for ((weight, x), sent) in column.iter_mut().zip(below).zip(sent) {
        *sent += slope * *weight;
        *weight -= rate * slope * x;
    }
}

/// The inner product of two vectors of one length, in interleaved partial sums, so that the additions need not wait for each
/// other.
#[inline(always)]
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let ((one, rest), (other, other_rest)) = (one.as_chunks::<LANES>(), other.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (one, other) in one.iter().zip(other) {
        for ((sum, a), b) in sums.iter_mut().zip(one).zip(other) {
            *sum += a * b;
        }
    }
    for ((sum, a), b) in sums.iter_mut().zip(rest).zip(other_rest) {
        *sum += a * b;
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
