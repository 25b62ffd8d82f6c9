//! What is seen of a run: modes, items and splits over time.

use faer::{Col, ColRef, Mat, MatRef};

use crate::data::level::{Level, contrasts};
use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::observation::MAX_SHOWN;
use crate::experiment::common::thinned::Thinned;
use crate::learn::directions::StartStrengths;
use crate::numerics::linear_algebra::svd::Svd;
use crate::table::{Table, row};
use crate::theory::frequency::WeightedMode;
use crate::theory::learning::half_time;

/// The modes of `Y diag(f)`.
pub(super) struct Modes {
    svd: Svd,
    modes: Vec<Mode>,
}

struct Mode {
    s: f64,
    theory: WeightedMode,
    /// Strength at the start that grows, and what of it is free.
    m0: [f64; 2],
    half: Crossing,
    /// Where the measurement of its growth begins and ends.
    growth: [Crossing; 2],
}

impl Modes {
    /// Ready for the first observation; `svd` is that of `Y diag(f)`.
    pub(super) fn new(svd: Svd, start: &StartStrengths, frequencies: &[f64]) -> Self {
        let mode = |number: usize| {
            let pattern: Vec<f64> = svd.v.col(number).iter().copied().collect();
            let theory = WeightedMode::new(svd.s[number], &pattern, frequencies);
            Mode {
                s: svd.s[number],
                theory,
                m0: [start.alone[number], start.free[number]],
                half: Crossing::linear(theory.end / 2.0),
                growth: [1e-4, 1e-3].map(|share| Crossing::logarithmic(share * theory.ceiling)),
            }
        };
        let modes = (0..svd.rank()).map(mode).collect();
        Self { svd, modes }
    }

    /// The next state.
    pub(super) fn observe(&mut self, time: f64, product: MatRef<'_, f64>) {
        for (number, mode) in self.modes.iter_mut().enumerate() {
            let strength = self.svd.u.col(number).transpose() * (product * self.svd.v.col(number));
            mode.half.observe(time, strength);
            mode.growth.iter_mut().for_each(|crossing| crossing.observe(time, strength));
        }
    }

    /// The half time of the mode with this item pattern, of any length; none if there is no such mode that is learned as
    /// it is.
    fn half_time_theory(&self, pattern: ColRef<'_, f64>) -> Option<f64> {
        let is_pattern = |number: &usize| {
            let along = self.svd.v.col(*number).transpose() * pattern;
            along * along > (1.0 - 1e-9) * pattern.squared_norm_l2()
        };
        let mode = &self.modes[(0..self.modes.len()).find(is_pattern)?];
        mode.theory.is_straight().then(|| half_time(mode.theory.end, mode.s, mode.m0[1]))
    }

    /// One row per mode.
    pub(super) fn write(&self, replicate: u64, table: &mut Table) {
        for (number, mode) in self.modes.iter().enumerate() {
            let WeightedMode { end, ceiling, turn } = mode.theory;
            let [m0, m0_free] = mode.m0;
            row!(
                table,
                replicate,
                mode: number + 1,
                s: mode.s,
                end,
                ceiling,
                turn,
                m0,
                m0_free,
                half_time: mode.half.from_below(),
                escape_rate: mode.escape_rate(),
            );
        }
    }
}

impl Mode {
    /// Half the slope of the logarithm of its strength.
    fn escape_rate(&self) -> Option<f64> {
        let [begin, end] = &self.growth;
        let time = end.at()? - begin.from_below()?;
        (time > 0.0).then(|| std::f64::consts::LN_10 / (2.0 * time))
    }
}

/// The items, each with the share of its features that is learned.
pub(super) struct Items {
    /// F x N.
    y: Mat<f64>,
    halves: Vec<Crossing>,
}

impl Items {
    /// Ready for the first observation.
    pub(super) fn new(y: MatRef<'_, f64>) -> Self {
        Self { y: y.to_owned(), halves: vec![Crossing::linear(0.5); y.ncols()] }
    }

    /// The next state.
    pub(super) fn observe(&mut self, time: f64, product: MatRef<'_, f64>) {
        for (item, half) in self.halves.iter_mut().enumerate() {
            if let Some(error) = error(self.y.col(item), product.col(item)) {
                half.observe(time, 1.0 - error);
            }
        }
    }

    /// One row per item, after the last state.
    pub(super) fn write(&self, replicate: u64, frequencies: &[f64], product: MatRef<'_, f64>, table: &mut Table) {
        for (item, half) in self.halves.iter().enumerate() {
            row!(
                table,
                replicate,
                item: item + 1,
                frequency: frequencies[item],
                half_time: half.from_below(),
                final_error: error(self.y.col(item), product.col(item)),
            );
        }
    }
}

/// `|y - x| / |y|`; none for an item without features.
fn error(y: ColRef<'_, f64>, x: ColRef<'_, f64>) -> Option<f64> {
    let size = y.norm_l2();
    (size > 0.0).then(|| (y - x).norm_l2() / size)
}

/// The splits of the hierarchy.
pub(super) struct Splits {
    splits: Vec<Split>,
    /// Shares of all splits over time, if they are recorded.
    curve: Option<Thinned<(f64, Vec<f64>)>>,
}

struct Split {
    level: usize,
    /// Weights of the items in the difference of the means.
    contrast: Col<f64>,
    /// The difference in the data.
    target: Col<f64>,
    half: Crossing,
}

impl Splits {
    /// Ready for the first observation; the whole curve is kept if it is `recorded`.
    pub(super) fn new(y: MatRef<'_, f64>, levels: &[Level], recorded: bool) -> Self {
        let split = |level: usize, weights: &[f64]| {
            let contrast = Col::from_fn(weights.len(), |item| weights[item]);
            Split { level, target: y * &contrast, contrast, half: Crossing::linear(0.5) }
        };
        let of_level = |(level, contrasts): (usize, Vec<Vec<f64>>)| {
            contrasts.iter().map(|weights| split(level, weights)).collect::<Vec<_>>()
        };
        let splits = contrasts(levels, y.ncols()).into_iter().flat_map(of_level).collect();
        Self { splits, curve: recorded.then(|| Thinned::new(MAX_SHOWN)) }
    }

    /// The next state.
    pub(super) fn observe(&mut self, time: f64, product: MatRef<'_, f64>) {
        let shares: Vec<Option<f64>> = self.splits.iter().map(|split| split.share(product)).collect();
        for (split, share) in self.splits.iter_mut().zip(&shares) {
            if let Some(share) = *share {
                split.half.observe(time, share);
            }
        }
        if let Some(curve) = &mut self.curve {
            curve.push(|| (time, shares.into_iter().map(|share| share.unwrap_or(f64::NAN)).collect()));
        }
    }

    /// One row per split, after the last state.
    pub(super) fn write(&self, replicate: u64, modes: &Modes, product: MatRef<'_, f64>, table: &mut Table) {
        for (number, split) in self.splits.iter().enumerate() {
            row!(
                table,
                replicate,
                split: number + 1,
                level: split.level,
                half_time: split.half.from_below(),
                half_time_theory: modes.half_time_theory(split.contrast.as_ref()),
                final_share: split.share(product),
            );
        }
    }

    /// One row per time and split, if they were recorded.
    pub(super) fn write_curve(&self, replicate: u64, table: &mut Table) {
        for (time, shares) in self.curve.iter().flat_map(Thinned::kept) {
            for (number, &share) in shares.iter().enumerate() {
                row!(table, replicate, time: *time, split: number + 1, share);
            }
        }
    }
}

impl Split {
    /// How much of the difference in the data is there; none if there is none to learn.
    fn share(&self, product: MatRef<'_, f64>) -> Option<f64> {
        let whole = self.target.squared_norm_l2();
        (whole > 0.0).then(|| self.target.transpose() * (product * &self.contrast) / whole)
    }
}
