"""Linear nets that learn trees, one after the other: a step of one keeps a core busy, so a batch would gain nothing."""

import numpy as np

LEARNED = 0.95
PATIENCE = 100_000


def tree(rng, depth, flip, features):
    """A table of features x items: +1 or -1 at the root, flipped on each branch with probability `flip`."""
    y = rng.choice([-1.0, 1.0], size=(features, 1))
    for _ in range(depth):
        y = np.repeat(y, 2, axis=1)
        y[rng.random(y.shape) < flip] *= -1.0
    return y


class Deep:
    """A net with one hidden layer from small random weights; every array is made once."""

    def __init__(self, rng, y, hidden, sigma, rate):
        features, items = y.shape
        self.y, self.rate = y, rate
        self.w1 = rng.normal(scale=sigma, size=(hidden, items))
        self.w2 = rng.normal(scale=sigma, size=(features, hidden))
        self.g1, self.g2, self.error = np.empty_like(self.w1), np.empty_like(self.w2), np.empty_like(y)
        np.matmul(self.w2, self.w1, out=self.error)
        np.subtract(y, self.error, out=self.error)

    def step(self):
        np.matmul(self.error, self.w1.T, out=self.g2)
        np.matmul(self.w2.T, self.error, out=self.g1)
        self.g2 *= self.rate
        self.g1 *= self.rate
        self.w2 += self.g2
        self.w1 += self.g1
        np.matmul(self.w2, self.w1, out=self.error)
        np.subtract(self.y, self.error, out=self.error)


class Shallow:
    """A net without a hidden layer."""

    def __init__(self, rng, y, sigma, rate):
        self.rate, self.change = rate, np.empty_like(y)
        self.error = y - rng.normal(scale=sigma, size=y.shape)

    def step(self):
        np.multiply(self.error, self.rate, out=self.change)
        self.error -= self.change


class Crossing:
    """When values first reach their levels, linear between steps."""

    def __init__(self, levels):
        self.levels, self.before = levels, np.full(len(levels), -np.inf)
        self.at = np.full(len(levels), np.nan)

    def observe(self, step, values):
        new = (values >= self.levels) & np.isnan(self.at)
        if new.any():
            late, gained = (values - self.levels)[new], (values - self.before)[new]
            self.at[new] = step - late / gained
        self.before = values


def learn(net, u, s, vt, visit):
    """Learns until every mode has nearly its strength; `visit(step, strengths, error)` sees every state."""
    left = np.ascontiguousarray(u.T)
    for step in range(PATIENCE):
        strengths = s - np.sum((left @ net.error) * vt, axis=1)
        visit(step, strengths, net.error)
        if np.all(strengths >= LEARNED * s):
            return
        net.step()
    raise ArithmeticError("a mode was not learned")
