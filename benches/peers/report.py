"""The whole report: how long it takes and how much memory it needs."""

import pathlib
import statistics
import tempfile

import program

STARTS = 20


def measure(_, modewise):
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)

        def report(name, *flags):
            return program.timed(
                [modewise, "report", "--quiet", "--jobs", 2, "--store", place / name, "--out", place / "site", *flags]
            )

        cold = report("full")
        stored = min(report("full").wall for _ in range(3))
        quick = report("quick", "--profile", "quick")
        start = statistics.median(program.timed([modewise, "list"]).wall for _ in range(STARTS))
    return {
        "limits": [
            limit("all claims and the site, two threads", cold.wall, "s", 180),
            limit("the same, memory at most", cold.memory / 2**10, "MiB", 1024),
            limit("the same, all cells stored", stored, "s", 1),
            limit("quick profile, two threads", quick.wall, "s", 40),
            limit("`modewise list`, two threads", 1e3 * start, "ms", 50),
        ]
    }


def limit(work, measured, unit, at_most):
    return {"work": work, "measured": measured, "unit": unit, "limit": at_most}
