"""How our cost grows with the size of the work."""

import math

import catalogue
import clock
import program

CELLS = "hierarchy/coarse-before-fine"
REPLICATES = [16, 32, 64]
THREADS = 1


def measure(ours, modewise):
    series = [*program.answer(ours, "growth"), cells(modewise)]
    return {"growth": [{**one, "slope": slope(one["points"])} for one in series]}


def cells(modewise):
    """Processor seconds of a claim's run against its cells, of 16 replicates each, at the three points of its sweep."""
    points = []
    for replicates in REPLICATES:
        with catalogue.with_replicates(CELLS, lambda _, replicates=replicates: replicates) as specs:
            command = [modewise, "run", CELLS, "--specs", specs, "--no-store", "--jobs", THREADS, "--quiet"]
            # Another arm, the control, has as many cells.
            seconds, _ = clock.mean(lambda command=command: (program.timed(command).processor, None))
            points.append([2 * 3 * replicates // 16, seconds])
    return {"work": f"cells of {CELLS}, one thread", "against": "cells", "points": points}


def slope(points):
    """Least squares through the logarithms."""
    x, y = ([math.log(point[axis]) for point in points] for axis in range(2))
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    return products / sum((a - mean_x) ** 2 for a in x)
