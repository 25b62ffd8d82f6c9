"""What was measured, for reading."""

import math

CLOCKS = {
    "processor": "processor time of one thread",
    "wall": "wall clock, two threads of ours against two processes",
}


def markdown(found):
    """The text of reports/peers.md."""
    machine, versions = found["machine"], found["versions"]
    words = ", ".join(f"{name} {version}" for name, version in versions.items())
    lines = [
        "# The same work elsewhere",
        "",
        f"Measured by `make peers` on {found['date']}: {machine['processor']}, {machine['cores']} cores,",
        f"{machine['memory_gib']} GiB, {machine['system']}; {words}.",
        "",
        "Both sides took turns, in double precision. Every result was compared with ours before its time counted: of",
        "descent the loss and of triplets the singular values, to eight digits; of a claim its measured values, which must",
        "lie in the claim's band and, because the draws are others, within twice the length of our interval of ours (where",
        "all of our replicates agree, within what as many others can differ by). Times are medians over rounds, the ratio is the",
        "median of the rounds' ratios; above 1 we are faster. Sizes of descent are items x hidden units x features.",
        "",
        *rows(found["rows"]),
        *limits(found["limits"]),
        *growth(found["growth"]),
    ]
    return "\n".join(lines) + "\n"


def rows(entries):
    if not entries:
        return []
    lines = [
        "| work | size | ours | peer | its time | ratio | target | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in entries:
        cells = [row["work"], row["size"], seconds(row["ours"]), row["peer"], seconds(row["theirs"])]
        target = "" if row["target"] is None else f"{row['target']:g}"
        note = "; ".join(filter(None, [f"{row['rounds']} rounds, {CLOCKS[row['clock']]}", row["note"]]))
        lines.append(f"| {' | '.join(cells)} | {number(row['ratio'])} | {target} | {note} |")
    return lines


def limits(entries):
    if not entries:
        return []
    lines = ["", "## The whole report", "", "| work | measured | at most |", "| --- | --- | --- |"]
    for limit in entries:
        unit = limit["unit"]
        lines.append(f"| {limit['work']} | {number(limit['measured'])} {unit} | {limit['limit']:g} {unit} |")
    return lines


def growth(entries):
    if not entries:
        return []
    lines = [
        "",
        "## How our cost grows",
        "",
        "The slope is that of a straight line through the logarithms: 1 is proportional, 2 quadratic.",
        "",
        "| work | against | from | to | slope |",
        "| --- | --- | --- | --- | --- |",
    ]
    for series in entries:
        (first, fast), (last, slow) = series["points"][0], series["points"][-1]
        ends = f"{first} ({seconds(fast)}) | {last} ({seconds(slow)})"
        lines.append(f"| {series['work']} | {series['against']} | {ends} | {series['slope']:.2f} |")
    return lines


def seconds(value):
    for unit, scale in [("s", 1.0), ("ms", 1e3), ("µs", 1e6)]:
        if value * scale >= 1:
            break
    return f"{number(value * scale)} {unit}"


def number(value):
    """Two digits, or all before the point."""
    digits = max(0, 1 - math.floor(math.log10(value))) if value > 0 else 0
    return f"{value:.{digits}f}"
