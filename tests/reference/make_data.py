#!/usr/bin/env python3
"""Reference values for data sets whose modes mix, made independently of the Rust code. NumPy only.

    python3 make_data.py        writes data.json beside this script

A case has a `kind` and its inputs in full. Matrices are lists of rows.
"""
import itertools
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def paths_in_the_limit(depth, first, coding):
    """Infinitely many objects that draw their way down a tree: each path once, weighted by its probability."""
    names = [prefix for length in range(depth) for prefix in itertools.product("fs", repeat=length)]
    columns, weights = [], []
    for path in itertools.product("fs", repeat=depth):
        taken = {path[:level]: path[level] for level in range(depth)}
        value = {"f": 1.0, "s": -1.0 if coding == "signs" else 0.0}
        columns.append([value[taken[name]] if name in taken else 0.0 for name in names])
        weights.append(np.prod([first if branch == "f" else 1 - first for branch in path]))
    y, weights = np.array(columns).T, np.array(weights)
    if coding == "centred-bits":
        y = y - (y @ weights)[:, None]
    _, s, v = np.linalg.svd(y * np.sqrt(weights), full_matrices=False)
    on_first = np.array([path[0] == "f" for path in itertools.product("fs", repeat=depth)])
    split = np.where(on_first, 1 / first, -1 / (1 - first)) * np.sqrt(weights)
    share = (v[0] @ split) ** 2 / (split @ split)
    return {"kind": "drawn-paths", "depth": depth, "first": first, "coding": coding,
            "singular_values": s[s > 1e-9].tolist(), "root_share": share}


def path_cases():
    for depth, first in ((1, 0.5), (3, 0.5), (4, 0.5), (4, 0.6)):
        for coding in ("signs", "bits", "centred-bits"):
            yield paths_in_the_limit(depth, first, coding)


def main():
    cases = [case for cases in (path_cases,) for case in cases()]
    head = {"about": "data sets whose modes mix", "made-with": f"numpy {np.__version__}", "cases": cases}
    (HERE / "data.json").write_text(json.dumps(head, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
