"""Two things done in turns, and rows of the table."""

import statistics


def in_turns(rounds, **work):
    """Seconds of each kind of work over rounds: A B A B. Whatever else the machine does meets all of them."""
    seconds = {name: [] for name in work}
    for _ in range(rounds):
        for name, do in work.items():
            seconds[name].append(do())
    return seconds


def row(work, size, peer, seconds, clock, target=None, note=None):
    """A row from the seconds of `ours` and `peer` in each round. The ratio is the median over rounds, because a round's
    two times were measured side by side."""
    ours, theirs = seconds["ours"], seconds[peer]
    return {
        "work": work,
        "size": size,
        "ours": statistics.median(ours),
        "peer": peer,
        "theirs": statistics.median(theirs),
        "ratio": statistics.median(their / own for own, their in zip(ours, theirs)),
        "target": target,
        "rounds": len(ours),
        "clock": clock,
        "note": note,
    }
