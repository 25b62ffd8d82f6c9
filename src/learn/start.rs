//! The weights that learning starts from.

use faer::{Mat, MatRef};
use rand::Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::numerics::haar::{normal_matrix, orthonormal};
use crate::numerics::svd::Svd;
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
    /// Random orthonormal columns or rows (uniform), times this number (weight units), in every layer.
    Orthogonal(f64),
}

impl Start {
    /// The number that the kind of start comes with.
    pub fn scale(self) -> f64 {
        match self {
            Self::Normal(scale) | Self::Balanced(scale) | Self::Orthogonal(scale) => scale,
        }
    }

    /// Weights of the layers from the items to the features for these layer `sizes` (items first); the weights between
    /// layers of `n` and `m` units are m x n. `data` is the decomposition of the F x N data.
    ///
    /// The stream is that of `start` for `sizes` and `replicate`.
    pub fn weights(self, sizes: &[usize], data: &Svd, master: MasterSeed, replicate: u64) -> Vec<Mat<f64>> {
        let mut rng = stream(master, "start", &sizes, replicate);
        match self {
            Self::Normal(sigma) => {
                sizes.windows(2).map(|pair| scaled(sigma, normal_matrix(pair[1], pair[0], &mut rng).as_ref())).collect()
            }
            Self::Orthogonal(scale) => {
                sizes.windows(2).map(|pair| scaled(scale, orthonormal(pair[1], pair[0], &mut rng).as_ref())).collect()
            }
            Self::Balanced(m0) => balanced(m0, sizes, data, &mut rng),
        }
    }
}

fn balanced(m0: f64, sizes: &[usize], data: &Svd, rng: &mut impl Rng) -> Vec<Mat<f64>> {
    let layers = sizes.len() - 1;
    let hidden = &sizes[1..layers];
    let modes = hidden.iter().copied().fold(data.rank(), usize::min);
    let mut frames = vec![data.v.subcols(0, modes).to_owned()];
    frames.extend(hidden.iter().map(|&units| orthonormal(units, modes, rng)));
    frames.push(data.u.subcols(0, modes).to_owned());
    let amplitude = if layers == 2 { m0.sqrt() } else { libm::pow(m0, 1.0 / layers as f64) };
    frames.windows(2).map(|pair| scaled(amplitude, (&pair[1] * pair[0].transpose()).as_ref())).collect()
}

fn scaled(factor: f64, a: MatRef<'_, f64>) -> Mat<f64> {
    Mat::from_fn(a.nrows(), a.ncols(), |i, j| factor * a[(i, j)])
}
