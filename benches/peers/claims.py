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
    """Every check has to be measured, to lie in its band, and to be ours within twice the length of our interval."""
    own = {(finding["check"], point(finding)): finding for finding in findings if finding["control"] is None}
    if own.keys() != measures.keys():
        raise SystemExit(f"{claim.ID}: the checks {sorted(map(str, own))} are not {sorted(map(str, measures))}")
    for name, finding in own.items():
        (low, high), [shortest, longest] = finding["band"], finding["interval"]
        value, reach = measures[name], 2 * (longest - shortest)
        inside = (low is None or value >= low) and (high is None or value <= high)
        # Where all of our replicates agree the interval has no length, and the band alone decides.
        if not inside or (reach > 0 and abs(value - finding["measured"]) > reach):
            raise SystemExit(f"{claim.ID}, {name}: {value}, while ours is {finding['measured']} in [{shortest}, {longest}]")


def point(finding):
    """The values of the point, bare if there is one."""
    values = tuple((finding["point"] or {}).values())
    return values if len(values) > 1 else values[0] if values else None
