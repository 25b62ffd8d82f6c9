#!/usr/bin/env python3
"""Reference intervals for tests, made independently of the Rust code. NumPy and SciPy only.

    python3 make_intervals.py        writes intervals.json beside this script

Every case holds its inputs in full. Betting: the root of ln K(m) = ln(2 / (1 - confidence)) by Brent's method, with
sums of logarithms over the values as they come. Quantiles: ranks by going through the binomial distribution. Studentised:
200 000 resamples of NumPy's own, with the random error of each end against that from 40 000 resamples.
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats
from scipy.optimize import brentq
from scipy.special import logsumexp

rng = np.random.default_rng(20)


def lower(y, tail):
    n = len(y)
    halvings = max(1, int(np.ceil(np.log2(np.sqrt(n)))))
    b = np.concatenate([[1.0], 0.5 ** np.arange(1, halvings + 1)])
    w = np.concatenate([[0.5], np.full(halvings, 0.5 / halvings)])

    def excess(m):
        with np.errstate(divide="ignore"):
            logs = np.log1p(b[:, None] * (y[None, :] / m - 1)).sum(1)
        return max(logsumexp(logs, b=w) + np.log(tail), -1e3)

    return 0.0 if y.mean() == 0 else brentq(excess, 1e-9, y.mean(), xtol=1e-14, rtol=1e-14)


def betting(x, low, high, confidence):
    tail, r = (1 - confidence) / 2, high - low
    return [low + r * lower((x - low) / r, tail), high - r * lower((high - x) / r, tail)]


def quantile_ranks(n, p, confidence):
    tail = (1 - confidence) / 2
    lows = [l for l in range(1, n + 1) if stats.binom.cdf(l - 1, n, p) <= tail]
    highs = [u for u in range(1, n + 1) if stats.binom.sf(u - 1, n, p) <= tail]
    return [max(lows), min(highs)] if lows and highs else None


def studentised(x, statistic, confidence, count=200_000):
    n, all_ = len(x), statistic(x[None])[0]
    left = np.array([statistic(np.delete(x, i)[None])[0] for i in range(n)])
    u = (n - 1) * (left.mean() - left)
    t = []
    for _ in range(count // 20_000):
        index = rng.integers(0, n, (20_000, n))
        t.append((statistic(x[index]) - all_) / (u[index].std(1, ddof=1) / np.sqrt(n)))
    tail, se = (1 - confidence) / 2, np.sqrt((u**2).sum() / (n * (n - 1)))
    t = np.concatenate(t)
    low, high = np.quantile(t, [tail, 1 - tail])
    # The standard error of an empirical quantile, sqrt(p (1 - p) / n) / f(t), of 40 000 and of these together.
    slopes = [np.diff(np.quantile(t, [p - tail / 4, p + tail / 4]))[0] / (tail / 2) for p in (1 - tail, tail)]
    spread = np.sqrt(tail * (1 - tail) * (1 / 40_000 + 1 / count))
    return [all_ - high * se, all_ - low * se], [se * spread * slope for slope in slopes]


cases = []
for name, x, ends in [
    ("all at the upper end", np.ones(16), (-1, 1)),
    ("one rare deviation", np.r_[np.ones(31), 1 / 3], (-1, 1)),
    ("all at the lower end", np.zeros(5), (0, 1)),
    ("one value", np.array([0.4]), (0, 1)),
    ("beta", rng.beta(20, 0.5, 96), (0, 1)),
    ("uniform", rng.uniform(2, 5, 200), (2, 5)),
    ("few values", rng.integers(0, 4, 64).astype(float), (0, 3)),
    ("at both ends", np.r_[np.zeros(20), np.ones(44)], (0, 1)),
    ("many", rng.beta(2, 5, 3000), (0, 1)),
]:
    for confidence in (0.95, 0.99):
        cases.append(dict(kind="betting", name=name, x=x.tolist(), range=ends, confidence=confidence, interval=betting(x, *ends, confidence)))
for n in (1, 5, 7, 8, 16, 50, 51, 52, 100, 1000):
    for p in (0.1, 0.25, 0.5, 0.9):
        for confidence in (0.9, 0.99):
            cases.append(dict(kind="quantile", n=n, p=p, confidence=confidence, ranks=quantile_ranks(n, p, confidence)))
mean, sd = (lambda x: x.mean(1)), (lambda x: x.std(1, ddof=1))
for name, x in [("normal", rng.standard_normal(24)), ("exponential", rng.exponential(1, 32)), ("gamma", rng.gamma(2, 1, 60))]:
    for label, statistic in (("mean", mean), ("sd", sd)):
        for confidence in (0.9, 0.95):
            interval, errors = studentised(x, statistic, confidence)
            cases.append(dict(kind="studentised", name=name, statistic=label, x=x.tolist(), confidence=confidence, interval=interval, random_errors=errors))

head = {"about": "intervals", "made-with": f"numpy {np.__version__}, scipy {scipy.__version__}", "cases": cases}
plain = lambda value: value.tolist() if hasattr(value, "tolist") else value
(Path(__file__).parent / "intervals.json").write_text(json.dumps(head, separators=(",", ":"), default=plain) + "\n")
