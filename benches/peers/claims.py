"""Whole claims, data and controls included: in NumPy and SciPy on two processes, and by `modewise run` on two threads.

A claim is a module that has its ID, `tasks(change)`, arguments of `work` with every number of replicates changed by
`change`, and `measures(tasks, results)`, the values of the claim's checks by the check's name and point.
"""

import math

import catalogue
import coarse_before_fine
import critical_size
import learning_times
import program
import rumelhart
import size_and_density
from pool import PROCESSES, pool, wall
from turns import in_turns, row

PEER = "NumPy and SciPy"
ROUNDS = 3
TARGET = 10

# Which part of the replicates is enough.
CLAIMS = [
    (learning_times, 4),
    (coarse_before_fine, 10),
    (size_and_density, 4),
    (critical_size, 16),
    (rumelhart, 8),
]


def measure(_, modewise):
    with pool() as workers:
        return {"rows": [of_claim(modewise, workers, *claim) for claim in CLAIMS]}


def of_claim(modewise, workers, claim, part):
    def change(replicates):
        return math.ceil(replicates / part)

    tasks = claim.tasks(change)
    with catalogue.with_replicates(claim.ID, change) as specs:
        flags = [claim.ID, "--specs", specs, "--no-store", "--jobs", PROCESSES]
        findings = program.answer(modewise, "check", *flags, "--json", "--quiet")["findings"]

        def peer():
            seconds, results = wall(workers, claim.work, tasks)
            compare(claim, findings, claim.measures(tasks, results))
            return seconds

        def ours():
            return program.timed([modewise, "run", *flags, "--quiet"]).wall

        seconds = in_turns(ROUNDS, **{"ours": ours, PEER: peer})
    size = f"1/{part} of the replicates"
    return row(f"claim {claim.ID}", size, PEER, seconds, "wall", TARGET)


def compare(claim, findings, measures):
    """Every check has to be measured, to lie in its band, and to be ours within its reach."""
    own = {(finding["check"], point(finding)): finding for finding in findings if finding["control"] is None}
    if own.keys() != measures.keys():
        raise SystemExit(f"{claim.ID}: the checks {sorted(map(str, own))} are not {sorted(map(str, measures))}")
    for name, finding in own.items():
        (low, high), value, ours = finding["band"], measures[name], finding["measured"]
        inside = (low is None or value >= low) and (high is None or value <= high)
        if not inside or abs(value - ours) > reach(finding):
            raise SystemExit(f"{claim.ID}, {name}: {value}, while ours is {ours} in {finding['interval']}")


def reach(finding):
    """How far other draws may lie: twice the length of our interval. Where all n replicates agree it has none; then, with a
    confidence of 99 %, up to a share 1 - 0.01^(1/n) of other replicates may be otherwise, which moves a share by that."""
    shortest, longest = finding["interval"]
    if longest > shortest:
        return 2 * (longest - shortest)
    return abs(finding["measured"]) * (1 - 0.01 ** (1 / finding["replicates"]))


def point(finding):
    """The values of the point, bare if there is one."""
    values = tuple((finding["point"] or {}).values())
    return values if len(values) > 1 else values[0] if values else None
