"""Two processes of Python, as many as the cores that ours runs on."""

import multiprocessing
import time

PROCESSES = 2


def pool():
    """Workers that have not inherited anything."""
    return multiprocessing.get_context("spawn").Pool(PROCESSES)


def wall(workers, function, tasks):
    """Wall-clock seconds until the workers have done all tasks, one at a time each, and their results in order."""
    before = time.perf_counter()
    results = workers.starmap(function, tasks, chunksize=1)
    return time.perf_counter() - before, results
