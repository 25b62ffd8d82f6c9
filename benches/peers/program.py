"""Running our programs."""

import json
import os
import subprocess
import time
import typing


def answer(program, *arguments):
    """What a program prints, as JSON."""
    return json.loads(output(start(program, *arguments)))


def answers(*commands):
    """The same of several that run at once."""
    return [json.loads(output(process)) for process in [start(*command) for command in commands]]


def start(program, *arguments):
    return subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def output(process):
    text, _ = process.communicate()
    if process.returncode not in VERDICTS:
        raise SystemExit(f"{' '.join(process.args)}: exit {process.returncode}")
    return text


# A part of a claim's replicates may leave it undecided; that is for whoever reads the findings.
VERDICTS = (0, 100, 102)


class Cost(typing.NamedTuple):
    """Seconds by the clock on the wall and on processors, and the largest memory (KiB) of one process."""

    wall: float
    processor: float
    memory: int


def timed(*commands):
    """The cost of programs that run at once, until all have ended."""
    before = time.perf_counter()
    processes = [subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL) for command in commands]
    usages = []
    for process in processes:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in VERDICTS:
            raise SystemExit(f"{' '.join(process.args)}: exit {process.returncode}")
        usages.append(usage)
    return Cost(
        wall=time.perf_counter() - before,
        processor=sum(usage.ru_utime + usage.ru_stime for usage in usages),
        memory=max(usage.ru_maxrss for usage in usages),
    )
