#!/usr/bin/env python3
"""Reference values for the later results, made independently of the Rust code. NumPy and SciPy only.

    python3 make_beyond.py        writes beyond.json beside this script

A case has a `kind` and its inputs in full. Matrices are lists of rows.
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.integrate import quad, solve_ivp
from scipy.linalg import expm

HERE = Path(__file__).parent
rng = np.random.default_rng(20)


def test_error(load, time, noise):
    """The integral over the Marchenko-Pastur density, adaptively, in l = x^2 where the density is singular."""
    a, b = (np.sqrt(load) - 1) ** 2, (np.sqrt(load) + 1) ** 2
    kept = lambda l: np.exp(-2 * l * time) + noise * (1 - np.exp(-l * time)) ** 2 / l
    density = lambda l: np.sqrt(max((b - l) * (l - a), 0)) / (2 * np.pi * l)
    under = lambda x: density(x * x) * kept(x * x) * 2 * x
    cuts = np.sqrt(a) + (np.sqrt(b) - np.sqrt(a)) * np.array([0, 0.01, 0.05, 0.2, 0.5, 1])
    parts = [quad(under, lo, hi, epsabs=1e-11, epsrel=1e-10, limit=400)[0] for lo, hi in zip(cuts, cuts[1:])]
    return noise + max(0, 1 - load) + sum(parts)


def error_cases():
    for load in (0.3, 0.9, 1.0, 2.5):
        for time in (0.5, 20.0, 300.0):
            yield {"kind": "test-error", "load": load, "time": time, "noise": 0.3, "value": test_error(load, time, 0.3)}


def regression_cases():
    """Distance of the weights from the teacher's, by the exponential of the flow's generator."""
    for samples, features in ((5, 3), (3, 5)):
        x, w0 = rng.normal(size=(samples, features)), rng.normal(size=features)
        noise = rng.normal(size=samples)
        drive = x.T @ (x @ w0 + noise)
        generator = np.zeros((features + 1, features + 1))
        generator[:-1, :-1], generator[:-1, -1] = -x.T @ x, drive
        at = []
        for t in (0.0, 0.3, 2.0, 20.0):
            w = expm(generator * t)[:-1, -1]
            at.append([t, ((w - w0) ** 2).sum()])
        yield {"kind": "regression", "inputs": x.tolist(), "teacher": w0[:, None].tolist(),
               "noise": noise[:, None].tolist(), "at": at}


def diagonal_cases():
    """Coefficients u v over time, by Runge-Kutta of order 8 on the weights."""
    for correlation in (0.0, 0.4):
        target, start = np.array([1.5, -0.8, 0.3]), 0.01
        covariance = (1 - correlation) * np.eye(3) + correlation
        def slope(_, w):
            u, v = w[:3], w[3:]
            r = covariance @ (target - u * v)
            return np.concatenate([v * r, u * r])
        times = [0.0, 1.0, 3.0, 6.0, 12.0]
        w0 = np.concatenate([np.full(3, np.sqrt(2) * start), np.zeros(3)])
        solved = solve_ivp(slope, (0, 12), w0, t_eval=times, method="DOP853", rtol=1e-12, atol=1e-15)
        yield {"kind": "diagonal", "target": target.tolist(), "correlation": correlation, "start": start,
               "times": times, "coefficients": (solved.y[:3] * solved.y[3:]).T.tolist()}


def kernel_cases():
    """Alignment of two tangent kernels, formed in full from the gradients of every output."""
    def kernel(w1, w2):
        features, items = w2.shape[0], w1.shape[1]
        jacobian = []
        for item in range(items):
            for feature in range(features):
                in_w1, in_w2 = np.zeros_like(w1), np.zeros_like(w2)
                in_w1[:, item] = w2[feature]
                in_w2[feature] = w1[:, item]
                jacobian.append(np.concatenate([in_w1.ravel(), in_w2.ravel()]))
        jacobian = np.array(jacobian)
        return jacobian @ jacobian.T
    for items, hidden, features in ((4, 3, 2), (3, 5, 6)):
        w = [rng.normal(size=shape) for shape in ((hidden, items), (features, hidden)) * 2]
        one, other = kernel(w[0], w[1]), kernel(w[2], w[3])
        cosine = (one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum())
        yield {"kind": "kernel", "one": [w[0].tolist(), w[1].tolist()], "other": [w[2].tolist(), w[3].tolist()],
               "alignment": cosine}


def attention_cases():
    """Mean loss over sampled contexts, with its standard error."""
    for keys in ("separate", "merged"):
        variances, context, heads = np.array([1.0, 0.5, 0.2]), 6, 2
        parameters, matrix = [], np.zeros((3, 3))
        for _ in range(heads):
            value = rng.normal() * 0.7
            if keys == "separate":
                key, query = rng.normal(size=3) * 0.7, rng.normal(size=3) * 0.7
                parameters += [value, *key, *query]
                matrix += value * np.outer(key, query)
            else:
                compare = rng.normal(size=(3, 3)) * 0.5
                parameters += [value, *compare.ravel()]
                matrix += value * compare
        losses = []
        for _ in range(40):
            w = rng.normal(size=(20000, 3))
            x = rng.normal(size=(20000, context, 3)) * np.sqrt(variances)
            query = rng.normal(size=(20000, 3)) * np.sqrt(variances)
            summary = np.einsum("cni,cn->ci", x, np.einsum("cni,ci->cn", x, w)) / context
            answer = np.einsum("ci,ij,cj->c", summary, matrix, query)
            losses.append((((w * query).sum(1) - answer) ** 2).mean())
        yield {"kind": "attention", "keys": keys, "variances": variances.tolist(), "context": context, "heads": heads,
               "parameters": parameters, "loss": np.mean(losses), "standard_error": np.std(losses) / np.sqrt(39)}


def main():
    cases = [case for cases in (error_cases, regression_cases, diagonal_cases, kernel_cases, attention_cases)
             for case in cases()]
    head = {"about": "later results: overtraining, diagonal nets, tangent kernels, linear attention",
            "made-with": f"numpy {np.__version__}, scipy {scipy.__version__}", "cases": cases}
    (HERE / "beyond.json").write_text(json.dumps(head, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
