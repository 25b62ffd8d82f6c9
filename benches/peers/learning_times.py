"""The claim saddles/learning-times."""

import numpy as np

from linear import Crossing, Deep, Shallow, learn, tree

ID = "saddles/learning-times"
RATE, SIGMA, HIDDEN = 0.5e-3, 2.5e-4, 32
DATA = {"depth": 5, "flip": 0.1, "features": 1000}
STRONG, ALL = [1, 2, 3, 5, 12], [1, 2, 3, 5, 12, 18, 31]


def tasks(change):
    """The claim's own replicates, then the control's."""
    return [(True, seed) for seed in range(change(100))] + [(False, seed) for seed in range(change(16))]


def work(deep, seed):
    """For each mode its half time, and what the three formulas predict."""
    rng = np.random.default_rng(seed)
    y = tree(rng, **DATA)
    u, s, vt = np.linalg.svd(y, full_matrices=False)
    net = Deep(rng, y, HIDDEN, SIGMA, RATE) if deep else Shallow(rng, y, SIGMA, RATE)
    half = Crossing(s / 2)
    predicted = [published(s), *from_start(net, u, s, vt)] if deep else []
    learn(net, u, s, vt, lambda step, strengths, _: half.observe(step, strengths))
    return np.array([half.at * RATE, *predicted])


def published(s):
    return np.log(s / 1e-6 - 1) / (2 * s)


def from_start(net, u, s, vt):
    """From the part of the start that grows: all of it, and what stronger modes leave of it."""
    growing = (net.w1 @ vt.T + net.w2.T @ u) / 2
    alone, free = np.sum(growing**2, axis=0), np.diag(np.linalg.qr(growing).R) ** 2
    g = np.log1p(RATE * s) / RATE
    return [np.log(s / m0 - 1) / (2 * g) for m0 in (alone, free)]


def measures(tasks, results):
    """The values of the claim's checks."""
    half, naive, alone, free = np.moveaxis([result for (deep, _), result in zip(tasks, results) if deep], 1, 0)

    def error(predicted, mode):
        return np.mean(np.abs(half[:, mode - 1] / predicted[:, mode - 1] - 1))

    found = {("strong modes are on time", mode): error(free, mode) for mode in STRONG}
    found["mode 18 is on time", None] = error(free, 18)
    found["mode 31 is nearly on time", None] = error(free, 31)
    for mode in [18, 31]:
        name = "used-up directions make weak modes several times more exact"
        found[name, mode] = error(alone, mode) / error(free, mode)
    found.update({("the published formula, for comparison", mode): error(naive, mode) for mode in ALL})
    return found
