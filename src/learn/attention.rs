//! Linear attention that answers a query by regression on the examples in its context, and its exact mean loss.

use faer::Mat;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a head compares the query with the examples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keys {
    /// By a key vector and a query vector, which multiply.
    #[default]
    Separate,
    /// By one matrix.
    Merged,
}

/// A layer of linear attention in the coordinates of the inputs' principal axes.
///
/// A context holds N examples `x ~ N(0, L)` with answers `w . x`, `w ~ N(0, I)`; with `b = mean(w . x x)` the layer
/// answers a query `x` by `b^T M x`, where `M` is the sum of `v k q^T` over heads (separate keys and queries) or of
/// `v K` (merged). The mean squared error over contexts and queries is
/// `tr L - 2 tr(L M L) + tr(C M L M^T)` with `C = L^2 (1 + 1/N) + L tr L / N`, the second moment of `b`.
///
/// The parameters are one vector, head by head: `v`, then `k` and `q`, or the rows of `K`.
///
/// The loss follows from the definition by the moments of normal deviates; `C` is derived from `E[(w.x)(w.x') x x'^T]`
/// over the N examples, whose N terms of one example give `2 L^2 + L tr L` each and whose others `L^2`.
///
/// ```
/// use modewise::learn::attention::{Keys, LinearAttention};
///
/// let layer = LinearAttention::new(&[1.0, 0.5], 10, 1, Keys::Separate);
/// assert_eq!(layer.parameters(), 5);
/// assert_eq!(layer.loss(&[0.0; 5]), 1.5); // it answers 0: the trace of L is left
/// ```
#[derive(Clone, Debug)]
pub struct LinearAttention {
    /// Variances along the axes, the diagonal of `L`.
    variances: Vec<f64>,
    /// The diagonal of `C`.
    moments: Vec<f64>,
    heads: usize,
    keys: Keys,
}

impl LinearAttention {
    /// A layer of `heads` heads for inputs with these variances and contexts of `context` examples.
    pub fn new(variances: &[f64], context: usize, heads: usize, keys: Keys) -> Self {
        let (trace, context) = (variances.iter().sum::<f64>(), context as f64);
        let moment = |l: &f64| l * l * (1.0 + 1.0 / context) + l * trace / context;
        Self { variances: variances.to_vec(), moments: variances.iter().map(moment).collect(), heads, keys }
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.heads * self.stride()
    }

    /// Number of parameters of a head.
    fn stride(&self) -> usize {
        let inputs = self.variances.len();
        match self.keys {
            Keys::Separate => 1 + 2 * inputs,
            Keys::Merged => 1 + inputs * inputs,
        }
    }

    /// The matrix `M` of these parameters, inputs x inputs.
    pub fn map(&self, parameters: &[f64]) -> Mat<f64> {
        let inputs = self.variances.len();
        let mut map = Mat::zeros(inputs, inputs);
        for head in parameters.chunks_exact(self.stride()) {
            let (value, compare) = (head[0], &head[1..]);
            for (i, j) in (0..inputs).flat_map(|i| (0..inputs).map(move |j| (i, j))) {
                map[(i, j)] += value
                    * match self.keys {
                        Keys::Separate => compare[i] * compare[inputs + j],
                        Keys::Merged => compare[i * inputs + j],
                    };
            }
        }
        map
    }

    /// The mean squared error over contexts and queries, with these parameters.
    pub fn loss(&self, parameters: &[f64]) -> f64 {
        let map = self.map(parameters);
        let l = &self.variances;
        let explained = |i: usize| 2.0 * l[i] * l[i] * map[(i, i)];
        let spread = |i: usize| self.moments[i] * (0..l.len()).map(|j| map[(i, j)] * map[(i, j)] * l[j]).sum::<f64>();
        (0..l.len()).map(|i| l[i] - explained(i) + spread(i)).sum()
    }

    /// Writes the negative gradient of the loss, as many numbers as there are parameters.
    pub fn slope(&self, parameters: &[f64], slope: &mut [f64]) {
        let map = self.map(parameters);
        let (l, inputs) = (&self.variances, self.variances.len());
        let pull = Mat::from_fn(inputs, inputs, |i, j| {
            let wanted = if i == j { l[i] * l[i] } else { 0.0 };
            2.0 * (wanted - self.moments[i] * map[(i, j)] * l[j])
        });
        let heads = parameters.chunks_exact(self.stride()).zip(slope.chunks_exact_mut(self.stride()));
        for (head, slope) in heads {
            match self.keys {
                Keys::Separate => separate_slope(&pull, head, slope),
                Keys::Merged => merged_slope(&pull, head, slope),
            }
        }
    }
}

/// `dv = k^T G q`, `dk = v G q`, `dq = v G^T k`.
fn separate_slope(pull: &Mat<f64>, head: &[f64], slope: &mut [f64]) {
    let inputs = pull.nrows();
    let (value, key, query) = (head[0], &head[1..=inputs], &head[1 + inputs..]);
    slope.fill(0.0);
    for (i, j) in (0..inputs).flat_map(|i| (0..inputs).map(move |j| (i, j))) {
        let pull = pull[(i, j)];
        slope[0] += key[i] * pull * query[j];
        slope[1 + i] += value * pull * query[j];
        slope[1 + inputs + j] += value * pull * key[i];
    }
}

/// `dv = tr(G^T K)`, `dK = v G`.
fn merged_slope(pull: &Mat<f64>, head: &[f64], slope: &mut [f64]) {
    let inputs = pull.nrows();
    slope[0] = 0.0;
    for (i, j) in (0..inputs).flat_map(|i| (0..inputs).map(move |j| (i, j))) {
        let entry = 1 + i * inputs + j;
        slope[0] += pull[(i, j)] * head[entry];
        slope[entry] = head[0] * pull[(i, j)];
    }
}
