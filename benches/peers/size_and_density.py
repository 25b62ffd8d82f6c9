"""The claim categories/size-and-density."""

import numpy as np

from detection import overlap, size

ID = "categories/size-and-density"
OBJECTS, FEATURES = 300, 600
AREAS, DENSITIES = np.geomspace(60, 12000, 20), np.linspace(0.14, 0.9, 20)
# Replicates, background, what tables are centred by: the claim, then its controls.
ARMS = [(52, 0.1, 0.1), (12, 0.06, 0.06), (8, 0.1, 0.0)]
ASSUMED = 0.1


def tasks(change):
    """A task is the plane at one replicate of one arm, row by row."""
    return [
        (arm, seed, density)
        for arm, (count, *_) in enumerate(ARMS)
        for seed in range(change(count))
        for density in DENSITIES
    ]


def work(arm, seed, density):
    """Overlap at each area."""
    _, background, shift = ARMS[arm]
    rng = np.random.default_rng([seed, arm, round(1e3 * density)])
    blocks = [size(area, OBJECTS, FEATURES) for area in AREAS]
    return [overlap(rng, OBJECTS, FEATURES, background, density, block, shift) for block in blocks]


def measures(tasks, results):
    own = [(density, found) for (arm, _, density), found in zip(tasks, results) if arm == 0]
    densities, found = np.array([density for density, _ in own])[:, None], np.array([row for _, row in own])
    area = np.array([np.prod(size(area, OBJECTS, FEATURES)) for area in AREAS], float)
    signal = (densities - ASSUMED) ** 2 / (ASSUMED * (1 - ASSUMED))
    predicted = signal * area / np.sqrt(OBJECTS * FEATURES)
    clear = (predicted < 0.6) | (predicted > 1.6)
    right = np.where(predicted > 1, found > 0.2, found <= 0.2)
    plane = len(DENSITIES) * len(AREAS)
    share = (right & clear).reshape(-1, plane).sum(axis=1) / clear.reshape(-1, plane).sum(axis=1)
    return {
        ("found above the border and lost below it", None): (share >= 0.985).mean(),
        ("large but thin is not found", None): found[(area > 5000) & (predicted < 0.6)].mean(),
        ("small but dense is found", None): found[(area < 500) & (predicted > 3)].mean(),
    }
