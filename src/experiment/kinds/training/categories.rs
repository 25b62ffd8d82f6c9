//! The hidden categories: which mode of the data carries each, and when it is learned.

use crate::experiment::common::carrier::Carrier;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::modes::Modes;
use crate::table::{Table, row};

/// Writes one row per category that is hidden in the data of a subject.
pub fn write(replicate: u64, subject: &Subject, modes: &Modes, table: &mut Table) {
    for (number, category) in subject.sample.categories.iter().enumerate() {
        let carrier = Carrier::of(category, subject);
        row!(
            table,
            replicate,
            category: number + 1,
            mode: carrier.mode + 1,
            overlap: carrier.item_overlap,
            feature_overlap: carrier.feature_overlap,
            half_time: modes.half_time(carrier.mode),
        );
    }
}
