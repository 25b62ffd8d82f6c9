"""The same work in NumPy, SciPy and JAX and by this library, in turns; the table of `reports/peers.md`.

Each as a careful user would write it: in place, without temporaries, compiled where the peer compiles. One thread, and
processor time, so that other work on the machine counts little. A peer's time counts only if its result is ours.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time

for library in ["OMP", "OPENBLAS", "MKL"]:
    os.environ[f"{library}_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import numpy as np
import scipy
from scipy.sparse.linalg import svds

jax.config.update("jax_enable_x64", True)
OURS = sys.argv[1]
ROUNDS = 5
RATE = 1e-4


def pattern(rows, columns, a, b, c):
    i, j = np.arange(rows)[:, None], np.arange(columns)[None, :]
    return ((a * i + b * j * j + c * i * j) % 1009) / 504.0 - 1.0


def net(items, hidden, features):
    y = pattern(features, items, 7, 13, 1)
    return y, 1e-2 * pattern(hidden, items, 3, 5, 2), 1e-2 * pattern(features, hidden, 11, 17, 3)


def numpy_descent(items, hidden, features, steps):
    y, w1, w2 = net(items, hidden, features)
    error, g1, g2 = np.empty_like(y), np.empty_like(w1), np.empty_like(w2)
    before = time.process_time()
    for _ in range(steps):
        np.matmul(w2, w1, out=error)
        np.subtract(y, error, out=error)
        np.matmul(error, w1.T, out=g2)
        np.matmul(w2.T, error, out=g1)
        g2 *= RATE
        g1 *= RATE
        w2 += g2
        w1 += g1
    seconds = (time.process_time() - before) / steps
    return seconds, [0.5 * np.sum((y - w2 @ w1) ** 2)]


def jax_descent(items, hidden, features, steps):
    def run(y, w1, w2):
        def step(_, weights):
            w1, w2 = weights
            error = y - w2 @ w1
            return w1 + RATE * (w2.T @ error), w2 + RATE * (error @ w1.T)

        return jax.lax.fori_loop(0, steps, step, (w1, w2))

    arrays = [jax.numpy.asarray(array) for array in net(items, hidden, features)]
    compiled = jax.jit(run).lower(*arrays).compile()
    before = time.process_time()
    w1, w2 = jax.block_until_ready(compiled(*arrays))
    seconds = (time.process_time() - before) / steps
    return seconds, [float(0.5 * np.sum((np.asarray(arrays[0]) - np.asarray(w2) @ np.asarray(w1)) ** 2))]


def hashed(rows, columns, matrix):
    i, j = np.arange(rows, dtype=np.uint64)[:, None], np.arange(columns, dtype=np.uint64)[None, :]
    mask = np.uint64(0xFFFFFFFF)
    h = (i * np.uint64(0x9E37) + j * np.uint64(0x85EBCA6B) + np.uint64(matrix * 0xC2B2AE35 + 1)) & mask
    for shift, factor in [(16, 0x85EBCA6B), (13, 0xC2B2AE35)]:
        h ^= h >> np.uint64(shift)
        h = (h * np.uint64(factor)) & mask
    return (h ^ (h >> np.uint64(16))) % np.uint64(1000)


def table(rows, columns, matrix):
    i, j = np.arange(rows)[:, None] * 8 // rows, np.arange(columns)[None, :] * 8 // columns
    dense = (i == j) & (i % 2 == 0) & (i < 6)
    return (hashed(rows, columns, matrix) < np.where(dense, 500 + 50 * i, 200)) - 0.2


def svds_triplets(rows, columns, count):
    tables = [table(rows, columns, matrix) for matrix in range(count)]
    before = time.process_time()
    for one in tables:
        _, s, _ = svds(one, k=3, tol=1e-6, rng=np.random.default_rng(1))
    return (time.process_time() - before) / count, sorted(s, reverse=True)


def gram_triplets(rows, columns, count):
    tables = [table(rows, columns, matrix) for matrix in range(count)]
    before = time.process_time()
    for one in tables:
        squares, u = scipy.linalg.eigh(one @ one.T, subset_by_index=[rows - 3, rows - 1])
        s = np.sqrt(squares)
        _ = one.T @ (u / s)
    return (time.process_time() - before) / count, sorted(s, reverse=True)


DESCENT = {"NumPy": numpy_descent, "JAX loop": jax_descent}
TRIPLETS = {"SciPy svds": svds_triplets, "Gram matrix and eigh": gram_triplets}
WORK = [
    ("descent step", "descent", DESCENT, (8, 16, 16, 20000)),
    ("descent step", "descent", DESCENT, (64, 64, 128, 1000)),
    ("descent step", "descent", DESCENT, (256, 256, 512, 40)),
    ("descent step", "descent", DESCENT, (1000, 32, 2000, 15)),
    ("descent step", "descent", DESCENT, (1000, 100, 2000, 8)),
    ("top 3 of a 0/1 table", "triplets", TRIPLETS, (200, 400, 50)),
    ("top 3 of a 0/1 table", "triplets", TRIPLETS, (1000, 2000, 2)),
]


def ours(kind, sizes):
    answer = subprocess.run([OURS, kind, *map(str, sizes)], check=True, capture_output=True, text=True).stdout
    answer = json.loads(answer)
    return answer["seconds"], answer["check"]


def measured(kind, peers, sizes):
    """Seconds of each by name, ours first: a list over rounds, in turns."""
    seconds = {"ours": [], **{name: [] for name in peers}}
    for _ in range(ROUNDS):
        time_of, expected = ours(kind, sizes)
        seconds["ours"].append(time_of)
        for name, peer in peers.items():
            time_of, found = peer(*sizes)
            if not np.allclose(found, expected, rtol=1e-8, atol=0):
                raise SystemExit(f"{name}, {kind} {sizes}: {found} is not {expected}")
            seconds[name].append(time_of)
    return seconds


def readable(seconds):
    for unit, scale in [("s", 1.0), ("ms", 1e3), ("µs", 1e6)]:
        if seconds * scale >= 1:
            break
    return f"{seconds * scale:.3g} {unit}"


def main():
    versions = ", ".join(f"{module.__name__} {module.__version__}" for module in [np, scipy, jax])
    print("# The same work elsewhere\n")
    print(f"Written by `make peers` on {time.strftime('%Y-%m-%d')}: {platform.machine()}, {processor()}, Python")
    print(f"{platform.python_version()}, {versions}. One thread, processor time, medians of {ROUNDS} rounds in turns,")
    print("double precision; every result was compared with ours. Sizes of descent are items x hidden x features.\n")
    print("| work | size | ours | peer | its time | times ours |")
    print("| --- | --- | --- | --- | --- | --- |")
    for title, kind, peers, sizes in WORK:
        seconds = {name: statistics.median(times) for name, times in measured(kind, peers, sizes).items()}
        own = seconds.pop("ours")
        for name, of_peer in seconds.items():
            size = " x ".join(map(str, sizes[:-1]))
            print(f"| {title} | {size} | {readable(own)} | {name} | {readable(of_peer)} | {of_peer / own:.2g} |")
        sys.stdout.flush()


def processor():
    lines = open("/proc/cpuinfo", encoding="utf-8").read().splitlines()
    return next(line.split(": ", 1)[1] for line in lines if line.startswith("model name"))


main()
