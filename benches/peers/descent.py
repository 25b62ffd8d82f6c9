"""Steps of gradient descent of a linear net with one hidden layer, on one thread, in double precision."""

import time

import jax
import numpy as np
import torch

import clock
import program
from turns import in_turns, row

jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)
torch.set_grad_enabled(False)

RATE = 1e-4
ROUNDS = 5


def pattern(rows, columns, a, b, c):
    """Numbers between -1 and 1 that every language makes alike."""
    i, j = np.arange(rows)[:, None], np.arange(columns)[None, :]
    return ((a * i + b * j * j + c * i * j) % 1009) / 504.0 - 1.0


def net(items, hidden, features):
    y = pattern(features, items, 7, 13, 1)
    return y, 1e-2 * pattern(hidden, items, 3, 5, 2), 1e-2 * pattern(features, hidden, 11, 17, 3)


def loss(y, w1, w2):
    return 0.5 * np.sum((y - w2 @ w1) ** 2)


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
    return time.process_time() - before, loss(y, w1, w2)


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
    seconds = time.process_time() - before
    return seconds, loss(*map(np.asarray, [arrays[0], w1, w2]))


def torch_descent(items, hidden, features, steps):
    y, w1, w2 = map(torch.from_numpy, net(items, hidden, features))
    error, g1 = torch.empty_like(y), torch.empty_like(w1)
    before = time.process_time()
    for _ in range(steps):
        torch.addmm(y, w2, w1, alpha=-1.0, out=error)
        torch.mm(w2.T, error, out=g1)
        w2.addmm_(error, w1.T, alpha=RATE)
        w1.add_(g1, alpha=RATE)
    seconds = time.process_time() - before
    return seconds, loss(*(array.numpy() for array in [y, w1, w2]))


PEERS = {"NumPy": numpy_descent, "JAX": jax_descent, "PyTorch": torch_descent}

# Items, hidden units, features, steps; targets by peer.
WORK = [
    ((8, 16, 16, 100000), {"NumPy": 20, "JAX": 4, "PyTorch": 25}),
    ((64, 64, 128, 1000), {"NumPy": 1.2, "JAX": 1.2}),
    ((256, 256, 512, 20), {"NumPy": 0.95}),
    ((1000, 1000, 2000, 2), {"NumPy": 0.95}),
    ((1000, 32, 2000, 15), {"NumPy": 40}),
    ((1000, 100, 2000, 8), {"NumPy": 13}),
]


def measure(ours, _):
    return {"rows": [entry for sizes, targets in WORK for entry in rows(ours, sizes, targets)]}


def rows(ours, sizes, targets):
    def own():
        found = program.answer(ours, "descent", *sizes)
        return found["seconds"], found["check"][0]

    expected = own()[1]

    def checked(name, work):
        seconds, found = work()
        if not np.isclose(found, expected, rtol=1e-8, atol=0):
            raise SystemExit(f"descent {sizes}, {name}: the loss is {found}, not {expected}")
        return seconds

    def theirs(name):
        seconds, found = clock.mean(lambda: PEERS[name](*sizes))
        return seconds / sizes[-1], found

    work = {"ours": own, **{name: lambda name=name: theirs(name) for name in targets}}
    seconds = in_turns(ROUNDS, **{name: lambda name=name: checked(name, work[name]) for name in work})
    size = " x ".join(map(str, sizes[:-1]))
    return [row("descent step", size, name, seconds, "processor", target) for name, target in targets.items()]
