//! How much each mode of the data has of each split of the hierarchy.

use faer::MatRef;

use crate::data::Level;
use crate::experiment::{TableDoc, column};
use crate::table::{Table, row};

/// The table that [`write()`] fills.
pub const SPLITS: TableDoc = TableDoc {
    name: "splits",
    about: "a mode and a split of the hierarchy; only for data whose splits have no predicted singular values, because \
            there nothing says which modes belong to which splits",
    keys: &[
        column("mode", "", "number of the mode, from 1, strongest first"),
        column("split", "", "number of the split, from 1, the coarsest level first"),
    ],
    columns: &[
        column("level", "", "level of the split, 1 for the split at the root"),
        column(
            "share",
            "",
            "squared length of the projection of the mode's item pattern on that of the split (opposite on the \
                    two sides, 0 elsewhere), 0 to 1",
        ),
    ],
};

/// Writes how much each mode, a column of `patterns` (items x modes), has of each split whose singular value is not predicted.
pub fn write(patterns: MatRef<'_, f64>, levels: &[Level], replicate: u64, table: &mut Table) {
    let unpredicted = levels.iter().filter(|level| level.s.is_none());
    let splits: Vec<Level> = unpredicted
        .flat_map(|level| {
            level.nodes.iter().map(|node| Level { count: 1, nodes: vec![node.clone()], patterns: Vec::new(), ..*level })
        })
        .collect();
    for (mode, pattern) in patterns.col_iter().enumerate().filter(|_| !splits.is_empty()) {
        let pattern: Vec<f64> = pattern.iter().copied().collect();
        for (number, split) in splits.iter().enumerate() {
            let share = split.projection(&pattern);
            row!(table, replicate, mode: mode + 1, split: number + 1, level: split.level, share);
        }
    }
}
