#!/usr/bin/env python3
"""Reference values for Rumelhart's network that learns one pattern at a time, made independently of the Rust code. NumPy only.

    python3 make_online.py        writes online.json beside this script

Pattern `k N + i` is item `i` with relation `k`. The orders in which the patterns come are part of the case.
"""
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(29)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def case(items, relations, units, hidden, attributes, rate, epochs):
    table = (rng.uniform(size=(attributes, items)) < 0.4).astype(float)
    cuts = np.sort(rng.choice(np.arange(1, attributes), size=relations - 1, replace=False))
    starts, ends = [0, *cuts.tolist()], [*cuts.tolist(), attributes]
    shapes = {"item": (units, items), "representation_hidden": (hidden, units), "relation": (hidden, relations),
              "hidden_attribute": (attributes, hidden), "representation_bias": (units, 1), "hidden_bias": (hidden, 1),
              "attribute_bias": (attributes, 1)}
    w = {name: rng.normal(size=shape) * 0.7 for name, shape in shapes.items()}
    start = {name: value.tolist() for name, value in w.items()}
    orders = [rng.permutation(items * relations).tolist() for _ in range(epochs)]
    for pattern in (pattern for order in orders for pattern in order):
        # One-hot inputs in full, and the chain rule one layer after the other.
        x, q = np.eye(items)[:, [pattern % items]], np.eye(relations)[:, [pattern // items]]
        right = np.zeros((attributes, 1))
        asked = slice(starts[pattern // items], ends[pattern // items])
        right[asked, 0] = table[asked, pattern % items]
        r = sigmoid(w["item"] @ x + w["representation_bias"])
        h = sigmoid(w["representation_hidden"] @ r + w["relation"] @ q + w["hidden_bias"])
        y = sigmoid(w["hidden_attribute"] @ h + w["attribute_bias"])
        by_y = (y - right) * y * (1 - y)
        by_h = w["hidden_attribute"].T @ by_y * h * (1 - h)
        by_r = w["representation_hidden"].T @ by_h * r * (1 - r)
        gradient = {"item": by_r @ x.T, "representation_hidden": by_h @ r.T, "relation": by_h @ q.T,
                    "hidden_attribute": by_y @ h.T, "representation_bias": by_r, "hidden_bias": by_h, "attribute_bias": by_y}
        w = {name: w[name] - rate * gradient[name] for name in w}
    return {"sizes": [items, relations, units, hidden, attributes], "relations": list(zip(starts, ends)), "table": table.tolist(),
            "start": start, "rate": rate, "orders": orders,
            "representation": sigmoid(w["item"] + w["representation_bias"]).tolist(),
            "end": {name: value.tolist() for name, value in w.items()}}


# More units than the sums are interleaved over, and fewer.
cases = [case(3, 2, 4, 5, 7, 0.5, 6), case(5, 3, 9, 17, 11, 0.8, 4)]
about = "Rumelhart's network, one pattern at a time, from given weights and in a given order"
(HERE / "online.json").write_text(json.dumps({"about": about, "made-with": f"numpy {np.__version__}", "cases": cases}, separators=(",", ":")) + "\n")
