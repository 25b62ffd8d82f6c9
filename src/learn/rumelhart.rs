//! Rumelhart's network: an item and a relation go in, attributes come out, all units are sigmoid.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatMut, MatRef, Par};
use rand::Rng;
use serde::Serialize;

use crate::numerics::haar::normal_matrix;
use crate::numerics::sigmoid::sigmoids;
use crate::numerics::squares::sum;
use crate::numerics::wide::wide;

/// Numbers of units. Items and relations are one-hot inputs; every pair of the two is a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Items, `N`.
    pub items: usize,
    /// Relations, `K`.
    pub relations: usize,
    /// Units of the representation layer, `R`.
    pub representation: usize,
    /// Units of the hidden layer, `H`.
    pub hidden: usize,
    /// Attributes, the outputs, `A`.
    pub attributes: usize,
}

impl Sizes {
    /// The most numbers that the network holds in one place: weights of a layer, or outputs of all patterns.
    pub fn largest(self) -> usize {
        let Self { items, relations, representation, hidden, attributes } = self;
        let products = [
            [items, representation, 1],
            [representation, hidden, 1],
            [relations, hidden, 1],
            [hidden, attributes, 1],
            [items, relations, hidden],
            [items, relations, attributes],
        ];
        products.into_iter().map(|sides| sides.into_iter().fold(1, usize::saturating_mul)).fold(0, usize::max)
    }
}

/// The weights, or as many numbers of another meaning: a gradient.
///
/// With `sigma(x) = 1/(1 + e^-x)`, the network computes for item `i` and relation `k`
///
/// ```text
/// r_i  = sigma(item_i + representation_bias)                                  R
/// h_ik = sigma(representation_hidden r_i + relation_k + hidden_bias)          H
/// y_ik = sigma(hidden_attribute h_ik + attribute_bias)                        A
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// From items to the representation, R x N.
    pub item: Mat<f64>,
    /// From the representation to the hidden layer, H x R.
    pub representation_hidden: Mat<f64>,
    /// From relations to the hidden layer, H x K.
    pub relation: Mat<f64>,
    /// From the hidden layer to the attributes, A x H.
    pub hidden_attribute: Mat<f64>,
    /// Biases of the representation, R x 1.
    pub representation_bias: Mat<f64>,
    /// Biases of the hidden layer, H x 1.
    pub hidden_bias: Mat<f64>,
    /// Biases of the attributes, A x 1.
    pub attribute_bias: Mat<f64>,
}

impl Weights {
    /// All 0.
    pub fn zeros(sizes: Sizes) -> Self {
        let Sizes { items, relations, representation, hidden, attributes } = sizes;
        Self {
            item: Mat::zeros(representation, items),
            representation_hidden: Mat::zeros(hidden, representation),
            relation: Mat::zeros(hidden, relations),
            hidden_attribute: Mat::zeros(attributes, hidden),
            representation_bias: Mat::zeros(representation, 1),
            hidden_bias: Mat::zeros(hidden, 1),
            attribute_bias: Mat::zeros(attributes, 1),
        }
    }

    /// Independent normal weights with the standard deviation `scale`; biases 0, those of the attributes
    /// `attribute_bias`. Starts that differ in scale share their directions.
    pub fn normal(sizes: Sizes, scale: f64, attribute_bias: f64, rng: &mut impl Rng) -> Self {
        let mut weights = Self::zeros(sizes);
        let drawn = [
            &mut weights.item,
            &mut weights.representation_hidden,
            &mut weights.relation,
            &mut weights.hidden_attribute,
        ];
        for weight in drawn {
            *weight = normal_matrix(weight.nrows(), weight.ncols(), rng) * faer::Scale(scale);
        }
        weights.attribute_bias.fill(attribute_bias);
        weights
    }

    /// Matrices, then biases, in the order of the fields.
    pub fn parts(&self) -> [&Mat<f64>; 7] {
        let Self { item, representation_hidden, relation, hidden_attribute, .. } = self;
        let Self { representation_bias, hidden_bias, attribute_bias, .. } = self;
        [item, representation_hidden, relation, hidden_attribute, representation_bias, hidden_bias, attribute_bias]
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> [&mut Mat<f64>; 7] {
        let Self {
            item,
            representation_hidden,
            relation,
            hidden_attribute,
            representation_bias,
            hidden_bias,
            attribute_bias,
        } = self;
        [item, representation_hidden, relation, hidden_attribute, representation_bias, hidden_bias, attribute_bias]
    }
}

/// What is right for each pattern, A x (N K): `table` (A x N) where the relation asks for the attribute, 0 elsewhere. The
/// pattern of item `i` and relation `k` is column `i K + k`.
pub fn targets(table: MatRef<'_, f64>, relations: &[Range<usize>]) -> Mat<f64> {
    let asked = |attribute: usize, pattern: usize| relations[pattern % relations.len()].contains(&attribute);
    let right = |attribute, pattern| {
        if asked(attribute, pattern) { table[(attribute, pattern / relations.len())] } else { 0.0 }
    };
    Mat::from_fn(table.nrows(), table.ncols() * relations.len(), right)
}

/// A network that learns all patterns at once: gradient descent on half the squared error, summed over patterns and
/// attributes.
///
/// Patterns stand in columns, one below the other, because there are more of them than units: long columns make use of
/// wide registers.
pub struct Rumelhart {
    sizes: Sizes,
    weights: Weights,
    gradient: Weights,
    /// (N K) x A.
    targets: Mat<f64>,
    /// R x N.
    representation: Mat<f64>,
    /// Input of the hidden layer from items alone, N x H.
    from_item: Mat<f64>,
    /// (N K) x H.
    hidden: Mat<f64>,
    /// (N K) x A.
    output: Mat<f64>,
    /// Derivatives of the loss by the inputs of the attributes, (N K) x A; of the hidden layer, (N K) x H, and summed
    /// over relations, N x H.
    by_attribute: Mat<f64>,
    by_hidden: Mat<f64>,
    by_item: Mat<f64>,
}

impl Rumelhart {
    /// A network with these weights and `targets`, A x (N K).
    pub fn new(sizes: Sizes, weights: Weights, targets: Mat<f64>) -> Self {
        let Sizes { items, relations, representation, hidden, attributes } = sizes;
        let patterns = items * relations;
        let mut network = Self {
            sizes,
            weights,
            gradient: Weights::zeros(sizes),
            targets: targets.transpose().to_owned(),
            representation: Mat::zeros(representation, items),
            from_item: Mat::zeros(items, hidden),
            hidden: Mat::zeros(patterns, hidden),
            output: Mat::zeros(patterns, attributes),
            by_attribute: Mat::zeros(patterns, attributes),
            by_hidden: Mat::zeros(patterns, hidden),
            by_item: Mat::zeros(items, hidden),
        };
        network.forward();
        network
    }

    /// Representations of the items, R x N.
    pub fn representation(&self) -> MatRef<'_, f64> {
        self.representation.as_ref()
    }

    /// Attributes of the patterns, A x (N K).
    pub fn output(&self) -> MatRef<'_, f64> {
        self.output.transpose()
    }

    /// What is right for the patterns, A x (N K).
    pub fn targets(&self) -> MatRef<'_, f64> {
        self.targets.transpose()
    }

    /// Half the squared error, summed over patterns and attributes.
    pub fn loss(&self) -> f64 {
        let mut sum = 0.0;
        for attribute in 0..self.output.ncols() {
            let errors = self.output.col_as_slice(attribute).iter().zip(self.targets.col_as_slice(attribute));
            sum += errors.map(|(y, right)| (y - right) * (y - right)).sum::<f64>();
        }
        sum / 2.0
    }

    /// The gradient of the loss.
    pub fn gradient(&mut self) -> &Weights {
        self.backward();
        &self.gradient
    }

    /// One epoch of descent: `weights -= rate * gradient`.
    pub fn step(&mut self, rate: f64) {
        self.backward();
        for (weight, gradient) in self.weights.parts_mut().into_iter().zip(self.gradient.parts()) {
            for column in 0..weight.ncols() {
                let (weights, slopes) = (weight.col_as_slice_mut(column), gradient.col_as_slice(column));
                wide(
                    #[inline(always)]
                    || {
                        for (w, slope) in weights.iter_mut().zip(slopes) {
                            *w -= rate * slope;
                        }
                    },
                );
            }
        }
        self.forward();
    }

    /// Activity of all units.
    fn forward(&mut self) {
        let Self { weights, representation, from_item, hidden, output, .. } = self;
        let bias = weights.representation_bias.col_as_slice(0);
        for item in 0..self.sizes.items {
            let inputs = weights.item.col_as_slice(item).iter().zip(bias);
            let units = representation.col_as_slice_mut(item);
            units.iter_mut().zip(inputs).for_each(|(unit, (input, bias))| *unit = input + bias);
            sigmoids(units);
        }
        product(from_item.as_mut(), representation.transpose(), weights.representation_hidden.transpose());
        for (unit, bias) in weights.hidden_bias.col_as_slice(0).iter().enumerate() {
            let activity = hidden.col_as_slice_mut(unit);
            for (patterns, item) in activity.chunks_exact_mut(self.sizes.relations).zip(from_item.col_as_slice(unit)) {
                let relations = weights.relation.row(unit).iter();
                patterns.iter_mut().zip(relations).for_each(|(x, relation)| *x = item + relation + bias);
            }
            sigmoids(activity);
        }
        product(output.as_mut(), hidden.as_ref(), weights.hidden_attribute.transpose());
        for (attribute, bias) in weights.attribute_bias.col_as_slice(0).iter().enumerate() {
            let activity = output.col_as_slice_mut(attribute);
            activity.iter_mut().for_each(|x| *x += bias);
            sigmoids(activity);
        }
    }

    /// The gradient, from the activity of all units.
    fn backward(&mut self) {
        let Self { weights, gradient, representation, hidden, output, by_attribute, by_hidden, by_item, .. } = self;
        for attribute in 0..output.ncols() {
            let (units, targets) = (output.col_as_slice(attribute), self.targets.col_as_slice(attribute));
            let slopes = by_attribute.col_as_slice_mut(attribute);
            wide(
                #[inline(always)]
                || {
                    for ((slope, y), right) in slopes.iter_mut().zip(units).zip(targets) {
                        *slope = (y - right) * y * (1.0 - y);
                    }
                },
            );
        }
        product(gradient.hidden_attribute.as_mut(), by_attribute.transpose(), hidden.as_ref());
        sum_patterns(&mut gradient.attribute_bias, by_attribute);

        product(by_hidden.as_mut(), by_attribute.as_ref(), weights.hidden_attribute.as_ref());
        times_slope(by_hidden, hidden);
        sum_relations(by_item, by_hidden);
        product(gradient.representation_hidden.as_mut(), by_item.transpose(), representation.transpose());
        sum_items(&mut gradient.relation, by_hidden);
        sum_patterns(&mut gradient.hidden_bias, by_item);

        // Items are one-hot: the derivatives by the inputs of the representation are those by the weights.
        product(gradient.item.as_mut(), weights.representation_hidden.transpose(), by_item.transpose());
        times_slope(&mut gradient.item, representation);
        gradient.representation_bias.fill(0.0);
        for item in 0..self.sizes.items {
            let sums = gradient.representation_bias.col_as_slice_mut(0).iter_mut();
            sums.zip(gradient.item.col_as_slice(item)).for_each(|(sum, slope)| *sum += slope);
        }
    }
}

fn product(out: MatMut<'_, f64>, a: MatRef<'_, f64>, b: MatRef<'_, f64>) {
    matmul(out, Accum::Replace, a, b, 1.0, Par::Seq);
}

/// Multiplies by the derivatives of sigmoid units of this `activity`.
fn times_slope(a: &mut Mat<f64>, activity: &Mat<f64>) {
    for column in 0..a.ncols() {
        let (a, units) = (a.col_as_slice_mut(column), activity.col_as_slice(column));
        wide(
            #[inline(always)]
            || {
                for (a, unit) in a.iter_mut().zip(units) {
                    *a *= unit * (1.0 - unit);
                }
            },
        );
    }
}

/// The sum of each column, from patterns x units to units x 1.
fn sum_patterns(sums: &mut Mat<f64>, a: &Mat<f64>) {
    for (unit, total) in sums.col_as_slice_mut(0).iter_mut().enumerate() {
        *total = sum(a.col_as_slice(unit));
    }
}

/// Sums over the relations of each item, from (N K) x units to N x units.
fn sum_relations(sums: &mut Mat<f64>, a: &Mat<f64>) {
    let relations = a.nrows() / sums.nrows();
    for unit in 0..a.ncols() {
        let items = a.col_as_slice(unit).chunks_exact(relations);
        sums.col_as_slice_mut(unit).iter_mut().zip(items).for_each(|(total, item)| *total = item.iter().sum());
    }
}

/// Sums over the items of each relation, from (N K) x units to units x K.
fn sum_items(sums: &mut Mat<f64>, a: &Mat<f64>) {
    let mut totals = vec![0.0; sums.ncols()];
    for unit in 0..a.ncols() {
        totals.fill(0.0);
        for item in a.col_as_slice(unit).chunks_exact(sums.ncols()) {
            totals.iter_mut().zip(item).for_each(|(total, pattern)| *total += pattern);
        }
        totals.iter().enumerate().for_each(|(relation, total)| sums[(unit, relation)] = *total);
    }
}
