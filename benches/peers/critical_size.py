"""The claim categories/critical-size."""

import numpy as np

from detection import overlap, size

ID = "categories/critical-size"
# Objects, features, tables in a replicate.
SIZES = [
    (100, 200, 16),
    (200, 400, 8),
    (400, 800, 4),
    (800, 1600, 2),
    (1600, 3200, 1),
    (100, 3200, 6),
    (1600, 200, 6),
]
COHERENCES = np.linspace(1.2, 2.6, 8)
LEVEL = 0.4
# Background and density: of the claim, of its controls.
CLAIM, CONTROLS = (0.2, 0.5), [(0.0175, 0.3), (0.22, 0.5)]


def tasks(change):
    arms = [(CLAIM, change(96)), *((control, change(16)) for control in CONTROLS)]
    every = [(*arm, *of, c, seed) for arm, count in arms for of in SIZES for c in COHERENCES for seed in range(count)]
    return sorted(every, key=lambda task: -task[2] * task[3] * task[4])


def signal(background, density):
    return (density - background) ** 2 / (background * (1 - background))


def block(background, density, objects, features, coherence):
    return size(coherence * np.sqrt(objects * features) / signal(background, density), objects, features)


def work(background, density, objects, features, tables, coherence, seed):
    """Mean overlap of the tables of a replicate."""
    rng = np.random.default_rng([seed, objects, features, round(1e3 * coherence)])
    hidden = block(background, density, objects, features, coherence)
    found = [overlap(rng, objects, features, background, density, hidden, background) for _ in range(tables)]
    return np.mean(found)


def predicted(coherence, ratio):
    """Overlap in a large table (Benaych-Georges and Nadakuditi 2012)."""
    root, c = np.sqrt(ratio), np.maximum(coherence, 1.0)
    objects = 1 - (1 + root * c) / (c * (c + root))
    features = 1 - (root + c) / (c * (1 + root * c))
    return np.sqrt(objects * features)


def crossing(y, x):
    """Where y first rises through the level, linear between points."""
    above = np.argmax(y >= LEVEL)
    return x[above - 1] + (LEVEL - y[above - 1]) / (y[above] - y[above - 1]) * (x[above] - x[above - 1])


def measures(tasks, results):
    areas, ratios = [], {}
    for objects, features, _ in SIZES:
        own = [(task[5], found) for task, found in zip(tasks, results) if task[:4] == (*CLAIM, objects, features)]
        curve = np.array([np.mean([found for at, found in own if at == coherence]) for coherence in COHERENCES])
        area = np.array([np.prod(block(*CLAIM, objects, features, coherence)) for coherence in COHERENCES], float)
        coherence = signal(*CLAIM) * area / np.sqrt(objects * features)
        areas.append(crossing(curve, area))
        theory = crossing(predicted(coherence, objects / features), coherence)
        ratios["the crossing is where the theory has it", (objects, features)] = crossing(curve, coherence) / theory
    entries = [objects * features for objects, features, _ in SIZES]
    slope = np.polyfit(np.log(entries), np.log(areas), 1)[0]
    return {("the exponent is one half", None): slope, **ratios}
