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


def overlap_cases():
    """Two modes with given strengths and cosines, as explicit matrices of random patterns in random directions."""
    rng = np.random.default_rng(23)
    for a, b, objects, features in ((3, 2, 0.4, 0.3), (3, 3, 0.6, 0.0), (5, 1, 1.0, 0.2), (2, 7, -0.5, 0.5), (1, 1, 0.0, 0.0),
                                    (4, 1e-7, 0.9, 0.8), (2, 2, 1.0, 1.0)):
        def pair(size, cosine):
            basis = np.linalg.qr(rng.normal(size=(size, 2)))[0]
            return basis[:, 0], cosine * basis[:, 0] + np.sqrt(1 - cosine**2) * basis[:, 1]
        v, y = pair(9, objects)
        u, x = pair(6, features)
        s = np.linalg.svd(a * np.outer(u, v) + b * np.outer(x, y), compute_uv=False)[:2]
        yield {"kind": "overlap", "strengths": [a, b], "objects": objects, "features": features,
               "singular_values": s.tolist()}


def planted_cases():
    """Tables of probabilities with categories that share members, normalised by the background; the members by hand."""
    background = 0.1
    for name, blocks in (
        ("overlapping", [(range(0, 20), range(0, 30), 0.5), (range(14, 30), range(25, 49), 0.4)]),
        ("nested", [(range(0, 20), range(0, 30), 0.5), (range(12, 20), range(20, 30), 0.4)]),
        ("objects alone", [(range(0, 20), range(0, 30), 0.5), (range(10, 26), range(30, 54), 0.6)]),
        ("three", [(range(0, 20), range(0, 30), 0.4), (range(14, 30), range(25, 49), 0.4),
                   ([16, 17, 18, 19, *range(30, 38)], [28, 29, *range(49, 57)], 0.3)]),
    ):
        table = np.full((60, 40), background)
        for objects, features, density in blocks:
            for feature in features:
                for item in objects:
                    table[feature, item] += density - background
        table = (table - background) / np.sqrt(background * (1 - background))
        s = np.linalg.svd(table, compute_uv=False)
        yield {"kind": "planted", "name": name, "singular_values": s[: len(blocks)].tolist(), "sum": table.sum()}


def contrast_cases():
    """Fish, birds, trees and flowers, item by item."""
    for m1, m2, m3, fish, birds, plants in ((4, 5, 1, 6, 6, 1), (4, 5, 2, 2, 2, 3), (4, 5, 1, 5, 2, 2), (2, 7, 3, 1, 4, 1)):
        kinds = ["fish"] * fish + ["bird"] * birds + ["tree"] * plants + ["flower"] * plants
        split = {"fish": (1, 1, 0), "bird": (1, -1, 0), "tree": (-1, 0, 1), "flower": (-1, 0, -1)}
        rows = [[split[kind][which] for kind in kinds] for which, count in enumerate((m1, m2, m3)) for _ in range(count)]
        s = np.linalg.svd(np.array(rows, dtype=float), compute_uv=False)[:3]
        yield {"kind": "contrast", "m1": m1, "m2": m2, "m3": m3, "fish": fish, "birds": birds, "plants": plants,
               "rows": rows, "singular_values": s.tolist()}


def main():
    cases = [case for cases in (path_cases, overlap_cases, planted_cases, contrast_cases) for case in cases()]
    head = {"about": "data sets whose modes mix", "made-with": f"numpy {np.__version__}", "cases": cases}
    (HERE / "data.json").write_text(json.dumps(head, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
