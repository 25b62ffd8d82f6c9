"""Experiments for modewise in Python.

A program that declares itself in ``specs/_experiments/NAME/experiment.yaml`` gets a line of JSON for each cell and answers
with one. This module reads and writes them::

    import modewise

    @modewise.experiment
    def coin(replicate, seeds, bias, throws):
        rng = seeds.throw.numpy()              # or .random(), or int(seeds.throw)
        return {"run": {"heads": (rng.random(throws) < bias).mean()}}

    modewise.serve(coin)

The function is called once for each replicate, with the parameters of the experiment by name, and returns the rows of
its tables: a mapping from the name of a table to a row (a mapping from columns to numbers), to a list of rows, or to
columns (a mapping to sequences or arrays of one length). ``nan`` and ``None`` are missing values; infinities are refused.

NumPy is not needed, unless ``.numpy()`` is called or arrays are returned.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["Failure", "Seed", "Seeds", "experiment", "experiment_of_batches", "serve"]

PROTOCOL = 1


class Failure(Exception):
    """Raised by an experiment that has no numbers: it diverged, for instance. The reason is kept as its result."""


class Seed(int):
    """A seed of one replicate: a whole number below 2**64."""

    def numpy(self) -> Any:
        """A ``numpy.random.Generator`` that starts from this seed."""
        import numpy

        return numpy.random.default_rng(int(self))

    def random(self) -> random.Random:
        """A ``random.Random`` that starts from this seed."""
        return random.Random(int(self))


class Seeds:
    """The seeds of one replicate, one for each stream that is declared: ``seeds.data``, ``seeds["start"]``."""

    def __init__(self, seeds: Mapping[str, int]) -> None:
        self._seeds = {name: Seed(seed) for name, seed in seeds.items()}

    def __getitem__(self, name: str) -> Seed:
        try:
            return self._seeds[name]
        except KeyError:
            raise KeyError(f"no stream {name!r} is declared (declared: {', '.join(self._seeds) or 'none'})") from None

    def __getattr__(self, name: str) -> Seed:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None


def experiment(function: Callable[..., Mapping[str, Any]]) -> Callable[..., Mapping[str, Any]]:
    """Marks a function of one replicate: ``function(replicate, seeds, **parameters)``."""
    function.modewise_batch = False  # type: ignore[attr-defined]
    return function


def experiment_of_batches(function: Callable[..., Mapping[str, Any]]) -> Callable[..., Mapping[str, Any]]:
    """Marks a function of all replicates of a cell: ``function(replicates, seeds, **parameters)``.

    ``replicates`` is a list of numbers and ``seeds`` a list of :class:`Seeds`, one for each of them. Every table that
    is returned has a column ``replicate``.
    """
    function.modewise_batch = True  # type: ignore[attr-defined]
    return function


def serve(function: Callable[..., Mapping[str, Any]]) -> None:
    """Answers requests until there are no more.

    What the experiment prints goes to standard error, which is its log. An exception ends the program, and the cell is
    broken with the end of the log as its reason; :class:`Failure` is a result.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Because libraries print as well, some of them below Python.
    os.dup2(2, 1)
    for line in sys.stdin:
        if line.strip():
            answers.write(answer(function, line) + "\n")
            answers.flush()


def answer(function: Callable[..., Mapping[str, Any]], line: str) -> str:
    """The answer to one request, as a line of JSON."""
    request = json.loads(line)
    if request["protocol"] != PROTOCOL:
        raise RuntimeError(f"protocol {request['protocol']} is not supported (supported: {PROTOCOL})")
    replicates = request["replicates"]
    streams = request["seeds"]
    seeds = [Seeds({name: int(of[place]) for name, of in streams.items()}) for place in range(len(replicates))]
    parameters = request["parameters"]
    if getattr(function, "modewise_batch", False):
        try:
            tables = {name: columns(table, name) for name, table in function(replicates, seeds, **parameters).items()}
        except Failure as failure:
            return _failure(request, replicates[0], failure)
    else:
        tables = {}
        for replicate, own in zip(replicates, seeds):
            try:
                returned = function(replicate, own, **parameters)
            except Failure as failure:
                return _failure(request, replicate, failure)
            for name, table in returned.items():
                _append(tables.setdefault(name, {}), columns(table, name), replicate, name)
    return json.dumps({"id": request["id"], "tables": tables}, allow_nan=False)


def _failure(request: Mapping[str, Any], replicate: int, failure: Failure) -> str:
    return json.dumps({"id": request["id"], "failure": {"replicate": replicate, "reason": str(failure)}})


def columns(table: Any, name: str) -> dict[str, list[float | None]]:
    """A table by columns: from a row, a list of rows, or columns."""
    if isinstance(table, Mapping):
        found = {column: _values(values) for column, values in table.items()}
        lengths = {column: len(values) for column, values in found.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"the columns of the table {name!r} differ in length: {lengths}")
    else:
        rows = list(table)
        found = {}
        for row in rows:
            if found and set(row) != set(found):
                raise ValueError(f"the rows of the table {name!r} differ in their columns: {sorted(row)}, {sorted(found)}")
            for column, value in row.items():
                found.setdefault(column, []).extend(_values(value))
    return {column: [_number(value, column, name) for value in values] for column, values in found.items()}


def _values(values: Any) -> list[Any]:
    """A number as a list of one, a sequence or an array as a list."""
    if hasattr(values, "tolist"):
        values = values.tolist()
    elif hasattr(values, "item"):
        values = values.item()
    return list(values) if isinstance(values, (list, tuple, range)) else [values]


def _number(value: Any, column: str, table: str) -> float | None:
    if value is None:
        return None
    number = float(value)
    if math.isinf(number):
        raise ValueError(f"the column {column!r} of the table {table!r} has an infinite value")
    return None if math.isnan(number) else number


def _append(whole: dict[str, list[Any]], part: dict[str, list[Any]], replicate: int, name: str) -> None:
    """Adds the rows of a replicate to those of the replicates before it."""
    rows = len(next(iter(part.values()), []))
    part = {"replicate": [replicate] * rows, **part}
    if whole and set(whole) != set(part):
        raise ValueError(f"the table {name!r} has other columns in replicate {replicate}: {sorted(part)}, {sorted(whole)}")
    for column, values in part.items():
        whole.setdefault(column, []).extend(values)
