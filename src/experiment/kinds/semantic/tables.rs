//! The tables of `semantic`.

use crate::experiment::common::snapshots::{EMBEDDING_BY_EPOCH, SIMILARITY_BY_EPOCH};
use crate::experiment::common::stages::STAGES_BY_EPOCH;
use crate::experiment::{ColumnDoc, TableDoc, column};

/// All tables, in order.
pub const TABLES: &[TableDoc] = &[RUN, LEVELS, DISTANCES, STAGES_BY_EPOCH, SIMILARITY_BY_EPOCH, EMBEDDING_BY_EPOCH];

/// The run as a whole.
pub const RUN: TableDoc = TableDoc {
    name: "run",
    about: "a replicate",
    keys: &[],
    columns: &[
        column("final_loss", "", "half the squared error at the end, summed over patterns and attributes"),
        column(
            "accuracy",
            "",
            "share of the attributes of all patterns that are on the right side of 1/2 at the end, 0 to 1; those \
                    that the relation does not ask for have to be off, and where the answer is 1/2 there is no right side",
        )
        .bounded(0.0, 1.0),
    ],
};

const LEVEL: ColumnDoc = column("level", "", "level, 1 for the split at the root");

/// The levels.
pub const LEVELS: TableDoc = TableDoc {
    name: "levels",
    about: "a level of the hierarchy, for data that have one: how far apart the groups of items are that part there, as \
            the distance between the means of their representations, averaged over the nodes of the level and the pairs \
            of children of each",
    keys: &[LEVEL],
    columns: &[
        column(
            "s",
            "",
            "strength of the level in what is asked for: distance between the groups in the table, over the length of the                     weights that make it of the items, averaged likewise; its singular value where the level's splits are                     modes",
        ),
        column(
            "half_time",
            "epochs",
            "when the distance has first gone half of the way from the start to the end, linear between epochs",
        ),
        column("separation", "activity", "distance at the end"),
    ],
};

/// Distances at a level over time.
pub const DISTANCES: TableDoc = TableDoc {
    name: "distances",
    about: "a level at an epoch, of replicate 0 only; every n-th epoch, at most 1000",
    keys: &[LEVEL, column("epoch", "epochs", "epochs learned")],
    columns: &[
        column("distance", "activity", "distance between the groups that part at the level"),
        column("progress", "", "share of the way from the distance at the start to that at the end"),
    ],
};
