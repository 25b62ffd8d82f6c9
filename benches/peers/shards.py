"""Two shares as two processes against one process with two threads."""

import tempfile

import program
from turns import in_turns, row

ROUNDS = 5
CLAIMS = ["saddles", "--profile", "quick"]


def measure(_, modewise):
    command = [modewise, "run", *CLAIMS, "--quiet", "--store"]

    def together():
        with tempfile.TemporaryDirectory() as store:
            return program.timed([*command, store, "--jobs", 2]).wall

    def apart():
        with tempfile.TemporaryDirectory() as store:
            shares = [[*command, store, "--jobs", 1, "--shard", f"{share}/2"] for share in [1, 2]]
            return program.timed(*shares).wall

    seconds = in_turns(ROUNDS, ours=apart, **{"one process, two threads": together})
    return {
        "rows": [
            row(
                "throughput of two shares, two processes",
                "quick profile of the chapter saddles",
                "one process, two threads",
                seconds,
                "wall",
                0.95,
            )
        ]
    }
