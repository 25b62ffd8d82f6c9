//! The tables of `training`.

use crate::experiment::common::snapshots::{EMBEDDING, SIMILARITY};
use crate::experiment::common::splits::SPLITS;
use crate::experiment::common::stages::STAGES;
use crate::experiment::{TableDoc, column};

/// Unit of strengths and singular values.
const DATA: &str = "data units";

/// Unit of losses, squared distances and sums of squared weights of a pair of layers.
const SQUARE: &str = "squared data units";

/// Unit of times: steps times the rate.
const TIME: &str = "time";

/// All tables, in order.
pub const TABLES: &[TableDoc] =
    &[RUN, MODES, SADDLES, LEVELS, SPLITS, STAGES, CATEGORIES, FOUND, CURVE, STRENGTHS, ENTRIES, SIMILARITY, EMBEDDING];

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "The run as a whole, one row per replicate.",
    keys: &[],
    columns: &[
        column("final_loss", SQUARE, "loss at the end: half the squared error, summed over items and features"),
        column(
            "best_loss",
            SQUARE,
            "least loss that the hidden layers allow: half the sum of the squared singular values beyond their size",
        ),
        column(
            "product_error",
            "",
            "distance of the product of the weights from the best one that the hidden layers allow, relative to the data, at the end",
        ),
        column(
            "gram_error",
            "",
            "distance of W1^T W1 from V S V^T (of the modes that the hidden layer has room for), relative to S, at the end; missing unless there are two layers",
        ),
        column(
            "balance_drift",
            DATA,
            "largest change of W2^T W2 - W1 W1^T since the start, seen every 16 steps (over all pairs of layers); missing for one layer",
        ),
        column(
            "solution_error",
            "",
            "largest distance over time of Q Q^T, Q = [W1^T; W2], from the matrix solution of its start as if that were balanced, relative to the solution, seen every 16 observations; missing unless there are two layers under the flow",
        ),
        column(
            "solution_loss_error",
            "",
            "largest distance over time of the loss from that of the matrix solution, relative to the loss at the start; seen and missing likewise",
        ),
        column("weight_norm", DATA, "sum of the squares of all weights at the end"),
        column(
            "weight_norm_theory",
            DATA,
            "least sum of squares of weights that realise the best product: n times the sum of s^(2/n) for n layers, over the modes that the hidden layers have room for",
        ),
        column("steps", "steps", "steps of descent, or steps that the integration of the flow took"),
        column(
            "clean_error",
            "",
            "least squared distance of the output from the table without noise, relative to the square of that table; missing where the data are not a signal in noise",
        ),
        column("clean_time", TIME, "when that was; missing likewise"),
        column("clean_modes", "", "number of modes that were half learned then; missing likewise").few(),
        column("final_clean_error", "", "the same distance at the end; missing likewise"),
    ],
};

const MODES: TableDoc = TableDoc {
    name: "modes",
    about: "The modes of the data, one row per mode, and how each was learned. Inside a group of equal singular values the modes are those that the start singles out.",
    keys: &[column("mode", "", "number of the mode, 1 for the strongest")],
    columns: &[
        column("s", DATA, "singular value"),
        column(
            "g",
            "per time",
            "growth rate of the mode's weights at a saddle: ln(1 + rate s)/rate, or s for the flow",
        ),
        column(
            "m0",
            DATA,
            "strength at the start: for two layers |c|^2 with c = (W1 v + W2^T u)/2, the part that grows; otherwise u^T W v with W the product of the weights, of either sign",
        ),
        column(
            "m0_free",
            DATA,
            "strength at the start that is free to grow: for two layers, what is left of |c|^2 outside of the hidden directions that stronger modes use up; otherwise the absolute value of m0; missing for modes that the hidden layers have no room for",
        ),
        column(
            "half_time",
            TIME,
            "when the strength first reaches s/2, linear between steps; missing if it never does",
        ),
        column("rise_time", TIME, "time from 10 % to 90 % of s; missing if it never gets there"),
        column("final_strength", DATA, "strength at the end"),
        column(
            "closed_form_error",
            "",
            "largest distance over time of the strength from its closed form, relative to s: for one layer an exponential from m0, for two layers a sigmoid from m0_free with rate g (from an `unequal` start the flow that conserves the difference of the squared amplitudes, from an `unaligned` one the matrix solution, missing for descent), for more layers the balanced flow from m0; missing for more than two layers unless the start is balanced, and without m0_free",
        ),
        column(
            "level",
            "",
            "level of the hierarchy that the data predict at this place of the order; missing where they predict none",
        ),
    ],
};

const SADDLES: TableDoc = TableDoc {
    name: "saddles",
    about: "The saddles of the order, at which just the strongest modes are learned: as many as the hidden layers have room for modes. A net of one layer has none; there the columns measure how far it stays from where they would be.",
    keys: &[column("saddle", "", "number of modes learned there, from 0")],
    columns: &[
        column("loss_theory", SQUARE, "loss at the saddle: half the sum of the squares of the missing singular values"),
        column("plateau_loss", SQUARE, "loss at the closest approach"),
        column("distance", DATA, "least distance over time of the product of the weights from that of the saddle"),
        column(
            "approach_theory",
            "",
            "predicted exponent of the distance in the scale of a small random start, for two layers",
        ),
        column(
            "gradient_norm",
            "data units^(3/2)",
            "norm of the gradient in all weights at the closest approach (the unit is that of two layers)",
        ),
        column(
            "arrival",
            TIME,
            "when the distance first falls to 10 % of the strongest missing singular value, linear between steps; missing if it never does",
        ),
        column("departure", TIME, "when it next rises above that; missing if it never does"),
        column(
            "arrival_alignment",
            "",
            "how much of the velocity of all weights, seen after the arrival, is along the way out: cosine of its angle with the eigenvectors of the lowest eigenvalue of the Hessian at the saddle that belong to the strongest missing mode, 0 to 1; missing without arrival and unless there are two layers",
        ),
        column("departure_alignment", "", "the same, seen after the departure"),
        column(
            "escape_rate",
            "per time",
            "growth rate of the next mode's weights: half the slope of the logarithm of its strength while that grows from 1e-4 s to 1e-3 s; missing if it starts above or never gets there",
        ),
        column("rate_theory", "per time", "growth rate that the theory gives: g of the strongest missing mode"),
    ],
};

const LEVELS: TableDoc = TableDoc {
    name: "levels",
    about: "The levels of the hierarchy, one row per level, for data that have one: how far apart the groups of items are that part there, as the distance between their means, averaged over the nodes of the level and the pairs of children of each.",
    keys: &[column("level", "", "level, 1 for the split at the root")],
    columns: &[
        column(
            "s",
            DATA,
            "strength of the level in the data: distance in the data over the length of the weights that make it of the items; its singular value where the level's splits are modes",
        ),
        column(
            "half_time",
            TIME,
            "when the output first tells the groups apart half as much as the data do, by its differences between them along those of the data, linear between steps; missing if it never does",
        ),
        column(
            "hidden_half_time",
            TIME,
            "when the distance in the first hidden layer first reaches half of what it is at the end; missing without hidden layer",
        ),
        column(
            "separation",
            "",
            "how far the output tells the groups apart at the end, likewise, relative to the data",
        ),
    ],
};

const CATEGORIES: TableDoc = TableDoc {
    name: "categories",
    about: "The categories hidden in the data, one row per category, and the mode that carries each: the one whose item pattern has the largest squared overlap with that of the category.",
    keys: &[column("category", "", "number of the category, from 1, in the order of the parameters")],
    columns: &[
        column("mode", "", "number of the mode that carries it").few(),
        column(
            "overlap",
            "",
            "squared overlap of that mode's item pattern with the category's (equal on its items, 0 elsewhere)",
        ),
        column("feature_overlap", "", "squared overlap of that mode's feature pattern with the category's"),
        column("half_time", TIME, "when that mode is half learned; missing if it never is"),
    ],
};

const FOUND: TableDoc = TableDoc {
    name: "found",
    about: "What the output of the network tells about categories by itself, at the end, one row per replicate; only for data that are a signal in noise. Neither the number of the categories nor the density of the background is known to it: as many modes of the output as stand above the noise are taken for categories.",
    keys: &[],
    columns: &[
        column(
            "threshold",
            DATA,
            "edge of the singular values if all of the table were noise: standard deviation of its entries times the sum of the square roots of the numbers of items and features",
        ),
        column("categories", "", "number of singular values of the output above the threshold").few(),
        column(
            "rand_index",
            "",
            "adjusted Rand index of the items' categories that are read off the output and the true ones, background included: an item belongs to the category whose pattern carries it furthest above the threshold that splits this pattern best into two classes, or to the background",
        )
        .bounded(-1.0, 1.0),
        column("feature_rand_index", "", "the same for the features").bounded(-1.0, 1.0),
        column(
            "item_overlap",
            "",
            "squared overlap of the strongest item pattern of the output with the first category (equal on its items, 0 elsewhere), 0 to 1; missing without categories",
        ),
        column("feature_overlap", "", "the same for the features"),
        column(
            "item_neighbours",
            "",
            "by how many standard errors items that stand side by side in the table are more alike than any two; near 0 in random order",
        ),
        column("feature_neighbours", "", "the same for the features"),
    ],
};

const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "Loss over time, of replicate 0 only; at most 400 times, every n-th step and the last.",
    keys: &[column("time", TIME, "steps times the rate")],
    columns: &[
        column("loss", SQUARE, "half the squared error, summed over items and features"),
        column(
            "clean_error",
            "",
            "squared distance of the output from the table without noise, relative to the square of that table; missing where the data are not a signal in noise",
        ),
    ],
};

const STRENGTHS: TableDoc = TableDoc {
    name: "strengths",
    about: "Strengths over time, of replicate 0 only, at the times of `curve`.",
    keys: &[
        column("time", TIME, "steps times the rate"),
        column("mode", "", "number of the mode, 1 for the strongest"),
    ],
    columns: &[
        column("strength", DATA, "strength of the mode"),
        column("s", DATA, "singular value, as in `modes`"),
        column("g", "per time", "growth rate at a saddle, as in `modes`"),
        column("m0_free", DATA, "strength at the start that is free to grow, as in `modes`; missing likewise"),
        column("closed_form", DATA, "the closed form that `modes` compares it with; missing where there is none"),
    ],
};

const ENTRIES: TableDoc = TableDoc {
    name: "entries",
    about: "The data as the network sees them and as sorted by the categories that `found` compares with the true ones, of replicate 0 only; for data that are a signal in noise, up to 10 000 entries.",
    keys: &[
        column("item", "", "number of the item, as the network sees it"),
        column("feature", "", "number of the feature, likewise"),
    ],
    columns: &[
        column("value", DATA, "the entry of the data"),
        column(
            "item_place",
            "",
            "place of the item in the order of the categories that were found, the most certain first, the background last",
        ),
        column("feature_place", "", "the same for the feature"),
    ],
};
