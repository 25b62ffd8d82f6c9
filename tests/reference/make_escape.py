#!/usr/bin/env python3
"""Reference values for the way out of a saddle and for networks of rectified units, made independently of the Rust code. NumPy only.

    python3 make_escape.py        writes escape.json and rectified.json beside this script

The loss is half the squared error, summed over all entries. Matrices are lists of rows.
"""
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(41)


def gradient(y, w, shapes):
    """In all weights, W2 and then W1, each row by row."""
    (f, h), (_, n) = shapes
    w2, w1 = w[: f * h].reshape(f, h), w[f * h :].reshape(h, n)
    e = y - w2 @ w1
    return np.concatenate([(-e @ w1.T).ravel(), (-w2.T @ e).ravel()])


def hessian(y, w, shapes):
    """By central differences of the gradient with two steps: the gradient is a polynomial of degree 3, so that extrapolation
    leaves rounding errors only."""
    def difference(step):
        columns = [(gradient(y, w + step * d, shapes) - gradient(y, w - step * d, shapes)) / (2 * step) for d in np.eye(len(w))]
        return np.array(columns).T

    return (4 * difference(0.05) - difference(0.1)) / 3


def escape_cases():
    """The network is near the saddle of its strongest modes, by weights that turn no learned hidden direction."""
    s = np.array([5.0, 3.0, 2.0, 1.0])
    for features, items, hidden, learned, off in ((4, 4, 5, 0, 0.1), (4, 4, 5, 1, 0.1), (6, 5, 4, 2, 0.3), (4, 6, 4, 3, 0.02)):
        y = np.zeros((features, items))
        y[range(4), range(4)] = s
        o = np.linalg.qr(rng.normal(size=(hidden, hidden)))[0][:, :learned]
        w1, w2 = np.zeros((hidden, items)), np.zeros((features, hidden))
        w1[:, :learned], w2[:learned] = o * np.sqrt(s[:learned]), (o * np.sqrt(s[:learned])).T
        shapes = (w2.shape, w1.shape)
        saddle = np.concatenate([w2.ravel(), w1.ravel()])
        values, vectors = np.linalg.eigh(hessian(y, saddle, shapes))
        lowest = np.abs(values - values[0]) < 1e-6
        d1, d2 = off * rng.normal(size=w1.shape), off * rng.normal(size=w2.shape)
        d1[:, :learned] = o @ (off * rng.normal(size=(learned, learned)))
        velocity = -gradient(y, np.concatenate([(w2 + d2).ravel(), (w1 + d1).ravel()]), shapes)
        along = vectors[:, lowest].T @ velocity
        yield {"s": s.tolist(), "learned": learned, "w1": (w1 + d1).tolist(), "w2": (w2 + d2).tolist(), "lowest": values[0],
               "directions": int(lowest.sum()), "alignment": float(np.linalg.norm(along) / np.linalg.norm(velocity))}


def hadamard(times):
    a = np.ones((1, 1))
    for _ in range(times):
        a = np.block([[a, a], [a, -a]])
    return a


def rectified_cases():
    """How many of 4000 starts of a network of rectified units end above the least loss, and how many have an item to which no
    unit answers; each of 8 units, on the 8 x 8 table of the claim foundations/no-local-minima."""
    y = np.array([5, 4.5, 3.5, 3, 2, 1.75, 1.5, 1.25])[:, None] * hadamard(3)
    starts, rate, steps = 4000, 0.01, 4000
    w1, w2 = 0.5 * rng.normal(size=(starts, 8, 8)), 0.5 * rng.normal(size=(starts, 8, 8))
    for _ in range(steps):
        hidden = np.maximum(w1, 0.0)
        error = y - w2 @ hidden
        w1, w2 = w1 + rate * (w1 > 0) * (w2.transpose(0, 2, 1) @ error), w2 + rate * error @ hidden.transpose(0, 2, 1)
    hidden = np.maximum(w1, 0.0)
    loss = ((y - w2 @ hidden) ** 2).sum(axis=(1, 2)) / 2
    silent = (hidden.max(axis=1) == 0).any(axis=1)
    return [{"y": y.tolist(), "start": 0.5, "rate": rate, "steps": steps, "starts": starts,
             "caught": float((loss > 1e-6).mean()), "silent": float(silent.mean())}]


def write(name, about, cases):
    text = json.dumps({"about": about, "made-with": f"numpy {np.__version__}", "cases": cases}, separators=(",", ":"))
    (HERE / f"{name}.json").write_text(text + "\n")


write("escape", "the part of the velocity along the lowest eigenvectors of the Hessian at a saddle", list(escape_cases()))
write("rectified", "ends of networks of rectified units", rectified_cases())
