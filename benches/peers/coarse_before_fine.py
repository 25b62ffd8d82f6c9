"""The claim hierarchy/coarse-before-fine."""

import numpy as np

from linear import Crossing, Deep, Shallow, learn, tree

ID = "hierarchy/coarse-before-fine"
RATE, SIGMA, HIDDEN, DEPTH, FEATURES = 0.5e-3, 1e-3, 24, 4, 1000
FLIPS = [0.05, 0.1, 0.15]


def tasks(change):
    arms = [(True, change(100)), (False, change(16))]
    return [(deep, flip, seed) for deep, count in arms for flip in FLIPS for seed in range(count)]


def contrasts():
    """Differences of the means of the two halves of each node, items x nodes, from the root down; their levels."""
    items = 2**DEPTH
    columns, levels = [], []
    for level in range(1, DEPTH + 1):
        half = items >> level
        for start in range(0, items, 2 * half):
            column = np.zeros(items)
            column[start : start + half], column[start + half : start + 2 * half] = 1 / half, -1 / half
            columns.append(column)
            levels.append(level - 1)
    return np.array(columns).T, np.array(levels)


CONTRASTS, LEVELS = contrasts()


def distances(outputs):
    """Mean distance, at each level, between groups of items that part there."""
    lengths = np.linalg.norm(outputs @ CONTRASTS, axis=0)
    return np.bincount(LEVELS, lengths) / np.bincount(LEVELS)


def work(deep, flip, seed):
    """Half times of the levels."""
    rng = np.random.default_rng(seed)
    y = tree(rng, DEPTH, flip, FEATURES)
    u, s, vt = np.linalg.svd(y, full_matrices=False)
    net = Deep(rng, y, HIDDEN, SIGMA, RATE) if deep else Shallow(rng, y, SIGMA, RATE)
    half = Crossing(distances(y) / 2)
    learn(net, u, s, vt, lambda step, _, error: half.observe(step, distances(y - error)))
    return half.at * RATE


def measures(tasks, results):
    def in_order(flip):
        own = [half for (deep, of, _), half in zip(tasks, results) if deep and of == flip]
        return np.mean([np.all(np.diff(half) > 0) for half in own])

    return {("levels are learned from the root down", flip): in_order(flip) for flip in FLIPS}
