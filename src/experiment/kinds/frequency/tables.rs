//! The tables of the experiment.

use crate::experiment::{ColumnDoc, TableDoc, column};

const SPLIT: ColumnDoc = column("split", "", "number of the split, from 1, the coarsest level first");

/// Columns of every mode.
pub(super) const MODES: TableDoc = TableDoc {
    name: "modes",
    about: "The modes of the data with each item's column times its frequency, `Y diag(f) = U diag(s) V^T`, one row per \
            mode. The strength of a mode is `u^T W2 W1 v`.",
    keys: &[column("mode", "", "number of the mode, 1 for the strongest")],
    columns: &[
        column(
            "s",
            "data units x frequency",
            "singular value, the rate at which the weights of the mode leave the origin",
        ),
        column("end", "data units", "strength that the table itself has, `u^T Y v = s v^T diag(1/f) v`"),
        column(
            "ceiling",
            "data units",
            "strength at which the mode would come to rest if it did not turn, `s / (v^T diag(f) v)`",
        ),
        column(
            "turn",
            "",
            "end / ceiling: 1 where all items of the mode are seen equally often, so that it is learned as it is; above 1 \
             where its item pattern turns while it is learned",
        ),
        column("m0", "data units", "strength at the start that grows, `|W1 v + W2^T u|^2 / 4`"),
        column(
            "m0_free",
            "data units",
            "the part of it in hidden directions that stronger modes have not used up; missing for modes beyond the number \
             of hidden units",
        ),
        column(
            "half_time",
            "time",
            "when the strength reaches half of `end`, linear between observations; missing if it never does, or from the start",
        ),
        column(
            "escape_rate",
            "data units x frequency",
            "growth rate of the weights while the strength grows from 1e-4 to 1e-3 of `ceiling`; missing if it starts above",
        ),
    ],
};

/// Columns of every item.
pub(super) const ITEMS: TableDoc = TableDoc {
    name: "items",
    about: "The items, one row each.",
    keys: &[column("item", "", "number of the item, 1 for the first column of the data")],
    columns: &[
        column("frequency", "", "how often it is presented"),
        column(
            "half_time",
            "time",
            "when its error `|y - W2 W1 e|` first falls to half of `|y|`, linear between observations; missing if it never \
             does, from the start, or if the item has no features",
        ),
        column("final_error", "", "its error at the end, relative to `|y|`; missing if the item has no features"),
    ],
};

/// Columns of every split.
pub(super) const SPLITS: TableDoc = TableDoc {
    name: "splits",
    about: "The splits of the hierarchy, if the data have one, one row for each pair of children of a node. Two groups are \
            told apart by the difference of their means, projected on the difference that the data make.",
    keys: &[SPLIT],
    columns: &[
        column("level", "", "level of the split, 1 for the split at the root"),
        column(
            "half_time",
            "time",
            "when half of the difference is there, linear between observations; missing if it never is, from the start, or \
             if the data make none",
        ),
        column(
            "half_time_theory",
            "time",
            "ln(end/m0_free - 1) / (2 s) of the mode that is the split; missing if no mode of `Y diag(f)` is, or if its \
             items are not seen equally often",
        ),
        column("final_share", "", "share of the difference that is there at the end"),
    ],
};

/// Columns of a run.
pub(super) const RUN: TableDoc = TableDoc {
    name: "run",
    about: "A run, at its end.",
    keys: &[],
    columns: &[
        column("product_error", "", "distance of `W2 W1` from the data, relative to their length"),
        column(
            "drift",
            "data units",
            "distance of `W2^T W2 - W1 W1^T` from what it was at the start, which the flow conserves whatever the frequencies",
        ),
    ],
};

/// Columns of a split over time.
pub(super) const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "The splits of the hierarchy over time, of replicate 0 only, at most 400 times.",
    keys: &[column("time", "time", "time of the flow"), SPLIT],
    columns: &[column("share", "", "share of the difference between the groups that is there")],
};
