//! The weights that learning starts from.

use faer::{Mat, MatRef};
use rand::Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::numerics::linear_algebra::haar::{normal_matrix, orthonormal};
use crate::numerics::linear_algebra::svd::Svd;
use crate::seed::{MasterSeed, stream};

/// How the weights start. All starts of one shape and replicate share their random directions, whatever their scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// Independent normal weights of this standard deviation (weight units), in every layer.
    Normal(f64),
    /// Balanced and aligned with the modes of the data, each of which starts at this strength (units of the singular
    /// values): `W1 = O m0^(1/n) V^T`, ..., `Wn = U m0^(1/n) O^T` with random orthonormal `O`. Only as many modes start
    /// as the hidden layers have units.
    Balanced(f64),
    /// Aligned with the modes of the data like `balanced`, but not balanced: the layers have amplitudes of their own.
    Unequal(Unequal),
    /// Balanced like `balanced`, but not aligned with the data: the product of the weights has random orthonormal item and
    /// feature patterns and random strengths with this mean (units of the singular values; squares of normal deviates),
    /// each shared out equally among the layers.
    Unaligned(f64),
    /// Random orthonormal columns or rows (uniform), times this number (weight units), in every layer.
    Orthogonal(f64),
}

/// Amplitudes of an aligned start: `W1 = a O V^T`, `W2 = b U O^T` with random orthonormal `O`; in a deeper net every layer
/// but the first has the second amplitude.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unequal {
    /// Amplitude of each mode in the first layer, from the items (weight units).
    pub first: f64,
    /// Amplitude of each mode in the second layer, to the features (weight units).
    pub second: f64,
}

impl Start {
    /// The numbers that the kind of start comes with, all above 0, each with its place in a spec.
    pub fn scales(self) -> Vec<(&'static str, f64)> {
        match self {
            Self::Normal(sigma) => vec![("normal", sigma)],
            Self::Balanced(m0) => vec![("balanced", m0)],
            Self::Unequal(Unequal { first, second }) => vec![("unequal.first", first), ("unequal.second", second)],
            Self::Unaligned(sigma) => vec![("unaligned", sigma)],
            Self::Orthogonal(scale) => vec![("orthogonal", scale)],
        }
    }

    /// What is drawn of it that a number can depend on, in words: an aligned start draws no more than the directions of the
    /// hidden layer, which change nothing that is seen from outside, up to rounding.
    pub fn draws(self) -> Vec<String> {
        match self {
            Self::Balanced(_) | Self::Unequal(_) => Vec::new(),
            Self::Normal(_) | Self::Unaligned(_) | Self::Orthogonal(_) => vec!["the start".to_owned()],
        }
    }

    /// Weights of the layers from the items to the features for these layer `sizes` (items first); the weights between
    /// layers of `n` and `m` units are m x n. `data` is the decomposition of the F x N data.
    ///
    /// The stream is that of `start` for `sizes` and `replicate`. See the module page of [`learn`](super) for an example.
    ///
    /// ```
    /// use modewise::learn::start::Start;
    /// use modewise::numerics::linear_algebra::svd::thin_svd;
    /// use modewise::seed::MasterSeed;
    ///
    /// let data = thin_svd(faer::mat![[2.0, 2.0], [1.0, -1.0]].as_ref()).expect("the entries are finite");
    /// let weights = Start::Balanced(0.01).weights(&[2, 8, 2], &data, MasterSeed::default(), 0);
    /// let product = &weights[1] * &weights[0];
    /// // Every mode of the data starts at the strength 0.01.
    /// let strength = (data.u.transpose() * product * &data.v)[(0, 0)];
    /// assert!((strength - 0.01).abs() < 1e-15);
    /// ```
    ///
    /// # Panics
    /// If there are fewer than two sizes.
    pub fn weights(self, sizes: &[usize], data: &Svd, master: MasterSeed, replicate: u64) -> Vec<Mat<f64>> {
        let mut rng = stream(master, "start", &sizes, replicate);
        let layers = sizes.len() - 1;
        match self {
            Self::Normal(sigma) => {
                sizes.windows(2).map(|pair| scaled(sigma, normal_matrix(pair[1], pair[0], &mut rng).as_ref())).collect()
            }
            Self::Orthogonal(scale) => {
                sizes.windows(2).map(|pair| scaled(scale, orthonormal(pair[1], pair[0], &mut rng).as_ref())).collect()
            }
            Self::Balanced(m0) => aligned(|_| root(m0, layers), sizes, data, &mut rng),
            Self::Unequal(Unequal { first, second }) => {
                aligned(|layer| if layer == 0 { first } else { second }, sizes, data, &mut rng)
            }
            Self::Unaligned(m0) => shared_out(&random_product(m0, sizes, &mut rng), sizes, &mut rng),
        }
    }
}

/// `W1 = a_1 O_1 V^T`, `W2 = a_2 O_2 O_1^T`, .., `Wn = a_n U O_{n-1}^T`: each layer carries each mode of the data with the
/// layer's amplitude.
fn aligned(amplitude: impl Fn(usize) -> f64, sizes: &[usize], data: &Svd, rng: &mut impl Rng) -> Vec<Mat<f64>> {
    let modes = sizes[1..sizes.len() - 1].iter().copied().fold(data.rank(), usize::min);
    let frames = frames(data, modes, sizes, rng);
    let layer =
        |(number, pair): (usize, &[Mat<f64>])| scaled(amplitude(number), (&pair[1] * pair[0].transpose()).as_ref());
    frames.windows(2).enumerate().map(layer).collect()
}

/// A product of the weights with random orthonormal patterns, whose singular values are squares of normal deviates times
/// `m0`, in any order.
fn random_product(m0: f64, sizes: &[usize], rng: &mut impl Rng) -> Svd {
    let (items, features) = (sizes[0], sizes[sizes.len() - 1]);
    let modes = sizes.iter().copied().fold(items, usize::min);
    let (v, u) = (orthonormal(items, modes, rng), orthonormal(features, modes, rng));
    let deviates = normal_matrix(modes, 1, rng);
    Svd { u, s: deviates.col(0).iter().map(|deviate| m0 * deviate * deviate).collect(), v }
}

/// `W1 = O_1 S^(1/n) V^T`, .., `Wn = U S^(1/n) O_{n-1}^T`: each layer carries the `n`-th root of every singular value of
/// the product.
fn shared_out(product: &Svd, sizes: &[usize], rng: &mut impl Rng) -> Vec<Mat<f64>> {
    let frames = frames(product, product.s.len(), sizes, rng);
    let roots: Vec<f64> = product.s.iter().map(|&s| root(s, sizes.len() - 1)).collect();
    let layer = |pair: &[Mat<f64>]| {
        let (from, to) = (&pair[0], &pair[1]);
        to * Mat::from_fn(from.ncols(), from.nrows(), |mode, unit| roots[mode] * from[(unit, mode)])
    };
    frames.windows(2).map(layer).collect()
}

/// Orthonormal frames of the layers, one column per mode for the first `modes` of a product: its item patterns, random
/// directions in each hidden layer, its feature patterns.
fn frames(product: &Svd, modes: usize, sizes: &[usize], rng: &mut impl Rng) -> Vec<Mat<f64>> {
    let mut frames = vec![product.v.subcols(0, modes).to_owned()];
    frames.extend(sizes[1..sizes.len() - 1].iter().map(|&units| orthonormal(units, modes, rng)));
    frames.push(product.u.subcols(0, modes).to_owned());
    frames
}

fn root(x: f64, degree: usize) -> f64 {
    if degree == 2 { x.sqrt() } else { libm::pow(x, 1.0 / degree as f64) }
}

fn scaled(factor: f64, a: MatRef<'_, f64>) -> Mat<f64> {
    Mat::from_fn(a.nrows(), a.ncols(), |i, j| factor * a[(i, j)])
}
