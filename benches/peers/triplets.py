"""The three leading singular triplets of centred tables of zeros and ones."""

import time

import numpy as np
import scipy.linalg
from scipy.sparse.linalg import svds

import clock
import program
from pool import PROCESSES, pool
from turns import in_turns, row

ROUNDS = 5
BACKGROUND = 0.2
TOLERANCE = 1e-6


def hashed(rows, columns, matrix):
    """Numbers below 1000 that look random and that every language makes alike."""
    i, j = np.arange(rows, dtype=np.uint64)[:, None], np.arange(columns, dtype=np.uint64)[None, :]
    mask = np.uint64(0xFFFFFFFF)
    h = (i * np.uint64(0x9E37) + j * np.uint64(0x85EBCA6B) + np.uint64(matrix * 0xC2B2AE35 + 1)) & mask
    for shift, factor in [(16, 0x85EBCA6B), (13, 0xC2B2AE35)]:
        h ^= h >> np.uint64(shift)
        h = (h * np.uint64(factor)) & mask
    return (h ^ (h >> np.uint64(16))) % np.uint64(1000)


def centred(rows, columns, matrix):
    """A table with three blocks on its diagonal, denser one after the other, less the background."""
    i, j = np.arange(rows)[:, None] * 8 // rows, np.arange(columns)[None, :] * 8 // columns
    dense = (i == j) & (i % 2 == 0) & (i < 6)
    return (hashed(rows, columns, matrix) < np.where(dense, 500 + 50 * i, 200)) - BACKGROUND


def lanczos(table):
    u, s, vt = svds(table, k=3, tol=TOLERANCE, rng=np.random.default_rng(1))
    return u, s, vt


def gram(table):
    rows = table.shape[0]
    squares, u = scipy.linalg.eigh(table @ table.T, subset_by_index=[rows - 3, rows - 1])
    s = np.sqrt(squares)
    return u, s, (table.T @ (u / s)).T


METHODS = {"SciPy svds": lanczos, "Gram matrix and eigh": gram}


def work(name, rows, columns, first, count):
    """Processor seconds of a matrix, and the singular values of the last."""
    tables = [centred(rows, columns, first + number) for number in range(count)]

    def run():
        before = time.process_time()
        for table in tables:
            _, s, _ = METHODS[name](table)
        return time.process_time() - before, np.sort(s)[::-1]

    seconds, s = clock.mean(run)
    return seconds / count, s


# Rows, columns, matrices of each process, processes; targets by peer.
WORK = [
    ((200, 400), 100, PROCESSES, {"Gram matrix and eigh": 5, "SciPy svds": 9}),
    ((1000, 2000), 10, 1, {"SciPy svds": 10}),
    ((2000, 4000), 5, 1, {"SciPy svds": 20}),
]


def measure(ours, _):
    with pool() as workers:
        return {"rows": [entry for case in WORK for entry in rows(ours, workers, *case)]}


def rows(ours, workers, size, count, processes, targets):
    """With several processes, each has its own matrices, and a matrix costs the slower one's time over all matrices."""
    shares = [(number * count, count) for number in range(processes)]

    def own():
        found = program.answers(*([ours, "triplets", *size, *share] for share in shares))
        return [(one["seconds"], one["check"]) for one in found]

    expected = [s for _, s in own()]

    def checked(name, results):
        for (_, s), wanted in zip(results, expected):
            if not np.allclose(s, wanted, rtol=1e-8, atol=0):
                raise SystemExit(f"triplets {size}, {name}: the singular values are {s}, not {wanted}")
        return max(seconds for seconds, _ in results) / processes

    def peer(name):
        return lambda: checked(name, workers.starmap(work, [(name, *size, *share) for share in shares], chunksize=1))

    seconds = in_turns(ROUNDS, ours=lambda: checked("ours", own()), **{name: peer(name) for name in targets})
    title = "top 3 of a 0/1 table" + (", two processes" if processes > 1 else "")
    note = f"{processes * count} matrices a round" if processes > 1 else None
    text = " x ".join(map(str, size))
    return [row(title, text, name, seconds, "processor", target, note) for name, target in targets.items()]
