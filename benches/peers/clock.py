"""Time on a processor, which other work on the machine hardly changes.

The clock is the one of `clock.rs`, CLOCK_PROCESS_CPUTIME_ID. On some machines it moves in ticks of up to 10 ms, so
everything is repeated until the ticks do not matter.
"""

# Least processor seconds that are measured: 20 of the longest ticks. `clock.rs` has the same.
LEAST = 0.2


def mean(run):
    """Processor seconds of a run, the mean over as many as it takes to measure them, and the result of the last. `run`
    makes what it works on anew and returns the time of the work alone, and its result."""
    total = runs = 0
    while total < LEAST:
        seconds, result = run()
        total += seconds
        runs += 1
    return total / runs, result
