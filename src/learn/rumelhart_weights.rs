//! Weights of Rumelhart's network.

use faer::{Mat, MatRef};
use rand::Rng;
use serde::Serialize;

use crate::numerics::linear_algebra::haar::normal_matrix;

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
    /// Weights that are all 0.
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

    /// The [`parts`](Self::parts), mutable.
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

/// The weights, or the gradient, from units in rows to units in columns, each matrix column by column. The biases of
/// the hidden layer and of the attributes are weights from one more unit, which is always 1.
#[derive(Clone, Debug)]
pub(crate) struct LayerWeights {
    /// From items to the representation, N x R.
    pub(crate) item: Vec<f64>,
    /// Biases of the representation, R.
    pub(crate) representation_bias: Vec<f64>,
    /// From the representation and the constant unit to the hidden layer, (R + 1) x H.
    pub(crate) representation_hidden: Vec<f64>,
    /// From relations to the hidden layer, K x H.
    pub(crate) relation: Vec<f64>,
    /// From the hidden layer and the constant unit to the attributes, (H + 1) x A.
    pub(crate) hidden_attribute: Vec<f64>,
}

impl LayerWeights {
    /// The weights in this order, from the form of the equations.
    pub(crate) fn new(weights: &Weights) -> Self {
        let by_columns = |a: Mat<f64>| -> Vec<f64> { a.col_iter().flat_map(|column| column.iter().copied()).collect() };
        let transposed = |a: &Mat<f64>| by_columns(a.transpose().to_owned());
        let with_bias = |a: &Mat<f64>, bias: &Mat<f64>| {
            let entry = |from: usize, to: usize| if from < a.ncols() { a[(to, from)] } else { bias[(to, 0)] };
            by_columns(Mat::from_fn(a.ncols() + 1, a.nrows(), entry))
        };
        Self {
            item: transposed(&weights.item),
            representation_bias: transposed(&weights.representation_bias),
            representation_hidden: with_bias(&weights.representation_hidden, &weights.hidden_bias),
            relation: transposed(&weights.relation),
            hidden_attribute: with_bias(&weights.hidden_attribute, &weights.attribute_bias),
        }
    }

    /// The weights in the form of the equations.
    pub(crate) fn weights(&self, sizes: Sizes) -> Weights {
        let Sizes { items, relations, representation, hidden, attributes } = sizes;
        let transposed =
            |a: &[f64], from: usize, to: usize| MatRef::from_column_major_slice(a, from, to).transpose().to_owned();
        let inner = transposed(&self.representation_hidden, representation + 1, hidden);
        let outer = transposed(&self.hidden_attribute, hidden + 1, attributes);
        Weights {
            item: transposed(&self.item, items, representation),
            representation_hidden: inner.subcols(0, representation).to_owned(),
            relation: transposed(&self.relation, relations, hidden),
            hidden_attribute: outer.subcols(0, hidden).to_owned(),
            representation_bias: transposed(&self.representation_bias, 1, representation),
            hidden_bias: inner.subcols(representation, 1).to_owned(),
            attribute_bias: outer.subcols(hidden, 1).to_owned(),
        }
    }

    /// All numbers, in the order of the fields.
    pub(crate) fn parts(&self) -> [&[f64]; 5] {
        let Self { item, representation_bias, representation_hidden, relation, hidden_attribute } = self;
        [item, representation_bias, representation_hidden, relation, hidden_attribute]
    }

    /// The [`parts`](Self::parts), mutable.
    pub(crate) fn parts_mut(&mut self) -> [&mut [f64]; 5] {
        let Self { item, representation_bias, representation_hidden, relation, hidden_attribute } = self;
        [item, representation_bias, representation_hidden, relation, hidden_attribute]
    }
}
