//! The experiment `landscape`: the stationary points of the two-layer net, each seen through its dense Hessian.

use std::ops::Range;
use std::path::Path;

use faer::{Mat, Scale};
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::data::{Data, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::hessian::LossPoint;
use crate::numerics::linear_algebra::haar::orthonormal;
use crate::numerics::linear_algebra::svd::{Svd, groups, symmetric_eigenvalues, thin_svd};
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Table, Tables, row};
use crate::theory::saddle;

/// Most weights, the side of the Hessian.
const MAX_WEIGHTS: usize = 1200;

/// Most points of a replicate.
const MAX_POINTS: usize = 5000;

/// An eigenvalue counts as negative below minus this times the largest singular value: as far as singular values must
/// be apart to count as different. The rounding errors of the eigenvalues of `n` weights are some `n eps`, 3e-13.
const NEGATIVE: f64 = 1e-9;

/// The kind `landscape`.
pub const KIND: Kind = Kind {
    name: "landscape",
    about: "The stationary points of a two-layer linear network at which some modes of the data are learned and the others are not, by dense Hessians.",
    parameters: Parameters::Typed(|| schemars::schema_for!(LandscapeParameters)),
    tables: &[POINTS],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_LANDSCAPE"),
};

const POINTS: TableDoc = TableDoc {
    name: "points",
    about: "Stationary points, one row for each set of learned modes.",
    keys: &[column("subset", "", "number of the set, from 1: smaller sets first, stronger modes first")],
    columns: &[
        column("learned", "", "number of learned modes"),
        column("loss", "squared data units", "loss of the weights"),
        column("loss_theory", "squared data units", "half the sum of the squares of the missing singular values"),
        column(
            "gradient_norm",
            "data units^(3/2)",
            "norm of the gradient in all weights; rounding error at a stationary point",
        ),
        column("index", "", "number of eigenvalues of the Hessian below -1e-9 times the largest singular value").few(),
        column(
            "index_theory",
            "",
            "(hidden - learned) times the number of missing modes, plus the number of pairs of a missing and a weaker learned mode",
        ),
        column("lowest", "data units", "smallest eigenvalue of the Hessian"),
        column(
            "lowest_theory",
            "data units",
            "minus the strongest missing singular value if a hidden unit is free, otherwise the weakest learned minus the strongest missing one if that is negative; else 0",
        ),
    ],
};

/// Stationary points of a two-layer net.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct LandscapeParameters {
    /// The data; features plus items, times the hidden units, may be 1200.
    data: Data,
    /// Number of hidden units, at least 1.
    hidden: usize,
    /// The sets of learned modes.
    subsets: Subsets,
    /// How much larger all weights are than at the stationary point, relative; 0 is the point itself.
    #[serde(default)]
    displaced: f64,
}

/// Sets of modes, none larger than the number of hidden units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Subsets {
    /// All of them; at most 5000.
    All,
    /// Those of at most this number of modes; at most 5000.
    UpTo(usize),
    /// Those of the strongest modes: none, the strongest, the two strongest, ..
    Leading,
}

impl Subsets {
    /// For each set, of modes of that rank: which modes are in it.
    fn of(self, rank: usize, hidden: usize) -> Vec<Vec<bool>> {
        let room = hidden.min(rank);
        let largest = match self {
            Self::Leading => return (0..=room).map(|k| (0..rank).map(|mode| mode < k).collect()).collect(),
            Self::All => room,
            Self::UpTo(most) => most.min(room),
        };
        (0..=largest).flat_map(|size| combinations(rank, size)).collect()
    }

    /// How many there are, at most.
    fn count(self, rank: usize, hidden: usize) -> f64 {
        let room = hidden.min(rank);
        let largest = match self {
            Self::Leading => return room as f64 + 1.0,
            Self::All => room,
            Self::UpTo(most) => most.min(room),
        };
        let (mut count, mut total) = (1.0, 1.0);
        for size in 1..=largest {
            count = (count * (rank + 1 - size) as f64 / size as f64).round();
            total += count;
        }
        total
    }
}

/// Choices of `size` of `count` things, in lexicographic order.
fn combinations(count: usize, size: usize) -> Vec<Vec<bool>> {
    if size > count {
        return Vec::new();
    }
    if count == 0 {
        return vec![Vec::new()];
    }
    let with = |first: bool, rest: Vec<bool>| std::iter::once(first).chain(rest).collect();
    let taken = if size > 0 { combinations(count - 1, size - 1) } else { Vec::new() };
    let left = combinations(count - 1, size);
    taken.into_iter().map(|rest| with(true, rest)).chain(left.into_iter().map(|rest| with(false, rest))).collect()
}

/// The experiment with its parameters.
struct Landscape {
    source: Source,
    parameters: LandscapeParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: LandscapeParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let LandscapeParameters { hidden, subsets, displaced, .. } = parameters;
    let mut refusals = Refusals::new();
    refusals.unless(hidden >= 1, "hidden", hidden, "at least 1");
    let weights = hidden.saturating_mul(source.features() + source.items());
    if weights > MAX_WEIGHTS {
        refusals.refuse("hidden", format!("makes {weights} weights (allowed: up to {MAX_WEIGHTS})"));
    }
    let points = subsets.count(source.features().min(source.items()), hidden);
    if points > MAX_POINTS as f64 {
        refusals.refuse("subsets", format!("are up to {points} sets of modes (allowed: up to {MAX_POINTS})"));
    }
    refusals.unless((0.0..=1.0).contains(&displaced), "displaced", displaced, "0 to 1");
    refusals.finish()?;
    Ok(Box::new(Landscape { source, parameters }))
}

impl Experiment for Landscape {
    fn canonical(&self) -> Json {
        canonical(&self.parameters, [("data", self.source.canonical())])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), vec!["the saddles".to_owned()]].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| self.survey(replicate, master, &mut tables[POINTS.name]))
    }
}

impl Landscape {
    /// Every point of one replicate.
    fn survey(&self, replicate: u64, master: MasterSeed, table: &mut Table) -> Result<(), Reason> {
        let LandscapeParameters { hidden, subsets, displaced, .. } = self.parameters;
        let y = self.source.draw(master, replicate).y;
        let data = thin_svd(y.as_ref())?;
        let s = &tied(&data.s[..data.rank()]);
        let tolerance = NEGATIVE * s.first().copied().unwrap_or(0.0);
        let mut rng = stream(master, "start", &[y.ncols(), hidden, y.nrows()], replicate);
        for (number, present) in subsets.of(s.len(), hidden).into_iter().enumerate() {
            let scale = 1.0 + displaced;
            let [w1, w2] = stationary_weights(&data, hidden, &present, &mut rng).map(|w| Scale(scale) * w);
            let point = LossPoint::new(y.as_ref(), w1.as_ref(), w2.as_ref());
            let eigenvalues = curvatures(&point, tolerance)?;
            row!(
                table,
                replicate,
                subset: number + 1,
                learned: present.iter().filter(|&&present| present).count(),
                loss: point.loss(),
                loss_theory: saddle::loss(s, &present),
                gradient_norm: point.gradient_norm(),
                index: eigenvalues.iter().filter(|&&value| value < -tolerance).count(),
                index_theory: saddle::hessian_index(s, hidden, &present),
                lowest: eigenvalues[0],
                lowest_theory: saddle::lowest_eigenvalue(s, hidden, &present),
            );
        }
        Ok(())
    }
}

/// Eigenvalues of the Hessian, which must be symmetric to `tolerance`: half of it is all that a symmetric decomposition
/// reads.
fn curvatures(point: &LossPoint<'_>, tolerance: f64) -> Result<Vec<f64>, Reason> {
    let hessian = point.hessian();
    let asymmetry = (&hessian - hessian.transpose()).norm_max();
    if asymmetry > tolerance {
        return Err(Reason::new(format!("the Hessian is not symmetric: two entries differ by {asymmetry:e}")));
    }
    Ok(symmetric_eigenvalues(hessian.as_ref())?)
}

/// Singular values with those of a group made equal, because a pair of equal modes is no way down and rounding must not
/// make it one.
fn tied(s: &[f64]) -> Vec<f64> {
    groups(s).into_iter().flat_map(|group| std::iter::repeat_n(s[group.start], group.len())).collect()
}

/// `W1 = O sqrt(S_A) V_A^T` and `W2 = U_A sqrt(S_A) O^T` with random orthonormal `O` (H x k).
fn stationary_weights(data: &Svd, hidden: usize, learned: &[bool], rng: &mut Pcg64) -> [Mat<f64>; 2] {
    let modes: Vec<usize> = (0..learned.len()).filter(|&mode| learned[mode]).collect();
    let amplitudes = |vectors: &Mat<f64>| {
        Mat::from_fn(vectors.nrows(), modes.len(), |i, j| vectors[(i, modes[j])] * data.s[modes[j]].sqrt())
    };
    let directions = orthonormal(hidden, modes.len(), rng);
    [&directions * amplitudes(&data.v).transpose(), amplitudes(&data.u) * directions.transpose()]
}
