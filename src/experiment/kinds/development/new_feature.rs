//! How far a new feature, taught on one item, spreads to the others.

use crate::data::Sample;
use crate::experiment::kinds::development::levels::parting;
use crate::experiment::kinds::development::stages::Snapshot;
use crate::learn::new_feature::fit_new_feature;
use crate::table::{Table, row};

/// One row per level: each item is taught the feature, and the answers for the items that part from it at the level are
/// averaged; missing values if the stage was not passed.
pub fn write(replicate: u64, stage: f64, snapshot: Option<&Snapshot>, sample: &Sample, table: &mut Table) {
    let items = sample.y.ncols();
    let parting = parting(&sample.levels, items);
    let mut levels: Vec<usize> =
        sample.levels.iter().filter(|level| !level.nodes.is_empty()).map(|level| level.level).collect();
    levels.sort_unstable();
    levels.dedup();
    let answers = snapshot.map(answers);
    for level in levels {
        let mut sums = [0.0; 3];
        let mut pairs = 0.0;
        for taught in 0..items {
            for asked in (0..items).filter(|&asked| parting[(taught, asked)] == level as f64) {
                let row = answers.as_ref().map_or([f64::NAN; 3], |answers| answers[taught][asked]);
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
                pairs += 1.0;
            }
        }
        let [spread, kernel, spread_theory] = sums.map(|sum| sum / pairs);
        row!(table, replicate, stage, level, spread, kernel, spread_theory);
    }
}

/// For each item that is taught and each that is asked: the answer, `h_i.h_j / |h_i|^2`, and the same for the
/// representation that the theory expects.
fn answers(snapshot: &Snapshot) -> Vec<Vec<[f64; 3]>> {
    let similarity = snapshot.hidden.transpose() * &snapshot.hidden;
    let expected = snapshot.expected_similarity();
    let items = similarity.ncols();
    let of_item = |taught: usize| {
        let pattern: Vec<f64> = snapshot.hidden.col(taught).iter().copied().collect();
        let weights = fit_new_feature(&pattern);
        let answer = |asked: usize| snapshot.hidden.col(asked).iter().zip(&weights).map(|(h, w)| h * w).sum();
        let share = |similarity: &faer::Mat<f64>, asked| similarity[(taught, asked)] / similarity[(taught, taught)];
        (0..items).map(|asked| [answer(asked), share(&similarity, asked), share(&expected, asked)]).collect()
    };
    (0..items).map(of_item).collect()
}
