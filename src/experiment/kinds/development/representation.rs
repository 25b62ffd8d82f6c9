//! How much of the representation belongs to each level.

use crate::data::Sample;
use crate::experiment::kinds::development::levels::{by_number, part};
use crate::experiment::kinds::development::stages::Snapshot;
use crate::table::{Table, row};

/// One row per level; missing values if the stage was not passed.
pub fn write(replicate: u64, stage: f64, snapshot: Option<&Snapshot>, sample: &Sample, table: &mut Table) {
    for level in by_number(&sample.levels) {
        let [time, share, share_theory] = snapshot.map_or([f64::NAN; 3], |snapshot| {
            let (patterns, strengths) = (&snapshot.patterns, &snapshot.strengths);
            let own = |mode: usize| level.projection(&patterns.col(mode).iter().copied().collect::<Vec<f64>>());
            let of_level: f64 = strengths.iter().enumerate().map(|(mode, strength)| strength * own(mode)).sum();
            [
                snapshot.time,
                part(&level, snapshot.hidden.as_ref()) / snapshot.hidden.squared_norm_l2(),
                of_level / strengths.iter().sum::<f64>(),
            ]
        });
        row!(table, replicate, stage, level: level.level, time, share, share_theory);
    }
}
