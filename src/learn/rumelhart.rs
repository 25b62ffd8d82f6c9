//! Rumelhart's network: an item and a relation go in, attributes come out, all units are sigmoid.

use std::ops::Range;

use faer::{Mat, MatRef};

use crate::learn::one_pattern::OnePattern;
use crate::learn::rumelhart_weights::{LayerWeights, Sizes, Weights};
use crate::numerics::linear_algebra::product::{Shape, multiply, multiply_by_transposed, multiply_transposed};
use crate::numerics::linear_algebra::reductions::squared_distance;
use crate::numerics::simd::dispatch::with_simd;
use crate::numerics::simd::sigmoid::sigmoids;

/// The right answers, A x (K N): `table` (A x N) where the relation asks for the attribute, 0 elsewhere. The
/// pattern of item `i` and relation `k` is column `k N + i`; relation `k` asks for the attributes in `relations[k]`.
pub fn targets(table: MatRef<'_, f64>, relations: &[Range<usize>]) -> Mat<f64> {
    let items = table.ncols();
    let asked = |attribute: usize, pattern: usize| relations[pattern / items].contains(&attribute);
    let right = |attribute, pattern| {
        if asked(attribute, pattern) { table[(attribute, pattern % items)] } else { 0.0 }
    };
    Mat::from_fn(table.nrows(), items * relations.len(), right)
}

/// A network that learns by gradient descent on half the squared error, summed over patterns and attributes: all patterns
/// at once, or one after the other.
///
/// Activities are stored column by column, one column per unit and one row per pattern, because there are more patterns
/// than units: long columns make use of wide registers.
///
/// ```
/// use modewise::learn::rumelhart::{RumelhartNetwork, targets};
/// use modewise::learn::rumelhart_weights::{Sizes, Weights};
/// use modewise::seed::{MasterSeed, stream};
///
/// // Two items, two relations: the first relation asks for the first two attributes, the second for the last.
/// let table = faer::mat![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
/// let sizes = Sizes { items: 2, relations: 2, representation: 3, hidden: 4, attributes: 3 };
/// let mut rng = stream(MasterSeed::default(), "start", &sizes, 0);
/// let weights = Weights::normal(sizes, 0.3, -2.0, &mut rng);
/// let mut network = RumelhartNetwork::new(sizes, &weights, &targets(table.as_ref(), &[0..2, 2..3]));
/// let before = network.loss();
/// (0..100).for_each(|_| network.step(0.1));
/// assert!(network.loss() < before);
/// ```
pub struct RumelhartNetwork {
    sizes: Sizes,
    weights: LayerWeights,
    gradient: LayerWeights,
    /// (K N) x A.
    targets: Vec<f64>,
    /// N x (R + 1), the last column 1.
    representation: Vec<f64>,
    /// Input of the hidden layer from items and its bias, N x H.
    from_item: Vec<f64>,
    /// (K N) x (H + 1), the last column 1.
    hidden: Vec<f64>,
    /// (K N) x A.
    output: Vec<f64>,
    /// Derivatives of the loss by the inputs of the attributes, (K N) x A.
    by_attribute: Vec<f64>,
    /// Derivatives by the inputs of the hidden layer, (K N) x (H + 1), and their sums over relations, N x H.
    by_hidden: Vec<f64>,
    by_item: Vec<f64>,
    /// Derivatives by the inputs of the representation, N x (R + 1).
    by_representation: Vec<f64>,
    /// Memory for a transposed matrix.
    transposed: Vec<f64>,
    /// Memory for learning one pattern at a time.
    one_pattern: OnePattern,
}

impl RumelhartNetwork {
    /// A network with these weights and `targets`, A x (K N).
    ///
    /// # Panics
    /// If the weights or the targets do not have these sizes.
    pub fn new(sizes: Sizes, weights: &Weights, targets: &Mat<f64>) -> Self {
        let Sizes { items, relations, representation, hidden, attributes } = sizes;
        let patterns = items * relations;
        let units = |rows: usize, columns: usize| vec![1.0; rows * columns];
        let weights = LayerWeights::new(weights);
        let mut network = Self {
            sizes,
            gradient: weights.clone(),
            weights,
            targets: targets.row_iter().flat_map(|attribute| attribute.iter().copied().collect::<Vec<_>>()).collect(),
            representation: units(items, representation + 1),
            from_item: units(items, hidden),
            hidden: units(patterns, hidden + 1),
            output: units(patterns, attributes),
            by_attribute: units(patterns, attributes),
            by_hidden: units(patterns, hidden + 1),
            by_item: units(items, hidden),
            by_representation: units(items, representation + 1),
            transposed: Vec::new(),
            one_pattern: OnePattern::new(sizes),
        };
        network.forward();
        network
    }

    /// The present weights.
    pub fn weights(&self) -> Weights {
        self.weights.weights(self.sizes)
    }

    /// Representations of the items, R x N.
    pub fn representation(&self) -> MatRef<'_, f64> {
        let Sizes { items, representation, .. } = self.sizes;
        MatRef::from_column_major_slice(self.representation_by_items(), items, representation).transpose()
    }

    /// Representations of the items as a slice, N x R, column by column: the activity of the first unit for all items,
    /// then that of the second.
    pub fn representation_by_items(&self) -> &[f64] {
        &self.representation[..self.sizes.items * self.sizes.representation]
    }

    /// Answers of the network, the activity of its attributes for all patterns, A x (K N).
    pub fn output(&self) -> MatRef<'_, f64> {
        self.by_attributes(&self.output)
    }

    /// The right answers, A x (K N), as [`targets`] makes them.
    pub fn targets(&self) -> MatRef<'_, f64> {
        self.by_attributes(&self.targets)
    }

    fn by_attributes<'a>(&self, a: &'a [f64]) -> MatRef<'a, f64> {
        let Sizes { items, relations, attributes, .. } = self.sizes;
        MatRef::from_column_major_slice(a, items * relations, attributes).transpose()
    }

    /// Half the squared error, summed over patterns and attributes.
    pub fn loss(&self) -> f64 {
        squared_distance(&self.output, &self.targets) / 2.0
    }

    /// The gradient of the loss at the present weights.
    pub fn gradient(&mut self) -> Weights {
        self.backward();
        self.gradient.weights(self.sizes)
    }

    /// One epoch of descent: `weights -= rate * gradient`.
    pub fn step(&mut self, rate: f64) {
        self.backward();
        for (weights, slopes) in self.weights.parts_mut().into_iter().zip(self.gradient.parts()) {
            with_simd(
                #[inline(always)]
                || {
                    for (w, slope) in weights.iter_mut().zip(slopes) {
                        *w -= rate * slope;
                    }
                },
            );
        }
        self.forward();
    }

    /// Learns these patterns one after the other, each by a step of this rate on half its own squared error, from the weights
    /// that the one before has left; [`targets`] tells how patterns are numbered.
    ///
    /// # Panics
    /// If there are fewer patterns.
    pub fn step_by_pattern(&mut self, order: &[usize], rate: f64) {
        for &pattern in order {
            self.one_pattern.learn(&mut self.weights, pattern, &self.targets, rate);
        }
        self.forward();
    }

    /// Activity of all units.
    fn forward(&mut self) {
        let Sizes { items, relations, representation: units, hidden: hidden_units, attributes } = self.sizes;
        let Self { weights, representation, from_item, hidden, output, .. } = self;
        let patterns = items * relations;
        let own = &mut representation[..items * units];
        let inputs = weights.item.chunks_exact(items).zip(&weights.representation_bias);
        for (activity, (inputs, bias)) in own.chunks_exact_mut(items).zip(inputs) {
            activity.iter_mut().zip(inputs).for_each(|(x, input)| *x = input + bias);
        }
        sigmoids(own);

        let shape = Shape { rows: items, inner: units + 1, columns: hidden_units };
        multiply(from_item, representation, &weights.representation_hidden, shape);
        let own = &mut hidden[..patterns * hidden_units];
        with_simd(
            #[inline(always)]
            || {
                let relations_of = weights.relation.chunks_exact(relations);
                let of_units = own.chunks_exact_mut(patterns).zip(from_item.chunks_exact(items)).zip(relations_of);
                for ((activity, items_in), relations_in) in of_units {
                    for (activity, relation) in activity.chunks_exact_mut(items).zip(relations_in) {
                        for (x, item) in activity.iter_mut().zip(items_in) {
                            *x = item + relation;
                        }
                    }
                }
            },
        );
        sigmoids(own);

        let shape = Shape { rows: patterns, inner: hidden_units + 1, columns: attributes };
        multiply(output, hidden, &weights.hidden_attribute, shape);
        sigmoids(output);
    }

    /// The gradient, from the activity of all units.
    fn backward(&mut self) {
        let Sizes { items, relations, representation: units, hidden: hidden_units, attributes } = self.sizes;
        let Self { weights, gradient, representation, hidden, by_attribute, by_hidden, transposed, .. } = self;
        let patterns = items * relations;
        slopes_of_squares(by_attribute, &self.output, &self.targets);
        let shape = Shape { rows: hidden_units + 1, inner: patterns, columns: attributes };
        multiply_transposed(&mut gradient.hidden_attribute, hidden, by_attribute, shape, transposed);

        let shape = Shape { rows: patterns, inner: attributes, columns: hidden_units + 1 };
        multiply_by_transposed(by_hidden, by_attribute, &weights.hidden_attribute, shape);
        let own = patterns * hidden_units;
        times_slope(&mut by_hidden[..own], &hidden[..own]);
        sum_relations(&mut self.by_item, &by_hidden[..own], items, relations);
        sum_items(&mut gradient.relation, &by_hidden[..own], items);
        let shape = Shape { rows: units + 1, inner: items, columns: hidden_units };
        multiply_transposed(&mut gradient.representation_hidden, representation, &self.by_item, shape, transposed);

        // Items are one-hot: the derivatives by the inputs of the representation are those by the weights.
        let shape = Shape { rows: items, inner: hidden_units, columns: units + 1 };
        multiply_by_transposed(&mut self.by_representation, &self.by_item, &weights.representation_hidden, shape);
        gradient.item.copy_from_slice(&self.by_representation[..items * units]);
        times_slope(&mut gradient.item, &representation[..items * units]);
        sum_items(&mut gradient.representation_bias, &gradient.item, items);
    }
}

/// Derivatives of half the squared errors by the inputs of sigmoid units of this activity `y`.
fn slopes_of_squares(slopes: &mut [f64], y: &[f64], targets: &[f64]) {
    with_simd(
        #[inline(always)]
        || {
            for ((slope, y), right) in slopes.iter_mut().zip(y).zip(targets) {
                *slope = (y - right) * y * (1.0 - y);
            }
        },
    );
}

/// Multiplies by the derivatives of sigmoid units of this `activity`.
fn times_slope(a: &mut [f64], activity: &[f64]) {
    with_simd(
        #[inline(always)]
        || {
            for (a, unit) in a.iter_mut().zip(activity) {
                *a *= unit * (1.0 - unit);
            }
        },
    );
}

/// Sums over the relations of each item, from (K N) x units to N x units.
fn sum_relations(sums: &mut [f64], a: &[f64], items: usize, relations: usize) {
    sums.fill(0.0);
    with_simd(
        #[inline(always)]
        || {
            for (sums, patterns) in sums.chunks_exact_mut(items).zip(a.chunks_exact(items * relations)) {
                for patterns in patterns.chunks_exact(items) {
                    for (sum, pattern) in sums.iter_mut().zip(patterns) {
                        *sum += pattern;
                    }
                }
            }
        },
    );
}

/// Sums over the items of each relation, from (K N) x units to K x units.
fn sum_items(sums: &mut [f64], a: &[f64], items: usize) {
    for (total, patterns) in sums.iter_mut().zip(a.chunks_exact(items)) {
        *total = 0.0;
        for pattern in patterns {
            *total += pattern;
        }
    }
}
