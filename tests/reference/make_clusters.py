"""Average linkage and principal coordinates by SciPy and NumPy: clusters.json.

    pip install numpy scipy
    python tests/reference/make_clusters.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist

rng = np.random.default_rng(7)
cases = []
for units, items in [(2, 3), (3, 8), (5, 12), (4, 30)]:
    columns = rng.normal(size=(units, items))
    tree = linkage(pdist(columns.T), method="average")
    centred = columns - columns.mean(axis=1, keepdims=True)
    axes, _, _ = np.linalg.svd(centred, full_matrices=False)
    coordinates = axes[:, :2].T @ centred
    cases.append(
        {
            "columns": columns.tolist(),
            "merges": [[int(a), int(b), height] for a, b, height, _ in tree],
            "absolute_coordinates": np.abs(coordinates).tolist(),
        }
    )

Path(__file__).with_name("clusters.json").write_text(json.dumps({"cases": cases}) + "\n")
