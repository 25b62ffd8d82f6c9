#!/usr/bin/env python3
"""Reference values for items of different frequency, made independently of the Rust code. NumPy only.

    python3 make_frequency.py        writes frequency.json beside this script

A case has a `kind` and its inputs in full. Matrices are lists of rows.
"""
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(17)


def flow(y, f, w1, w2, times, step):
    """The weights at each time, by the classical Runge-Kutta method of order 4; the gradient one item after the other."""
    def slope(w1, w2):
        in_w1, in_w2 = np.zeros_like(w1), np.zeros_like(w2)
        for item, frequency in enumerate(f):
            error = y[:, item] - w2 @ w1[:, item]
            in_w1[:, item] += frequency * (w2.T @ error)
            in_w2 += frequency * np.outer(error, w1[:, item])
        return in_w1, in_w2

    time, states = 0.0, []
    for until in times:
        steps = max(1, round((until - time) / step)) if until > time else 0
        h = (until - time) / steps if steps else 0.0
        for _ in range(steps):
            a = slope(w1, w2)
            b = slope(w1 + h / 2 * a[0], w2 + h / 2 * a[1])
            c = slope(w1 + h / 2 * b[0], w2 + h / 2 * b[1])
            d = slope(w1 + h * c[0], w2 + h * c[1])
            w1 = w1 + h / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0])
            w2 = w2 + h / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1])
        time = until
        states.append((w1, w2))
    return states


def flow_cases():
    """What the network computes over time, from large and from small weights, with enough hidden units and with too few."""
    for features, items, hidden, scale in ((4, 3, 5, 0.5), (3, 5, 2, 0.5), (5, 4, 6, 1e-3)):
        y = rng.normal(size=(features, items))
        f = rng.uniform(0.2, 2.5, size=items)
        w1, w2 = scale * rng.normal(size=(hidden, items)), scale * rng.normal(size=(features, hidden))
        times = [0.0, 0.4, 1.5, 4.0, 8.0]
        states = flow(y, f, w1, w2, times, 1e-3)
        yield {"kind": "flow", "y": y.tolist(), "frequencies": f.tolist(), "w1": w1.tolist(), "w2": w2.tolist(),
               "times": times, "products": [(b @ a).tolist() for a, b in states]}


def escape_cases():
    """How fast the first mode leaves the origin, from one pair of weights in its direction and hardly anything else."""
    for features, items in ((4, 3), (6, 8)):
        y = rng.normal(size=(features, items))
        f = rng.uniform(0.3, 2.0, size=items)
        u, s, vt = np.linalg.svd(y * f)
        u, v = u[:, 0], vt[0]
        ceiling, end = s[0] / (v * f @ v), u @ y @ v
        # One hidden unit; a little of the other directions, which is seen to have no part in it.
        start = np.sqrt(1e-6 * ceiling)
        w1 = start * (v + 1e-3 * rng.normal(size=items))[None, :]
        w2 = start * (u + 1e-3 * rng.normal(size=features))[:, None]
        times = [0.0, *np.linspace(2.2, 3.8, 1601) / s[0]]
        strengths = np.array([u @ b @ a @ v for a, b in flow(y, f, w1, w2, times, 1e-3 / s[0])])
        reached = [np.interp(np.log(share * ceiling), np.log(strengths), times) for share in (1e-4, 1e-3)]
        assert strengths[1] < 1e-4 * ceiling and strengths[-1] > 1e-3 * ceiling
        yield {"kind": "escape", "y": y.tolist(), "frequencies": f.tolist(), "s": s[0], "ceiling": ceiling, "end": end,
               "rate": np.log(10) / (2 * (reached[1] - reached[0]))}


def main():
    cases = [case for cases in (flow_cases, escape_cases) for case in cases()]
    head = {"about": "items that are presented with different frequencies", "made-with": f"numpy {np.__version__}",
            "cases": cases}
    (HERE / "frequency.json").write_text(json.dumps(head, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
