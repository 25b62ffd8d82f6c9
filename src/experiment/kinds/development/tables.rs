//! The tables of `development`.

use crate::experiment::{ColumnDoc, TableDoc, column};

/// Unit of singular values.
const DATA: &str = "data units";

/// Unit of times: steps times the rate.
const TIME: &str = "time";

/// All tables, in order.
pub const TABLES: &[TableDoc] = &[RUN, BELIEFS, COURSE, ITEMS, LEVELS, REPRESENTATION, PROJECTIONS, INDIVIDUALS];

const STAGE: ColumnDoc =
    column("stage", "", "stage of learning: share of the data's sum of squares that the network explains");

const LEVEL: ColumnDoc = column(
    "level",
    "",
    "number of the level: 0 what all items share, 1 the split at the root, and so on; on a ring the frequency",
);

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "The run as a whole, one row per replicate.",
    keys: &[],
    columns: &[
        column(
            "worst",
            "",
            "strongest belief of the wrong sign that the network holds at any time about any item and feature, as a share of the truth; seen every 4 steps",
        ),
        column(
            "worst_theory",
            "",
            "the same for the sum of all modes with the strengths of their closed forms; missing where there are none",
        ),
        column("loss_rises", "steps", "number of steps in which the loss rises"),
    ],
};

const BELIEFS: TableDoc = TableDoc {
    name: "beliefs",
    about: "Beliefs of the wrong sign, one row per threshold.",
    keys: &[column("threshold", "", "size of a wrong belief, as a share of the truth")],
    columns: &[
        column(
            "share",
            "",
            "share of the pairs of an item and a feature about which the network at some time holds a belief of the wrong sign beyond the threshold; pairs whose truth is 0 do not count; seen every 4 steps",
        ),
        column(
            "share_theory",
            "",
            "the same for the sum of all modes with the strengths of their closed forms; missing where there are none",
        ),
    ],
};

const COURSE: TableDoc = TableDoc {
    name: "course",
    about: "One belief over time, of replicate 0 only, at most 400 times: that of the item and the feature which is most wrong at one of the saddles, where just the strongest modes are learned.",
    keys: &[column("time", TIME, "steps times the rate")],
    columns: &[
        column("belief", "", "the network's output relative to the truth: 1 is right, below 0 has the wrong sign"),
        column("belief_theory", "", "the same for the sum of all modes with the strengths of their closed forms"),
        column("unexplained", "", "share of the data's sum of squares that the network does not explain: its loss"),
    ],
};

const ITEMS: TableDoc = TableDoc {
    name: "items",
    about: "The items of the categories hidden in the data, one row per item. The mode of a category is the one whose item pattern has the largest squared overlap with it.",
    keys: &[
        column("category", "", "number of the category, from 1, in the order of the parameters"),
        column("item", "", "number of the item, from 1"),
    ],
    columns: &[
        column("typicality", "", "size of the item's place in the item pattern v = Y^T u / s of the category's mode"),
        column("had", "", "share of the category's features that the item has: entries above 0"),
        column(
            "answer_time",
            TIME,
            "when the output for a feature of the category that the item has reaches half of the truth, mean over these features, linear between looks every 4 steps; missing if one never does",
        ),
        column(
            "prototype_match",
            "",
            "cosine of the angle between the output for the item and the prototype u = Y v / s, when the category's mode is half learned; missing if it never is",
        ),
        column("own_match", "", "cosine of the angle between the item's own features and the prototype"),
    ],
};

const LEVELS: TableDoc = TableDoc {
    name: "levels",
    about: "The levels of the data, one row per level, for data that have them.",
    keys: &[LEVEL],
    columns: &[
        column("modes", "", "number of its modes"),
        column("s", DATA, "singular value that the data predict; missing where they predict none, or several"),
        column(
            "eigenvalue",
            "squared data units",
            "how alike an item is to all items on its side of a split, summed (itself included), less how alike it is to all on another side; mean over items and splits; at level 0 to all items; missing on a ring",
        ),
        column(
            "half_time",
            TIME,
            "when the part of the output in the space of the level's item patterns is half as long as that of the data, linear between looks every 4 steps; missing if it never is",
        ),
    ],
};

const REPRESENTATION: TableDoc = TableDoc {
    name: "representation",
    about: "The representation of the items in the first hidden layer at a stage, one row per stage and level, for data that have levels. A network without hidden layer represents items by its one-hot input.",
    keys: &[STAGE, LEVEL],
    columns: &[
        column("time", TIME, "when the stage was reached; missing if it never was, as all columns then"),
        column(
            "share",
            "",
            "share of the sum of squares of the representation in the space of the level's item patterns",
        ),
        column("share_theory", "", "the same for modes with the strengths of their closed forms"),
    ],
};

const PROJECTIONS: TableDoc = TableDoc {
    name: "projections",
    about: "What other items are believed to have of a new feature that one item was taught at a stage (with all other weights fixed), one row per stage and a level of splits; mean over the items taught and those that part from them at the level.",
    keys: &[STAGE, LEVEL],
    columns: &[
        column(
            "spread",
            "",
            "answer for the other items, where 1 is that of the item taught; missing if the stage was not reached",
        ),
        column("kernel", "", "h.h'/|h|^2 for the hidden activities h of the item taught and h' of the other"),
        column(
            "spread_theory",
            "",
            "sum over modes of m v v' / sum over modes of m v^2, with the strengths m of their closed forms and the places v and v' of the two items in their item patterns",
        ),
    ],
};

const INDIVIDUALS: TableDoc = TableDoc {
    name: "individuals",
    about: "Two individuals that learn the same data from different random weights, compared when they have come to the same stage, one row per stage.",
    keys: &[STAGE],
    columns: &[
        column(
            "similarity_correlation",
            "",
            "correlation between the two of the similarities h.h' of all pairs of different items in the first hidden layer; missing if the stage was not reached, or without hidden layer",
        ),
        column("weight_correlation", "", "correlation between the two of the activities of their hidden units"),
        column("delay", "", "how much later the slower of the two reached the stage, as a share of its time"),
    ],
};
